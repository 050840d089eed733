"""Which tests are said to touch a file, and in which order."""

from pathlib import Path

import pytest

from house import suite, touching
from house.trouble import Trouble
from tests.house.checkout import ROOT

SOURCES = {
    "rules/makersphere_rules/dice.py": "",
    "rules/makersphere_rules/engine.py": "from makersphere_rules.dice import draw",
    "rules/makersphere_rules/shipped.py": "from makersphere_rules import engine",
    "rules/makersphere_rules/data/quickstart.toml": "",
    "rules/makersphere_rules/lonely.py": "",
    "clients/makersphere_cli/main.py": "COMMANDS = {'play': 'play:play'}",
    "clients/makersphere_cli/commands/play.py": "",
    "rules/makersphere_rules/__init__.py": "",
    "clients/web/src/app.tsx": "",
    "docs/mqtt.md": "",
    "tests/conftest.py": "",
    "tests/cli/program.py": "COMMAND = ('python', '-m', 'makersphere_cli.main')",
    "tests/cli/test_play.py": "from tests.cli import program",
    "tests/rules/table.py": "def later():\n    from makersphere_rules.engine import decide",
    "tests/rules/test_dice.py": "from tests.rules import table",
    "tests/rules/test_draws.py": "import makersphere_rules.dice",
    "tests/rules/test_shipped.py": "PATCHED = 'makersphere_rules.shipped.modules'",
    "tests/protocol/test_pages.py": "PAGE = 'docs/mqtt.md'",
    "tests/web/test_look.py": "",
    ".venv-3.13/lib/test_foreign.py": "import makersphere_rules.dice",
}


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a checkout of a few files, and go there."""
    for name, text in SOURCES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def touched(root: Path, *names: str) -> list[str]:
    """Return the tests that touch files, by name and in order."""
    return [path.name for path in touching.touching(root, map(Path, names)).tests]


def test_the_test_of_the_same_name_comes_first_then_the_nearest(root: Path) -> None:
    """Those that import the file come before those that reach it through others, and no environment is looked into."""
    assert touched(root, "rules/makersphere_rules/dice.py") == ["test_dice.py", "test_draws.py", "test_shipped.py"]


def test_whole_steps_are_taken_until_there_are_enough(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where very many lead to a file, the nearest run, and it is said how many there are."""
    monkeypatch.setattr(touching, "FEWEST", 1)
    found = touching.touching(root, [Path("rules/makersphere_rules/dice.py")])
    assert [path.name for path in found.tests] == ["test_draws.py"]
    assert "the 1 nearest of 3 test files that lead to it run; all of them: `python3 run.py test`" in found.why


def test_a_module_that_a_text_names_is_used(root: Path) -> None:
    """A command that is started as a process, one imported when it is called for, and what a test patches by name."""
    assert touched(root, "clients/makersphere_cli/commands/play.py") == ["test_play.py"]
    assert touched(root, "rules/makersphere_rules/shipped.py") == ["test_shipped.py"]


def test_a_package_is_touched_by_what_touches_anything_in_it(root: Path) -> None:
    """Its `__init__` is run before any of its modules is."""
    assert touched(root, "rules/makersphere_rules/__init__.py") == ["test_draws.py", "test_dice.py", "test_shipped.py"]


def test_data_is_touched_through_the_code_that_reads_it(root: Path) -> None:
    """A scenario through the rules that load it, a page through the test that names it."""
    assert touched(root, "rules/makersphere_rules/data/quickstart.toml") == ["test_shipped.py"]
    assert touched(root, "docs/mqtt.md") == ["test_pages.py"]


def test_a_file_of_the_rules_brings_the_golden_playthroughs(root: Path) -> None:
    """However far away they are, and after what is nearer: they show what a rule changes. No other file brings them."""
    golden = root / "tests/playthroughs/test_playthroughs.py"
    golden.parent.mkdir()
    golden.write_text("", "utf-8")
    assert touched(root, "rules/makersphere_rules/shipped.py") == ["test_shipped.py", golden.name]
    assert touched(root, "docs/mqtt.md") == ["test_pages.py"]


def test_a_file_of_the_web_client_brings_its_own_tests(root: Path) -> None:
    """Its unit tests run, and what Python asks of its sources; for the rules it does not."""
    found = touching.touching(root, [Path("clients/web/src/app.tsx")])
    assert (found.vitest, [path.name for path in found.tests]) == (True, ["test_look.py"])
    assert not touching.touching(root, [Path("docs/mqtt.md")]).vitest


def test_what_all_tests_share_touches_them_all(root: Path) -> None:
    """A conftest is used by every test at and below its folder."""
    assert len(touched(root, "tests/conftest.py")) == 6


@pytest.mark.parametrize("name", ["rules/makersphere_rules/lonely.py", "rules/nothing.py", "/etc/hosts"])
def test_a_file_that_no_test_is_known_to_touch_is_told(root: Path, name: str) -> None:
    """Nothing is said to have passed where nothing ran."""
    with pytest.raises(Trouble, match=r"no test|no file"):
        touched(root, name)


def test_the_tests_that_touch_a_file_run_in_their_groups(root: Path) -> None:
    """In their order within a group, each of which ends with its first failure; no other group runs."""
    tests = [root / "tests/rules/test_draws.py", root / "tests/web/test_look.py", root / "tests/rules/test_dice.py"]
    selection = suite.only(root, tests, vitest=False)
    assert {group.name: group.folders for group in selection.groups} == {
        "rules": ("rules/test_draws.py", "rules/test_dice.py"),
        "command": ("web/test_look.py",),
    }
    assert not selection.vitest
    assert "-x" in selection.options


def test_the_readers_of_data_are_where_they_are_said_to_be() -> None:
    """A file that moves takes its line along."""
    assert [reader for reader in touching.READERS.values() if not (ROOT / reader).is_file()] == []
    assert [folder for folder in touching.READERS if not (ROOT / folder).is_dir()] == []


def test_a_test_leads_to_every_file_of_the_game() -> None:
    """No module of ours is left that `--touching` knows no test for."""
    known = touching.Imports(ROOT)
    tests = {path for path in known.files if path.name.startswith("test_")}
    ours = [path for path in known.files if path.relative_to(ROOT).parts[0] in {"rules", "server", "clients", "house"}]
    led_to = {path for path in ours if tests & known.distances({path}).keys()}
    assert [path for path in ours if path not in led_to and path.name != "__main__.py"] == []
