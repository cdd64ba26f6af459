"""Imported once by the server from which workers are forked: the warm engine is then shared by all."""

from __future__ import annotations

from contextlib import suppress

from audit.batch.worker import warm

with suppress(Exception):
    import audit.pipeline
    import audit.report.html
    import audit.report.json

    warm()
