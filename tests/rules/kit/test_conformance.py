"""Every shipped scenario passes the conformance kit at every class size; and the kit can fail."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import attrs
import pytest

from makersphere_rules import engine, shipped
from makersphere_rules.dice import SeededDice
from makersphere_rules.ecosystem.table.entities import Venture
from makersphere_rules.entity import Entity, owner, table
from makersphere_rules.events import Event
from makersphere_rules.forms import Args, Form, Whole
from makersphere_rules.frozen import frozen
from makersphere_rules.kit import conformance
from makersphere_rules.kit.conformance import NonConformance
from makersphere_rules.module import Command, Draft, RuleModule
from makersphere_rules.modules.counter import Counter
from makersphere_rules.refusals import Refusal, refuse
from makersphere_rules.scenario import Scenario
from makersphere_rules.scenario_building import build
from makersphere_rules.seen.views import hand_of
from makersphere_rules.state import State

SIZES = (1, 3, 12, 13, 36, 60)
LARGE, LONG = 60, 4  # a large room plays no more seasons than this: more of them are more of the same
GAMES = [
    (name, seats)
    for name in shipped.scenario_names()
    for seats in SIZES
    if seats < LARGE or shipped.scenario(name).seasons <= LONG
]


@pytest.mark.parametrize(("name", "seats"), GAMES)
def test_random_games_conform(name: str, seats: int) -> None:
    """Replay equals live, books are right after every order, current views equal new ones, the game ends."""
    game = conformance.play(shipped.scenario(name), seats, f"{name}:{seats}", orders=3 if seats < 20 else 1)

    assert game.state.game.status == "over"
    assert len(game.log) > seats


@pytest.mark.parametrize("name", shipped.scenario_names())
def test_no_secret_shows_in_another_view(name: str) -> None:
    """Each secret field is changed in the middle of each phase; nobody else's view changes by a byte."""
    scenario = shipped.scenario(name)
    state = engine.new(scenario, SeededDice(b"s" * 32), 6)
    engine.step(state, engine.ROOM, engine.Order("start"))
    pick = conformance.picker(name)
    looked = 0
    while state.game.status == "running":
        for seat in state.seats():
            forms = engine.legal(state, seat)
            command = sorted(forms)[pick(len(forms))]
            at = engine.At(state.game.season, state.game.phase)
            engine.step(state, seat, engine.Order(command, conformance.sample(forms[command], pick), at))
        assert list(conformance.leaks(state)) == []
        looked += 1
        engine.step(state, engine.ROOM, engine.Order("close"))

    assert looked == scenario.seasons * len(scenario.phases)


# -- the kit itself: three broken modules, each caught


@frozen
class Purse(Entity):
    """A secret that its owner alone may see."""

    seat: int = table(key=True, owner=True)
    coins: int = owner(0)


@attrs.frozen
class Filled(Event):
    """A purse was filled."""

    seat: int
    coins: int

    def apply(self, state: State) -> None:
        """Fill it."""
        state.put(Purse(self.seat, self.coins))


def _form(state: State, seat: int) -> Form:
    return Form({"coins": Whole(1, 9)})


def _fill(draft: Draft, seat: int, args: Args) -> None:
    draft.emit(Filled(seat, int(str(args["coins"]))))


def _fill_while_deciding(draft: Draft, seat: int, args: Args) -> None:
    draft.state.put(Purse(seat, int(str(args["coins"]))))


class Purses(RuleModule):
    """A module as it should be."""

    name: ClassVar[str] = "purses"
    commands: ClassVar[tuple[Command, ...]] = (Command.at_once("fill", _form, _fill),)
    events: ClassVar[tuple[type[Event], ...]] = (Filled,)


class Impatient(Purses):
    """It changes the state while it decides."""

    commands: ClassVar[tuple[Command, ...]] = (Command.at_once("fill", _form, _fill_while_deciding),)


class Unbalanced(Purses):
    """Its own invariant does not hold."""

    def invariants(self, state: State) -> Iterator[str]:
        """No purse may hold more than eight."""
        return (f"purse {p.seat} holds {p.coins}" for p in state.all(Purse).values() if p.coins > 8)


@frozen
class Baton(Purse, keeps_owners=True):
    """It goes from hand to hand, though its kind says that it stays where it is."""

    @property
    def key(self) -> int:
        """Return the only one's."""
        return 0


@attrs.frozen
class Passed(Filled):
    """The baton is in another hand."""

    def apply(self, state: State) -> None:
        """Pass it on."""
        state.put(Baton(self.seat, self.coins))


def _pass(draft: Draft, seat: int, args: Args) -> None:
    draft.emit(Passed(seat, int(str(args["coins"]))))


class Relay(Purses):
    """It declares owners for good and changes them."""

    commands: ClassVar[tuple[Command, ...]] = (Command.at_once("fill", _form, _pass),)
    events: ClassVar[tuple[type[Event], ...]] = (Passed,)


def _form_until_sealed(state: State, seat: int) -> Form | Refusal:
    return _form(state, seat) if state.choice(seat, "fill") is None else refuse("rule", "not_open")


class Nosy(Purses):
    """What it offers hangs on what has been sealed."""

    commands: ClassVar[tuple[Command, ...]] = (Command.sealed("fill", _form_until_sealed),)


@attrs.frozen
class Loud(Event):
    """A fact that its module does not declare."""

    def apply(self, state: State) -> None:
        """Do nothing."""


def _shout(draft: Draft, seat: int, args: Args) -> None:
    draft.emit(Loud())


class Undeclared(Purses):
    """It emits an event that it does not name."""

    commands: ClassVar[tuple[Command, ...]] = (Command.at_once("fill", _form, _shout),)


def _scenario(module: RuleModule) -> Scenario:
    source = {"name": "x", "seasons": 1, "phase": [{"name": "play", "modules": [module.name]}]}
    return build(source, {module.name: module, "counter": Counter()})


def test_a_sound_module_passes() -> None:
    """The kit does not cry wolf."""
    assert conformance.play(_scenario(Purses()), 3, "a").state.game.status == "over"


@pytest.mark.parametrize(
    ("module", "sentence"),
    [
        (Impatient(), "changed the state"),
        (Unbalanced(), "holds 9"),
        (Relay(), "baton 0 is not in the hand of its owner alone"),
        (Nosy(), "is still offered what it was before"),
    ],
)
def test_a_broken_module_is_caught(module: RuleModule, sentence: str) -> None:
    """A module that decides with its hands, or breaks what it declares or its own invariant, fails with a sentence."""
    with pytest.raises(NonConformance, match=sentence):
        _play_many(module)


def _play_many(module: RuleModule) -> None:
    for seed in range(20):
        conformance.play(_scenario(module), 3, str(seed))


def test_a_leak_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """A view that lets a secret through, or only its size, is found by changing the secret."""
    state = conformance.play(_scenario(Purses()), 3, "a").state
    assert list(conformance.leaks(state)) == []

    for leak in (lambda coins: coins, lambda coins: "x" * sum(coins)):
        monkeypatch.setattr(
            conformance,
            "table_of",
            lambda shown, leak=leak: {"leak": leak([purse.coins for purse in shown.all(Purse).values()])},
        )
        assert "purse.coins shows on the table" in list(conformance.leaks(state))


def test_an_undeclared_event_is_caught() -> None:
    """An event that no module declares could never be read back from a log."""
    with pytest.raises(Exception, match="unknown event 'loud'"):
        conformance.play(_scenario(Undeclared()), 3, "a")


def test_numbers_do_not_tell_how_busy_others_are() -> None:
    """What two seats have between them is numbered alike, whoever else has been sending."""
    state = engine.new(shipped.scenario("seminar"), SeededDice(b"n" * 32), 6)
    engine.step(state, engine.ROOM, engine.Order("start"))
    while state.game.phase != "matching":
        engine.step(state, engine.ROOM, engine.Order("close"))
    busy = state.copy()
    mine, other = state.seats("investor")
    terms = {"credits": 60, "hours": 0, "shares": 500, "fee": 0}
    ventures = [int(str(key)) for key in state.all(Venture)]

    assert not isinstance(
        engine.step(busy, other, engine.Order("send_terms", {"venture": ventures[1], **terms})), Refusal
    )
    for game in (state, busy):
        order = engine.Order("send_terms", {"venture": ventures[0], **terms})
        assert not isinstance(engine.step(game, mine, order), Refusal)

    assert hand_of(state, mine) == hand_of(busy, mine)
