"""What seats may send in admission, with live bounds."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

import attrs

from makersphere_rules.ecosystem.shared_steps.setup import take
from makersphere_rules.ecosystem.shared_steps.team_left import TeamLeft
from makersphere_rules.ecosystem.shared_steps.winding_up import wind_up
from makersphere_rules.ecosystem.table import printed_decks, tenancy
from makersphere_rules.ecosystem.table.agreements import Look, Proposal
from makersphere_rules.ecosystem.table.entities import Deck, Idea, Investor, Maker, Space, Venture
from makersphere_rules.ecosystem.table.looks import look
from makersphere_rules.ecosystem.table.own_hand import in_hand, number_between
from makersphere_rules.ecosystem.table.shared_params import world
from makersphere_rules.ecosystem.table.vocabulary import GARAGE, GARAGE_NAME, INVESTOR, MAKER, OPERATOR
from makersphere_rules.events import ChoiceMade, ReadySet
from makersphere_rules.forms import Args, Flag, Form, Many, OneOf, Start, Whole, whole
from makersphere_rules.module import Command, Draft
from makersphere_rules.modules.admission.events import IdeasDrawn, JoinAsked
from makersphere_rules.refusals import Refusal, refuse
from makersphere_rules.scenario import param
from makersphere_rules.state import Seat, State

__all__ = ["COMMANDS", "AdmissionParams", "barred", "draw_ideas", "ideas_of", "wild_guest"]

_APPEAL_SIDES = 6


@attrs.frozen
class AdmissionParams:
    """The parameters of admission."""

    ideas: int = param(3, 1, 6, "Idea cards that a maker without a venture draws.")
    worked_over: int = param(2, 0, 5, "Appeal that a new idea gains when a door has turned it away, up to 6.")
    join_shares: int = param(3000, 0, 9000, "The most shares that a co-founder may be given.")
    badges: int = param(2, 1, 10, "Badges that an investor may hold.")
    badge_price: int = param(6, 0, 100, "What a badge costs in a season.")
    credential_middle: int = param(50, 0, 100, "The appraisal that leaves a credential as it is.")
    after_loss: int = param(10, 0, 80, "Added to the investor bar for the first time after a badge was lost.")


def ideas_of(state: State, maker: int) -> list[Idea]:
    """Return the idea cards in a maker's hand, by number."""
    return sorted(in_hand(state, maker, Idea), key=lambda idea: idea.number)


def draw_ideas(draft: Draft, makers: Iterable[int]) -> IdeasDrawn:
    """Draw idea cards for makers from the top of the deck."""
    deck, count = draft.state.one(Deck, "ideas"), draft.state.scenario.params(AdmissionParams).ideas
    ideas: list[Idea] = []
    for maker in makers:
        cards, deck = take(draft, deck, count)
        ideas += _held(draft, maker, cards)
    return IdeasDrawn(tuple(ideas), deck)


def draw_ideas_of_freed(draft: Draft, makers: Iterable[int]) -> IdeasDrawn:
    """Draw idea cards for makers who have become free inside the phase, each from a place of its own in the deck.

    A maker's place in the deck is its place among the makers who had a venture when the phase opened. The cards stay in
    the deck until the close, so that what one maker draws does not tell who drew before.
    """
    state = draft.state
    deck, count = state.one(Deck, "ideas"), state.scenario.params(AdmissionParams).ideas
    had = [seat for seat in state.seats(MAKER) if (before := state.as_settled(Maker, seat)) and before.venture]
    ideas: list[Idea] = []
    for maker in makers:
        first = had.index(maker) * count
        cards, rest = take(draft, deck, first + count)
        deck = Deck(deck.name, (*cards, *rest.cards), rest.edition)
        ideas += _held(draft, maker, cards[first:])
    return IdeasDrawn(tuple(ideas), deck)


def _held(draft: Draft, maker: int, cards: Iterable[str]) -> Iterator[Idea]:
    """Yield cards as a maker holds them, each with its hidden appeal and a free look of the garage's width."""
    for number, card in enumerate(cards, 1):
        printed = printed_decks.idea(card)
        appeal = draft.draw("appeal", card, _APPEAL_SIDES)
        lo, hi = look(draft, "idea_look", card, appeal, world(draft.state).look_garage)
        yield Idea(
            card=card,
            seat=maker,
            number=number,
            sector=printed.sector,
            difficulty=printed.difficulty,
            lo=lo,
            hi=hi,
            appeal=appeal,
        )


def barred(state: State, investor: Investor, space: int) -> bool:
    """Return whether an investor may not apply at a space: it lost that badge in the season before."""
    lost = investor.lost_badges.get(space)
    return lost is not None and state.game.season <= lost + 1


def wild_guest(state: State, space: int) -> int:
    """Return the seat that a space's wild card names, or 0."""
    return whole(state.choice(space, "wild_card"), "seat")


def _not_now(command: str) -> Refusal:
    return refuse("rule", "not_now", command=command)


def _space_names(state: State, leave_out: int = GARAGE) -> tuple[int | str, ...]:
    return tuple(name for name in state.derived(Space, _names, "id") if name != leave_out)


def _names(spaces: Iterable[Space]) -> tuple[int | str, ...]:
    return (*(space.id for space in spaces), GARAGE_NAME)


def _leads(state: State, seat: int) -> Venture | None:
    return tenancy.led_venture(state, seat)


# -- makers


def _keep_form(state: State, seat: int) -> Form | Refusal:
    ideas = ideas_of(state, seat)
    return Form({"card": Whole(1, len(ideas))}) if ideas else _not_now("keep_idea")


def _pitch_form(state: State, seat: int) -> Form | Refusal:
    venture = _leads(state, seat)
    if venture is not None:
        return Form({"space": OneOf(_space_names(state, leave_out=venture.space))})
    if state.one(Maker, seat).venture:
        return _not_now("pitch")
    return Form({"space": OneOf(_space_names(state))})


def _join_options(state: State, seat: int) -> tuple[int, ...]:
    """Return the ventures that have room, as everybody may know it."""
    most = world(state).cofounders
    return tuple(
        venture.id
        for venture in (state.as_settled(Venture, key) for key in state.all(Venture))
        if venture and not venture.closed and len(venture.cofounders) < most and venture.lead != seat
    )


def _ask_form(state: State, seat: int) -> Form | Refusal:
    options = _join_options(state, seat)
    if state.one(Maker, seat).venture or not options:
        return _not_now("ask_to_join")
    return Form({"venture": OneOf(options, "ventures")})


def _ask(draft: Draft, seat: int, args: Args) -> Refusal | None:
    state = draft.state
    venture = state.one(Venture, whole(args, "venture"))
    if venture.closed:
        return refuse("rule", "not_open", "venture")
    mine = [p.id for p in in_hand(state, seat, Proposal) if p.what == "join" and p.sender == seat]
    number = number_between(state, Proposal, seat, venture.lead)
    draft.emit(JoinAsked(number, seat, venture.lead, venture.id, mine[0] if mine else 0))
    if state.one(Seat, venture.lead).done:
        draft.emit(ReadySet(venture.lead, ready=True, asked=True))
    return None


def _open_requests(state: State, lead: int) -> list[Proposal]:
    return [
        proposal
        for proposal in in_hand(state, lead, Proposal)
        if proposal.what == "join" and proposal.receiver == lead and proposal.status == "open"
    ]


def _most_for_joining(state: State, venture: Venture) -> int:
    """Return how many shares a lead may give to somebody who joins."""
    return min(state.scenario.params(AdmissionParams).join_shares, venture.shares.get(venture.lead, 0))


def _answer_starts(state: State, seat: int) -> list[Start]:
    """Begin with half of what somebody who joins may get: nobody works for nothing."""
    venture = _leads(state, seat)
    return [] if venture is None else [Start({"shares": -(-_most_for_joining(state, venture) // 2)})]


def _answer_form(state: State, seat: int) -> Form | Refusal:
    venture, requests = _leads(state, seat), _open_requests(state, seat)
    if venture is None or not requests:
        return _not_now("answer_join")
    most = _most_for_joining(state, venture)
    makers = tuple(proposal.sender for proposal in requests)
    return Form({"maker": OneOf(makers), "accept": Flag(), "shares": Whole(0, most)}, optional=frozenset({"shares"}))


def _leave_form(state: State, seat: int) -> Form | Refusal:
    venture = _leads(state, seat)
    return Form() if venture is not None and venture.space != GARAGE else _not_now("leave_space")


def _leave(draft: Draft, seat: int, args: Args) -> None:
    # leaving is a pitch to the garage: whichever is sent later stands
    draft.emit(ChoiceMade(seat, "pitch", "", {**args, "space": GARAGE_NAME}))


def _close_form(state: State, seat: int) -> Form | Refusal:
    return Form() if _leads(state, seat) else _not_now("close_venture")


def _close(draft: Draft, seat: int, args: Args) -> None:
    venture = tenancy.led_venture(draft.state, seat)
    assert venture is not None, f"the form let seat {seat} close nothing with {args}"  # noqa: S101
    draft.emit(wind_up(draft.state, venture, "closed", by_lead=True))
    draft.emit(draw_ideas_of_freed(draft, sorted(venture.team)))


def _leave_team_form(state: State, seat: int) -> Form | Refusal:
    venture = tenancy.venture_of(state, seat)
    return Form() if venture is not None and venture.lead != seat else _not_now("leave_team")


def _leave_team(draft: Draft, seat: int, _: Args) -> None:
    venture = draft.state.one(Venture, draft.state.one(Maker, seat).venture)
    draft.emit(TeamLeft(seat, venture.id, venture.lead))
    draft.emit(draw_ideas_of_freed(draft, (seat,)))


# -- investors and operators


def _apply_form(state: State, seat: int) -> Form | Refusal:
    investor = state.one(Investor, seat)
    spaces = tuple(
        space.id
        for space in state.all(Space).values()
        if space.id not in investor.badges and not barred(state, investor, space.id)
    )
    if not spaces:
        return _not_now("apply")
    return Form({"spaces": Many(spaces, min(len(spaces), state.scenario.params(AdmissionParams).badges))})


def _hear_form(state: State, seat: int) -> Form | Refusal:
    """Offer makers who bring an idea that nobody has funded, as everybody may know it, unless the seat knows it all."""
    clear = {look.venture for look in in_hand(state, seat, Look) if look.lo >= look.hi}
    makers = tuple(maker for maker in state.seats(MAKER) if _brings_an_idea(state, maker, clear))
    return Form({"maker": OneOf(makers)}) if makers else _not_now("hear_pitch")


def _brings_an_idea(state: State, seat: int, clear: Container[int]) -> bool:
    maker = state.as_settled(Maker, seat)
    venture = state.as_settled(Venture, maker.venture) if maker else None
    return venture is None or (venture.lead == seat and not venture.born and venture.id not in clear)


def _wild_form(state: State, seat: int) -> Form | Refusal:
    if state.one(Space, seat).wild_card_used:
        return _not_now("wild_card")
    return Form({"seat": OneOf((*state.seats(MAKER), *state.seats(INVESTOR)), "guests")})


def _by_maker(args: Args) -> str:
    return str(args["maker"])


COMMANDS = (
    Command.sealed("keep_idea", _keep_form, roles=(MAKER,)),
    Command.sealed("pitch", _pitch_form, roles=(MAKER,)),
    Command.at_once("ask_to_join", _ask_form, _ask, roles=(MAKER,)),
    Command.sealed("answer_join", _answer_form, roles=(MAKER,), target=_by_maker).telling(starts=_answer_starts),
    Command.at_once("leave_space", _leave_form, _leave, roles=(MAKER,)),
    Command.at_once("close_venture", _close_form, _close, roles=(MAKER,)),
    Command.at_once("leave_team", _leave_team_form, _leave_team, roles=(MAKER,)),
    Command.sealed("apply", _apply_form, roles=(INVESTOR,)),
    Command.sealed("hear_pitch", _hear_form, roles=(INVESTOR,)),
    Command.sealed("wild_card", _wild_form, roles=(OPERATOR,)),
)
