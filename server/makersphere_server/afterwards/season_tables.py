"""A finished room by season, as tables for analysis: its ventures, who held them, its deals, and each seat's season.

Answers tidy tables of what stood at the end of each season that was counted; what a rewind took back is not in them.
All of it is open when a game is over. Of a scenario that has no ventures there are no such tables.
Source: the rulebook's "Who sees what".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final, TypeVar

from makersphere_rules.core_kinds import CurrentRun, Seat
from makersphere_rules.ecosystem.table.agreements import Deal
from makersphere_rules.ecosystem.table.entities import Venture
from makersphere_rules.ecosystem.table.ratings import Score
from makersphere_rules.entity import Entity, Key
from makersphere_rules.ledger import Account
from makersphere_rules.run_history import Kinds
from makersphere_server.afterwards.export_tables import Cell, FinishedRoom, Table

__all__ = ["season_tables"]

_VENTURES: Final = (
    *("run", "venture", "card", "sector", "difficulty", "appeal", "lead", "cofounders", "space", "founded_season"),
    *("born_season", "stage", "misses", "capital", "hours", "sales", "profit", "closed", "closed_season"),
)
_HOLDINGS: Final = ("run", "season", "venture", "seat", "shares_bp", "capital")
_DEALS: Final = (
    *("run", "season", "venture", "maker", "investor", "source", "round", "credits", "hours", "shares_bp"),
    *("fee", "hours_delivered", "fee_paid"),
)
_SEATS: Final = ("run", "season", "seat", "role", "credits", "points")
_DECIDED: Final = ("person", "bot", "default", "host")
E = TypeVar("E", bound=Entity)
Row = list[Cell]
Seasons = Mapping[int, Kinds]


def season_tables(finished: FinishedRoom, decisions: Table) -> list[Table]:
    """Return the tables of a finished room's seasons; those without a row are left out.

    Args:
        finished: the room.
        decisions: its table of decisions, to be counted for each seat and season.
    """
    runs = _runs(finished.seasons)
    found = [
        Table("ventures", _VENTURES, [row for run, seasons in runs.items() for row in _ventures(run, seasons)]),
        Table("holdings", _HOLDINGS, [row for run, seasons in runs.items() for row in _holdings(run, seasons)]),
        Table("deals", _DEALS, [row for run, seasons in runs.items() for row in _deals(run, seasons)]),
        _seats(runs, decisions),
    ]
    return [table for table in found if table.rows]


def _runs(seasons: Seasons) -> dict[int, Seasons]:
    """Return the seasons of each run, by its number; a game without runs is one."""
    found: dict[int, dict[int, Kinds]] = {}
    for season, kinds in seasons.items():
        run = next((each.number for each in kinds.get(CurrentRun, {}).values()), 1)
        found.setdefault(run, {})[season] = kinds
    return dict(found)


def _ventures(run: int, seasons: Seasons) -> Iterator[Row]:
    """Yield a row for each venture of a run, as it stood at the end of it."""
    by_season = {season: _of(kinds, Venture) for season, kinds in seasons.items()}
    for venture in list(by_season.values())[-1].values():
        past = {season: ventures[venture.id] for season, ventures in by_season.items() if venture.id in ventures}
        alive = [each for season, each in past.items() if each.closed_season in (0, season)]
        yield [
            *(run, venture.id, venture.card, venture.sector, venture.difficulty, venture.appeal, venture.lead),
            *(" ".join(map(str, venture.cofounders)), venture.space or None, venture.founded or None),
            next((season for season, each in past.items() if each.born), None),
            *(venture.stage, venture.misses, sum(venture.capital.values()), sum(venture.work.values())),
            *(sum(each.sales for each in alive), sum(each.profit for each in alive)),
            *(venture.closed, venture.closed_season or None),
        ]


def _holdings(run: int, seasons: Seasons) -> Iterator[Row]:
    """Yield a row for each holder of each venture that is alive at the end of a season."""
    for season, kinds in seasons.items():
        for venture in _of(kinds, Venture).values():
            for seat, shares in () if venture.closed else venture.shares.items():
                yield [run, season, venture.id, seat, shares, venture.capital.get(seat, 0)]


def _deals(run: int, seasons: Seasons) -> Iterator[Row]:
    """Yield a row for each deal of a run, in the order in which they were signed."""
    for deal in _of(list(seasons.values())[-1], Deal).values():
        yield [
            *(run, deal.season, deal.venture, deal.maker, deal.investor, deal.source, deal.round or None),
            *(deal.credits, deal.hours, deal.shares, deal.fee, deal.delivered, deal.fee_paid),
        ]


def _seats(runs: Mapping[int, Seasons], decisions: Table) -> Table:
    """Return a row for each seat and season: what it had at the end of it, and who decided for it how often."""
    season_, seat_, by_, undone = (decisions.columns.index(name) for name in ("season", "seat", "by", "undone"))
    counted = Counter((row[season_], row[seat_], row[by_]) for row in decisions.rows if not row[undone])
    rows: list[Row] = []
    for run, season, kinds in ((run, *each) for run, seasons in runs.items() for each in seasons.items()):
        accounts, scores = _of(kinds, Account), _of(kinds, Score)
        for seat in _of(kinds, Seat).values():
            account, score = accounts.get(f"{seat.role}:{seat.id}"), scores.get(seat.id)
            rows.append(
                [
                    *(run, season, seat.id, seat.role, account.balance if account else None),
                    score.standings[-1] if score and score.standings else None,
                    *(counted[season, seat.id, by] for by in _DECIDED),
                ]
            )
    return Table("seasons", (*_SEATS, *(f"decided_by_{by}" for by in _DECIDED)), rows)


def _of(kinds: Kinds, cls: type[E]) -> Mapping[Key, E]:
    """Return the entities of a kind, by key."""
    return kinds.get(cls, {})
