"""Trained taggers: how likely each token of a document begins, continues or is outside of a name."""
