"""The three faces of the program: command line, HTTP API and chat."""
