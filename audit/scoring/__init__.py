"""Judgement: from facts to verdicts, points and scores; knows nothing of text search."""

from audit.scoring.judging import Judgement, judge
from audit.scoring.powers import merge

__all__ = ["Judgement", "judge", "merge"]
