"""The standard bot in a phase of somebody else's rule module: the module's advice, else defaults, else chance."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from makersphere_bots.policy import READY, WholeView
from makersphere_bots.random_stream import Stream
from makersphere_bots.standard import Standard, module_advice
from makersphere_playtest.games.headless import ANY, Entry, play
from makersphere_rules.forms import Form, Whole
from makersphere_rules.module import RuleModule
from makersphere_rules.scenario_building import build
from makersphere_rules.written.packages import installed as installed_packages

TIPS = """
from makersphere_rules.author import Command, Form, RuleModule, Whole


def _form(state, seat):
    return Form({"coins": Whole(0, 9)})


def _say(draft, seat, args):
    pass


class Tips(RuleModule):
    name = "tips"
    commands = (Command.sealed("tip", _form), Command.at_once("shout", _form, _say))

    def defaults(self, state, seat):
        yield "tip", {"coins": 0}
"""
ADVICE = """
    def advise(self, view, legal):
        yield "tip", {"coins": view.seat + view.table["game"]["season"]}
        yield "gone", {}
"""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Let packages of a folder be installed, and what was known of packages be forgotten."""
    about = tmp_path / "tips-1.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Name: tips\nVersion: 1\n")
    (about / "entry_points.txt").write_text("[makersphere.rules]\ntips = tips_of_a_test:Tips\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    module_advice.forget()
    yield tmp_path
    module_advice.forget()
    sys.modules.pop("tips_of_a_test", None)


def installed(site: Path, text: str) -> RuleModule:
    """Install the package with a text, and return its rule module."""
    (site / "tips_of_a_test.py").write_text(text)
    return installed_packages().modules["tips"]


def sent(module: RuleModule) -> list[Entry]:
    """Return what the seats of a game of two seasons sent."""
    source = {"name": "tips", "seasons": 2, "seats": 3, "phase": [{"name": "tips", "modules": ["tips"]}]}
    log = play(build(source, {"tips": module}), 3, "tips", {ANY: Standard()}, keep=True).log
    return [entry for entry in log if entry[0] and entry[1].name != READY[0]]


def test_what_a_module_advises_is_sent(site: Path) -> None:
    """Each seat sends it as far as it may, by what it sees, and nothing by chance."""
    found = [(seat, order.name, order.args) for seat, order, _ in sent(installed(site, TIPS + ADVICE))]
    assert found == [(seat, "tip", {"coins": seat + season}) for season in (1, 2) for seat in (1, 2, 3)]


def test_without_advice_defaults_stand(site: Path) -> None:
    """What the close would do anyway nobody sends; what has no default is tried by chance."""
    assert {order.name for _, order, _ in sent(installed(site, TIPS))} == {"shout"}


def test_a_bot_over_the_wire_reads_its_defaults_in_its_hand() -> None:
    """There `hand.default` says what the close would do, of each target of a command."""
    form = Form({"coins": Whole(0, 9)})
    view = WholeView(1, "player", {"game": {"phase": "tips"}}, {"default": {"tip:2": {"coins": 0}}})
    moves = Standard().choose(view, {"tip": form, "shout": form}, Stream("wire"))
    assert "tip" not in {name for name, _ in moves}
    assert moves[-1] is READY


def test_a_package_that_is_broken_advises_nothing(site: Path) -> None:
    """Nobody who plays something else is kept from playing."""
    (site / "tips_of_a_test.py").write_text("import nothing_of_the_sort\n")
    view = WholeView(1, "player", {"game": {"phase": "tips"}, "module": {"tips": {"phase": "tips"}}}, {})
    assert module_advice.advised(view, {}) is None
