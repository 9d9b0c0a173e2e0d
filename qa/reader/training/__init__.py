"""Training of the reader of spans; answering questions imports nothing from here."""
