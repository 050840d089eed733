"""The facts of the exchange phase: proposals, exchanges, lent hours, swaps, study, clinics, introductions, spirit."""

from __future__ import annotations

from collections.abc import Mapping

from makersphere_rules.bookkeeping import post
from makersphere_rules.ecosystem.figures.stock_counts import LENT, count
from makersphere_rules.ecosystem.shared_steps.introduction import Introduction
from makersphere_rules.ecosystem.table.agreements import Clinic, Lending, Look, Pair, Proposal, pair_key
from makersphere_rules.ecosystem.table.entities import Investor, Maker, Space, Triple, Venture
from makersphere_rules.entity import changed
from makersphere_rules.events import EVERYONE, Event, Line
from makersphere_rules.frozen import frozen
from makersphere_rules.ledger import Posting
from makersphere_rules.state import State

__all__ = [
    "EVENTS",
    "BonusesFixed",
    "ClinicHeld",
    "ExchangeMade",
    "ExchangeShown",
    "Introduced",
    "LendingMade",
    "ProposalDeclined",
    "Proposed",
    "Side",
    "SpiritFaded",
    "Studied",
    "SwapMade",
]


def _set_status(state: State, proposals: tuple[int, ...], status: str) -> None:
    for number in proposals:
        state.put(changed(state.one(Proposal, number), status=status), number)


def _introduce(state: State, maker: int, investor: int) -> None:
    key = pair_key(maker, investor)
    pair = state.find(Pair, key) or Pair(maker, investor)
    state.put(changed(pair, introduced=state.game.season), key)


@frozen
class Proposed(Event):
    """A maker has proposed something to another; an earlier open proposal of the same kind to it is gone."""

    proposal: Proposal
    replaces: int = 0

    def apply(self, state: State) -> None:
        """Lay it before the two sides."""
        if self.replaces:
            state.remove(Proposal, self.replaces)
        state.put(self.proposal, self.proposal.id)

    def lines(self) -> tuple[Line, ...]:
        """Tell the two sides."""
        proposal = self.proposal
        values: dict[str, int | str] = {"maker": proposal.sender, "seat": proposal.receiver}
        return (Line(f"{proposal.what}_proposed", values, (proposal.sender, proposal.receiver)),)


@frozen
class ProposalDeclined(Event):
    """A maker has said no."""

    proposal: int
    sender: int
    receiver: int
    reason: str = ""  # one of `REASONS`, where who declined gave one; it decides nothing

    def apply(self, state: State) -> None:
        """Close the proposal."""
        _set_status(state, (self.proposal,), "declined")

    def lines(self) -> tuple[Line, ...]:
        """Tell the two sides."""
        values: dict[str, int | str] = {"maker": self.sender, "seat": self.receiver}
        told = {"reason": self.reason} if self.reason else {}
        return (Line("proposal_declined", {**values, **told}, (self.sender, self.receiver)),)

    def refused_seats(self, actor: int) -> tuple[int, ...]:
        """Return the one who proposed."""
        return (self.sender,)


@frozen
class Side:
    """What a maker and its venture are after an exchange; `learnt` is the skill that rose, or ""."""

    maker: int
    hours: int
    exchanges: int
    exchange_spirit: int
    spirit: int
    skills: Triple
    ties: tuple[int, ...]
    learnt: str
    venture: int
    tracks: Triple

    def put(self, state: State) -> tuple[int, int]:
        """Set it, and return the hours that it took and the progress that it brought."""
        maker = state.one(Maker, self.maker)
        state.put(
            changed(
                maker,
                hours=self.hours,
                exchanges=self.exchanges,
                exchange_spirit=self.exchange_spirit,
                spirit=self.spirit,
                skills=self.skills,
                ties=self.ties,
            ),
            self.maker,
        )
        hours, progress = maker.hours - self.hours, 0
        if self.learnt:
            venture = state.one(Venture, self.venture)
            progress = sum(self.tracks) - sum(venture.tracks)
            state.put(changed(venture, tracks=self.tracks), self.venture)
        return hours, progress


@frozen
class ExchangeMade(Event):
    """Two tenants have worked together: skills, know-how, spirit and a tie.

    `lapsed` are open proposals of either that it can no longer keep.
    """

    proposal: int
    sender: Side
    receiver: Side
    lapsed: tuple[int, ...] = ()

    def apply(self, state: State) -> None:
        """Carry it out."""
        one_hours, one_progress = self.sender.put(state)
        other_hours, other_progress = self.receiver.put(state)
        count(state, {"exchange": one_hours + other_hours}, {"know_how": one_progress + other_progress})
        _set_status(state, (self.proposal,), "accepted")
        _set_status(state, self.lapsed, "lapsed")

    def lines(self) -> tuple[Line, ...]:
        """Tell the two sides, and each what it learnt."""
        one, other = self.sender, self.receiver
        lines = [Line("exchange_made", {"maker": one.maker, "seat": other.maker}, (one.maker, other.maker))]
        learnt = (side for side in (one, other) if side.learnt)
        lines += [Line("skill_learnt", {"maker": side.maker, "skill": side.learnt}, (side.maker,)) for side in learnt]
        return tuple(lines)


@frozen
class LendingMade(Event):
    """A maker has lent hours to another's venture; they work in this season's incubation."""

    lending: Lending
    lead: int
    hours_left: int  # of the lender
    shares: Mapping[int, int]  # of the venture
    postings: tuple[Posting, ...]
    lapsed: tuple[int, ...] = ()

    def apply(self, state: State) -> None:
        """Carry it out."""
        lending = self.lending
        state.put(lending)
        count(state, {LENT: lending.hours})
        state.put(changed(state.one(Maker, lending.lender), hours=self.hours_left), lending.lender)
        state.put(changed(state.one(Venture, lending.venture), shares=self.shares), lending.venture)
        post(state, self.postings)
        _set_status(state, (lending.id,), "accepted")
        _set_status(state, self.lapsed, "lapsed")

    def lines(self) -> tuple[Line, ...]:
        """Tell the two sides."""
        values = {"maker": self.lending.lender, "venture": self.lending.venture, "hours": self.lending.hours}
        return (Line("lending_made", values, (self.lending.lender, self.lead)),)


@frozen
class SwapMade(Event):
    """Two makers have exchanged existing shares of two ventures."""

    proposal: int
    sender: int
    receiver: int
    given: int  # the venture whose shares the sender gave
    given_shares: Mapping[int, int]  # its cap table
    taken: int  # the venture whose shares the sender took
    taken_shares: Mapping[int, int]
    lapsed: tuple[int, ...] = ()
    leads: tuple[int, ...] = ()  # of the two ventures, who see their own cap tables; none in old logs

    def apply(self, state: State) -> None:
        """Carry it out."""
        state.put(changed(state.one(Venture, self.given), shares=self.given_shares), self.given)
        state.put(changed(state.one(Venture, self.taken), shares=self.taken_shares), self.taken)
        _set_status(state, (self.proposal,), "accepted")
        _set_status(state, self.lapsed, "lapsed")

    def lines(self) -> tuple[Line, ...]:
        """Tell the two sides, and the leads of the two ventures."""
        values = {"maker": self.sender, "seat": self.receiver}
        told = tuple(dict.fromkeys((self.sender, self.receiver, *self.leads)))
        return (Line("swap_made", values, told),)


@frozen
class Studied(Event):
    """A maker has raised a skill of its own."""

    maker: int
    skill: str
    skills: Triple
    hours: int
    lapsed: tuple[int, ...] = ()

    def apply(self, state: State) -> None:
        """Raise it."""
        maker = state.one(Maker, self.maker)
        count(state, {"study": maker.hours - self.hours})
        state.put(changed(maker, skills=self.skills, hours=self.hours, studied=True))
        _set_status(state, self.lapsed, "lapsed")

    def lines(self) -> tuple[Line, ...]:
        """Tell the maker."""
        return (Line("studied", {"maker": self.maker, "skill": self.skill}, (self.maker,)),)


@frozen
class ClinicHeld(Event):
    """An investor has taught a lead: a skill (none if it was high already), a look, an introduction."""

    clinic: Clinic
    hours: int  # the investor's, left
    skill: str
    skills: Triple  # the maker's
    look: Look  # the investor's

    def apply(self, state: State) -> None:
        """Carry it out."""
        clinic = self.clinic
        state.put(clinic)
        investor = state.one(Investor, clinic.investor)
        count(state, {"clinic": investor.hours - self.hours})
        state.put(changed(investor, hours=self.hours, clinic_used=True), clinic.investor)
        state.put(changed(state.one(Maker, clinic.maker), skills=self.skills), clinic.maker)
        state.put(self.look)
        _introduce(state, clinic.maker, clinic.investor)

    def lines(self) -> tuple[Line, ...]:
        """Tell the two sides; what the investor saw is in its hand alone."""
        clinic = self.clinic
        values: dict[str, int | str] = {"investor": clinic.investor, "maker": clinic.maker}
        lines = [Line("clinic_held", values, (clinic.investor, clinic.maker))]
        if self.skill:
            lines.append(Line("skill_learnt", {"maker": clinic.maker, "skill": self.skill}, (clinic.maker,)))
        return tuple(lines)


@frozen
class Introduced(Event):
    """An operator has introduced a lead and an investor to each other."""

    introduction: Introduction
    used: int  # introductions of the space this season

    def apply(self, state: State) -> None:
        """Introduce them."""
        made = self.introduction
        state.put(made)
        state.put(changed(state.one(Space, made.space), introductions=self.used), made.space)
        _introduce(state, made.maker, made.investor)

    def lines(self) -> tuple[Line, ...]:
        """Tell the three."""
        made = self.introduction
        values = {"space": made.space, "maker": made.maker, "investor": made.investor}
        return (Line("introduced", values, (made.space, made.maker, made.investor)),)


@frozen
class SpiritFaded(Event):
    """Spirit has faded; it fades unless it is fed."""

    spirits: Mapping[int, int]

    def apply(self, state: State) -> None:
        """Set every maker's spirit."""
        for maker, spirit in self.spirits.items():
            state.put(changed(state.one(Maker, maker), spirit=spirit), maker)


@frozen
class BonusesFixed(Event):
    """The spirit bonus of each space is fixed for the season."""

    bonuses: Mapping[int, int]

    def apply(self, state: State) -> None:
        """Put them on the boards."""
        for space, bonus in self.bonuses.items():
            state.put(changed(state.one(Space, space), spirit_bonus=bonus), space)

    def lines(self) -> tuple[Line, ...]:
        """Tell everyone."""
        return tuple(Line("spirit_bonus", {"space": space, "bonus": bonus}) for space, bonus in self.bonuses.items())


@frozen
class ExchangeShown(Event):
    """The phase's agreements, clinics and introductions lie on the table; what is still open has lapsed."""

    agreed: tuple[Proposal, ...]
    clinics: tuple[Clinic, ...]
    introductions: tuple[Introduction, ...]
    lapsed: tuple[int, ...]

    def apply(self, state: State) -> None:
        """Let the open proposals lapse."""
        _set_status(state, self.lapsed, "lapsed")

    def lines(self) -> tuple[Line, ...]:
        """Tell everyone who worked with whom."""
        agreed = (Line(proposal.what, _agreement(proposal), EVERYONE) for proposal in self.agreed)
        clinics = (Line("clinic", {"investor": one.investor, "maker": one.maker}) for one in self.clinics)
        introductions = (
            Line("introduction", {"space": one.space, "maker": one.maker, "investor": one.investor})
            for one in self.introductions
        )
        return (*agreed, *clinics, *introductions)


def _agreement(proposal: Proposal) -> dict[str, int | str]:
    values: dict[str, int | str] = {"maker": proposal.sender, "seat": proposal.receiver}
    if proposal.what == "lending":
        values |= {"venture": proposal.terms["venture"], "hours": proposal.terms["hours"]}
    return values


EVENTS = (
    Proposed,
    ProposalDeclined,
    ExchangeMade,
    LendingMade,
    SwapMade,
    Studied,
    ClinicHeld,
    Introduced,
    SpiritFaded,
    BonusesFixed,
    ExchangeShown,
)
