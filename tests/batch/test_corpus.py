"""Made-up reports whose right results are known: what was planted is what is found."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import batch_world as world

from benchmarks import corpus
from benchmarks.batch import faults


def test_the_same_seed_gives_the_same_reports() -> None:
    one, two = corpus.generate(30, 3), corpus.generate(30, 3)
    assert [o.text for o in one] == [o.text for o in two]
    assert len({o.text for o in one if o.text}) == sum(bool(o.text) for o in one)
    assert corpus.generate(30, 4)[0].text != one[0].text


def test_names_do_not_run_out() -> None:
    import random

    found = corpus.names(3000, random.Random(1))
    assert len(set(found)) == 3000


def test_verdicts_are_nearly_all_as_planted(small: Path, done: Path) -> None:
    """The long run demands every one; the rules' own tests say which sentence gives what."""
    compared, wrong, _ = faults(small, done / "batch.sqlite")
    assert compared > 2000
    assert sum(wrong.values()) <= compared * 0.005, wrong.most_common(5)


def test_copied_paragraphs_are_found(tmp_path: Path) -> None:
    planted = corpus.generate(160, 5)
    pairs = {
        frozenset((o.body.removesuffix("人民政府"), o.copied_from.removesuffix("人民政府")))
        for o in planted
        if o.copied_from
    }
    keep = {body for pair in pairs for body in pair}
    corpus.write([o for o in planted if o.body.removesuffix("人民政府") in keep][:24], tmp_path, 2024)
    run = world.batch(tmp_path / "reports", "-o", tmp_path / "out")
    assert run.returncode == 0, run.stderr
    page = (tmp_path / "out" / "总览.html").read_text("utf-8")
    found = re.search(r'id="data">(.*?)</script>', page, re.S)
    assert found
    shared = {
        frozenset((row[0].removesuffix("人民政府"), row[1].removesuffix("人民政府")))
        for row in json.loads(found[1])["shared"]
    }
    assert pairs <= shared


def test_the_command(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "benchmarks.corpus", "5", str(tmp_path)],
        cwd=world.ROOT,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stderr
    assert json.loads((tmp_path / "planted.json").read_text("utf-8"))["year"] == 2024
