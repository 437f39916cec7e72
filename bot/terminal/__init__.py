"""The command line. Door: `cli.main`."""
