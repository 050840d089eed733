"""Exchange: the maker sphere. Makers share skills, lend hours and swap shares; spirit fades unless it is fed.

Purpose: ties, spirit and know-how among makers; clinics and introductions that join them to investors.
Phase: exchange.
Commands: `propose_exchange` {`maker`, `teach`, `learn`: a skill or `none`}, `propose_lending` {`venture`,
`hours` 1-5, `credits` and `shares` as the hours cost}, `propose_swap` {`maker`, `give_venture`, `give_shares`,
`take_venture`, `take_shares`}, once a pair and not in the last season (all to those whom a maker meets: its space, and
anybody from or to the garage; open until answered; a later one of the same kind to the same maker replaces the
earlier), `answer` {`proposal`, `accept`, `reason` of a no} (at once), `study` {`skill`} (at once), investors:
`clinic` {`maker`} (at once; a mentor teaches the lowest skill up to 9), operators: `introduce` {`maker`, `investor`}
(at once).
Default: a maker accepts the earliest open proposal of an exchange that teaches it something. Nobody is introduced
for an operator who introduces nobody.
Close: that default, then spirit fades, then the spirit bonus of each space is fixed.
Events: `proposed`, `proposal_declined`, `exchange_made`, `lending_made`, `swap_made`, `studied`,
`clinic_held`, `introduced`, `spirit_faded`, `bonuses_fixed`, `exchange_shown`.
Parameters: `ExchangeParams` in `agreements.py`, each with its range and default.
Secrets: proposals (their two sides); hours left, ranges and agreements until the phase closes.
Source: the rulebook's "3. Exchange".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar, Final

from makersphere_rules.ecosystem.formulas.spirit import spirit_bonuses
from makersphere_rules.ecosystem.shared_steps.introduction import Introduction
from makersphere_rules.ecosystem.table.agreements import Clinic, Lending, Look, Pair, Proposal
from makersphere_rules.ecosystem.table.entities import Maker, Space
from makersphere_rules.ecosystem.table.own_hand import in_hand
from makersphere_rules.ecosystem.table.param_checks import above, printed
from makersphere_rules.ecosystem.table.vocabulary import MAKER
from makersphere_rules.entity import Entity
from makersphere_rules.events import Event
from makersphere_rules.mistakes import Mistake
from makersphere_rules.module import Command, Draft, RuleModule
from makersphere_rules.modules.exchange.agreements import (
    ExchangeParams,
    exchange_made,
    own_refusal,
    teaches,
)
from makersphere_rules.modules.exchange.commands import COMMANDS
from makersphere_rules.modules.exchange.events import (
    EVENTS,
    BonusesFixed,
    ExchangeShown,
    SpiritFaded,
)
from makersphere_rules.scenario import Scenario
from makersphere_rules.state import State

__all__ = ["STEPS", "Exchange"]

STEPS: Final = ("acceptances", "spirit", "bonuses")  # of the close


class Exchange(RuleModule):
    """Makers share skills, lend hours and swap shares."""

    name: ClassVar[str] = "exchange"
    phase: ClassVar[str | None] = "exchange"
    part: ClassVar[str] = "exchange"
    needs: ClassVar[Sequence[str]] = ("world", "admission")
    params: ClassVar[type | None] = ExchangeParams
    commands: ClassVar[Sequence[Command]] = COMMANDS
    events: ClassVar[Sequence[type[Event]]] = EVENTS
    entities: ClassVar[Sequence[type[Entity]]] = (Proposal, Lending, Clinic, Introduction, Pair, Look)

    def check(self, scenario: Scenario) -> Iterator[Mistake]:
        """A maker has the hours that exchange and study take."""
        params, hours = scenario.params(ExchangeParams), printed(scenario).maker_hours
        for name in ("exchange_hours", "study_hours"):
            yield from above(f"exchange.{name}", getattr(params, name), "world.maker_hours", hours)

    def close(self, draft: Draft) -> None:
        """Act for those who did not, let spirit fade, fix the bonuses."""
        for maker in draft.state.seats(MAKER):
            _accept_by_default(draft, maker)
        draft.emit(_shown(draft.state))
        draft.emit(SpiritFaded(_faded(draft.state)))
        bonuses = spirit_bonuses(draft.state)
        draft.emit(BonusesFixed({space.id: bonuses.get(space.id, 0) for space in draft.state.all(Space).values()}))


def _accept_by_default(draft: Draft, maker: int) -> None:
    """Accept the earliest open exchange that teaches a maker something and that it can still do."""
    state = draft.state
    for proposal in _asked(state, maker):
        if teaches(state, proposal) and own_refusal(state, proposal) is None:
            draft.emit(exchange_made(state, proposal))
            return


def _asked(state: State, maker: int) -> list[Proposal]:
    asked = (
        proposal
        for proposal in in_hand(state, maker, Proposal)
        if proposal.receiver == maker and proposal.status == "open" and proposal.what == "exchange"
    )
    return sorted(asked, key=lambda proposal: proposal.id)


def _shown(state: State) -> ExchangeShown:
    season = state.game.season
    proposals = [p for p in state.all(Proposal).values() if p.what != "join"]
    return ExchangeShown(
        tuple(proposal for proposal in proposals if proposal.status == "accepted"),
        tuple(clinic for clinic in state.all(Clinic).values() if clinic.season == season),
        tuple(made for made in state.all(Introduction).values() if made.season == season),
        tuple(proposal.id for proposal in proposals if proposal.status == "open"),
    )


def _faded(state: State) -> dict[int, int]:
    fade = state.scenario.params(ExchangeParams).fade
    return {maker.seat: max(0, maker.spirit - fade) for maker in state.all(Maker).values()}
