"""The command line `fazhi-audit`."""

from audit.cli.main import main

__all__ = ["main"]
