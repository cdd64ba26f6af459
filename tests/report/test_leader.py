"""The leader's page."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from page_cases import SEEDS, changed, hostile, of_text, poisoned, seed
from paper_cases import NEVER, dates_in_zip, docx_text

from audit import wording
from audit.report import Paper, write
from audit.report.leader import render
from audit.report.page_scores import sentence
from audit.result import Defect


@pytest.mark.parametrize("name", [path.stem for path in SEEDS])
def test_it_says_what_the_result_says(name: str) -> None:
    result = seed(name)
    text = docx_text(render(result, Paper()))
    assert wording.standing_remark() in text and wording.unreviewed() in text
    assert not any(word in text.replace(wording.standing_remark(), "") for word in NEVER)
    assert sentence(result).split("。")[0].split(";")[0].replace(",", "，") in text
    for sheet in result.checklists:
        if sheet.score is not None:
            assert f"{sheet.score:.2f}" in text
    if result.overall.score is not None:
        assert f"{result.overall.score:.2f}" in text and (result.overall.band or "") in text


def test_reviewed_hostile_and_bare() -> None:
    assert wording.unreviewed() not in docx_text(render(seed("wulong-2020"), Paper(reviewed_by="王某")))
    for result in (hostile(), poisoned(), of_text("通知\n请参加会议。")):
        content = render(result, Paper())
        assert content == render(result, Paper())
        assert dates_in_zip(content) == {(1980, 1, 1, 0, 0, 0)}


def test_the_file_is_named_and_replaced(tmp_path: Path) -> None:
    paths = write(seed("wulong-2020"), tmp_path, "a", ("leader", "docx"))
    assert [path.name for path in paths] == ["a.leader.docx", "a.docx"]
    write(seed("wulong-2020"), tmp_path, "a", ("leader", "docx"))


@pytest.mark.skipif(
    shutil.which("soffice") is None or shutil.which("pdfinfo") is None, reason="LibreOffice not here"
)
def test_pages_as_printed(tmp_path: Path) -> None:
    """The leader's page is one page, the letter's annex begins on the third at the latest."""
    defect = Defect(kind="arithmetic", quote="数据" * 30, start=0, end=60, why="合计不等于总数," * 12)
    full = changed(seed("wulong-2020"), defects=[defect.model_dump()] * 5)
    write(full, tmp_path, "full", ("leader", "docx"))
    write(seed("qingzhen-2022"), tmp_path, "q", ("leader", "docx"))
    files = [str(path) for path in tmp_path.glob("*.docx")]
    profile = f"-env:UserInstallation=file://{tmp_path}/lo"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=120)

    def pages(name: str) -> list[str]:
        return subprocess.run(
            ["pdftotext", str(tmp_path / name), "-"], check=True, capture_output=True, text=True
        ).stdout.split("\f")[:-1]

    for stem in ("full", "q"):
        assert len(pages(f"{stem}.leader.pdf")) == 1
        letter = pages(f"{stem}.pdf")
        assert next(n for n, page in enumerate(letter) if page.strip().startswith("附件")) <= 2
