"""What turned one's own game: choices with what came of them, for every role, right to the credit."""

from __future__ import annotations

from functools import cache

import pytest

from makersphere_bots.catalogue import policy
from makersphere_playtest.games.headless import ANY, play
from makersphere_rules import shipped
from makersphere_rules.debrief.own_turns import MOST, own_turns
from makersphere_rules.debrief.past import Past
from makersphere_rules.ecosystem.table.agreements import Deal
from makersphere_rules.ecosystem.table.entities import Venture
from makersphere_rules.ecosystem.table.ratings import Score
from makersphere_rules.ecosystem.table.verdicts import Pitch, StandingParts
from makersphere_rules.ecosystem.table.vocabulary import INVESTOR, MAKER, OPERATOR
from makersphere_rules.seen.views import hand_of
from makersphere_rules.state import State

GAMES = [("seminar", 12, "a"), ("quickstart", 6, "c"), ("rivals", 30, "b")]
STAKES = ("own_stake_up", "own_stake_down", "own_stake_back", "own_stake_ended")


@cache
def played(name: str, seats: int, seed: str) -> State:
    """Return a game of standard bots at its end; not to be changed."""
    state = play(shipped.scenario(name), seats, seed, {ANY: policy("standard")}, keep=True).state
    assert state is not None
    return state


def paid(state: State, investor: int, venture: int) -> int:
    """Return what an investor has paid into a venture by its deals."""
    deals = (deal for deal in state.all(Deal).values() if deal.investor == investor and deal.venture == venture)
    return sum(deal.credits for deal in deals)


@pytest.mark.parametrize("game", GAMES)
def test_every_role_has_choices_that_turned_its_game(game: tuple[str, int, str]) -> None:
    """Whoever funded, led a funded venture or ran a space reads what came of it; nobody reads more than three."""
    state = played(*game)
    past = Past(state)
    funded = {deal.maker for deal in past.deals if deal.credits}
    spent = {deal.investor for deal in past.deals if deal.credits}
    for seat in state.seats():
        turns = own_turns(past, seat)
        role = state.role(seat)
        acted = role == OPERATOR or (role == MAKER and seat in funded) or (role == INVESTOR and seat in spent)
        assert len(turns) <= MOST
        assert turns or not acted, f"{role} {seat} has no turning point"
        assert len({(moment.text, str(moment.values)) for moment in turns}) == len(turns)


@pytest.mark.parametrize("game", GAMES)
def test_a_stake_is_told_to_the_credit(game: tuple[str, int, str]) -> None:
    """What was put in are the deals' credits; what came back is the ledger's; a closed venture counts nothing."""
    state = played(*game)
    past, seen = Past(state), 0
    for seat in state.seats(INVESTOR):
        for moment in own_turns(past, seat):
            if moment.text not in STAKES:
                continue
            seen += 1
            venture = int(moment.values["venture"])
            posted = (each for _, _, each in past.postings if each.source == f"venture:{venture}")
            assert moment.values["credits"] == paid(state, seat, venture)
            assert moment.values["back"] == sum(each.amount for each in posted if each.target == f"investor:{seat}")
            if state.one(Venture, venture).closed:
                assert moment.values["worth"] == 0
            else:
                assert 0 <= int(moment.values["worth"]) <= state.one(Score, seat).parts["shares"]
    assert seen


@pytest.mark.parametrize("game", GAMES)
def test_help_that_made_the_dice_was_needed(game: tuple[str, int, str]) -> None:
    """The roll was won with the help, and would not have been without; hours that are told as kept back were."""
    state = played(*game)
    past = Past(state)
    for seat in state.seats():
        for moment in own_turns(past, seat):
            if not moment.text.startswith(("own_help", "own_kept")):
                continue
            venture = past.all(Venture, moment.season)[int(moment.values["venture"])]
            won = moment.text.startswith("own_help")
            assert venture.moved_up == won
            assert (int(moment.values["total"]) >= int(moment.values["needed"])) == won
            assert won or int(moment.values["hours"]) < int(moment.values["promised"])


@pytest.mark.parametrize("game", [*GAMES, ("quickstart", 6, "s9")])  # in s9 a season rose whose largest step fell
def test_the_best_season_names_the_part_that_moved_most(game: tuple[str, int, str]) -> None:
    """The part that rose most in the best season and fell most in the worst, as the standings of both seasons say."""
    state = played(*game)
    past, seen = Past(state), 0
    for seat in state.seats():
        (story,) = list(hand_of(state, seat)["story"].values())[-1:]
        for moment in story["turning"].values():
            if moment["text"] not in ("own_rise_by", "own_fall_by"):
                continue
            seen += 1
            now, before = (
                past.all(StandingParts, season)[seat].parts for season in (moment["season"], moment["season"] - 1)
            )
            steps = {part: points - before.get(part, 0) for part, points in now.items()}
            part, by = moment["values"]["part"], moment["values"]["by"]
            assert steps[part] == (max if moment["text"] == "own_rise_by" else min)(steps.values())
            assert int(by.replace("\u2212", "-")) == steps[part]
    assert seen


def test_whoever_was_turned_away_or_asked_in_vain_reads_so() -> None:
    """With the score and the bar that the door had told, and to the credit what asking cost in that season."""
    seen = set()
    for state in (played(*game) for game in (*GAMES, ("classroom", 12, "c"))):
        past = Past(state)
        for seat, moment in ((maker, each) for maker in state.seats(MAKER) for each in own_turns(past, maker)):
            seen.add(moment.text)
            if moment.text in ("own_door", "own_door_full"):
                pitch = past.all(Pitch, moment.season)[seat]
                assert (pitch.score, pitch.bar) == (moment.values["score"], moment.values["bar"])
                assert (pitch.score < pitch.bar) == (moment.text == "own_door")
            if moment.text == "own_search":
                posted = past.posted(moment.season)
                asked = [each for _, each in posted if each.source == f"maker:{seat}" and each.reason == "search"]
                assert moment.values["credits"] == sum(each.amount for each in asked)
                assert not [deal for deal in past.deals if (deal.maker, deal.season) == (seat, moment.season)]
    assert seen & {"own_door", "own_door_full"}
    assert "own_search" in seen
