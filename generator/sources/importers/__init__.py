"""One importer a format, each with the same signature."""
