"""The golden playthroughs are current, can be read, tell all that happens, and show every shipped rule module."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path
from shutil import copytree

import pytest

from makersphere_playtest.playthrough import policy
from makersphere_rules import engine, shipped
from makersphere_rules.events import Event
from makersphere_rules.module import RuleModule
from makersphere_rules.refusals import Refusal
from makersphere_rules.seen.views import Changes, Views
from makersphere_rules.state import State
from tests.playthroughs.make import FOLDER, lines_of, main, text_of
from tests.playthroughs.scenes import SCENES

LONGEST = 200  # characters that a person reads as one line


@pytest.mark.parametrize("name", SCENES)
def test_the_playthrough_is_current(name: str) -> None:
    """The game plays as the text says; after a wanted change: `python -m tests.playthroughs.make`."""
    assert text_of(name).splitlines() == (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()


def test_whoever_makes_the_texts_is_told_which_differ(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The names of those that were written anew, or that no scene shows the change."""
    copytree(FOLDER, tmp_path, dirs_exist_ok=True)
    main(tmp_path)
    assert capsys.readouterr().out == "none differs: no scene shows this\n"

    (tmp_path / "waterfall.txt").write_text("", "utf-8")
    main(tmp_path)
    assert capsys.readouterr().out == f"1 of {len(SCENES)} playthroughs differ: waterfall\n"
    assert (tmp_path / "waterfall.txt").read_bytes() == (FOLDER / "waterfall.txt").read_bytes()


def test_every_text_is_one_that_is_made() -> None:
    """A scene that is gone leaves no text behind."""
    assert sorted(path.stem for path in FOLDER.glob("*.txt")) == sorted(SCENES)


@pytest.mark.parametrize("name", SCENES)
def test_no_line_of_a_playthrough_is_long(name: str) -> None:
    """A difference is read line by line, so a line has at most 200 characters; nothing is cut for it but lists."""
    for line in lines_of(name):
        assert len(line) <= LONGEST, line
        assert not line.endswith(" …"), line


@pytest.mark.parametrize("name", SCENES)
def test_a_playthrough_tells_all_that_happens(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every order, each event of it, each thing that changed on the table and in a hand, in the order of play."""
    step, refresh = engine.step, Views.refresh
    told: list[str] = []

    def watched(state: State, actor: int, order: engine.Order) -> tuple[Event, ...] | Refusal:
        told.append(f"> seat {actor}: {order.name}" if actor else f"> room: {order.name}")
        outcome = step(state, actor, order)
        told.extend([f"  {event.type}" for event in outcome] if isinstance(outcome, tuple) else ["  refused"])
        return outcome

    def seen(views: Views) -> Changes:
        changes = refresh(views)
        told.extend(f"  table {kind}" for kind in changes.table)
        told.extend(f"  hand {seat}" for seat in sorted(changes.hands))
        return changes

    monkeypatch.setattr(engine, "step", watched)
    monkeypatch.setattr(Views, "refresh", seen)
    lines = list(lines_of(name))
    rest = iter(lines)
    for thing in told:
        assert any(_begins(line, thing) for line in rest), f"{thing} is not told, or not in its order"


@pytest.mark.parametrize("name", SCENES)
def test_each_phase_begins_with_what_may_be_sent_and_ends_with_the_books(name: str) -> None:
    """Whoever may send something is named with it, and the credits of all accounts add up to 0."""
    lines = list(lines_of(name))
    openings = [number for number, line in enumerate(lines) if line.startswith("## ")]
    books = [line for line in lines if line.startswith("= ")]

    assert len(openings) == len(books) == SCENES[name].phases
    assert all(lines[number + 1].startswith("may ") for number in openings)
    assert all(line.endswith("; all 0") for line in books)


def _begins(line: str, thing: str) -> bool:
    return line == thing or line.startswith((f"{thing}:", f"{thing},", f"{thing} "))


def test_what_may_be_sent_is_told_with_its_bounds() -> None:
    """Each command stands there with every argument, and the seats that may send it so."""
    lines = list(lines_of("waterfall"))

    assert "may 1: set_reserve, venture 1, reserve 0 to 80" in lines
    assert "may 1 2 3 4 5 6 7: forecast, venture 1 | 2 | 3 | 4" in lines


def test_the_policy_of_the_playthroughs_knows_forms_alone() -> None:
    """Nothing but a rule may move the texts: no bot, no dice and no game is within the policy's reach."""
    tree = ast.parse(Path(inspect.getfile(policy)).read_text(encoding="utf-8"))
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}

    assert imported == {"__future__", "collections.abc", "typing", "makersphere_rules.forms"}


def _played() -> set[str]:
    """Return the rule modules whose phases are played, and those that play in none."""
    found: set[str] = set()
    for scene in SCENES.values():
        scenario = scene.lay().scenario
        found |= {module.name for phase in scenario.phases[: scene.phases] for module in phase.modules}
        found |= {module.name for module in scenario.modules if module.phase == ""}
    return found


@pytest.mark.parametrize("module", shipped.own_modules().values(), ids=lambda module: module.name)
def test_every_module_has_a_sheet_and_a_playthrough(module: RuleModule) -> None:
    """A rule module without its sheet, or in no golden playthrough, does not ship."""
    sheet = inspect.getdoc(inspect.getmodule(type(module))) or ""

    for heading in ("Purpose:", "Phase:", "Commands:", "Events:", "Parameters:", "Secrets:", "Source:"):
        assert heading in sheet, f"{module} has no {heading} in its sheet"
    assert module.name in _played()
