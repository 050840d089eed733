"""Bad input: every command of every module, at each of its bounds and beyond, in random and in standard games."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from makersphere_bots.standard import Standard
from makersphere_playtest.games.headless import ANY, Runner, seed_bytes
from makersphere_rules import engine, shipped
from makersphere_rules.dice import SeededDice
from makersphere_rules.entity import changed
from makersphere_rules.forms import Args, Form, Whole
from makersphere_rules.kit import bounds
from makersphere_rules.kit.bounds import Probed
from makersphere_rules.kit.conformance import NonConformance, picker
from makersphere_rules.module import Draft
from makersphere_rules.refusals import Refusal, refuse
from tests.rules.kit.letters import SEATS, Letters, Purse, letters
from tests.rules.plan import PLAYED, scenario_of
from tests.rules.variants import VARIANTS

SHORT = tuple(name for name in PLAYED if name not in ("training", "mechanisms"))  # longer games of the same rules


@pytest.mark.parametrize("name", SHORT)
def test_bounds_hold_in_random_games(name: str) -> None:
    """At a bound carried out, beyond it refused with field and bound, of whatever type; nothing is changed by it."""
    probed = bounds.probe(scenario_of(name), 4, f"bounds:{name}", orders=1)

    assert sum(probed.accepted.values()) > 10
    assert sum(probed.refused.values()) > 100


@pytest.mark.parametrize("name", VARIANTS)
def test_every_bound_is_reached(name: str) -> None:
    """In a standard game each field of what a seat may send is carried out at each of its bounds at some time."""
    probed = Probed()
    _probe_standard_game(name, 6, "standard", probed)
    told = {bound for counter in (probed.near, probed.nowhere) for bound in counter}

    assert len(probed.accepted) > 50
    assert {bound for bound in told if not probed.accepted[bound]} <= SELDOM


def test_every_command_is_sent() -> None:
    """In a standard game every command that comes within the seasons of `seminar` is carried out, save the rarest."""
    probed, scenario = Probed(), scenario_of("seminar")
    _probe_standard_game("seminar", 7, "seven", probed)
    commands = {
        command
        for phase, offered in scenario.commands.items()
        for command in offered
        if scenario.comes_in(phase, command) <= scenario.seasons
    }

    assert commands - {command for command, _, _ in probed.accepted} <= RARE


RARE = frozenset(("answer_join", "leave_team"))  # two of a team: they have tests of their own
SELDOM = frozenset((("ask_to_join", "venture", "choice"), ("answer_terms", "answer", "choice")))


def _probe_standard_game(name: str, seats: int, seed: str, probed: Probed) -> None:
    """Play a standard game, then again from its log; probe all when a phase opens, some before they act."""
    scenario, pick = scenario_of(name), picker(seed)
    runner = Runner(scenario, seats, seed, {ANY: Standard()}, keep=True)
    runner.play()
    state = engine.new(scenario, SeededDice(seed_bytes(seed)), seats)
    for actor, _, events in runner.log:
        if actor != engine.ROOM and not pick(4):
            bounds.probe_now(state, actor, pick, probed)
        for event in events:
            engine.evolve(state, event)
        for seat in state.seats() if actor == engine.ROOM and state.game.status == "running" else ():
            bounds.probe_now(state, seat, pick, probed)


# -- the kit itself: a sound module, and one broken bound at a time


class Generous(Letters):
    """More is told than is taken: nothing at the upper bound can be sent, and the refusal has no name."""

    def send(self, draft: Draft, seat: int, args: Args) -> Refusal | None:
        """Keep one coin."""
        if args["coins"] == draft.state.one(Purse, seat).coins:
            return refuse("rule", "not_now", command="send")
        return super().send(draft, seat, args)


class Careless(Letters):
    """What a letter costs is not told."""

    def send(self, draft: Draft, seat: int, args: Args) -> Refusal | None:
        """Refuse without a figure."""
        return refuse("cannot_afford", "cannot_afford.credits", "coins")


class Hasty(Letters):
    """It leaves a mark before it refuses."""

    def send(self, draft: Draft, seat: int, args: Args) -> Refusal | None:
        """Change the state while deciding."""
        draft.state.put(changed(draft.state.one(Purse, seat), mark=9))
        return refuse("rule", "not_now", "coins", command="send")


class Wide(Whole, frozen=True):
    """A domain that takes what is beyond its bounds."""

    def refusal(self, field: str, value: object) -> Refusal | None:
        """Refuse nothing."""
        return None


class Lax(Letters):
    """Its bid may be anything."""

    def bid_form(self) -> Form:
        """Return a form that checks nothing."""
        return Form({"bid": Wide(1, 9)})


class Forgetful(Letters):
    """A refusal of the wrong code."""

    def send(self, draft: Draft, seat: int, args: Args) -> Refusal | None:
        """Say that the game is over."""
        return refuse("over", "over", "coins")


def _games(module: Letters) -> Iterator[Probed]:
    return (bounds.probe(letters(module), SEATS, f"letters:{n}") for n in range(3))


def test_a_sound_module_passes() -> None:
    """Everything is reached at its bounds, in every game."""
    for probed in _games(Letters()):
        assert {("send", "coins", "least"), ("send", "coins", "most"), ("bid", "bid", "most")} <= set(probed.accepted)
        assert not probed.near


@pytest.mark.parametrize(
    ("mutant", "sentence"),
    [
        (Generous, "without naming a field"),
        (Careless, "without saying what it costs"),
        (Hasty, "changed the state"),
        (Lax, "was carried out"),
        (Forgetful, "within its bounds"),
    ],
)
def test_a_broken_bound_is_caught(mutant: type[Letters], sentence: str) -> None:
    """Each breach of the contract fails with a sentence that says which."""
    with pytest.raises(NonConformance, match=sentence):
        list(_games(mutant()))


def test_every_module_is_played() -> None:
    """Whatever ships stands in a scenario that is played here and in the other kits."""
    played = {module.name for name in PLAYED for module in scenario_of(name).modules}

    assert not set(shipped.own_modules()) - played
