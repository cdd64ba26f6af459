"""fazhi-audit: audits annual reports on the building of a law-based government."""

__version__ = "0.1.0"
