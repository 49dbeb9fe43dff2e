"""The model every room shares: no I/O, no third-party imports, no import of another room."""
