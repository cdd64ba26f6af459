"""Imported once by the server from which workers are forked: the warm engine is then shared by all."""

from __future__ import annotations

from contextlib import suppress

from audit.batch.worker import warm

with suppress(Exception):
    warm()
