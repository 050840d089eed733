"""What an operator may expect of a season on some terms: who comes in, and what the treasury holds afterwards."""

from __future__ import annotations

from collections.abc import Mapping

from makersphere_bots.catalogue import policy
from makersphere_playtest.games.headless import ANY, Runner
from makersphere_rules import engine, shipped
from makersphere_rules.dice import SeededDice
from makersphere_rules.ecosystem.shared_steps.opening import expected
from makersphere_rules.ecosystem.table.accounts import treasury_of
from makersphere_rules.ecosystem.table.entities import Maker
from makersphere_rules.ecosystem.table.vocabulary import OPERATOR
from makersphere_rules.entity import changed
from makersphere_rules.state import State


def opened(seats: int = 12) -> tuple[State, int]:
    """Return a game of nobody in its first phase, and its operator."""
    state = engine.new(shipped.scenario("classroom"), SeededDice(b"o" * 32), seats)
    engine.step(state, engine.ROOM, engine.Order("start"))
    return state, state.seats(OPERATOR)[0]


def told(state: State, seat: int, **terms: int) -> Mapping[str, int]:
    """Return what the numbers of terms say, where a season lets them be set or not."""
    usual = {"rent": 12, "maker_bar": 36, "investor_bar": 45}
    return expected(state, seat, {**usual, **terms}, {"community": 30})


def test_the_terms_tell_their_sender_what_they_may_come_to() -> None:
    """Seven makers, five desks, four investors; rent and badges come in, upkeep goes out."""
    state, seat = opened()
    found = engine.numbers(state, seat, "set_terms", {"rent": 12})
    assert (found["of"], found["pass"], found["come"], found["tenants"]) == (7, 7, 5, 0)
    assert (found["now"], found["investors"]) == (90, 4)
    assert found["treasury"] == 90 + 6 * found["reach"] + 5 * 12 - 20 - 5 * 5


def test_a_dearer_desk_brings_more_and_a_higher_bar_brings_fewer() -> None:
    """What moves with a tap: rent by rent, and one maker fewer from the bar that is said."""
    state, seat = opened()
    cheap = told(state, seat)
    assert told(state, seat, rent=13)["treasury"] == cheap["treasury"] + cheap["come"]
    assert told(state, seat, maker_bar=cheap["fewer_at"] - 1)["pass"] == cheap["pass"]
    assert told(state, seat, maker_bar=cheap["fewer_at"])["pass"] < cheap["pass"]
    shut = told(state, seat, maker_bar=80)
    assert (shut["pass"], shut["come"], "fewer_at" in shut) == (0, 0, False)


def test_a_level_says_what_the_season_leaves_of_it() -> None:
    """One more desk costs 30 and brings another tenant's rent; a level that there is none of says nothing."""
    state, seat = opened()
    found = told(state, seat)
    assert found["community"] == found["treasury"] - 30 + 12 - 5
    assert found["come_community"] == found["come"] + 1
    assert "resources" not in found


def test_it_rests_on_what_everybody_saw() -> None:
    """What others have changed since the last phase closed, and the table hides, moves nothing."""
    state, seat = opened()
    before = told(state, seat)
    for maker in list(state.all(Maker).values()):
        state.put(changed(maker, skills=(0, 0, 0)))
    assert told(state, seat) == before


def test_it_is_about_right() -> None:
    """In the first season of bots' games the treasury is off by no more than three rents and a half in the mean."""
    off = []
    for seed in range(6):
        runner = Runner(shipped.scenario("classroom"), 12, f"opening{seed}", {ANY: policy("standard")}, keep=True)
        runner.start()
        state = runner.state
        runner.ask_all()
        (seat,) = state.seats(OPERATOR)
        foreseen = engine.numbers(state, seat, "set_terms", state.choice(seat, "set_terms") or {"rent": 12})["treasury"]
        while state.game.season == 1 and state.game.phase != "recap":
            runner.close()
            runner.ask_all()
        off.append(abs(state.balance(treasury_of(seat)) - foreseen))
    assert sum(off) <= len(off) * 42
