"""The three stocks beside money in figures: shares, hours and progress points; each says where all of it is.

On the table: `shares_all` = 10,000 for each living venture = `shares_leads` + `shares_cofounders` +
`shares_makers` (of makers in ventures of others) + `shares_investors`.
Open at the end (sums tell a seat of a small room what another holds): `hours_given` = `hours_used` +
`hours_lent` + `hours_lost`, and `hours_for_U` for each use U; `progress_S` (points) for each source S this
season, `progress_all` their sum, `progress_closed` what wound-up ventures had, `progress_to_commons` what
their spaces keep of it.
Source: the rulebook's "Ledger accounts", last sentence.
"""

from __future__ import annotations

from collections.abc import Iterator

from makersphere_rules.ecosystem.figures.service import Service
from makersphere_rules.ecosystem.figures.stock_counts import CLOSED, GIVEN, LENT, SOURCES, TO_COMMONS, USES, stocks_of
from makersphere_rules.ecosystem.table.entities import Investor, Maker, Space
from makersphere_rules.ecosystem.table.tenancy import living
from makersphere_rules.ecosystem.table.vocabulary import INVESTOR
from makersphere_rules.state import State

__all__ = ["hours_stock", "progress_stock", "shares_stock", "unbalanced_hours"]

Values = dict[str, int]


def shares_stock(state: State) -> Values:
    """Return who holds the shares of living ventures."""
    held = {"leads": 0, "cofounders": 0, "makers": 0, "investors": 0}
    for venture in living(state):
        for seat, shares in venture.shares.items():
            if seat == venture.lead:
                held["leads"] += shares
            elif seat in venture.cofounders:
                held["cofounders"] += shares
            else:
                held["investors" if state.role(seat) == INVESTOR else "makers"] += shares
    return {"shares_all": sum(held.values()), **{f"shares_{who}": shares for who, shares in held.items()}}


def hours_stock(state: State) -> Values:
    """Return what became of this season's hours."""
    counted = stocks_of(state).hours
    uses = {use: counted.get(use, 0) for use in USES}
    return {
        "hours_given": counted.get(GIVEN, 0),
        "hours_used": sum(uses.values()),
        "hours_lent": counted.get(LENT, 0),
        "hours_lost": _lost_hours(state),
        **{f"hours_for_{use}": hours for use, hours in uses.items()},
    }


def _lost_hours(state: State) -> int:
    """Return the hours that nobody used: what is left in all hands, less what makers have worked since."""
    counted = stocks_of(state).hours
    makers = sum(maker.hours for maker in state.all(Maker).values())
    investors = sum(investor.hours for investor in state.all(Investor).values())
    offered = sum(service.workshop for service in state.all(Service).values())
    workshop = offered - sum(space.workshop_used for space in state.all(Space).values())
    return makers - counted.get("work", 0) - counted.get("day_job", 0) + investors + workshop


def unbalanced_hours(state: State) -> Iterator[str]:
    """Yield a sentence if hours of the season are neither used, lent nor lost; to be asked when its work is done."""
    found = hours_stock(state)
    given, spent = found["hours_given"], found["hours_used"] + found["hours_lent"]
    if given and given != spent + found["hours_lost"]:
        yield f"of {given} hours {spent} were used or lent and {found['hours_lost']} lost"


def progress_stock(state: State) -> Values:
    """Return where this season's progress came from, and what was wound up."""
    counted = stocks_of(state).progress
    came = {source: counted.get(source, 0) for source in SOURCES}
    return {
        "progress_all": sum(came.values()),
        **{f"progress_{source}": points for source, points in came.items()},
        "progress_closed": counted.get(CLOSED, 0),
        "progress_to_commons": counted.get(TO_COMMONS, 0),
    }
