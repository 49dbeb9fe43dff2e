"""What is on disk: the memo, atomic writes and the manifest of the public folder."""
