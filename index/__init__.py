"""The embedded index: one folder with a store, a lexical index and dense vectors."""
