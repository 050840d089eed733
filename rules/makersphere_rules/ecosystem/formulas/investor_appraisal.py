"""The appraisal of investors: four measures for each badge, and the score that they make.

What was served counts as things stood when matching and ratings were done, before anything is wound up.
Source: the rulebook's "7. Appraisal", step 3.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from makersphere_rules.ecosystem.table.agreements import Deal, Pair
from makersphere_rules.ecosystem.table.entities import Investor, Space, Venture
from makersphere_rules.ecosystem.table.ratings import Rating
from makersphere_rules.ecosystem.table.season_agreements import season_clinics, season_deals
from makersphere_rules.ecosystem.table.vocabulary import GARAGE
from makersphere_rules.frozen import frozen
from makersphere_rules.state import State

__all__ = ["Judged", "Marks", "judged", "read", "score"]

Measures = tuple[int, int, int, int]  # served, growth, rating, competition
_NO_RATING = 50
_PER_STAR = 20


@attrs.define
class Marks:
    """What an investor did for the ventures of one space.

    Attributes:
        points: a clinic 1, a deal 1, or 2 with capital in that venture.
        ventures: those served, and whether each moved up a stage.
        ratings: by their leads.
    """

    points: int = 0
    ventures: dict[int, bool] = attrs.field(factory=dict)
    ratings: dict[int, int] = attrs.field(factory=dict)

    def measures(self, per_point: int, per_growth: int, competition: int) -> Measures:
        """Return served, growth, rating and competition, each 0 to 100."""
        scores = self.ratings.values()
        return (
            min(100, max(0, per_point * self.points)),
            min(100, per_growth * sum(self.ventures.values())),
            _PER_STAR * sum(scores) // len(scores) if scores else _NO_RATING,
            competition,
        )


@attrs.define
class Marked:
    """All investors' marks by investor and space, and their deals won and bids lost in the whole room."""

    marks: dict[tuple[int, int], Marks] = attrs.field(factory=dict)
    won: dict[int, int] = attrs.field(factory=dict)
    lost: dict[int, int] = attrs.field(factory=dict)

    def at(self, investor: int, space: int) -> Marks:
        """Return an investor's marks at a space, to read or to add to."""
        return self.marks.setdefault((investor, space), Marks())

    def competition(self, investor: int) -> int:
        """Return 100 x (2 won + lost) div (2 x (won + lost)); nothing won or lost: 0."""
        won, lost = self.won.get(investor, 0), self.lost.get(investor, 0)
        return 100 * (2 * won + lost) // (2 * (won + lost)) if won + lost else 0


@frozen
class Judged:
    """The appraisal of one badge: its measures, the space's weights, the score, and how many leads have rated."""

    investor: int
    space: int
    measures: Measures
    weights: Measures
    score: int
    raters: int


def read(state: State) -> Marked:
    """Return everybody's marks, to be taken before anything is wound up."""
    season, marked = state.game.season, Marked()
    for deal in season_deals(state):
        marked.won[deal.investor] = marked.won.get(deal.investor, 0) + 1
        venture = state.one(Venture, deal.venture)
        if venture.space != GARAGE:
            marks = marked.at(deal.investor, venture.space)
            points, is_kept = 2 if venture.capital.get(deal.investor) else 1, _is_kept(venture, deal)
            marks.points += points if is_kept else -points
            marks.ventures[venture.id] = venture.moved_up and is_kept and marks.ventures.get(venture.id, True)
            rating = state.find(Rating, f"{season}:{deal.maker}:{deal.investor}")
            if rating is not None:
                marks.ratings[deal.maker] = rating.score
    for clinic in season_clinics(state):
        taught = state.find(Venture, clinic.venture)
        if taught is not None and taught.space != GARAGE:
            marks = marked.at(clinic.investor, taught.space)
            marks.points += 1
            marks.ventures[taught.id] = taught.moved_up
    for pair in state.all(Pair).values():
        if pair.lost == season:
            marked.lost[pair.investor] = marked.lost.get(pair.investor, 0) + 1
    return marked


def _is_kept(venture: Venture, deal: Deal) -> bool:
    """Return whether at least half of the promised hours came; none can where materials were not paid."""
    return 2 * deal.delivered >= deal.hours or not venture.materials


def score(measures: Measures, weights: Measures) -> int:
    """Return the sum of weight x measure div 10."""
    return sum(weight * measure for weight, measure in zip(weights, measures, strict=True)) // 10


def judged(state: State, marked: Marked, per_point: int, per_growth: int) -> Iterator[Judged]:
    """Yield the appraisal of every badge, investors in table order.

    Args:
        state: the game.
        marked: what `read` returned.
        per_point: what a point served is worth.
        per_growth: what a venture that moved up is worth.
    """
    for investor in list(state.all(Investor).values()):
        for space in investor.badges:
            marks = marked.at(investor.seat, space)
            measures = marks.measures(per_point, per_growth, marked.competition(investor.seat))
            weights = state.one(Space, space).weights
            yield Judged(investor.seat, space, measures, weights, score(measures, weights), len(marks.ratings))
