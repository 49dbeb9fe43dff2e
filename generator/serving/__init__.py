"""The preview: a session that builds, a watch that says when, a server, and the browser's half."""
