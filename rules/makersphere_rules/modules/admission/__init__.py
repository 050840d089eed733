"""Admission: who enters. Makers found and pitch, investors ask for badges, operators keep the door.

Purpose: the metabolism of entry, on both sides.
Phase: admission.
Commands: makers `keep_idea` {`card`}, `pitch` {`space` or "garage"}, `ask_to_join` {`venture`}, `answer_join`
{`maker`, `accept`, `shares`}, `leave_space`, `close_venture` (at once), `leave_team` (at once); investors
`apply` {`spaces`}, `hear_pitch` {`maker`}; operators `wild_card` {`seat`}.
Close: co-founders join; kept ideas become ventures, and who leaves for the garage leaves; doors open, the best
pitch first while desks last, then the wild card; badges are given; wild cards are played for badges; who
listened to a pitch has a look at what that maker works on then.
Open: latecomers are seated, ideas drawn, credentials read.
Events: those of `events.py`, `venture_closed` and `entries_counted`.
Parameters: `AdmissionParams`.
Secrets: idea cards and join requests (their sides), pitch scores and how applications were judged (whoever asked and
that door's operator), to whom an investor listened and what it saw, choices until the close.
Source: the rulebook's "2. Admission".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import ClassVar, Final

from makersphere_rules.ecosystem.figures.admissions_counted import EntriesCounted, EntryCounts
from makersphere_rules.ecosystem.formulas.pitch import pitch_score
from makersphere_rules.ecosystem.shared_steps.latecomers import LatecomersSeated, seat_latecomers
from makersphere_rules.ecosystem.shared_steps.setup import put_under
from makersphere_rules.ecosystem.shared_steps.team_left import TeamLeft
from makersphere_rules.ecosystem.shared_steps.winding_up import VentureClosed
from makersphere_rules.ecosystem.table import printed_decks, tenancy, vocabulary
from makersphere_rules.ecosystem.table.agreements import Look, Proposal
from makersphere_rules.ecosystem.table.cap_table import move
from makersphere_rules.ecosystem.table.entities import Deck, Idea, Investor, Maker, Space, Venture
from makersphere_rules.ecosystem.table.looks import HIGHEST, look, look_width
from makersphere_rules.ecosystem.table.own_hand import in_hand, looked
from makersphere_rules.ecosystem.table.shared_params import world
from makersphere_rules.ecosystem.table.verdicts import BELOW, FULL, GIVEN, WILD_CARD, Application, Credential, Pitch
from makersphere_rules.ecosystem.table.vocabulary import GARAGE, GARAGE_NAME, INVESTOR, MAKER, OPERATOR, WHOLE
from makersphere_rules.entity import Entity, changed
from makersphere_rules.events import Event
from makersphere_rules.forms import whole
from makersphere_rules.frozen import frozen
from makersphere_rules.mistakes import Mistake, expected
from makersphere_rules.module import Command, Draft, Foreseen, Move, RuleModule
from makersphere_rules.modules.admission.badges import (
    applications,
    asked_spaces,
    credential_score,
    credentials_read,
    give_badges,
    tell_applicant,
    wild_badge,
)
from makersphere_rules.modules.admission.commands import (
    COMMANDS,
    AdmissionParams,
    barred,
    draw_ideas,
    ideas_of,
    wild_guest,
)
from makersphere_rules.modules.admission.events import (
    ApplicationsJudged,
    BadgesKept,
    CofounderJoined,
    CredentialsRead,
    DoorJudged,
    IdeasDrawn,
    IdeasReturned,
    IdeaWorkedOver,
    JoinAsked,
    JoinRefused,
    PitchHeard,
    VentureFounded,
    VentureMoved,
    WildCardPlayed,
)
from makersphere_rules.modules.admission.pitch import bonuses_at_opening, foreseen_at_door
from makersphere_rules.scenario import Scenario
from makersphere_rules.state import State

__all__ = ["STEPS", "Admission", "credential_score"]

STEPS: Final = ("cofounders", "ventures", "doors", "badges", "wild_cards", "listening")  # of the close

Badges = set[tuple[int, int]]


class Admission(RuleModule):
    """The metabolism of entry."""

    name: ClassVar[str] = "admission"
    phase: ClassVar[str | None] = "admission"
    part: ClassVar[str] = "admission"
    needs: ClassVar[Sequence[str]] = ("world",)
    params: ClassVar[type | None] = AdmissionParams
    commands: ClassVar[Sequence[Command]] = COMMANDS
    events: ClassVar[Sequence[type[Event]]] = (
        LatecomersSeated,
        IdeasDrawn,
        IdeasReturned,
        JoinAsked,
        CofounderJoined,
        JoinRefused,
        TeamLeft,
        VentureClosed,
        VentureFounded,
        VentureMoved,
        DoorJudged,
        IdeaWorkedOver,
        CredentialsRead,
        BadgesKept,
        ApplicationsJudged,
        WildCardPlayed,
        PitchHeard,
        EntriesCounted,
    )
    entities: ClassVar[Sequence[type[Entity]]] = (EntryCounts, Pitch, Credential, Application, Look)

    def check(self, scenario: Scenario) -> Iterator[Mistake]:
        """The deck holds as many cards as one hand draws."""
        ideas, cards = scenario.params(AdmissionParams).ideas, len(printed_decks.names("ideas"))
        if ideas > cards:
            yield expected("admission.ideas", "deck", n=cards)

    def open(self, draft: Draft) -> None:
        """Seat the latecomers; deal idea cards to all makers without a venture; read the credentials."""
        seat_latecomers(draft)
        draft.emit(credentials_read(draft.state))
        free = [maker.seat for maker in draft.state.all(Maker).values() if not maker.venture]
        if free:
            draft.emit(draw_ideas(draft, free))

    def imagine(self, draft: Draft, seat: int) -> None:
        """Deal other makers without a venture cards of their own."""
        free = [maker.seat for maker in draft.state.all(Maker).values() if not maker.venture and maker.seat != seat]
        if free:
            draft.emit(draw_ideas(draft, free))

    def defaults(self, state: State, seat: int) -> Iterable[Move]:
        """Keep the best-looking idea and pitch where the rent is lowest; an investor without a badge applies."""
        match state.role(seat):
            case vocabulary.MAKER:
                yield from _maker_defaults(state, seat)
            case vocabulary.INVESTOR:
                yield from _investor_defaults(state, seat)
            case _:
                return

    def foresee(self, draft: Draft, seat: int, *, most: bool) -> Foreseen:
        """What a maker's pitch scores at its door, with the space's look at its worst or best."""
        return foreseen_at_door(draft.state, seat, most=most)

    def places(self, state: State, seat: int) -> Sequence[int]:
        """Return where the host may move the venture that a seat leads: before anybody knocks on a door."""
        venture = tenancy.led_venture(state, seat) if state.role(seat) == MAKER else None
        if venture is None or state.game.phase_number >= state.scenario.number_of(self.part):
            return ()
        spaces = state.all(Space).values()
        free = [space.id for space in spaces if len(tenancy.ventures_at(state, space.id)) < space.stations]
        return tuple(place for place in (GARAGE, *free) if place != venture.space)

    def place(self, draft: Draft, seat: int, space: int) -> None:
        """Move the venture that a seat leads, and its team with it."""
        draft.emit(VentureMoved(draft.state.one(Maker, seat).venture, space))

    def close(self, draft: Draft) -> None:
        """Co-founders join; ventures are founded; doors open; badges are paid."""
        held = _badges(draft.state)
        _join(draft)
        _found(draft)
        _leave_for_garage(draft)
        knocked = _knocking(draft.state)
        bonuses = bonuses_at_opening(draft.state)
        for seat in draft.state.seats(OPERATOR):
            _open_door(draft, seat, [number for number, space in knocked.items() if space == seat], bonuses[seat])
        applied = {seat: applications(draft.state, seat) for seat in draft.state.seats(INVESTOR)}
        for seat, asked in applied.items():
            give_badges(draft, seat, asked)
        for seat in draft.state.seats(OPERATOR):
            wild_badge(draft, seat)
        for seat, asked in applied.items():
            tell_applicant(draft, seat, asked)
        _listen(draft)
        draft.emit(_entries(draft.state, knocked, held))


def _listen(draft: Draft) -> None:
    """Let each investor that listened to a maker have a look at what that maker works on now."""
    state = draft.state
    for seat in state.seats(INVESTOR):
        maker = whole(state.choice(seat, "hear_pitch"), "maker")
        venture = tenancy.venture_of(state, maker) if maker else None
        if venture is not None:
            draft.emit(PitchHeard(looked(draft, "pitch_heard", seat, venture)))


def _badges(state: State) -> Badges:
    """Return the badges there are, as pairs of investor and space."""
    return {(investor.seat, space) for investor in state.all(Investor).values() for space in investor.badges}


def _knocking(state: State) -> dict[int, int]:
    """Return the ventures that pitch to a space where they have no desk, each with that space."""
    knocking = {}
    for venture in tenancy.living(state):
        goal = state.choice(venture.lead, "pitch")
        if goal is not None and goal["space"] not in (GARAGE_NAME, venture.space):
            knocking[venture.id] = whole(goal, "space")
    return knocking


def _entries(state: State, knocked: Mapping[int, int], held: Badges) -> EntriesCounted:
    """Count who asked and who came in, of makers and of investors."""
    admitted = sum(state.one(Venture, venture).space == space for venture, space in knocked.items())
    asked = 0
    for seat in state.seats(INVESTOR):
        asked += sum((seat, space) not in held for space in asked_spaces(state, seat))
    now = _badges(state)
    won, given_back = len(now - held), len(held - now)
    return EntriesCounted(EntryCounts(state.game.season, len(knocked), admitted, asked, won, given_back))


def _maker_defaults(state: State, seat: int) -> Iterator[Move]:
    ideas = ideas_of(state, seat)
    if ideas:
        best = max(ideas, key=lambda idea: (6 * (idea.lo + idea.hi) - 4 * idea.difficulty, -idea.number))
        yield "keep_idea", {"card": best.number}
        cheapest = min(state.all(Space).values(), key=lambda space: (space.rent, space.id))
        yield "pitch", {"space": cheapest.id}


def _investor_defaults(state: State, seat: int) -> Iterator[Move]:
    investor = state.one(Investor, seat)
    open_doors = [space for space in state.all(Space).values() if not barred(state, investor, space.id)]
    if not investor.badges and open_doors:
        most = state.scenario.params(AdmissionParams).badges
        by_desks = sorted(open_doors, key=lambda space: (-space.stations, space.id))
        yield "apply", {"spaces": [space.id for space in by_desks[:most]]}


# -- makers at the close


def _join(draft: Draft) -> None:
    state = draft.state
    most = world(state).cofounders
    for maker in state.seats(MAKER):
        for proposal in [p for p in in_hand(state, maker, Proposal) if p.what == "join" and p.sender == maker]:
            venture = state.one(Venture, int(proposal.terms["venture"]))
            answer = state.choice(proposal.receiver, "answer_join", str(maker)) or {}
            given = whole(answer, "shares")
            fits = (
                answer.get("accept") is True
                and not venture.closed
                and venture.lead == proposal.receiver
                and len(venture.cofounders) < most
                and venture.shares.get(venture.lead, 0) >= given
            )
            if fits:
                shares = move(venture.shares, venture.lead, maker, given)
                draft.emit(CofounderJoined(proposal.id, venture.id, maker, given, shares))
            else:
                draft.emit(JoinRefused(proposal.id, maker, venture.id))


def _found(draft: Draft) -> None:
    """Turn kept ideas into ventures, in table order; all other cards go under the deck."""
    state = draft.state
    number = len(state.all(Venture))
    unused: list[str] = []
    for maker in state.seats(MAKER):
        ideas = ideas_of(state, maker)
        if not ideas:
            continue
        kept = None
        if not state.one(Maker, maker).venture:
            kept = ideas[whole(state.choice(maker, "keep_idea"), "card", 1) - 1]
            number += 1
            draft.emit(VentureFounded(_founded(state, number, kept)))
        unused += [idea.card for idea in ideas if idea is not kept]
    cards = tuple(str(key) for key in state.all(Idea))
    if cards:
        deck = state.one(Deck, "ideas")
        left = tuple(card for card in deck.cards if card not in cards)  # those drawn inside the phase leave it now
        draft.emit(IdeasReturned(cards, put_under(changed(deck, cards=left), unused)))


def _founded(state: State, number: int, idea: Idea) -> Venture:
    params = world(state)
    first = params.first_stage
    return Venture(
        number,
        idea.card,
        idea.sector,
        idea.difficulty,
        idea.seat,
        founded=state.game.season,
        stage=first,
        tracks=params.requirement(first - 1) if first else (0, 0, 0),
        shares={idea.seat: WHOLE},
        appeal=idea.appeal,
        lo=idea.lo,
        hi=idea.hi,
    )


def _leave_for_garage(draft: Draft) -> None:
    state = draft.state
    for venture in tenancy.living(state):
        goal = state.choice(venture.lead, "pitch")
        if venture.space != GARAGE and goal is not None and goal["space"] == GARAGE_NAME:
            draft.emit(VentureMoved(venture.id, GARAGE))


def _open_door(draft: Draft, space: int, knocked: Iterable[int], bonus: int) -> None:
    """Admit to one space those at or above its bar, best score first, while desks last; then the wild card."""
    state = draft.state
    board = state.one(Space, space)
    knocking = [state.one(Venture, number) for number in knocked]
    scores = {venture.id: _pitch_score(draft, venture, space, bonus) for venture in knocking}
    ranked = sorted(tenancy.by_lot(state, knocking), key=lambda venture: -scores[venture.id])
    passed = [venture for venture in ranked if scores[venture.id] >= board.maker_bar]
    free = max(0, board.stations - len(tenancy.ventures_at(state, space)))
    admitted = passed[:free]
    for venture in admitted:
        draft.emit(VentureMoved(venture.id, space))
    outcomes = {venture.id: GIVEN if venture in admitted else FULL for venture in passed}
    ahead = tuple(sorted(venture.lead for venture in admitted))
    guest, least = wild_guest(state, space), board.maker_bar - world(state).wild_card_reach
    for venture in ranked:
        is_guest = venture.lead == guest and venture not in admitted and scores[venture.id] >= least
        if is_guest and free > len(admitted):
            admitted.append(venture)
            outcomes[venture.id] = WILD_CARD
            draft.emit(VentureMoved(venture.id, space, wild_card=True))
            draft.emit(WildCardPlayed(space, guest))
    refused = tuple(venture.lead for venture in ranked if venture not in admitted)
    door = _Door(space, state.game.season, board.maker_bar, free, ahead)
    pitches = tuple(door.judged(one, scores[one.id], outcomes.get(one.id, BELOW)) for one in knocking)
    draft.emit(DoorJudged(space, tuple(sorted(venture.lead for venture in passed)), refused, pitches))
    for venture in ranked:
        if venture not in admitted and venture.founded == state.game.season:
            for worked_over in _worked_over(state, venture):
                draft.emit(worked_over)


def _worked_over(state: State, venture: Venture) -> Iterator[IdeaWorkedOver]:
    """Yield what becomes of a new idea that was turned away, if anything: its maker knows what people want."""
    more = state.scenario.params(AdmissionParams).worked_over
    appeal, lo, hi = (min(HIGHEST, value + more) for value in (venture.appeal, venture.lo, venture.hi))
    if (appeal, lo, hi) != (venture.appeal, venture.lo, venture.hi):
        yield IdeaWorkedOver(venture.id, appeal, lo, hi, venture.lead)


@frozen
class _Door:
    """A door at one admission: its bar, the desks that were free, and who took them by the bar."""

    space: int
    season: int
    bar: int
    desks: int
    took: tuple[int, ...]

    def judged(self, venture: Venture, score: int, outcome: str) -> Pitch:
        """Return how a pitch was judged; who was ahead is told where it follows from who came in."""
        ahead = self.took if outcome == FULL else ()
        return Pitch(venture.lead, self.space, self.season, venture.id, score, self.bar, self.desks, outcome, ahead)


def _pitch_score(draft: Draft, venture: Venture, space: int, bonus: int) -> int:
    """Score a pitch by a fresh look of the space."""
    width = look_width(draft.state, space, 0)
    seen = look(draft, "pitch_look", venture.id, venture.appeal, width)
    return pitch_score(draft.state.one(Maker, venture.lead).skills, venture.difficulty, seen, bonus)
