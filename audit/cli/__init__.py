"""The command line `fazhi-audit`."""

from audit.cli.main import main, run

__all__ = ["main", "run"]
