"""Training of the default sentence encoder; answering questions imports nothing from here."""
