"""A game as a seat may imagine it: its own view stands, the rest is drawn anew, and the game knows nothing of it.

That two games that look alike are imagined alike is part of the conformance kit (`twins.py`).
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs
import pytest

from makersphere_rules import engine, shipped
from makersphere_rules.dice import SeededDice
from makersphere_rules.ecosystem.table import printed_decks
from makersphere_rules.ecosystem.table.entities import Deck, Idea, Investor, Maker, Venture
from makersphere_rules.ecosystem.table.own_hand import seen
from makersphere_rules.ecosystem.table.vocabulary import AMBITIONS
from makersphere_rules.entity import Entity, Key, sight_of
from makersphere_rules.kit.conformance import picker, sample
from makersphere_rules.seen.imagined_game import imagined
from makersphere_rules.seen.views import hand_of, table_of
from makersphere_rules.state import State
from makersphere_rules.written.notation import state_hash
from tests.rules.plan import PLAYED, scenario_of

SEATS = 9
DICE = SeededDice(b"of the one who imagines")


class Locked:
    """The room's dice, which nobody who imagines may touch."""

    def draw(self, season: int, phase: str, purpose: str, entity: Key, number: int, sides: int) -> int:
        """Refuse."""
        raise AssertionError(f"the room's dice were thrown: {purpose}")


def moments(name: str, orders: int = 2) -> Iterator[State]:
    """Yield a game at the end of each phase, after seats have sent random orders."""
    state, pick = engine.new(scenario_of(name), SeededDice(b"r" * 32), SEATS), picker(name)
    engine.step(state, engine.ROOM, engine.Order("start"))
    while state.game.status == "running":
        for seat in [*state.seats()] * orders:
            forms = engine.legal(state, seat)
            command = sorted(forms)[pick(len(forms))]
            at = engine.At(state.game.season, state.game.phase)
            engine.step(state, seat, engine.Order(command, sample(forms[command], pick), at))
        yield state
        engine.step(state, engine.ROOM, engine.Order("close"))


@pytest.mark.parametrize("name", PLAYED)
def test_a_seat_sees_of_it_what_it_sees_of_the_game(name: str) -> None:
    """Table and hand are the same in every phase; so what is drawn anew agrees with all that the seat knows."""
    for state in moments(name):
        seat = state.seats()[state.game.phase_number % len(state.seats())]
        copy = imagined(state, seat, DICE)
        assert table_of(copy) == table_of(state)
        assert hand_of(copy, seat) == hand_of(state, seat)


@pytest.mark.parametrize("name", PLAYED)
def test_the_game_goes_on_as_if_nobody_had_imagined_anything(name: str) -> None:
    """No dice of the room, no mark and no entity: an imagined game is played to its end, and the game stands still."""
    for state in moments(name):
        if state.game.phase_number % 3:
            continue
        before, touched = state_hash(state), {cls: dict(keys) for cls, keys in state.touched.items()}
        dice, state.dice = state.dice, Locked()
        copy = imagined(state, state.seats()[-1], DICE)
        for _ in range(len(copy.scenario.phases)):
            engine.step(copy, engine.ROOM, engine.Order("close"))
        state.dice = dice
        assert state_hash(state) == before
        assert {cls: dict(keys) for cls, keys in state.touched.items()} == touched


def test_appeals_lie_in_ones_own_range_and_come_all_over_it() -> None:
    """A range of one is known; over many worlds every appeal of a range comes."""
    for state in moments("classroom"):
        if state.game.phase != "incubation":
            continue
        seat = state.seats("investor")[0]
        worlds = [imagined(state, seat, SeededDice(str(n).encode())) for n in range(60)]
        for venture in state.all(Venture).values():
            known = seen(state, seat, venture.id)
            lo, hi = max(known.lo, known.list_lo), min(known.hi, known.list_hi)
            if not venture.closed:
                assert {world.one(Venture, venture.id).appeal for world in worlds} == {*range(lo, hi + 1)}
        return
    raise AssertionError("no incubation was reached")


def test_private_cards_of_others_are_those_that_ones_own_leaves() -> None:
    """Ambitions are dealt evenly, so whoever holds one sees fewer of it elsewhere; its own stays."""
    for state in moments("classroom"):
        makers = state.seats("maker")
        for n in range(20):
            copy = imagined(state, makers[0], SeededDice(str(n).encode()))
            held = [copy.one(Maker, seat).ambition for seat in makers]
            assert held[0] == state.one(Maker, makers[0]).ambition
            assert {held.count(one) for one in AMBITIONS} == {len(makers) // 3, -(-len(makers) // 3)}
            assert all(len(one.thesis_sectors) == 2 for one in copy.all(Investor).values())
        return


def test_no_card_is_in_two_places() -> None:
    """What lies on the table or in a hand is in no deck, whatever is dealt in the imagined admission."""
    for state in moments("quickstart"):
        copy = imagined(state, 1, DICE)
        deck = copy.one(Deck, "ideas").cards
        elsewhere = [one.card for one in copy.all(Venture).values()] + [one.card for one in copy.all(Idea).values()]
        assert not {*deck} & {*elsewhere}
        assert len({*deck, *elsewhere}) == len(printed_decks.names("ideas"))


def test_what_shows_in_part_has_a_blank_for_what_it_hides() -> None:
    """Every hidden field of a kind that others see has a default: nothing else could stand in its place."""
    kinds: set[type[Entity]] = {cls for module in shipped.own_modules().values() for cls in module.entities}
    for cls in kinds:
        sights = {field: sight_of(field)[0] for field in attrs.fields(cls)}
        if {"table", "settled"} & {*sights.values()}:
            for field, sight in sights.items():
                assert sight in ("table", "settled") or field.default is not attrs.NOTHING, f"{cls.kind}.{field.name}"
