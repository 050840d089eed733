"""The ledger is open: a rule module of somebody else brings sorts of account and reasons of its own, and says so."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from makersphere_rules import engine, shipped
from makersphere_rules.author import (
    GOVERNMENT,
    INVESTOR,
    SET_ASIDE,
    Draft,
    Event,
    Posting,
    RuleModule,
    Undeclared,
    frozen,
    investor_account,
    living,
    post,
    venture_account,
)
from makersphere_rules.debrief.opened import Debrief
from makersphere_rules.debrief.past import Past
from makersphere_rules.debrief.past_season import past_season
from makersphere_rules.dice import SeededDice
from makersphere_rules.ecosystem.figures.energy import energy
from makersphere_rules.engine import ROOM, Order
from makersphere_rules.kit.soundness import checked
from makersphere_rules.ledger import Flow
from makersphere_rules.scenario_building import build
from makersphere_rules.state import State

CREDITS = 3


@frozen
class PledgesMoved(Event):
    """Credits went into the crowd's account, out of it, or through it."""

    postings: tuple[Posting, ...]

    def apply(self, state: State) -> None:
        """Move them."""
        post(state, self.postings)


class Crowd(RuleModule):
    """The first investor pledges in each season; a part of it goes to the first venture."""

    name = "crowd"
    events = (PledgesMoved,)
    accounts = {"crowd": INVESTOR}  # noqa: RUF012  (as an author writes it)
    reasons = {"pledge": SET_ASIDE, "pledged": "capital", "match": "match"}  # noqa: RUF012

    def close(self, draft: Draft) -> None:
        """Pledge, pay a part, and let the government add to it."""
        (seat, *_), (venture, *_) = draft.state.seats(INVESTOR), living(draft.state)
        into = Posting(investor_account(seat), "crowd:all", CREDITS, "pledge")
        out = Posting("crowd:all", venture_account(venture.id), CREDITS - 1, "pledged")
        more = Posting(GOVERNMENT, investor_account(seat), 1, "match")
        draft.emit(PledgesMoved((into, out, more)))


class Silent(Crowd):
    """The same, with nothing declared."""

    accounts = {}  # noqa: RUF012
    reasons = {}  # noqa: RUF012


class Generous(Crowd):
    """What goes out is less than nothing."""

    def close(self, draft: Draft) -> None:
        """Take instead of giving."""
        draft.emit(PledgesMoved((Posting(GOVERNMENT, investor_account(1), -1, "tax"),)))


class Misplaced(Crowd):
    """What it declares has no place in the money picture, or is the ledger's own."""

    accounts = {"crowd": "venture"}  # noqa: RUF012
    reasons = {"pledge": SET_ASIDE, "pledged": "endowment", "tax": "tax"}  # noqa: RUF012


def with_crowd() -> dict[str, Any]:
    """Return the game that everybody plays first, with a phase of the crowd after admission."""
    source = tomllib.loads(shipped.scenario_source("quickstart"))
    source.pop("introduced", None)
    names = [phase["name"] for phase in source["phase"]]
    source["phase"].insert(names.index("admission") + 1, {"name": "crowd", "modules": ["crowd"]})
    return source


def opened(module: RuleModule) -> State:
    """Return the first season's phase of the crowd."""
    scenario = build(with_crowd(), {**shipped.own_modules(), "crowd": module})
    state = engine.new(scenario, SeededDice(bytes(32)), 6)
    engine.step(state, ROOM, Order("start"))
    while state.game.phase != "crowd":
        engine.step(state, ROOM, Order("close"))
    return state


def test_what_a_module_declares_is_played_to_the_end() -> None:
    """Every credit is accounted for, in every phase, and the debrief has the module's own step."""
    state = opened(Crowd())
    while state.game.status == "running":
        engine.step(state, ROOM, Order("close"))
        assert engine.invariants(state) == []
    (debrief,) = state.all(Debrief).values()
    assert state.balance("crowd:all") == state.game.seasons
    assert debrief.nodes["step:match"] == {"column": 2, "order": 29, "sort": "step", "name": "match"}
    assert "step:match>to:investor" in str(debrief.energy[1]["links"])


def test_each_has_its_place_in_the_money_picture() -> None:
    """What is set aside does not flow; what is paid out of it comes from those whose it is, in its own step."""
    state = opened(Crowd())
    engine.step(state, ROOM, Order("close"))
    links = past_season(state).energy
    flows = {(flow.source, flow.target, flow.reason): flow.amount for flow in state.all(Flow).values()}
    sector = next(link for link in links if link.startswith("from:investor>sector:") and "outside" not in link)
    assert (links[sector], links["step:match>to:investor"]) == (CREDITS - 1, 1)
    assert not any("pledge" in link or "crowd" in link for link in links)
    assert flows["investor", "venture", "capital"] == CREDITS - 1
    assert flows["government", "investor", "match"] == 1
    assert not any("pledge" in key or "crowd" in key for key in flows)
    assert energy(state)["energy_venture_in"] == CREDITS - 1


def test_what_lies_in_its_account_is_whose_it_says() -> None:
    """The debrief counts it among the investors' credits."""
    state = opened(Crowd())
    before = Past(state).balances(1)[INVESTOR]
    engine.step(state, ROOM, Order("close"))
    assert Past(state).balances(1)[INVESTOR] == before - (CREDITS - 1) + 1


def test_what_is_not_declared_is_refused_where_it_is_emitted() -> None:
    """The sentence names the module, the word and where to declare it; the state stays as it was."""
    state = opened(Silent())
    with pytest.raises(Undeclared, match=r"crowd: PledgesMoved has a posting with 'crowd'; .* or of crowd.accounts"):
        engine.step(state, ROOM, Order("close"))
    assert state.balance("crowd:all") == 0


def test_an_amount_is_whole_and_not_negative() -> None:
    """Whoever would take says who pays."""
    with pytest.raises(Undeclared, match=r"crowd: .* expected a whole number, not negative"):
        engine.step(opened(Generous()), ROOM, Order("close"))


def test_what_has_no_place_is_refused_before_it_is_played() -> None:
    """A scenario with such a module is not in order, and each word is named."""
    _, mistakes = checked(with_crowd(), {**shipped.own_modules(), "crowd": Misplaced()})
    found = {mistake.path: mistake.expected for mistake in mistakes}
    assert found.keys() == {"crowd.accounts.crowd", "crowd.reasons.pledged", "crowd.reasons.tax"}
    assert found["crowd.accounts.crowd"].startswith("maker, investor, operator, government in")
    assert found["crowd.reasons.tax"].startswith("another name than tax in crowd's own reasons")
