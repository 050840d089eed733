"""Starting over: whoever's venture was closed sits out nothing, and soon holds what counts at the end again."""

from __future__ import annotations

from makersphere_bots.catalogue import policy
from makersphere_playtest.games.headless import ANY, Runner
from makersphere_rules import engine, shipped
from makersphere_rules.ecosystem.table.entities import Maker, Venture
from makersphere_rules.state import State

SEATS = 12


def close(state: State) -> None:
    """Close the phase; whoever did not choose gets the default."""
    engine.step(state, engine.ROOM, engine.Order("close"))


def when_two_are_freed() -> tuple[State, list[int], list[int]]:
    """Return bots' game after the first appraisal that frees two makers or more, these makers, and the leads."""
    for seed in map(str, range(50)):
        runner = Runner(shipped.scenario("classroom"), SEATS, seed, {ANY: policy("standard")}, keep=False)
        runner.start()
        state = runner.state
        while not any(found.closed for found in state.all(Venture).values()):
            runner.ask_all()
            runner.close()
        assert (state.game.phase, state.game.status) == ("recap", "running")
        freed = [found.seat for found in state.all(Maker).values() if not found.venture]
        if len(freed) > 1:
            leads = [found.lead for found in state.all(Venture).values() if not found.closed]
            return state, freed, leads
    raise AssertionError("no game of fifty frees two makers at once")


def test_whose_venture_closed_sits_out_no_phase() -> None:
    """Until the next admission no maker may do more than another; there those without a venture choose first of all."""
    state, freed, leads = when_two_are_freed()
    passed = []
    while state.game.phase != "admission":
        passed.append(state.game.phase)
        assert {tuple(engine.legal(state, seat)) for seat in freed} == {tuple(engine.legal(state, s)) for s in leads}
        close(state)
    assert passed == ["recap", "policy"]
    for seat in freed:
        assert {"keep_idea", "pitch", "ask_to_join"} <= engine.legal(state, seat).keys()


def test_whose_venture_closed_holds_shares_again_in_the_same_admission() -> None:
    """Who keeps a card founds, and who asks a team may be taken in; without a choice one founds as well."""
    state, (founder, joiner, *others), (lead, *_) = when_two_are_freed()
    while state.game.phase != "admission":
        close(state)
    team = state.one(Maker, lead).venture
    engine.step(state, founder, engine.Order("keep_idea", {"card": 2}))
    engine.step(state, joiner, engine.Order("ask_to_join", {"venture": team}))
    engine.step(state, lead, engine.Order("answer_join", {"maker": joiner, "accept": True, "shares": 800}))
    close(state)
    for seat in (founder, *others):
        assert state.one(Venture, state.one(Maker, seat).venture).shares == {seat: 10_000}
    assert state.one(Venture, team).shares[joiner] == 800
