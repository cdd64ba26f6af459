"""`python -m audit` is `fazhi-audit`."""

from audit.cli import run

if __name__ == "__main__":
    run()
