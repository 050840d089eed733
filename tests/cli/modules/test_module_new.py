"""`makersphere module new`: a package that is whole at once; it passes its check and its own test, and is played."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from makersphere_cli.main import run
from makersphere_rules.ecosystem.table.vocabulary import PHASES
from tests.cli.program import makersphere

FILES = {"README.md", "pyproject.toml", "NAME.toml", "NAME/__init__.py", "NAME/texts/en.toml", "NAME/texts/zh.toml"}


def begun(name: str, *words: str) -> Path:
    """Begin a package here and return its folder."""
    assert run(["module", "new", name, *words]) == 0
    return Path.cwd() / name


@pytest.mark.parametrize(("name", "words"), [("gift_box", ()), ("gift_pool", ("--in", "matching"))])
def test_a_new_package_is_whole(name: str, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is missing: its check finds nothing, not even a remark, and its own test passes."""
    folder = begun(name, *words)
    there = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert there == {*(file.replace("NAME", name) for file in FILES), f"test_{name}.py"}
    capsys.readouterr()

    assert run(["module", "check", name]) == 0
    assert capsys.readouterr().out == f"{name} is in order. Games played, each twice: 4.\n"

    alone = ("-p", "no:cacheprovider", "-p", "no:asyncio", "-p", "no:xdist")
    command = [sys.executable, "-m", "pytest", "-q", *alone]
    done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout
    assert "6 passed" in done.stdout


def test_a_new_package_is_played_once_it_is_installed(tmp_path: Path) -> None:
    """By bots, in its own scenario; its title is its own."""
    folder, site = begun("gift_jar"), tmp_path / "site"
    offline = ("--no-deps", "--no-build-isolation", "--no-index", "--quiet", "--target", str(site))
    subprocess.run([sys.executable, "-m", "pip", "install", *offline, "."], cwd=folder, check=True, capture_output=True)
    path = os.pathsep.join(filter(None, (str(site), os.environ.get("PYTHONPATH", ""))))

    done = makersphere(tmp_path, "simulate", "gift_jar/gift_jar.toml", "--games", "2", PYTHONPATH=path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("GiftJar. Games: 2. Seats: 4. Seed: 1.")
    there = makersphere(tmp_path / "gift_jar", "module", "check", "gift_jar", PYTHONPATH=path)
    assert there.stdout == "gift_jar is in order. Games played, each twice: 4.\n", there.stderr


@pytest.mark.parametrize("phase", PHASES)
def test_a_module_goes_into_each_phase(phase: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The scenario that is written plays it there, and nothing is wrong with it."""
    name = f"gift_{phase}"
    begun(name, "--in", phase)
    scenario = Path(f"{name}/{name}.toml").read_text("utf-8")
    assert f'name = "{phase}"' in scenario.partition(f'"{name}"]')[0].rpartition("[[phase]]")[2]
    capsys.readouterr()

    assert run(["module", "check", name]) == 0
    assert capsys.readouterr().out == f"{name} is in order. Games played, each twice: 4.\n"


def test_nothing_is_replaced(capsys: pytest.CaptureFixture[str]) -> None:
    """A folder that is there stays as it is, and so does a file."""
    kept = Path("gift_box/notes.txt")
    kept.parent.mkdir()
    kept.write_text("mine")
    Path("gift_pool").write_text("mine too")

    assert run(["module", "new", "gift_box"]) == 2
    assert "There is a folder gift_box already" in capsys.readouterr().err
    assert list(kept.parent.iterdir()) == [kept]
    assert run(["module", "new", "gift_pool"]) == 2
    assert Path("gift_pool").read_text() == "mine too"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("GiftBox", "GiftBox can't be a module's name: it takes up to 30 small letters"),
        ("../gift", "../gift can't be a module's name"),
        ("class", "class can't be a module's name"),
        ("counter", "counter is the name of something else already"),
        ("quickstart", "quickstart is the name of something else already"),
        ("json", "json is the name of something else already"),
        ("gift --in night", "There is no phase night; there are policy, admission, "),
    ],
)
def test_a_name_that_cannot_be_is_refused(
    words: str, sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With what was expected; nothing is written."""
    assert run(["module", "new", *words.split()]) == 2
    assert sentence in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
