"""What happens while ventures are worked on."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from makersphere_rules.bookkeeping import post
from makersphere_rules.ecosystem.figures.stock_counts import count
from makersphere_rules.ecosystem.table.agreements import Deal, Idleness, Look
from makersphere_rules.ecosystem.table.entities import Investor, Maker, Space, Triple, Venture
from makersphere_rules.ecosystem.table.season_agreements import own_deals
from makersphere_rules.ecosystem.table.vocabulary import PRODUCT, TRACKS
from makersphere_rules.entity import changed
from makersphere_rules.events import Event, Line
from makersphere_rules.frozen import frozen
from makersphere_rules.ledger import Posting
from makersphere_rules.state import State

__all__ = [
    "CommonsDrawn",
    "DayJobsPaid",
    "Delivery",
    "HoursDelivered",
    "MakersWorked",
    "MaterialsPaid",
    "OwnMoneyPutIn",
    "Rolled",
    "Scouted",
    "WorkStopped",
    "WorkshopGiven",
]


@frozen
class Scouted(Event):
    """An investor has spent unpromised hours on a look."""

    look: Look
    hours_left: int

    def apply(self, state: State) -> None:
        """Narrow what the investor knows."""
        state.put(self.look)
        investor = state.one(Investor, self.look.seat)
        count(state, {"scouting": investor.hours - self.hours_left})
        state.put(changed(investor, hours=self.hours_left))

    def lines(self) -> tuple[Line, ...]:
        """Tell the investor."""
        values = {"venture": self.look.venture, "lo": self.look.lo, "hi": self.look.hi}
        return (Line("scouted", values, (self.look.seat,)),)


@frozen
class DayJobsPaid(Event):
    """Makers have been paid for their day jobs."""

    hours: Mapping[int, int]  # by maker
    postings: tuple[Posting, ...]

    def apply(self, state: State) -> None:
        """Pay."""
        count(state, {"day_job": sum(self.hours.values())})
        post(state, self.postings)

    def lines(self) -> tuple[Line, ...]:
        """Tell each maker its own."""
        paid = zip(self.hours.items(), self.postings, strict=True)
        return tuple(
            Line("day_job", {"hours": hours, "credits": posting.amount}, (seat,)) for (seat, hours), posting in paid
        )


@frozen
class OwnMoneyPutIn(Event):
    """A lead has put own credits into its venture: a gift."""

    maker: int
    venture: int
    credits: int
    postings: tuple[Posting, ...]

    def apply(self, state: State) -> None:
        """Pay."""
        post(state, self.postings)

    def lines(self) -> tuple[Line, ...]:
        """Tell the lead."""
        values = {"venture": self.venture, "credits": self.credits}
        return (Line("own_money", values, (self.maker,)),)


@frozen
class MaterialsPaid(Event):
    """A venture has paid its materials."""

    venture: int
    credits: int
    postings: tuple[Posting, ...]

    def apply(self, state: State) -> None:
        """Pay."""
        post(state, self.postings)
        state.put(changed(state.one(Venture, self.venture), materials=self.credits), self.venture)

    def lines(self) -> tuple[Line, ...]:
        """Tell everyone."""
        return (Line("materials_paid", {"venture": self.venture, "credits": self.credits}),)


@frozen
class WorkStopped(Event):
    """A venture could not pay its materials: no progress, no roll, promised hours are sold elsewhere."""

    venture: int
    credits: int  # what the materials would have cost
    postings: tuple[Posting, ...]

    def apply(self, state: State) -> None:
        """Pay those who sell their hours elsewhere."""
        lead = state.one(Venture, self.venture).lead
        promised = (deal.hours for deal in own_deals(state, lead) if deal.venture == self.venture)
        count(state, {"resold": sum(promised)})
        post(state, self.postings)

    def lines(self) -> tuple[Line, ...]:
        """Tell everyone."""
        return (Line("work_stopped", {"venture": self.venture, "credits": self.credits}),)


@frozen
class Delivery:
    """What became of the hours of one deal, and what fee is due for them."""

    deal: int
    delivered: int
    fee_due: int


@frozen
class HoursDelivered(Event):
    """An investor has worked for a venture, and has sold elsewhere what it did not deliver.

    Attributes:
        investor: who worked.
        venture: where.
        hours: delivered, of all its deals there.
        promised: by all its deals there.
        track: where the progress went, or "" for none.
        tracks: the venture's tracks now.
        work: hours of everybody on the venture so far.
        deals: each deal's part.
        maker: the lead.
        taught: the skill that a mentor has raised, or "".
        skills: the lead's skills now.
        postings: what the undelivered hours brought.
        given_back: shares that went back to the other holders for undelivered hours; 0 in old logs.
        shares: the cap table, where any were given back.
    """

    investor: int
    venture: int
    hours: int
    promised: int
    track: str
    tracks: Triple
    work: Mapping[int, int]
    deals: tuple[Delivery, ...]
    maker: int
    taught: str
    skills: Triple
    postings: tuple[Posting, ...]
    given_back: int = 0
    shares: Mapping[int, int] = attrs.field(factory=dict)

    def apply(self, state: State) -> None:
        """Progress, fees due, the lead's skill, shares that were not earned."""
        venture = state.one(Venture, self.venture)
        hours = {"delivered": self.hours, "resold": self.promised - self.hours}
        count(state, hours, {"investors": sum(self.tracks) - sum(venture.tracks)})
        shares = self.shares if self.given_back else venture.shares
        state.put(changed(venture, tracks=self.tracks, work=self.work, shares=shares), self.venture)
        for part in self.deals:
            deal = state.one(Deal, part.deal)
            state.put(changed(deal, delivered=part.delivered, fee_due=part.fee_due), part.deal)
        if self.taught:
            state.put(changed(state.one(Maker, self.maker), skills=self.skills), self.maker)
        post(state, self.postings)

    def lines(self) -> tuple[Line, ...]:
        """Tell everyone what came of the promise; the price of the rest to the investor."""
        values = {"investor": self.investor, "venture": self.venture}
        told = [Line("hours_delivered", {**values, "hours": self.hours, "promised": self.promised})]
        if self.taught:
            told.append(Line("mentor_taught", {"investor": self.investor, "maker": self.maker, "skill": self.taught}))
        if self.given_back:
            told.append(Line("shares_given_back", {**values, "shares": self.given_back}))
        for posting in self.postings:
            resold = {"hours": self.promised - self.hours, "credits": posting.amount}
            told.append(Line("hours_resold", resold, (self.investor,)))
        return tuple(told)


@frozen
class MakersWorked(Event):
    """A venture's team and those who lent it hours have worked; `idle` are co-founders who hardly have."""

    venture: int
    hours: Mapping[int, int]  # by maker
    points: Triple  # progress that they made
    tracks: Triple
    work: Mapping[int, int]
    lent_points: int = 0  # of the progress: what lent hours made
    idle: tuple[int, ...] = ()
    season: int = 0  # when there is somebody idle

    def apply(self, state: State) -> None:
        """Progress, and who is idle."""
        venture = state.one(Venture, self.venture)
        team = venture.team
        own = sum(hours for seat, hours in self.hours.items() if seat in team)
        count(state, {"work": own}, {"makers": sum(self.points) - self.lent_points, "lent": self.lent_points})
        state.put(changed(venture, tracks=self.tracks, work=self.work), self.venture)
        for seat in self.idle:
            state.put(Idleness(seat, self.season, self.venture))

    def lines(self) -> tuple[Line, ...]:
        """Tell everyone what they added, and who hardly worked."""
        worked = Line("makers_worked", {"venture": self.venture, **dict(zip(TRACKS, self.points, strict=True))})
        return (worked, *(Line("cofounder_idle", {"maker": seat, "venture": self.venture}) for seat in self.idle))


@frozen
class WorkshopGiven(Event):
    """A space's workshop has worked for a venture: hours by track."""

    space: int
    venture: int
    hours: Triple
    tracks: Triple
    work: Mapping[int, int]
    used: int  # workshop hours of the space this season so far

    def apply(self, state: State) -> None:
        """Progress."""
        venture = state.one(Venture, self.venture)
        count(state, {"workshop": sum(self.hours)}, {"workshop": sum(self.tracks) - sum(venture.tracks)})
        state.put(changed(venture, tracks=self.tracks, work=self.work))
        state.put(changed(state.one(Space, self.space), workshop_used=self.used), self.space)

    def lines(self) -> tuple[Line, ...]:
        """Tell everyone."""
        values = {"space": self.space, "venture": self.venture, "hours": sum(self.hours)}
        return (Line("workshop_given", values),)


@frozen
class CommonsDrawn(Event):
    """A venture has drawn points from the commons of its space."""

    space: int
    venture: int
    points: int
    tracks: Triple
    commons: int  # points left

    def apply(self, state: State) -> None:
        """Move the points."""
        count(state, progress={"commons": self.points})
        state.put(changed(state.one(Venture, self.venture), tracks=self.tracks), self.venture)
        state.put(changed(state.one(Space, self.space), commons=self.commons), self.space)

    def lines(self) -> tuple[Line, ...]:
        """Tell everyone."""
        return (Line("commons_drawn", {"space": self.space, "venture": self.venture, "points": self.points}),)


@frozen
class Rolled(Event):
    """A venture has rolled for its next stage.

    Attributes:
        venture: who rolled.
        dice: the two dice.
        roll: dice, spirit, help, misses (as they were) and needed.
        success: whether it moved up.
        stage: its stage now.
        misses: its misses now.
        maker: the lead.
        spirit: the lead's spirit now.
        postings: the grant for a new product.
    """

    venture: int
    dice: tuple[int, int]
    roll: Mapping[str, int]
    success: bool
    stage: int
    misses: int
    maker: int
    spirit: int
    postings: tuple[Posting, ...]

    def apply(self, state: State) -> None:
        """Move up, or miss."""
        venture = state.one(Venture, self.venture)
        state.put(
            changed(
                venture,
                stage=self.stage,
                misses=self.misses,
                moved_up=self.success,
                dice=self.dice,
                roll=self.roll,
            )
        )
        if self.success:
            state.put(changed(state.one(Maker, self.maker), spirit=self.spirit), self.maker)
        post(state, self.postings)

    def lines(self) -> tuple[Line, ...]:
        """Tell everyone."""
        total = sum(self.roll[part] for part in ("dice", "spirit", "help", "misses"))
        values = {"venture": self.venture, "total": total, "needed": self.roll["needed"]}
        if not self.success:
            return (Line("roll_failed", {**values, "misses": self.misses}),)
        text = "became_product" if self.stage == PRODUCT else "roll_succeeded"
        return (Line(text, {**values, "stage": self.stage}),)
