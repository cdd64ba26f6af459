import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent / "tools"))

import readme_help  # noqa: E402

ROOT = pathlib.Path(__file__).parents[1]


def test_the_help_in_the_readme_is_what_the_program_prints():
    said = readme_help.block((ROOT / "README.md").read_text(encoding="utf-8"))
    assert said == readme_help.help_text(), "run: python tests/tools/readme_help.py"


def test_links_of_the_readme_lead_somewhere():
    import re

    for target in re.findall(r"\]\((?!http)([^)#]+)\)", (ROOT / "README.md").read_text(encoding="utf-8")):
        assert (ROOT / target).exists(), target


def test_nothing_committed_loads_from_a_network():
    for path in (ROOT / "audit").rglob("*"):
        if path.suffix in {".html", ".j2", ".css", ".js"}:
            text = path.read_text(encoding="utf-8")
            assert "<link" not in text.lower() and "//cdn" not in text and "@import" not in text, path
