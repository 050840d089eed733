"""The facts of admission: ideas drawn, ventures founded, doors opened, badges given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from makersphere_rules.bookkeeping import post
from makersphere_rules.ecosystem.figures.stock_counts import count
from makersphere_rules.ecosystem.table.accounts import venture_account
from makersphere_rules.ecosystem.table.agreements import Look, Proposal
from makersphere_rules.ecosystem.table.entities import Deck, Idea, Investor, Maker, Space, Venture
from makersphere_rules.ecosystem.table.own_hand import place_of
from makersphere_rules.ecosystem.table.verdicts import BELOW, FULL, GIVEN, WILD_CARD, Application, Credential, Pitch
from makersphere_rules.ecosystem.table.vocabulary import GARAGE
from makersphere_rules.entity import changed
from makersphere_rules.events import Event, Line
from makersphere_rules.frozen import frozen
from makersphere_rules.ledger import Account, Posting
from makersphere_rules.state import State

__all__ = [
    "ApplicationsJudged",
    "BadgesKept",
    "CofounderJoined",
    "CredentialsRead",
    "DoorJudged",
    "IdeaWorkedOver",
    "IdeasDrawn",
    "IdeasReturned",
    "JoinAsked",
    "JoinRefused",
    "PitchHeard",
    "VentureFounded",
    "VentureMoved",
    "WildCardPlayed",
]


@frozen
class IdeasDrawn(Event):
    """Makers without a venture have drawn idea cards, each with a free look."""

    ideas: tuple[Idea, ...]
    deck: Deck

    def apply(self, state: State) -> None:
        """Put the cards into the hands."""
        for idea in self.ideas:
            state.put(idea)
        state.put(self.deck)


@frozen
class IdeasReturned(Event):
    """Cards that were not kept went under the deck; the cards that were kept left the hands too."""

    cards: tuple[str, ...]
    deck: Deck

    def apply(self, state: State) -> None:
        """Empty the hands."""
        for card in self.cards:
            state.remove(Idea, card)
        state.put(self.deck)


@frozen
class JoinAsked(Event):
    """A maker without a venture has asked to join a team; an earlier request of the same maker is gone."""

    proposal: int
    maker: int
    lead: int
    venture: int
    replaces: int = 0

    def apply(self, state: State) -> None:
        """Lay the request before the lead."""
        if self.replaces:
            state.remove(Proposal, self.replaces)
        place = place_of(self.proposal)
        state.put(Proposal(self.proposal, "join", self.maker, self.lead, {"venture": self.venture}, number=place))

    def lines(self) -> tuple[Line, ...]:
        """Tell the two sides."""
        values = {"maker": self.maker, "venture": self.venture}
        return (Line("join_asked", values, (self.maker, self.lead)),)


@frozen
class CofounderJoined(Event):
    """A maker has joined a venture for shares out of the lead's own holding."""

    proposal: int
    venture: int
    maker: int
    given: int
    shares: Mapping[int, int]

    def apply(self, state: State) -> None:
        """Enlarge the team."""
        venture = state.one(Venture, self.venture)
        cofounders = (*venture.cofounders, self.maker)
        state.put(changed(venture, cofounders=cofounders, shares=self.shares))
        state.put(changed(state.one(Maker, self.maker), venture=self.venture), self.maker)
        state.put(changed(state.one(Proposal, self.proposal), status="accepted"), self.proposal)

    def lines(self) -> tuple[Line, ...]:
        """Tell everyone."""
        return (Line("cofounder_joined", {"maker": self.maker, "venture": self.venture, "shares": self.given}),)


@frozen
class JoinRefused(Event):
    """A request to join came to nothing."""

    proposal: int
    maker: int
    venture: int

    def apply(self, state: State) -> None:
        """Close the request."""
        state.put(changed(state.one(Proposal, self.proposal), status="declined"), self.proposal)

    def lines(self) -> tuple[Line, ...]:
        """Tell the one who asked."""
        return (Line("join_refused", {"venture": self.venture}, (self.maker,)),)

    def refused_seats(self, actor: int) -> tuple[int, ...]:
        """Return the one who asked."""
        return (self.maker,)


@frozen
class VentureFounded(Event):
    """A maker has kept an idea, and it is a venture now, in the garage until a door opens."""

    venture: Venture

    def apply(self, state: State) -> None:
        """Place the venture and open its account."""
        venture = self.venture
        state.put(venture)
        count(state, progress={"founding": sum(venture.tracks)})
        state.put(Account(venture_account(venture.id), venture.lead))
        state.put(changed(state.one(Maker, venture.lead), venture=venture.id), venture.lead)

    def lines(self) -> tuple[Line, ...]:
        """Tell everyone."""
        venture = self.venture
        values: dict[str, int | str] = {"maker": venture.lead, "venture": venture.id, "sector": venture.sector}
        return (Line("venture_founded", values),)


@frozen
class VentureMoved(Event):
    """A venture has taken a desk, or has left for the garage."""

    venture: int
    space: int
    wild_card: bool = False

    def apply(self, state: State) -> None:
        """Move it."""
        state.put(changed(state.one(Venture, self.venture), space=self.space), self.venture)

    def lines(self) -> tuple[Line, ...]:
        """Tell everyone."""
        if self.space == GARAGE:
            return (Line("venture_left", {"venture": self.venture}),)
        return (Line("venture_admitted", {"venture": self.venture, "space": self.space}),)


@frozen
class DoorJudged(Event):
    """A space has judged who knocked: its operator learns who and with what, each maker by what it was judged."""

    space: int
    passed: tuple[int, ...]
    refused: tuple[int, ...]
    pitches: tuple[Pitch, ...] = ()  # of all who knocked; none in old logs

    def apply(self, state: State) -> None:
        """Tell the hands."""
        state.put(changed(state.one(Space, self.space), passed=self.passed), self.space)
        for pitch in self.pitches:
            state.put(pitch)

    def lines(self) -> tuple[Line, ...]:
        """Tell each maker its own, and the operator how many came."""
        if not self.pitches:
            return tuple(Line("door_closed", {"space": self.space}, (seat,)) for seat in self.refused)
        counts = {"space": self.space, "asked": len(self.pitches), "passed": len(self.passed)}
        admitted = len(self.pitches) - len(self.refused)
        told = (Line("door_judged", {**counts, "admitted": admitted}, (self.space,)),)
        return (*(_judged(pitch) for pitch in self.pitches), *told)

    def refused_seats(self, actor: int) -> tuple[int, ...]:
        """Return who has no desk for it."""
        return self.refused


_AT_THE_DOOR: Final = {GIVEN: "door_open", WILD_CARD: "door_wild_card", BELOW: "door_below", FULL: "door_full"}


def _judged(pitch: Pitch) -> Line:
    values = {"maker": pitch.maker, "space": pitch.space, "score": pitch.score, "bar": pitch.bar}
    more = {"desks": pitch.desks} if pitch.outcome == FULL else {}
    return Line(_AT_THE_DOOR[pitch.outcome], {**values, **more}, (pitch.maker,))


@frozen
class IdeaWorkedOver(Event):
    """A door has turned a new idea away, and its maker has worked it over: it appeals more."""

    venture: int
    appeal: int
    lo: int
    hi: int
    maker: int

    def apply(self, state: State) -> None:
        """Let it appeal more, and its lead know."""
        state.put(changed(state.one(Venture, self.venture), appeal=self.appeal, lo=self.lo, hi=self.hi))

    def lines(self) -> tuple[Line, ...]:
        """Tell its lead."""
        return (Line("idea_worked_over", {"venture": self.venture, "lo": self.lo, "hi": self.hi}, (self.maker,)),)


@frozen
class CredentialsRead(Event):
    """Investors have been told by what they are judged at this admission, and which bars there are for them."""

    credentials: tuple[Credential, ...]

    def apply(self, state: State) -> None:
        """Tell the hands."""
        for credential in self.credentials:
            state.put(credential)


@frozen
class ApplicationsJudged(Event):
    """Spaces have judged the applications of an investor, also those that came to nothing."""

    applications: tuple[Application, ...]

    def apply(self, state: State) -> None:
        """Tell the hands."""
        for application in self.applications:
            state.put(application)

    def lines(self) -> tuple[Line, ...]:
        """Tell the investor and the operator of what came to nothing; of a new badge everyone has been told."""
        return tuple(
            Line(
                f"badge_{one.outcome}",
                {"investor": one.investor, "space": one.space, "score": one.score, "bar": one.bar},
                (one.investor, one.space),
            )
            for one in self.applications
            if one.outcome not in (GIVEN, WILD_CARD)
        )

    def refused_seats(self, actor: int) -> tuple[int, ...]:
        """Return who was below a bar; what it could not pay or hold was its own."""
        return tuple(one.investor for one in self.applications if one.outcome == BELOW)


@frozen
class BadgesKept(Event):
    """An investor holds these badges this season, and has paid for them."""

    investor: int
    badges: tuple[int, ...]
    gained: tuple[int, ...]
    lost_badges: Mapping[int, int]
    postings: tuple[Posting, ...]

    def apply(self, state: State) -> None:
        """Pin the badges on."""
        investor = state.one(Investor, self.investor)
        state.put(changed(investor, badges=self.badges, lost_badges=self.lost_badges), self.investor)
        post(state, self.postings)

    def lines(self) -> tuple[Line, ...]:
        """Tell everyone of new badges."""
        return tuple(Line("badge_given", {"investor": self.investor, "space": space}) for space in self.gained)


@frozen
class PitchHeard(Event):
    """An investor has listened to a maker at the door; what it knows now is in its hand alone."""

    look: Look

    def apply(self, state: State) -> None:
        """Take it into the hand."""
        state.put(self.look)

    def lines(self) -> tuple[Line, ...]:
        """Tell the one who listened."""
        look = self.look
        return (Line("pitch_heard", {"venture": look.venture, "lo": look.lo, "hi": look.hi}, (look.seat,)),)


@frozen
class WildCardPlayed(Event):
    """An operator's wild card has let somebody in."""

    space: int
    seat: int

    def apply(self, state: State) -> None:
        """Use it up for the season."""
        state.put(changed(state.one(Space, self.space), wild_card_used=True), self.space)

    def lines(self) -> tuple[Line, ...]:
        """Tell everyone."""
        return (Line("wild_card_played", {"space": self.space, "seat": self.seat}),)
