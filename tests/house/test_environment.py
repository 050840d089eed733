"""When `run.py` has something to do, and when it starts at once."""

import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from house import webclient
from house.environment import VARIABLE, Environment, folder_named
from house.steps import Steps
from house.trouble import Trouble
from tests.house.checkout import copy_setup


class ScriptedSteps(Steps):
    """Notes which steps would have run, and leaves behind what they would have made."""

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment.log, environment.root)
        self.environment = environment
        self.ran: list[str] = []

    def run(self, title: str, command: Sequence[str], env: dict[str, str] | None = None) -> tuple[int, str]:
        """Note the title's first word, which tells the steps apart, and succeed."""
        del command, env
        verb = title.partition(" ")[0]
        self.ran.append(verb)
        if verb == "making":
            for name in ("python", "makersphere"):
                program = self.environment.program(name)
                program.parent.mkdir(parents=True, exist_ok=True)
                program.touch()
        if verb == "building":
            built = webclient.dist(self.root)
            built.mkdir(exist_ok=True)
            (built / ".sources").write_text(webclient.digest(self.root), "utf-8")
        return 0, ""


def prepare(root: Path, *extras: str, web: bool = True) -> list[str]:
    """Return the steps that one `run.py` would take in this checkout."""
    environment = Environment(root)
    steps = ScriptedSteps(environment)
    environment.steps = steps
    environment.prepare(*extras, web=web)
    return steps.ran


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a checkout where nothing was set up yet, with a web client of two files."""
    checkout = tmp_path / "checkout"
    web = checkout / "clients/web"
    web.mkdir(parents=True)
    (web / "package.json").write_text("{}", "utf-8")
    (web / "main.ts").write_text("one", "utf-8")
    return copy_setup(checkout)


def test_the_first_start_makes_everything(root: Path) -> None:
    """A fresh clone gets its environment, its packages and its web client, in this order."""
    assert prepare(root) == ["making", "installing", "building"]


def test_the_second_start_does_nothing(root: Path) -> None:
    """What is ready stays as it is, and finding that out costs next to nothing."""
    prepare(root)
    started = time.process_time()
    assert prepare(root) == []
    assert time.process_time() - started < 0.1


def test_a_changed_pin_installs_again(root: Path) -> None:
    """The environment follows the pins; the web client is left alone."""
    prepare(root)
    with (root / "constraints.txt").open("a", encoding="utf-8") as pins:
        pins.write("something==1.0\n")
    assert prepare(root) == ["installing"]


def test_a_changed_setting_of_a_tool_installs_nothing(root: Path) -> None:
    """Only what pip reads of pyproject.toml counts."""
    prepare(root)
    with (root / "pyproject.toml").open("a", encoding="utf-8") as project:
        project.write("[tool.some-linter]\nstrict = true\n")
    assert prepare(root) == []


def test_a_changed_source_of_the_web_client_builds_it_again(root: Path) -> None:
    """The web client follows its sources; no package is installed for it."""
    prepare(root)
    (root / "clients/web/main.ts").write_text("two", "utf-8")
    assert prepare(root) == ["building"]


def test_a_changed_text_builds_the_web_client_again(root: Path) -> None:
    """The sentences that the web client shares with the server are built into it."""
    prepare(root)
    texts = root / "server/makersphere_protocol/texts"
    texts.mkdir(parents=True)
    (texts / "en.json").write_text("{}", "utf-8")
    assert prepare(root) == ["building"]


def test_a_verb_that_needs_more_adds_it_and_keeps_it(root: Path) -> None:
    """Tests and lint each bring their packages once, and taking turns costs nothing."""
    prepare(root)
    assert prepare(root, "test") == ["installing"]
    assert prepare(root, "test", "lint") == ["installing"]
    assert prepare(root) + prepare(root, "test") + prepare(root, "lint") == []


def test_a_checkout_that_was_moved_is_set_up_anew(root: Path) -> None:
    """Programs of an environment know its path, so one that was moved along is of no use."""
    prepare(root)
    moved = root.rename(root.with_name("moved"))
    assert prepare(moved) == ["making", "installing"]


def test_an_environment_made_by_halves_is_made_again(root: Path) -> None:
    """A set-up that was interrupted does not leave a trap behind."""
    python = Environment(root).python
    python.parent.mkdir(parents=True)
    python.touch()
    assert prepare(root) == ["making", "installing", "building"]


def test_a_build_that_is_not_asked_for_is_not_made(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A check needs no built web client, and MAKERSPHERE_SKIP_WEB=1 goes without one altogether."""
    assert prepare(root, web=False) == ["making", "installing"]
    monkeypatch.setenv("MAKERSPHERE_SKIP_WEB", "1")
    assert prepare(root) == []


def test_environments_of_other_pythons_stand_beside_the_usual_one(root: Path) -> None:
    """Each is made in the folder that the variable names, and what is started from there knows nothing of it."""
    variables = {VARIABLE: ".venv-3.13"}
    assert Environment(root, folder_named(variables)).folder == root / ".venv-3.13"
    assert variables == {}
    assert Environment(root, folder_named(variables)).folder == root / ".venv"


@pytest.mark.parametrize("name", ["", "..", "house", "/tmp", ".venv/../house", ".venv-3.13/..", "~"])  # noqa: S108  (refused)
def test_no_other_folder_is_taken_for_an_environment(name: str) -> None:
    """An environment is emptied before it is made anew; nobody's work is lost to a slip of the fingers."""
    with pytest.raises(Trouble, match=r"begins with \.venv"):
        folder_named({VARIABLE: name})
