"""Parsers of documents that run as programs of their own: kept apart from the importers, to start fast."""
