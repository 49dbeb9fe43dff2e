"""The archive as pages: what each shows, where it stands, and its bytes."""
