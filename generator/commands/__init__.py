"""One module a subcommand, each exporting `command`."""
