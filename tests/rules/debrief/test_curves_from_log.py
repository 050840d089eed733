"""Every number that the debrief draws as a curve, recomputed from the log alone by formulas of this file.

The keys come from a real debrief, so a curve that nobody has a formula for here makes a test fail.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Any

import attrs
import pytest

from makersphere_bots.catalogue import policy
from makersphere_playtest.games.headless import ANY, play
from makersphere_rules import engine, shipped
from makersphere_rules.dice import SeededDice
from makersphere_rules.ecosystem.table.agreements import Deal, Pair
from makersphere_rules.ecosystem.table.entities import Investor, Maker, Sector, Space, Venture
from makersphere_rules.ecosystem.table.ratings import Figures
from makersphere_rules.ecosystem.table.verdicts import Application, Pitch
from makersphere_rules.ecosystem.table.vocabulary import INVESTOR, KINDS, MAKER, PRODUCT
from makersphere_rules.ledger import Account, Posting
from makersphere_rules.modules.recap import SeasonRecapped
from makersphere_rules.seen.views import table_of
from makersphere_rules.state import State

ROOT = Path(__file__).resolve().parents[3]
GAMES = [("classroom", 24, "a"), ("seminar", 12, "b"), ("rivals", 30, "c")]
Tree = dict[str, Any]
WORLD = ("consumers", "government", "suppliers")
SET_ASIDE = ("endowment", "escrow", "release")


@attrs.frozen(eq=False)
class Season:
    """A season as the log left it.

    Attributes:
        number: counted from 1.
        state: the game when its numbers were counted.
        postings: what moved in it, in order.
        before: the state at the end of the season before; None: there was none.
    """

    number: int
    state: State
    postings: list[Posting]
    before: State | None


@cache
def told(name: str, seats: int, seed: str) -> tuple[Tree, list[Season]]:
    """Return the table at the end of a game of standard bots, and its seasons as they follow from its log alone."""
    found = play(shipped.scenario(name), seats, seed, {ANY: policy("standard")}, keep=True)
    assert found.state is not None
    state = engine.new(shipped.scenario(name), SeededDice(b"?" * 32), found.roles)
    seasons: list[Season] = []
    for _, _, events in found.log:
        for event in events:
            engine.evolve(state, event)
            if isinstance(event, SeasonRecapped):
                moved = [one for season, _, one in state.history.postings if season == event.season]
                seasons.append(Season(event.season, state.copy(), moved, seasons[-1].state if seasons else None))
    return table_of(found.state), seasons


def who(account: str) -> str:
    """Return whose money an account holds: a role's, the ventures' or the world's; what is set aside is its owner's."""
    sort = account.partition(":")[0]
    return "investor" if sort == "escrow" else sort


def credits_of(season: Season, role: str) -> int:
    """Return what a role holds: all that ever came less all that went."""
    return sum(one.balance for one in season.state.all(Account).values() if who(one.name) == role)


def passed_on(season: Season, level: str) -> int:
    """Return how much of what came to a level from others it handed on, in per cent, 100 at most."""
    came = gone = 0
    for one in season.postings:
        if one.reason in SET_ASIDE or who(one.source) == who(one.target):
            continue
        came += one.amount * (who(one.target) == level)
        gone += one.amount * (who(one.source) == level)
    return min(100, 100 * gone // came) if came else 0


def from_world(season: Season) -> int:
    """Return what consumers and government put in."""
    moved = (one for one in season.postings if one.reason != "endowment")
    return sum(one.amount for one in moved if one.source in ("consumers", "government") and one.target not in WORLD)


def to_world(season: Season) -> int:
    """Return what the world got, less what it gave back."""
    got = sum(one.amount for one in season.postings if one.target in WORLD and one.source not in WORLD)
    return got - sum(one.amount for one in season.postings if one.source == "suppliers")


def degrees(season: Season) -> list[int]:
    """Return how many ties each maker has."""
    return [len(maker.ties) for maker in season.state.all(Maker).values()]


def density(season: Season) -> int:
    """Return how many of the pairs of makers have a tie, in per cent."""
    n = len(degrees(season))
    return 100 * sum(degrees(season)) // (n * (n - 1)) if n > 1 else 0


def centralisation(season: Season) -> int:
    """Return Freeman's degree centralisation, in per cent."""
    found = degrees(season)
    n = len(found)
    return 100 * sum(max(found) - each for each in found) // ((n - 1) * (n - 2)) if n > 2 else 0


def diversity(season: Season) -> float:
    """Return the evenness of backgrounds, in per cent."""
    counts = Counter(maker.background for maker in season.state.all(Maker).values())
    n = counts.total()
    entropy = -sum(each / n * math.log(each / n) for each in counts.values())
    return 100 * entropy / math.log(min(n, 6))


def deals(season: Season) -> list[Deal]:
    """Return what was signed in a season."""
    return [deal for deal in season.state.all(Deal).values() if deal.season == season.number]


def lost_bids(season: Season) -> int:
    """Return the pairs that courted in vain."""
    return sum(pair.lost == season.number for pair in season.state.all(Pair).values())


def living(state: State) -> list[Venture]:
    """Return the ventures that are not closed."""
    return [venture for venture in state.all(Venture).values() if not venture.closed]


def badges(state: State | None) -> set[tuple[int, int]]:
    """Return who holds a badge of which space."""
    investors = state.all(Investor).values() if state else ()
    return {(investor.seat, space) for investor in investors for space in investor.badges}


def search(season: Season) -> int:
    """Return the search cost, less what lists gave back."""
    found = (one for one in season.postings if one.reason == "search")
    return sum(one.amount if one.target in WORLD else -one.amount for one in found)


def lost_badges(season: Season) -> set[tuple[int, int]]:
    """Return the badges that an appraisal took in a season."""
    investors = season.state.all(Investor).values()
    return {(one.seat, space) for one in investors for space, gone in one.lost_badges.items() if gone == season.number}


def won(season: Season) -> int:
    """Return the badges that came in a season: those that were not there before, and are, or were lost at once."""
    return len((badges(season.state) | lost_badges(season)) - badges(season.before))


def given_back(season: Season) -> int:
    """Return the badges that went in a season and were not taken."""
    return len(badges(season.before) - badges(season.state) - lost_badges(season))


def turnover(season: Season) -> int:
    """Return how many badges came or went, against all before and after, in per cent, 100 at most."""
    moved = won(season) + given_back(season) + len(lost_badges(season))
    all_ = len(badges(season.before)) + len(badges(season.state))
    return min(100, 100 * moved // all_) if all_ else 0


def asked(season: Season, kind: type[Pitch | Application], outcomes: tuple[str, ...] = ()) -> int:
    """Return how many asked at a door, or got one of some answers."""
    found = [one for one in season.state.all(kind).values() if one.season == season.number]
    return sum(not outcomes or one.outcome in outcomes for one in found)


def closed(season: Season, reason: str = "") -> int:
    """Return the ventures that closed in a season, for one reason or any."""
    gone = (one for one in season.state.all(Venture).values() if one.closed and one.closed_season == season.number)
    return sum(not reason or one.closed == reason for one in gone)


def reached(season: Season, is_there: Callable[[Venture], bool]) -> int:
    """Return how many ventures are something at the end of a season that they were not before."""
    before = {key for key, one in season.before.all(Venture).items() if is_there(one)} if season.before else set()
    return sum(is_there(one) and key not in before for key, one in season.state.all(Venture).items())


def held(season: Season, whose: Callable[[State, Venture, int], bool]) -> int:
    """Return the shares of living ventures that some seats hold."""
    state = season.state
    return sum(shares for one in living(state) for seat, shares in one.shares.items() if whose(state, one, seat))


def is_other(state: State, venture: Venture, seat: int) -> bool:
    """Return whether a seat is no part of a venture's team."""
    return seat != venture.lead and seat not in venture.cofounders


def delivered(season: Season, kind: str) -> int:
    """Return the hours that investors of a kind gave to ventures."""
    investors = season.state.all(Investor)
    return sum(deal.delivered for deal in deals(season) if investors[deal.investor].type == kind)


FORMULAS: dict[str, Callable[[Season], float]] = {
    **{f"credits_{role}": partial(credits_of, role=role) for role in ("maker", "investor")},
    **{f"credits_{role}": partial(credits_of, role=role) for role in ("operator", "venture")},
    **{
        f"energy_{level}_efficiency": partial(passed_on, level=level)
        for level in ("venture", "maker", "investor", "operator")
    },
    "energy_in": from_world,
    "energy_out": to_world,
    "density": density,
    "centralisation": centralisation,
    "diversity": diversity,
    "spirit": lambda season: 10 * sum(one.spirit for one in season.state.all(Maker).values()) / len(degrees(season)),
    "ties": lambda season: sum(degrees(season)) // 2,
    "deals": lambda season: len(deals(season)),
    "trust": lambda season: sum(pair.trust for pair in season.state.all(Pair).values()),
    "search_per_deal": lambda season: 10 * search(season) / max(1, len(deals(season))),
    "competition": lambda season: 10 * (len(deals(season)) + lost_bids(season)) / max(1, len(deals(season))),
    "living": lambda season: len(living(season.state)),
    "badges": lambda season: len(badges(season.state)),
    "turnover": turnover,
    "demand": lambda season: sum(sector.demand for sector in season.state.all(Sector).values()),
}
IN = ("given", "wild_card")
OF_FIGURES: dict[str, Callable[[Season], float]] = {
    "lost_bids": lost_bids,
    "founded": lambda season: reached(season, lambda _: True),
    "births": lambda season: reached(season, lambda venture: venture.born),
    "products": lambda season: reached(season, lambda venture: venture.stage == PRODUCT),
    "deaths": closed,
    **{f"exits_{why}": partial(closed, reason=why) for why in ("insolvent", "unfunded", "unsold")},
    **{f"exits_{why}": partial(closed, reason=why) for why in ("bottom", "closed")},
    "pitches": lambda season: asked(season, Pitch),
    "admitted": lambda season: asked(season, Pitch, IN),
    "applications": lambda season: asked(season, Application),
    "badges_won": won,
    "badges_given_back": given_back,
    "badges_lost": lambda season: len(lost_badges(season)),
    "shares_all": lambda season: 10_000 * len(living(season.state)),
    "shares_leads": lambda season: held(season, lambda _, venture, seat: seat == venture.lead),
    "shares_cofounders": lambda season: held(season, lambda _, venture, seat: seat in venture.cofounders),
    "shares_makers": lambda season: held(
        season, lambda state, venture, seat: is_other(state, venture, seat) and state.role(seat) == MAKER
    ),
    "shares_investors": lambda season: held(season, lambda state, _, seat: state.role(seat) == INVESTOR),
    **{f"hours_used_{kind}": partial(delivered, kind=kind) for kind in KINDS},
    "hours_used_workshop": lambda season: sum(space.workshop_used for space in season.state.all(Space).values()),
    "hours_for_workshop": lambda season: sum(space.workshop_used for space in season.state.all(Space).values()),
    "hours_for_delivered": lambda season: sum(deal.delivered for deal in deals(season)),
    "hours_for_clinic": lambda season: sum(one.clinic_used for one in season.state.all(Investor).values()),
}
# what an event of the log has whole, and is not derived here: the wealth of seats, the best of all assignments, and
# what became of hours by use, which `tests/rules/kernel/test_balances.py` holds against the hands
FACTS = ("gini_makers", "gini_investors", "integration_efficiency")


DERIVED = (
    "turned_away_",
    "part_",
    "hours_learning",
    "hours_elsewhere",
    "taken_",
    "mean_",
)  # by the page, of what is counted


def in_log(season: Season) -> Tree:
    """Return the figures that the log itself names for a season."""
    figures = season.state.one(Figures, season.number)
    return {**figures.values, **figures.opened}


def recomputed(name: str, season: Season) -> float:
    """Return a curve's number by this file's own formula."""
    stem, _, last = name.rpartition("_")
    if stem == "demand":
        return season.state.one(Sector, last).demand
    if last.isdigit():
        space = season.state.one(Space, int(last))
        return int(getattr(space, "vitality" if stem == "vitality" else f"{stem}_index"))
    return FORMULAS[name](season)


@pytest.mark.parametrize("game", GAMES)
def test_every_curve_of_a_real_debrief_follows_from_the_log(game: tuple[str, int, str]) -> None:
    """Each name that a debrief has is computed again from the log, season by season, and is the same."""
    table, seasons = told(*game)
    curves = list(table["debrief"].values())[-1]["curves"]
    for name, numbers in curves.items():
        assert {int(season) for season in numbers} == {season.number for season in seasons}
        for season in seasons:
            if name in FACTS:
                assert numbers[str(season.number)] == in_log(season)[name]
            else:
                assert abs(numbers[str(season.number)] - recomputed(name, season)) < 1, (name, season.number)


@pytest.mark.parametrize("game", GAMES)
def test_what_else_is_drawn_of_a_season_follows_from_the_log(game: tuple[str, int, str]) -> None:
    """Who came, who was turned away, what closed and why, who owns what and which hours were taken: all to the unit."""
    table, seasons = told(*game)
    for season in seasons:
        figures = table["figures"][str(season.number)]
        shown = figures["values"] | figures["opened"]
        found = {name: formula(season) for name, formula in OF_FIGURES.items() if name in shown}
        assert found == {name: shown[name] for name in found}
        assert set(OF_FIGURES) - set(found) <= {f"hours_used_{kind}" for kind in KINDS}


def test_each_figure_that_a_page_draws_is_counted_by_the_rules() -> None:
    """No page asks for a name that nobody counts: the curves of energy were drawn under a name of their own once."""
    table, _ = told(*GAMES[0])
    figures = table["figures"]["1"]
    known = {*figures["values"], *figures["opened"], *list(table["debrief"].values())[-1]["curves"]}
    source = (ROOT / "clients/web/src/parts/results/curve_groups.ts").read_text()
    groups = source[source.index("const GROUPS") : source.index("satisfies")]
    words = set(re.findall(r"\b[a-z]+(?:_[a-z]+)+\b(?!\$)", groups))
    assert {word for word in words if not word.startswith(DERIVED)} <= known
    assert {"energy_venture_efficiency", "exits_unsold", "shares_makers", "hours_lost"} <= words
