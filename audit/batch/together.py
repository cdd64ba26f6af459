"""The steps that need all reports at once; passed over where nothing has changed since they were last done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.batch.bodies import settle
from audit.batch.store import Store

if TYPE_CHECKING:
    from audit.batch.inputs import Inputs
    from audit.batch.plan import Plan
    from audit.batch.roster import Roster
    from audit.batch.run import Batch


def together(
    batch: Batch, store: Store, inputs: Inputs, plan: Plan, roster: Roster | None, ledger: object
) -> None:
    """Does them in order."""
    settle(store, plan.ids, inputs.roots, roster, plan.guessed, batch.year)
