"""Many reports: run, keep, compare, export."""
