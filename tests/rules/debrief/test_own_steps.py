"""Steps on the way are turning points too: doors, badges, lessons, hours, teams and offers, right to the number."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest

from makersphere_bots.catalogue import policy
from makersphere_playtest.games.headless import ANY, play
from makersphere_rules import shipped
from makersphere_rules.debrief.moments import Moment
from makersphere_rules.debrief.own_steps import (
    badges_lost,
    joined,
    steps_of_investor,
    steps_of_maker,
    steps_of_operator,
)
from makersphere_rules.debrief.own_turns import MOST, own_turns
from makersphere_rules.debrief.past import Past
from makersphere_rules.ecosystem.figures.scores import worth_of
from makersphere_rules.ecosystem.table.agreements import Clinic, Proposal, Sheet
from makersphere_rules.ecosystem.table.entities import Investor, Maker, Venture
from makersphere_rules.ecosystem.table.ratings import Score
from makersphere_rules.ecosystem.table.verdicts import Application, BadgeAppraisal, Pitch
from makersphere_rules.ecosystem.table.vocabulary import INVESTOR, MAKER, OPERATOR, SKILLS

GAMES = [
    *(("quickstart", 6, seed, "standard") for seed in ("a", "b", "c", "d")),
    *(("quickstart", 12, seed, "standard") for seed in ("t0", "t3")),
    *(("classroom", 12, seed, "standard") for seed in ("a", "b")),
    ("seminar", 12, "a", "standard"),
]
ODD_GAMES = [
    ("quickstart", 12, "t1", "random"),
    ("classroom", 12, "t0", "random"),
    ("quickstart", 6, "t0", "yellow"),
    ("classroom", 30, "t0", "yellow"),
]


@cache
def played(name: str, seats: int, seed: str, by: str) -> Past:
    """Return the past of a game of bots; not to be changed."""
    state = play(shipped.scenario(name), seats, seed, {ANY: policy(by)}, keep=True).state
    assert state is not None
    return Past(state)


def steps(*sorts: str) -> Iterator[tuple[Past, int, Moment]]:
    """Yield all steps of some sorts in all games, each with its seat."""
    finders = {
        MAKER: (steps_of_maker, joined),
        INVESTOR: (steps_of_investor, badges_lost),
        OPERATOR: (steps_of_operator,),
    }
    found: set[str] = set()
    for game in (*GAMES, *ODD_GAMES):
        past = played(*game)
        for seat in past.state.seats():
            for finder in finders[past.state.role(seat)]:
                for _, moment in finder(past, seat):
                    if moment.text in sorts:
                        found.add(moment.text)
                        yield past, seat, moment
    assert found == set(sorts), "no game shows it"


@pytest.mark.parametrize("game", GAMES)
def test_whoever_plays_reads_three_turning_points(game: tuple[str, int, str, str]) -> None:
    """Also after two seasons, in every role; each of them about another thing."""
    past = played(*game)
    for seat in past.state.seats():
        turns = own_turns(past, seat)
        assert len(turns) == MOST, f"{past.state.role(seat)} {seat}: {[each.text for each in turns]}"
        assert len({(each.text, each.season, str(each.values)) for each in turns}) == MOST


@pytest.mark.parametrize("game", ODD_GAMES)
def test_nothing_is_invented_for_whoever_did_little(game: tuple[str, int, str, str]) -> None:
    """At most three, one of each sort before a second of any, and no step in the place of a deal, a sale or an end."""
    past = played(*game)
    for seat in past.state.seats():
        turns = own_turns(past, seat)
        assert len(turns) <= MOST
        assert len({(each.text, each.season, str(each.values)) for each in turns}) == len(turns)
        gone = any(venture.lead == seat and venture.closed for venture in past.ventures.values())
        assert not gone or any(each.text == "own_end" for each in turns)


def test_a_door_that_opened_is_told_with_score_and_bar() -> None:
    """Those of the pitch, and by whose card it opened where the bar was missed."""
    for past, seat, moment in steps("own_door_in", "own_door_card"):
        pitch = past.all(Pitch, moment.season)[seat]
        assert (pitch.space, pitch.score, pitch.bar) == tuple(moment.values[name] for name in ("space", "score", "bar"))
        assert (pitch.score >= pitch.bar) == (moment.text == "own_door_in")


def test_a_badge_is_told_as_it_was_judged() -> None:
    """Asked for and got, asked for and not, and ended by an appraisal under the bar."""
    for past, seat, moment in steps("own_badge", "own_badge_no"):
        asked = next(
            each
            for each in past.all(Application, moment.season).values()
            if (each.investor, each.space) == (seat, moment.values["space"])
        )
        assert (asked.score, asked.bar) == (moment.values["score"], moment.values["bar"])
        assert (asked.score >= asked.bar) == (moment.text == "own_badge")
    for past, seat, moment in steps("own_badge_lost"):
        lost = next(
            each
            for each in past.all(BadgeAppraisal, moment.season).values()
            if (each.investor, each.space) == (seat, moment.values["space"])
        )
        assert (lost.score, lost.bar, lost.served) == tuple(moment.values[name] for name in ("score", "bar", "served"))
        assert int(moment.values["score"]) < int(moment.values["bar"])


def test_dice_are_told_with_the_hours_that_this_seat_put_in() -> None:
    """In that season, neither more nor those of somebody else; won where the sum was reached."""
    for past, seat, moment in steps("own_roll_won", "own_roll_lost"):
        venture = int(moment.values["venture"])
        now, before = (
            past.all(Venture, season).get(venture) if season in past.counted else None
            for season in (moment.season, moment.season - 1)
        )
        assert now is not None
        assert moment.values["hours"] == now.work[seat] - (before.work.get(seat, 0) if before else 0)
        assert (int(moment.values["total"]) >= int(moment.values["needed"])) == (moment.text == "own_roll_won")


def test_a_team_is_told_with_what_it_brought_this_seat() -> None:
    """Wages and dividends by the ledger, and the part of a living venture as the score counts it."""
    for past, seat, moment in steps("own_joined"):
        venture = past.ventures[int(moment.values["venture"])]
        posted = [each for _, _, each in past.postings if each.source == f"venture:{venture.id}"]
        mine = [
            each.amount for each in posted if each.target == f"maker:{seat}" and each.reason in ("wage", "dividend")
        ]
        assert venture.lead != seat
        assert moment.values["back"] == sum(mine)
        assert int(moment.values["worth"]) <= past.state.one(Score, seat).parts["shares"]


def test_an_offer_that_was_left_is_told_as_it_stood() -> None:
    """To both of its sides; what would have come of it is what that part counts in the end, or why there is none."""
    sorts = ("own_left_offer", "own_ask_no", "own_offer_no", "own_passed", "own_passed_well")
    for past, seat, moment in steps(*sorts):
        sides = {moment.values.get("maker", seat), moment.values.get("investor", seat)}
        sheet = next(
            each
            for each in past.all(Sheet, moment.season).values()
            if {each.maker, each.investor} == sides and each.venture == moment.values["venture"]
        )
        assert sheet.status in ("declined", "lapsed")
        assert (sheet.credits, sheet.shares) == (moment.values["credits"], moment.values["shares"])
        asked_last = MAKER if moment.text in ("own_ask_no", "own_passed", "own_passed_well") else INVESTOR
        assert sheet.by == asked_last
        venture = past.ventures[sheet.venture]
        if moment.text == "own_passed_well":
            assert venture.closed == moment.values["reason"]
        if moment.text == "own_passed":
            whole = sum(worth_of(past.state, venture).values())
            assert moment.values["worth"] == whole * sheet.shares // 10_000


def test_lessons_and_the_thesis_are_told_as_they_were() -> None:
    """Who learnt what of whom and how far; whom an investor taught; what kept to a thesis, and what it gave."""
    for past, seat, moment in steps("own_lesson"):
        skill = str(moment.values["skill"])
        agreed = [each for each in past.all(Proposal, moment.season).values() if each.status == "accepted"]
        learnt = [(each.sender, each.receiver, each.terms.get("learn")) for each in agreed]
        learnt += [(each.receiver, each.sender, each.terms.get("teach")) for each in agreed]
        assert (seat, moment.values["maker"], skill) in learnt
        assert moment.values["level"] == past.all(Maker, moment.season)[seat].skills[SKILLS.index(skill)]
    for past, seat, moment in steps("own_clinic"):
        held = {(each.investor, each.maker, each.season) for each in past.all(Clinic, moment.season).values()}
        assert (seat, moment.values["maker"], moment.season) in held
    for past, seat, moment in steps("own_thesis"):
        assert moment.values["points"] == past.state.one(Investor, seat).thesis_points > 0


def test_an_operator_reads_what_its_bar_made_of_those_who_knocked() -> None:
    """All who asked in that season, and those of them who were let in."""
    for past, seat, moment in steps("own_bar"):
        asked = [
            each
            for each in past.all(Pitch, moment.season).values()
            if (each.space, each.season) == (seat, moment.season)
        ]
        assert moment.values["asked"] == len(asked)
        assert moment.values["admitted"] == sum(each.outcome in ("given", "wild_card") for each in asked)
    for past, seat, moment in steps("own_empty"):
        assert all(venture.space != seat for venture in past.all(Venture, moment.season).values())
