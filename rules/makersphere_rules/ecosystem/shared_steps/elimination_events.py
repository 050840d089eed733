"""What happens when a season is appraised; the same facts for every module that eliminates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from makersphere_rules.bookkeeping import post
from makersphere_rules.ecosystem.shared_steps.standards import Standards
from makersphere_rules.ecosystem.shared_steps.team_left import TeamLeft
from makersphere_rules.ecosystem.shared_steps.winding_up import VentureClosed
from makersphere_rules.ecosystem.table.entities import Investor, Space
from makersphere_rules.ecosystem.table.verdicts import BadgeAppraisal, Danger
from makersphere_rules.ecosystem.table.vocabulary import GARAGE, MEASURES
from makersphere_rules.entity import changed
from makersphere_rules.events import Event, Line
from makersphere_rules.frozen import frozen
from makersphere_rules.ledger import Posting
from makersphere_rules.state import State

__all__ = ["ENTITIES", "EVENTS", "Appraised", "DangerTold", "IndicesCounted", "UpkeepPaid", "WildCardSpared"]


@frozen
class WildCardSpared(Event):
    """An operator's wild card has spared a venture, or an investor its badge; the other of the two is 0."""

    space: int
    venture: int
    seat: int

    def apply(self, state: State) -> None:
        """Use it up for the season."""
        state.put(changed(state.one(Space, self.space), wild_card_used=True), self.space)

    def lines(self) -> tuple[Line, ...]:
        """Tell everyone."""
        if self.venture:
            return (Line("venture_spared", {"space": self.space, "venture": self.venture}),)
        return (Line("badge_spared", {"space": self.space, "investor": self.seat}),)


@frozen
class Appraised(Event):
    """An investor has been appraised for one badge.

    Attributes:
        investor: who.
        space: where.
        season: when.
        measures: served, growth, rating and competition.
        score: what they make.
        lost: whether the badge is lost.
        badges: those that are left.
        lost_badges: season of each loss, by space, until the badge is back.
        best: the best appraisal of each season.
        weights: of the measures, in tenths; none in old logs.
        raters: how many leads have rated.
        bar: under which a badge is lost; None where it is not lost by a bar.
    """

    investor: int
    space: int
    season: int
    measures: tuple[int, int, int, int]
    score: int
    lost: bool
    badges: tuple[int, ...]
    lost_badges: Mapping[int, int]
    best: Mapping[int, int]
    weights: tuple[int, ...] = ()
    raters: int = 0
    bar: int | None = None

    def apply(self, state: State) -> None:
        """Write the score down; take the badge; tell the investor by which measures."""
        investor = state.one(Investor, self.investor)
        state.put(
            changed(
                investor,
                badges=self.badges,
                appraisal=self.score,
                appraisals=(*investor.appraisals, self.score),
                best_appraisals=self.best,
                lost_badges=self.lost_badges,
            )
        )
        if self.weights:
            state.put(self._told())

    def _told(self) -> BadgeAppraisal:
        served, growth, rating, competition = self.measures
        return BadgeAppraisal(
            investor=self.investor,
            space=self.space,
            season=self.season,
            served=served,
            growth=growth,
            rating=None if self.raters == 1 else rating,
            competition=competition,
            weights=self.weights,
            score=self.score,
            bar=self.bar,
            lost=self.lost,
        )

    def lines(self) -> tuple[Line, ...]:
        """Tell everyone the score, and the investor what it is made of."""
        values = {"investor": self.investor, "space": self.space}
        told = [Line("appraised", {**values, "score": self.score})]
        if self.weights:
            told.append(self._measures())
        if self.bar is not None:
            told.append(Line("appraisal_bar", {**values, "score": self.score, "bar": self.bar}, (self.investor,)))
        return (*told, Line("badge_lost", values)) if self.lost else tuple(told)

    def _measures(self) -> Line:
        measures = dict(zip(MEASURES, self.measures, strict=True))
        text = "appraisal_measures"
        if self.raters == 1:  # it would be that lead's rating
            text = "appraisal_measures_one_rater"
            del measures["rating"]
        return Line(text, {"investor": self.investor, "space": self.space, **measures}, (self.investor,))


@frozen
class DangerTold(Event):
    """Appraisal has opened: those whose venture lives know what it has sold, and for what it would go."""

    dangers: tuple[Danger, ...]

    def apply(self, state: State) -> None:
        """Tell the hands."""
        for danger in self.dangers:
            state.put(danger)

    def lines(self) -> tuple[Line, ...]:
        """Tell those whom a venture that would go concerns."""
        return tuple(_in_danger(danger) for danger in self.dangers if danger.reason)


def _in_danger(danger: Danger) -> Line:
    values: dict[str, int | str] = {"venture": danger.venture, "credits": danger.sold}
    if danger.space != GARAGE:
        values["space"] = danger.space
    if danger.bar is not None:
        values["bar"] = danger.bar
    return Line(f"danger_{danger.reason}", values, danger.seats)


@frozen
class UpkeepPaid(Event):
    """A space has paid its upkeep; if it could not, the government has, and the space is in receivership."""

    space: int
    credits: int
    receivership: bool
    levels: tuple[int, int, int]  # community, resources, integration
    stations: int
    postings: tuple[Posting, ...]

    def apply(self, state: State) -> None:
        """Pay; in receivership each path loses a level."""
        post(state, self.postings)
        if self.receivership:
            community, resources, integration = self.levels
            state.put(
                changed(
                    state.one(Space, self.space),
                    receivership=True,
                    community=community,
                    resources=resources,
                    integration=integration,
                    stations=self.stations,
                )
            )

    def lines(self) -> tuple[Line, ...]:
        """Tell everyone."""
        told = Line("upkeep_paid", {"space": self.space, "credits": self.credits})
        return (told, Line("receivership", {"space": self.space})) if self.receivership else (told,)


@frozen
class IndicesCounted(Event):
    """A space's three indices and its vitality this season; its lowest bars and what its name did, not in old logs."""

    space: int
    community: int
    resources: int
    integration: int
    vitality: int
    lowest: tuple[Standards, ...] = ()
    name: int = 0

    def apply(self, state: State) -> None:
        """Put them on the board."""
        for standards in self.lowest:
            state.put(standards)
        space = state.one(Space, self.space)
        state.put(
            changed(
                space,
                community_index=self.community,
                resources_index=self.resources,
                integration_index=self.integration,
                vitality=self.vitality,
                vitalities=(*space.vitalities, self.vitality),
            )
        )

    def lines(self) -> tuple[Line, ...]:
        """Tell everyone."""
        values = {
            "space": self.space,
            "community": self.community,
            "resources": self.resources,
            "integration": self.integration,
            "vitality": self.vitality,
        }
        told = (Line("indices_counted", values),)
        return (*told, Line("name_counted", {"space": self.space, "name": self.name})) if self.name else told


EVENTS: Final = (DangerTold, TeamLeft, VentureClosed, WildCardSpared, Appraised, UpkeepPaid, IndicesCounted)
ENTITIES: Final = (BadgeAppraisal, Danger, Standards)
