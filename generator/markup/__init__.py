"""Markdown into safe HTML and the plain blocks a reader sees."""
