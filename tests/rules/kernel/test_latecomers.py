"""Latecomers: a seat that is added during play waits for admission, and is then a maker like the others."""

from __future__ import annotations

import pytest

from makersphere_rules import engine, shipped
from makersphere_rules.dice import SeededDice
from makersphere_rules.ecosystem.shared_steps.latecomers import LatecomersSeated
from makersphere_rules.ecosystem.table import tenancy
from makersphere_rules.ecosystem.table.entities import Idea, Maker, Sector, Space
from makersphere_rules.ecosystem.table.shared_params import world
from makersphere_rules.ecosystem.table.vocabulary import AMBITIONS
from makersphere_rules.events import Event, SeatAdded
from makersphere_rules.refusals import Refusal
from makersphere_rules.scenario_building import build
from makersphere_rules.seen.views import hand_of, table_of
from makersphere_rules.state import WAITING, Seat, State


def running(scenario: str = "seminar", seats: int = 6, *, practice: bool = False) -> State:
    """Return a game that has just been started."""
    chosen = build({**shipped.scenario(scenario).source, "practice": practice}, shipped.modules())
    state = engine.new(chosen, SeededDice(b"l" * 32), seats)
    engine.step(state, engine.ROOM, engine.Order("start"))
    return state


def come(state: State) -> tuple[Event, ...] | Refusal:
    """Let a latecomer ask for a seat."""
    return engine.step(state, engine.ROOM, engine.Order("seat", {"seat": len(state.seats()) + 1}))


def until(state: State, season: int, phase: str) -> None:
    """Close phases until one is open."""
    while (state.game.season, state.game.phase) != (season, phase):
        assert state.game.status == "running"
        engine.step(state, engine.ROOM, engine.Order("close"))


def skills_of(state: State, seat: int) -> int:
    """Return how many skill points a maker has beyond its printed ones."""
    maker = state.one(Maker, seat)
    return sum(maker.skills) - sum(world(state).background(maker.background).skills)


class TestWaiting:
    """From the door to the next admission."""

    def test_a_seat_waits_and_keeps_nobody_waiting(self) -> None:
        """It has no role of the game, nothing to do, and the phase ends without it."""
        state = running()

        assert come(state) == (SeatAdded(7, WAITING),)
        assert engine.legal(state, 7) == {}
        assert hand_of(state, 7).get("maker") is None
        at = engine.At(1, "policy")
        for seat in range(1, 7):
            engine.step(state, seat, engine.Order("ready", {"ready": True}, at))
        assert engine.all_ready(state)

    def test_it_may_send_nothing_yet(self) -> None:
        """Whatever it sends is refused with the reason."""
        state = running()
        come(state)
        refusal = engine.decide(state, 7, engine.Order("ready", {"ready": False}, engine.At(1, "policy")))

        assert isinstance(refusal, Refusal)
        assert (refusal.code, refusal.text) == ("not_your_phase", "waiting")

    def test_its_number_is_the_next(self) -> None:
        """A seat is never added twice by an order that came twice."""
        state = running()

        for number in (3, 9):
            found = engine.decide(state, engine.ROOM, engine.Order("seat", {"seat": number}))
            assert isinstance(found, Refusal)
            assert found.code == "bad_args"

    def test_it_waits_through_phases_that_open(self) -> None:
        """It is still waiting, and still ready, when the season goes on."""
        state = running()
        until(state, 1, "market")
        come(state)
        until(state, 2, "policy")

        assert state.one(Seat, 7) == Seat(7, WAITING, ready=True)
        assert len(state.all(Maker)) == 3

    def test_who_still_waits_at_the_end_has_no_score(self) -> None:
        """The host ends the game: everybody who has played is ranked, and nobody else."""
        state = running()
        until(state, 1, "recap")
        come(state)
        engine.step(state, engine.ROOM, engine.Order("end"))

        assert sorted(table_of(state)["score"]) == [str(seat) for seat in range(1, 7)]


class TestDealtIn:
    """At admission."""

    def test_a_latecomer_is_a_maker_at_the_next_admission(self) -> None:
        """With printed credits, whole hours, spirit, an ambition and three ideas; everybody sees its board."""
        state = running()
        come(state)
        until(state, 1, "admission")
        maker = state.one(Maker, 7)

        assert state.role(7) == "maker"
        assert state.balance("maker:7") == world(state).background(maker.background).credits
        assert (maker.hours, maker.spirit) == (world(state).maker_hours, world(state).spirit)
        assert maker.ambition in AMBITIONS
        assert [idea.number for idea in state.all(Idea).values() if idea.seat == 7] == [1, 2, 3]
        assert {"pitch", "keep_idea", "ready"} <= set(engine.legal(state, 7))
        assert table_of(state)["maker"]["7"]["skills"] == list(maker.skills)
        assert "ambition" not in table_of(state)["maker"]["7"]

    def test_it_stands_at_the_end_of_the_makers(self) -> None:
        """In table order, after those who were there, before no one."""
        state = running()
        come(state)
        come(state)
        until(state, 1, "admission")

        assert list(state.all(Maker)) == state.seats("maker") == [1, 2, 3, 7, 8]

    @pytest.mark.parametrize("phase", [phase.name for phase in shipped.scenario("seminar").phases])
    def test_a_seat_may_come_in_any_phase(self, phase: str) -> None:
        """The phase closes, the seat waits on, and admission deals it in."""
        state = running()
        until(state, 1, phase)
        come(state)
        until(state, 2, "exchange")

        assert state.role(7) == "maker"
        assert engine.invariants(state) == []

    @pytest.mark.parametrize(("season", "points"), [(1, 0), (2, 1), (4, 3)])
    def test_a_skill_point_for_each_season_missed(self, season: int, points: int) -> None:
        """Who comes in the first season has missed none."""
        state = running()
        if season > 1:
            until(state, season - 1, "recap")
        come(state)
        until(state, season, "admission")

        assert skills_of(state, 7) == points

    def test_points_go_to_the_lowest_skill_each_time(self) -> None:
        """One after another, of equals the first."""
        state = running()
        until(state, 3, "recap")
        come(state)
        until(state, 4, "admission")
        maker = state.one(Maker, 7)
        expected = list(world(state).background(maker.background).skills)
        for _ in range(3):
            expected[expected.index(min(expected))] += 1

        assert list(maker.skills) == expected

    def test_desks_follow_at_once_and_demand_at_its_next_walk(self) -> None:
        """With 3 makers a space has 2 desks; with 8 it has 6, and demand is held around 88 times 8."""
        state = running()
        for _ in range(5):
            come(state)
        until(state, 1, "admission")
        space = state.seats("operator")[0]

        assert state.one(Space, space).stations == 6 == tenancy.desks(state, state.one(Space, space))
        until(state, 2, "admission")
        assert all(88 * 8 // 2 <= sector.walk <= 88 * 8 * 2 for sector in state.all(Sector).values())

    def test_the_dice_of_the_others_do_not_change(self) -> None:
        """What anybody else draws is what it would have been without a latecomer, but for the deck below it."""
        with_one, without = running(), running()
        come(with_one)
        until(with_one, 1, "admission")
        until(without, 1, "admission")
        others = [[idea for idea in state.all(Idea).values() if idea.seat < 7] for state in (with_one, without)]

        assert others[0] == others[1]

    def test_a_game_with_latecomers_goes_on_to_its_end(self) -> None:
        """They are scored like everybody else, and the books balance all along."""
        state = running()
        come(state)
        while state.game.status == "running":
            engine.step(state, engine.ROOM, engine.Order("close"))
            assert engine.invariants(state) == []

        assert table_of(state)["score"]["7"]["final"] > 0


class TestTheLastSeason:
    """Too late for a seat of one's own."""

    def test_no_seat_is_added_in_the_last_season(self) -> None:
        """It would never do anything; the door gives a place in a team instead."""
        state = running()
        until(state, 4, "policy")
        refusal = come(state)

        assert isinstance(refusal, Refusal)
        assert (refusal.code, refusal.text) == ("rule", "no_more_seats")
        assert not engine.takes_latecomers(state)

    def test_before_another_run_it_waits_for_the_deal(self) -> None:
        """In the practice season a latecomer gets a maker's hand when the game that counts is dealt."""
        state = running(practice=True)
        come(state)
        until(state, 2, "policy")

        assert state.role(7) == "maker"
        assert skills_of(state, 7) == 0
        assert len(state.all(Maker)) == 4

    def test_rules_that_seat_nobody_take_no_latecomers(self) -> None:
        """The counter has no admission."""
        state = running("counter")

        assert isinstance(come(state), Refusal)


def test_the_fact_tells_everyone() -> None:
    """Who has come, and of which background; nothing of the ambition."""
    state = running()
    come(state)
    events = engine.step(state, engine.ROOM, engine.Order("close"))
    assert isinstance(events, tuple)
    (fact,) = (event for event in events if isinstance(event, LatecomersSeated))

    (line,) = fact.lines()
    assert (line.text, dict(line.values)) == (
        "latecomer_seated",
        {"maker": 7, "background": state.one(Maker, 7).background},
    )
