"""Badges at the close of admission: who keeps one, whose application passes, and what each is told of it.

Judges by the credential that past appraisals have moved, never by the printed one alone. Never draws, and tells an
application to nobody but its investor and the operator of that space.
Source: the rulebook's "2. Admission".
"""

from __future__ import annotations

from collections.abc import Sequence

from makersphere_rules.ecosystem.table.accounts import investor_account, treasury_of
from makersphere_rules.ecosystem.table.entities import Investor, Space
from makersphere_rules.ecosystem.table.shared_params import world
from makersphere_rules.ecosystem.table.verdicts import BELOW, ENOUGH, GIVEN, UNPAID, WILD_CARD, Application, Credential
from makersphere_rules.ecosystem.table.vocabulary import INVESTOR
from makersphere_rules.ledger import Posting
from makersphere_rules.module import Draft
from makersphere_rules.modules.admission.commands import AdmissionParams, barred, wild_guest
from makersphere_rules.modules.admission.events import (
    ApplicationsJudged,
    BadgesKept,
    CredentialsRead,
    WildCardPlayed,
)
from makersphere_rules.state import State

__all__ = [
    "applications",
    "asked_spaces",
    "credential_score",
    "credentials_read",
    "give_badges",
    "tell_applicant",
    "wild_badge",
]

Asked = dict[int, tuple[int, int]]  # of each space that was asked, the score and the bar


def credential_score(state: State, investor: Investor) -> int:
    """Return printed credential + (mean of past appraisals - 50) div 2; before the first, the printed one alone."""
    past = investor.appraisals
    if not past:
        return investor.credential
    middle = state.scenario.params(AdmissionParams).credential_middle
    return investor.credential + (sum(past) // len(past) - middle) // 2


def credentials_read(state: State) -> CredentialsRead:
    """Return what each investor is judged by now, beside the bars of the spaces that it may ask."""
    return CredentialsRead(tuple(_credential(state, investor) for investor in state.all(Investor).values()))


def _credential(state: State, investor: Investor) -> Credential:
    spaces = [space for space in state.all(Space).values() if space.id not in investor.badges]
    bars = {space.id: _bar(state, investor, space.id) for space in spaces if not barred(state, investor, space.id)}
    return Credential(investor.seat, state.game.season, credential_score(state, investor), bars)


def _bar(state: State, investor: Investor, space: int) -> int:
    """Return the investor bar of a space, which is higher for the first time after a loss."""
    bar = state.one(Space, space).investor_bar
    return bar + state.scenario.params(AdmissionParams).after_loss * (space in investor.lost_badges)


def asked_spaces(state: State, investor: int) -> list[int]:
    """Return the spaces whose badge an investor asks for."""
    spaces = (state.choice(investor, "apply") or {}).get("spaces")
    return [space for space in spaces if isinstance(space, int)] if isinstance(spaces, list) else []


def applications(state: State, seat: int) -> Asked:
    """Return the spaces that an investor without their badge asks, with the score and the bar, before any is given."""
    investor = state.one(Investor, seat)
    score = credential_score(state, investor)
    return {
        space: (score, _bar(state, investor, space))
        for space in asked_spaces(state, seat)
        if space not in investor.badges and not barred(state, investor, space)
    }


def give_badges(draft: Draft, seat: int, asked: Asked) -> None:
    """Keep what is held, add what is asked for and passed, pay for each while credits last."""
    state = draft.state
    investor, params = state.one(Investor, seat), state.scenario.params(AdmissionParams)
    passing = [space for space, (score, bar) in asked.items() if score >= bar]
    _pay(draft, investor, [*investor.badges, *passing][: params.badges], params.badge_price)


def _pay(draft: Draft, investor: Investor, wanted: Sequence[int], price: int) -> None:
    payable = draft.state.balance(investor_account(investor.seat)) // price if price else len(wanted)
    badges = tuple(sorted(wanted[:payable]))
    gained = tuple(space for space in badges if space not in investor.badges)
    lost = {space: season for space, season in investor.lost_badges.items() if space not in badges}
    payer = investor_account(investor.seat)
    postings = tuple(Posting(payer, treasury_of(space), price, "badge") for space in badges)
    if badges or investor.badges:
        draft.emit(BadgesKept(investor.seat, badges, gained, lost, postings))


def wild_badge(draft: Draft, space: int) -> None:
    """Give the investor named by an unused wild card a badge not far below the bar, if it asked and can pay."""
    state = draft.state
    guest = wild_guest(state, space)
    if not guest or state.role(guest) != INVESTOR or state.one(Space, space).wild_card_used:
        return
    investor, params = state.one(Investor, guest), state.scenario.params(AdmissionParams)
    payer = investor_account(guest)
    fits = (
        space in asked_spaces(state, guest)
        and credential_score(state, investor) >= _bar(state, investor, space) - world(state).wild_card_reach
        and space not in investor.badges
        and len(investor.badges) < params.badges
        and not barred(state, investor, space)
        and state.balance(payer) >= params.badge_price
    )
    if fits:
        lost = {place: season for place, season in investor.lost_badges.items() if place != space}
        posting = Posting(payer, treasury_of(space), params.badge_price, "badge")
        badges = tuple(sorted((*investor.badges, space)))
        draft.emit(BadgesKept(guest, badges, (space,), lost, (posting,)))
        draft.emit(WildCardPlayed(space, guest))


def tell_applicant(draft: Draft, seat: int, asked: Asked) -> None:
    """Tell an investor, and the operators that it asked, what became of each application.

    Args:
        draft: the close, after all badges were given.
        seat: the investor.
        asked: its applications, as they were judged.
    """
    state = draft.state
    badges, most = state.one(Investor, seat).badges, state.scenario.params(AdmissionParams).badges

    def outcome(space: int, score: int, bar: int) -> str:
        if space in badges:
            return GIVEN if score >= bar else WILD_CARD
        if score < bar:
            return BELOW
        return ENOUGH if len(badges) >= most else UNPAID

    if asked:
        season = state.game.season
        draft.emit(
            ApplicationsJudged(
                tuple(
                    Application(seat, space, season, score, bar, outcome(space, score, bar))
                    for space, (score, bar) in asked.items()
                )
            )
        )
