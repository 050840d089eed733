"""Fates (`of_all`): how far ventures, badges and spaces are from going, as one seat can work it out beforehand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from makersphere_bots.catalogue import policy
from makersphere_playtest.games.headless import ANY, Runner
from makersphere_rules import engine, shipped
from makersphere_rules.dice import SeededDice
from makersphere_rules.ecosystem.table.accounts import treasury_of
from makersphere_rules.ecosystem.table.entities import Space, Venture
from makersphere_rules.ecosystem.table.verdicts import BadgeAppraisal
from makersphere_rules.ecosystem.table.vocabulary import OPERATOR
from makersphere_rules.entity import changed
from makersphere_rules.seen.outlook import fates
from makersphere_rules.state import State
from tests.rules.variants import VARIANTS, variant

Tree = dict[str, Any]
GAMES = [("classroom", 12, 12), ("quickstart", 6, 24), ("seminar", 8, 6)]


def told(state: State) -> dict[int, dict[str, Tree]]:
    """Return what each seat is told."""
    return {seat: fates(state, seat) for seat in state.seats()}


def judged(name: str, seats: int, seed: int) -> Iterator[tuple[str, list[dict[int, dict[str, Tree]]], State]]:
    """Play a game of bots; yield after each appraisal what all were told in the market and before it closed."""
    runner = Runner(shipped.scenario(name), seats, f"fates{seed}", {ANY: policy("standard")}, keep=True)
    runner.start()
    state, before = runner.state, []
    while state.game.status == "running":
        runner.ask_all()
        phase = state.game.phase
        if phase in ("market", "appraisal"):
            before.append(told(state))
        runner.close()
        if phase == "market":  # what was sold is settled now
            yield phase, before, state
        if phase == "appraisal":
            yield phase, before, state
            before = []


@pytest.mark.parametrize(("name", "seats", "games"), GAMES)
def test_the_close_lies_inside_each_band(name: str, seats: int, games: int) -> None:
    """In 200 phases of bots' games what was reached is in the band, and neither safe nor danger is ever wrong."""
    phases = verdicts = 0
    for seed in range(games):
        for phase, before, state in judged(name, seats, seed):
            phases += 1
            for seat, found in ((seat, found) for asked in before for seat, found in asked.items()):
                for fate in found.values():
                    verdicts += holds(state, phase, seat, fate)
    assert phases >= 48
    assert verdicts > 20 * games


def holds(state: State, phase: str, seat: int, fate: Tree) -> int:
    """Hold a fate against what came of it; return how many verdicts that was."""
    reached, goes = came_of(state, phase, fate)
    if reached is not None and "least" in fate:
        assert fate["least"] <= reached <= fate["most"], (seat, fate, reached)
    if goes is None or phase != "appraisal" or fate.get("verdict") not in ("safe", "danger"):
        return 0
    assert goes == (fate["verdict"] == "danger"), (seat, fate)
    return 1


def came_of(state: State, phase: str, fate: Tree) -> tuple[int | None, bool | None]:
    """Return what was reached and whether it went; None where this does not say yet."""
    season = state.game.season
    if fate["kind"] == "venture":
        venture = state.one(Venture, fate["id"])
        is_spared = any(space.wild_card_used and space.id == venture.space for space in state.all(Space).values())
        goes = None if is_spared else bool(venture.closed)
        return venture.sales if fate["what"] == "sells" else None, goes
    if phase != "appraisal":
        return None, None
    if fate["kind"] == "badge":
        judged_ = state.find(BadgeAppraisal, f"{fate['seat']}:{fate['id']}")
        assert judged_ is not None
        assert judged_.season == season
        return judged_.score, judged_.lost
    space = state.one(Space, fate["id"])
    return None if space.receivership else state.balance(treasury_of(space.id)), space.receivership


def ranked(seed: int) -> Iterator[tuple[str, dict[int, dict[str, Tree]], State]]:
    """Play a game of bots in which the last of each class go; yield what all were told before each phase closed."""
    scenario = variant(*VARIANTS["bottom_share"])
    runner = Runner(scenario, 12, f"ranked{seed}", {ANY: policy("standard")}, keep=True)
    runner.start()
    while runner.state.game.status == "running":
        runner.ask_all()
        phase, before = runner.state.game.phase, told(runner.state)
        runner.close()
        yield phase, before, runner.state


def test_who_goes_by_rank_is_told_the_place_and_neither_verdict_is_ever_wrong() -> None:
    """Before the appraisal closes all places are final; from the market on those of what is not born."""
    verdicts = {"safe": 0, "danger": 0}
    for seed in range(6):
        for phase, before, state in ranked(seed):
            if phase != "appraisal":
                continue
            for fate in before[1].values():
                _, goes = came_of(state, phase, fate) if fate["kind"] == "venture" else (None, None)
                if goes is None or fate.get("verdict") not in verdicts:
                    continue
                verdicts[fate["verdict"]] += 1
                assert goes == (fate["verdict"] == "danger"), fate
                assert (fate["least"] > fate["must"]) == goes or fate.get("reason") == "insolvent"
    assert min(verdicts.values()) >= 5


def test_places_are_what_everybody_sees() -> None:
    """All seats are told the same of each venture, whatever was chosen since; of a badge only how many go."""
    for _, before, _ in ranked(0):
        ventures = [
            {key: fate for key, fate in found.items() if fate["kind"] == "venture"} for found in before.values()
        ]
        assert all(found == ventures[0] for found in ventures)
        badges = [fate for found in before.values() for fate in found.values() if fate["kind"] == "badge"]
        assert all(fate["what"] == "place" and "last" not in fate for fate in badges)
        assert all(fate.get("verdict") == "safe" for fate in badges if fate["of"] == 1)


def opened(phase: str, season: int = 1, name: str = "quickstart") -> State:
    """Return a game of nobody in a phase."""
    state = engine.new(shipped.scenario(name), SeededDice(b"f" * 32), 6)
    engine.step(state, engine.ROOM, engine.Order("start"))
    while (state.game.season, state.game.phase) != (season, phase):
        engine.step(state, engine.ROOM, engine.Order("close"))
    return state


def lead_of(state: State) -> Venture:
    """Return the first venture there is."""
    return next(iter(state.all(Venture).values()))


def test_from_the_first_season_an_idea_knows_until_when_it_must_be_born() -> None:
    """So does everybody else: 60 credits by the close of the second season, none yet, and time left."""
    state = opened("exchange")
    idea = lead_of(state)
    expected = {"kind": "venture", "id": idea.id, "what": "born", "must": 60, "by": 2, "least": 0, "most": 0}
    assert all(found[f"venture:{idea.id}"] == {**expected, "verdict": "time"} for found in told(state).values())


def test_in_its_last_season_an_idea_is_close_until_signing_is_over() -> None:
    """Then it is in danger: nothing can bring it capital any more."""
    state = opened("matching", season=2)
    idea = next(one for one in state.all(Venture).values() if not one.born and not one.closed)
    key = f"venture:{idea.id}"
    assert fates(state, idea.lead)[key]["verdict"] == "close"
    engine.step(state, engine.ROOM, engine.Order("close"))
    assert (fates(state, idea.lead)[key]["verdict"], fates(state, idea.lead)[key]["reason"]) == ("danger", "unfunded")


def with_pilot() -> tuple[State, Venture]:
    """Return a market in which the first venture is a pilot that was born."""
    state = opened("market")
    pilot = changed(lead_of(state), stage=2, born=True, tracks=(24, 19, 14), lo=2, hi=5, appeal=3)
    state.put(pilot)
    state.settle()
    return state, pilot


def test_a_board_sees_what_each_price_would_sell() -> None:
    """A low price sells more than a fair one, and each says whether that is enough."""
    state, pilot = with_pilot()
    fate = fates(state, pilot.lead)[f"venture:{pilot.id}"]
    assert (fate["what"], fate["by"], fate["must"]) == ("sells", 1, fate["must"])
    assert (fate["least"], fate["most"]) == (fate["tries"]["fair"]["least"], fate["tries"]["fair"]["most"])
    assert fate["tries"]["low"]["most"] > fate["most"] > fate["tries"]["high"]["most"]
    assert {tried["verdict"] for tried in fate["tries"].values()} <= {"safe", "close", "danger"}


def test_others_see_the_bar_and_no_band() -> None:
    """What a pilot may sell is its board's to know until the market has closed; then everybody sees what it sold."""
    state, pilot = with_pilot()
    for seat, found in told(state).items():
        assert ("least" in found[f"venture:{pilot.id}"]) == (seat == pilot.lead)
    engine.step(state, engine.ROOM, engine.Order("close"))
    sold = state.one(Venture, pilot.id).sales
    for found in told(state).values():
        fate = found[f"venture:{pilot.id}"]
        assert (fate["least"], fate["most"]) == (sold, sold)


def test_capital_that_was_just_signed_is_its_leads_alone_to_see() -> None:
    """Until matching closes others are told what was there before."""
    state = opened("matching")
    idea = lead_of(state)
    state.put(changed(idea, capital={idea.lead: 45}))
    for seat, found in told(state).items():
        assert found[f"venture:{idea.id}"]["most"] == (45 if seat == idea.lead else 0)


def test_appeals_and_sealed_prices_are_in_no_fate_of_another() -> None:
    """Twins that differ in what nobody sees, and in what others have sealed, are told the same."""
    state, pilot = with_pilot()
    twin = state.copy()
    twin.put(changed(twin.one(Venture, pilot.id), appeal=5))
    assert told(twin) == told(state)
    engine.step(twin, pilot.lead, engine.Order("set_price", {"price": "low", "venture": pilot.id}))
    assert {seat for seat, found in told(twin).items() if found != fates(state, seat)} == {pilot.lead}


def test_a_treasury_is_told_to_its_operator_alone() -> None:
    """With what it holds now; what the season leaves of it is known from the market on."""
    state = opened("policy")
    found = told(state)
    for seat in state.seats():
        assert any(key.startswith("space:") for key in found[seat]) == (state.role(seat) == OPERATOR)
    (operator,) = state.seats(OPERATOR)
    assert "verdict" not in found[operator][f"space:{operator}"]
    assert fates(opened("market"), operator)[f"space:{operator}"]["verdict"] in ("safe", "close", "danger")


def test_before_the_start_nobody_is_told_anything() -> None:
    """There is nothing yet that could go."""
    assert fates(engine.new(shipped.scenario("quickstart"), SeededDice(b"f" * 32), 6), 1) == {}
