import io
import sys
import zipfile
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
sys.path.insert(0, str(TESTS))

from makers import docx_maker as make  # noqa: E402

from audit.document.readers import read_bytes  # noqa: E402
from audit.errors import InputError  # noqa: E402
from audit.options import Options  # noqa: E402
from audit.pipeline import audit_bytes  # noqa: E402
from audit.report import Paper, annotated, is_ours  # noqa: E402
from audit.report.comments import Note, with_comments  # noqa: E402
from audit.result import Result  # noqa: E402

REPORTS = sorted((TESTS / "data" / "labelled" / "reports").glob("*.txt"))
FORMS = {
    "by hand": make.hand_numbered,
    "lists": make.auto_numbered,
    "changes": lambda lines: make.hand_numbered(
        lines, changes=True, rows=[["类别", "件数"], ["复议", "128"]]
    ),
}


def lines_of(path: Path) -> list[str]:
    return [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def audited(data: bytes) -> Result:
    return audit_bytes(data, "报告.docx", "报告.docx", Options(timestamp=False), "报告")


def commented(data: bytes) -> list[tuple[str, str]]:
    """The comments of a file: the words they stand at, and what they say, in the order of their ids."""
    import docx

    document = docx.Document(io.BytesIO(data))
    said = {str(c.comment_id): "\n".join(p.text for p in c.paragraphs) for c in document.comments}
    spoken: dict[str, str] = {}
    opened: list[str] = []
    for element in document.element.body.iter():
        kind = str(element.tag).rpartition("}")[2]
        number = element.get(f"{{{make.W}}}id", "")
        if kind == "commentRangeStart":
            opened.append(number)
            spoken[number] = ""
        elif kind == "commentRangeEnd":
            opened.remove(number)
        elif kind == "t" and next(element.iterancestors(f"{{{make.W}}}moveFrom"), None) is None:
            for key in opened:
                spoken[key] += element.text or ""
    assert not opened
    assert set(spoken) == set(said)
    return [(spoken[key], said[key]) for key in sorted(said, key=int)]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_the_text_stays_and_every_finding_has_its_comment(path: Path, form: str) -> None:
    source = FORMS[form](lines_of(path))
    result = audited(source)
    made = annotated.render(result, Paper(source_data=source))
    before, after = read_bytes(source, "a.docx"), read_bytes(made, "a.docx")
    assert after.text == before.text
    assert after.blocks == before.blocks
    notes = annotated.notes_of(result)
    found = commented(made)
    assert ["\n".join(note.paragraphs) for note in notes] == [said for _, said in found]
    for note, (words, _) in zip(notes, found, strict=True):
        expected = before.text[note.start : note.end].replace("\n", "").replace("\t", "")
        assert words
        # Automatic numbers are no text of the file, so no comment can begin in them.
        assert expected.endswith(words) if form == "lists" else expected == words


def test_findings_stand_where_they_belong() -> None:
    source = make.hand_numbered(lines_of(TESTS / "data" / "labelled" / "reports" / "wulong-2020.txt"))
    result = audited(source)
    notes = annotated.notes_of(result)
    text = result.document.text
    starts = [note.start for note in notes[1:]]
    assert starts == sorted(starts)
    assert result.document.title is not None
    assert "".join(text[notes[0].start : notes[0].end].split()) == "".join(result.document.title.split())
    assert f"共{len(notes) - 1}条批注" in notes[0].paragraphs[0]
    assert "机器初核稿" in notes[0].paragraphs[1]
    by_title = {note.paragraphs[0]: note for note in notes}
    achievements = next(part for part in result.document.parts if part.role == "achievements")
    for sheet in result.checklists:
        for group in sheet.groups:
            for item in group.items:
                said = [note for title, note in by_title.items() if f"】{item.title}：" in title]
                if item.verdict in ("full", "not_applicable"):
                    assert not said
                elif item.verdict == "absent" and sheet.kind == "outline" and "第一责任人" not in item.title:
                    assert said[0].start == achievements.start
    for defect in result.defects:
        assert any(note.start == defect.start and defect.why in note.paragraphs for note in notes)


def test_a_reviewer_is_named() -> None:
    source = make.hand_numbered(lines_of(REPORTS[0]))
    notes = annotated.notes_of(audited(source), reviewed_by="李审")
    assert notes[0].paragraphs[1] == "复核人：李审"


def test_overlapping_places_and_split_runs() -> None:
    look = "<w:b/>"
    body = make.paragraph(make.run("办结行政复议", look) + make.run("案件128件,") + make.run("纠错9件。"))
    body += make.paragraph(make.run("甲") + "<w:r><w:tab/></w:r>" + make.run("乙丙"))
    source = make.package(body)
    text = read_bytes(source, "a").text
    notes = [
        Note(2, 8, ("一",)),
        Note(2, 11, ("二",)),
        Note(4, 6, ("三",)),
        Note(8, 19, ("四",)),
        Note(19, 24, ("五",)),
    ]
    made = with_comments(source, text, notes, "审", "审", None)
    assert read_bytes(made, "a").text == text
    assert commented(made) == [
        ("行政复议案件", "一"),
        ("行政复议案件128", "二"),
        ("复议", "三"),
        ("128件,纠错9件。", "四"),
        ("甲乙丙", "五"),
    ]
    xml = zipfile.ZipFile(io.BytesIO(made)).read("word/document.xml").decode()
    assert xml.count("<w:b/>") == 3


def test_signs_that_are_no_text_do_not_hinder() -> None:
    sign = '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
    source = make.package(make.paragraph(make.run("已完成") + sign + make.run("未完成的事项")))
    text = read_bytes(source, "a").text
    made = with_comments(source, text, [Note(4, 7, ("一",))], "审", "审", None)
    assert commented(made) == [("未完成", "一")]


def test_comments_of_others_are_kept_and_the_copy_is_known_as_ours(tmp_path: Path) -> None:
    source = make.package(make.para("办结案件12件。"))
    text = "办结案件12件。\n"
    once = with_comments(source, text, [Note(0, 2, ("甲",))], "张三", "张", "2024-01-01T00:00:00Z")
    twice = with_comments(once, text, [Note(2, 4, ("乙\x00<b>",))], "审", "审", None)
    assert commented(twice) == [("办结", "甲"), ("案件", "乙<b>")]
    path = tmp_path / "a.docx"
    path.write_bytes(source)
    assert not is_ours(path)
    path.write_bytes(twice)
    assert is_ours(path)
    names = zipfile.ZipFile(io.BytesIO(twice)).namelist()
    assert len(names) == len(set(names))


def test_the_same_input_gives_the_same_bytes() -> None:
    source = make.hand_numbered(lines_of(REPORTS[0]))
    result = audited(source)
    assert annotated.render(result, Paper(source_data=source)) == annotated.render(
        result, Paper(source_data=source)
    )


def test_other_formats_and_changed_files_are_told(tmp_path: Path) -> None:
    plain = audit_bytes("一、成效".encode(), "a.txt", "a.txt", Options(timestamp=False), "a")
    with pytest.raises(InputError, match=r"只能由 \.docx"):
        annotated.render(plain, Paper())
    source = make.hand_numbered(lines_of(REPORTS[0]))
    result = audited(source)
    with pytest.raises(InputError, match="找不到"):
        annotated.render(result, Paper(source=tmp_path / "无.docx"))
    with pytest.raises(InputError, match="有改动"):
        annotated.render(result, Paper(source_data=source + b"x"))
