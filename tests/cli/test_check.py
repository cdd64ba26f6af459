"""The command line as others rely on it: outputs, exit statuses, one Chinese line a fault."""

import json
import pathlib
import re

import pytest

from audit.cli.main import main

ROOT = pathlib.Path(__file__).parents[2]
SEED = ROOT / "seeds" / "wulong-2020.txt"


def lines(capsys):
    return [line for line in capsys.readouterr().err.splitlines() if line]


def test_html_and_json_are_written(tmp_path, capsys):
    assert main(["check", str(SEED), "-o", str(tmp_path)]) == 0
    assert sorted(p.name for p in tmp_path.iterdir()) == ["wulong-2020.html", "wulong-2020.json"]
    result = json.loads((tmp_path / "wulong-2020.json").read_text(encoding="utf-8"))
    assert result["document"]["publisher"] == "重庆市武隆区人民政府"
    assert len(result["checklists"]) == 3 and result["overall"]["score"] is not None


def test_json_to_the_screen_and_nothing_else(capsys):
    assert main(["check", str(SEED), "-o", "-", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["tool"]["name"] == "fazhi-audit"


def test_same_input_same_bytes(tmp_path):
    for folder in ("a", "b"):
        assert main(["check", str(SEED), "-o", str(tmp_path / folder), "--no-timestamp"]) == 0
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()


def test_one_bad_file_does_not_stop_the_others(tmp_path, capsys):
    bad = tmp_path / "坏.docx"
    bad.write_bytes(b"PK\x03\x04 broken")
    missing = tmp_path / "没有.txt"
    assert main(["check", str(bad), str(missing), str(SEED), "-o", str(tmp_path / "out"), "--format", "json"]) == 3
    said = lines(capsys)
    assert len(said) == 2
    assert all(re.search(r"[\u4e00-\u9fff]", line) and "Traceback" not in line for line in said)
    assert [p.name for p in (tmp_path / "out").iterdir()] == ["wulong-2020.json"]


def test_a_foreign_file_is_never_replaced(tmp_path, capsys):
    other = tmp_path / "wulong-2020.html"
    other.write_text("我自己的页面", encoding="utf-8")
    assert main(["check", str(SEED), "-o", str(tmp_path)]) == 3
    assert other.read_text(encoding="utf-8") == "我自己的页面"
    assert not (tmp_path / "wulong-2020.json").exists()
    assert "没有覆盖" in lines(capsys)[0]


def test_its_own_outputs_are_replaced(tmp_path):
    for _ in range(2):
        assert main(["check", str(SEED), "-o", str(tmp_path)]) == 0


def test_two_inputs_of_one_stem_get_their_suffix(tmp_path):
    import docx

    text = SEED.read_text(encoding="utf-8")
    (tmp_path / "报告.txt").write_text(text, encoding="utf-8")
    made = docx.Document()
    for line in text.splitlines():
        made.add_paragraph(line)
    made.save(str(tmp_path / "报告.docx"))
    out = tmp_path / "out"
    assert main(["check", str(tmp_path / "报告.txt"), str(tmp_path / "报告.docx"), "-o", str(out), "--format", "json"]) == 0
    assert sorted(p.name for p in out.iterdir()) == ["报告-docx.json", "报告-txt.json"]


def test_fail_under(tmp_path):
    assert main(["check", str(SEED), "-o", str(tmp_path), "--format", "json", "--fail-under", "1"]) == 0
    assert main(["check", str(SEED), "-o", str(tmp_path), "--format", "json", "--fail-under", "100"]) == 1


def test_another_kind_of_document_is_said_and_not_scored(tmp_path, capsys):
    path = tmp_path / "要点.txt"
    path.write_text("某县人民政府\n关于印发2024年政务公开工作要点的通知\n\n各乡镇人民政府:\n现将要点印发给你们。\n一、重点任务\n(一)做好政务公开。\n某县人民政府\n2024年3月1日\n", encoding="utf-8")
    assert main(["check", str(path), "-o", "-", "--format", "json"]) == 0
    taken = capsys.readouterr()
    result = json.loads(taken.out)
    assert result["checklists"] == [] and result["overall"]["score"] is None
    assert taken.err.strip()
    assert main(["check", str(path), "-o", "-", "--format", "json", "--checklist", "outline-2021-2025", "--level", "county", "--year", "2024"]) == 0
    assert json.loads(capsys.readouterr().out)["checklists"]


@pytest.mark.parametrize(
    "args",
    [
        [], ["check"], ["check", "x.txt", "--formt", "json"], ["check", str(SEED), "--format", "exe"], ["nothing"],
        ["check", str(SEED), "--filed", "去年"], ["check", str(SEED), "--level", "village"], ["check", str(SEED), "--year", "去年"],
        ["check", str(SEED), str(SEED), "-o", "-", "--format", "json"], ["check", str(SEED), "-o", "-"],
        ["check", str(SEED), "--profile", "nowhere.yaml"], ["check", str(SEED), "--body", "nowhere.yaml"],
        ["check", str(SEED), "--decisions", "nowhere.yaml"], ["checklist", "show", "nothing"],
    ],
)  # fmt: skip
def test_wrong_calls_end_with_2_and_one_chinese_line(args, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(args) == 2
    said = capsys.readouterr().err
    assert "Traceback" not in said and re.search(r"[\u4e00-\u9fff]", said)
    if args:
        assert len(said.strip().splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_options_go_before_what_the_report_says(capsys):
    assert main(["check", str(SEED), "-o", "-", "--format", "json", "--year", "2023", "--level", "city", "--filed", "2024-02-01"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert result["document"]["report_year"] == 2023 and result["document"]["level"] == "city"
    assert any(sheet["id"] == "outline-2021-2025" for sheet in result["checklists"])
    filed = next(i for s in result["checklists"] for g in s["groups"] for i in g["items"] if i["id"] == "filed-on-time")
    assert filed["verdict"] == "full"


def test_text_prints_what_offsets_refer_to(tmp_path, capsys):
    path = tmp_path / "报告.txt"
    path.write_bytes("\ufeff第一行\r\n第二行\r".encode())
    assert main(["text", str(path)]) == 0
    assert capsys.readouterr().out == "第一行\n第二行\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings_give_the_same_grades(encoding, tmp_path, capsys):
    path = tmp_path / "报告.txt"
    path.write_bytes(SEED.read_text(encoding="utf-8").encode(encoding))
    assert main(["check", str(path), "-o", "-", "--format", "json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert sum(item["grade"] == "data" for item in result["indicators"]) > 20


def test_render_makes_the_same_page_again(tmp_path):
    out = tmp_path / "out"
    assert main(["check", str(SEED), "-o", str(out), "--no-timestamp"]) == 0
    page = (out / "wulong-2020.html").read_bytes()
    again = tmp_path / "again"
    assert main(["render", str(out / "wulong-2020.json"), "-o", str(again)]) == 0
    assert (again / "wulong-2020.html").read_bytes() == page


def test_decisions_change_verdict_and_score(tmp_path, capsys):
    out = tmp_path / "out"
    main(["check", str(SEED), "-o", str(out), "--format", "json", "--no-timestamp"])
    before = json.loads((out / "wulong-2020.json").read_text(encoding="utf-8"))
    absent = next(i for s in before["checklists"] for g in s["groups"] for i in g["items"] if i["verdict"] == "absent")
    decisions = tmp_path / "复核.yaml"
    decisions.write_text(f"- {{item: {absent['id']}, verdict: full, who: 张三, when: '2021-03-01', why: 附件中有说明}}\n", encoding="utf-8")
    again = tmp_path / "again"
    assert main(["render", str(out / "wulong-2020.json"), "--format", "json", "-o", str(again), "--decisions", str(decisions)]) == 0
    after = json.loads((again / "wulong-2020.json").read_text(encoding="utf-8"))
    assert after["overall"]["score"] > before["overall"]["score"]
    assert after["decisions"][0]["who"] == "张三"


def test_compare_tells_what_changed(tmp_path, capsys):
    shorter = tmp_path / "旧.txt"
    text = SEED.read_text(encoding="utf-8")
    shorter.write_text(text.replace("行政复议实质纠错率17.39%。", "").replace("2020年以来办结23件案件，", ""), encoding="utf-8")
    for path in (shorter, SEED):
        assert main(["check", str(path), "-o", str(tmp_path), "--format", "json", "--no-timestamp"]) == 0
    capsys.readouterr()
    assert main(["compare", str(tmp_path / "旧.json"), str(tmp_path / "wulong-2020.json")]) == 0
    assert "已补上" in capsys.readouterr().out


def test_an_empty_report_is_one_line(tmp_path, capsys):
    path = tmp_path / "空.txt"
    path.write_text("  \n", encoding="utf-8")
    assert main(["check", str(path), "-o", str(tmp_path / "out")]) == 3
    assert len(lines(capsys)) == 1


def test_a_zip_of_reports(tmp_path, capsys):
    import zipfile

    with zipfile.ZipFile(tmp_path / "报送.zip", "w") as archive:
        archive.write(SEED, "武隆区.txt")
        archive.write(ROOT / "seeds" / "qingzhen-2022.txt", "子文件夹/清镇市.txt")
    assert main(["check", str(tmp_path / "报送.zip"), "-o", str(tmp_path / "out"), "--format", "json"]) == 0
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["武隆区.json", "清镇市.json"]


def test_the_letter_takes_the_offices_own_template(tmp_path):
    import docx

    template = docx.Document()
    template.add_paragraph("本局格式：{{标题}}{{复核标记}}")
    template.save(str(tmp_path / "模板.docx"))
    call = ["check", str(SEED), "-o", str(tmp_path), "--format", "docx"]
    assert main([*call, "--letter-template", str(tmp_path / "模板.docx")]) == 0
    letter = docx.Document(str(tmp_path / "wulong-2020.docx"))
    assert letter.paragraphs[0].text.startswith("本局格式：关于反馈重庆市武隆区人民政府2020年度")


def test_the_command_ends_with_the_status_and_whole_output_of_main(tmp_path):
    import subprocess
    import sys

    call = [sys.executable, "-m", "audit", "check"]
    done = subprocess.run([*call, str(SEED), "--format", "json", "-o", "-"], capture_output=True, check=False)
    assert done.returncode == 0 and json.loads(done.stdout)["document"]["name"] == "wulong-2020"
    lacking = subprocess.run([*call, str(tmp_path / "none.txt")], capture_output=True, check=False)
    assert lacking.returncode == 3 and "文件不存在" in lacking.stderr.decode()
