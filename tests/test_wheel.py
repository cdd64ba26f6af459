"""The built wheel works away from the checkout: the checklists travel inside it."""

import os
import pathlib
import subprocess
import sys
import zipfile

import pytest

ROOT = pathlib.Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    pytest.importorskip("hatchling", reason="开发依赖没有安装,不建 wheel")
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(command, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    return next(folder.glob("*.whl"))


def test_checklists_and_templates_are_inside(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    indicators = {name for name in names if name.startswith("audit/_data/checklists/indicators/") and name.endswith(".yaml")}
    assert len(indicators) == len(list((ROOT / "checklists" / "indicators").glob("*.yaml")))
    assert "audit/_data/checklists/wording.yaml" in names and "audit/_data/checklists/dictionary.txt" in names
    assert any(name.endswith(".j2") for name in names)
    assert not any(name.startswith(("tests/", "benchmarks/", "seeds/")) for name in names)


def test_the_wheel_runs_outside_the_checkout(wheel, tmp_path):
    site = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(site)
    environment = {**os.environ, "PYTHONPATH": str(site), "FAZHI_AUDIT_CACHE": str(tmp_path / "cache")}
    environment.pop("FAZHI_AUDIT_CHECKLISTS", None)
    said = subprocess.run([sys.executable, "-c", "import audit; print(audit.__file__)"], cwd=tmp_path, env=environment, capture_output=True)
    assert str(site) in said.stdout.decode()
    command = [sys.executable, "-m", "audit", "check", str(ROOT / "seeds" / "qingzhen-2022.txt"), "-o", str(tmp_path / "out")]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
    assert {path.suffix for path in (tmp_path / "out").iterdir()} == {".html", ".json"}
