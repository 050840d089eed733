"""Incubation: makers, investors and workshops work on ventures, and ventures roll for their next stage.

Purpose: turn hours, skill and money into progress, and progress and luck into stages.
Phase: incubation. When it opens, the season's matching is measured (`ecosystem/figures/service.py`).
Commands: makers `plan` {`technology`, `customers`, `business`, `day_job`; sum within the hours left}, leads
`put_in` {`credits`} and `mentor_track` {`track`}; investors `deliver` {`venture`, `hours` 0 to promised},
`scout` {`venture`} (at once); operators `workshop` {`venture`, `track`, `hours`; 2 + 4 r in all}.
Events: `service_measured`, those of `events.py`.
Parameters: `IncubationParams` in `commands.py`.
Secrets: plans, deliveries and workshop hours until the close; what was scouted (its investor).
Closing, step by step, ventures in table order: day jobs and own money; materials; investor hours, and shares for those
that did not come go back to the other holders; makers' and lent hours, and who of a team is idle; workshop, then
commons in order of lots; the roll.
Source: the rulebook's "5. Incubation" and "Defaults".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import ClassVar, Final

from makersphere_rules.ecosystem.figures import service
from makersphere_rules.ecosystem.formulas.costs import materials_cost, trusts
from makersphere_rules.ecosystem.formulas.progress import may_roll, needs
from makersphere_rules.ecosystem.shared_steps.grant import Grant, grant_key
from makersphere_rules.ecosystem.table import printed_decks, tenancy, vocabulary
from makersphere_rules.ecosystem.table.accounts import account_of, maker_account, treasury_of, venture_account
from makersphere_rules.ecosystem.table.agreements import Deal, Idleness
from makersphere_rules.ecosystem.table.entities import Maker, Space, Venture
from makersphere_rules.ecosystem.table.param_checks import beyond, printed
from makersphere_rules.ecosystem.table.season_agreements import deals_by_venture
from makersphere_rules.ecosystem.table.shared_params import world
from makersphere_rules.ecosystem.table.vocabulary import (
    GARAGE,
    MAKER,
    OPERATOR,
    PRODUCT,
    PROTOTYPE,
    SPIRIT_MOST,
    TRACKS,
)
from makersphere_rules.entity import Entity
from makersphere_rules.events import Event
from makersphere_rules.forms import whole
from makersphere_rules.ledger import CONSUMERS, GOVERNMENT, SUPPLIERS, Posting
from makersphere_rules.mistakes import Mistake
from makersphere_rules.module import Command, Draft, Foreseen, Move, RuleModule
from makersphere_rules.modules.incubation import events as facts
from makersphere_rules.modules.incubation.commands import (
    COMMANDS,
    IncubationParams,
    defaults_of,
    promised,
    workshop_hours,
)
from makersphere_rules.modules.incubation.plans import fill_needs, that_rolls
from makersphere_rules.modules.incubation.work import deliver, give_workshop, work
from makersphere_rules.scenario import Scenario
from makersphere_rules.state import State

__all__ = ["STEPS", "Incubation"]

STEPS: Final = ("earnings", "materials", "investors", "makers", "workshop", "commons", "roll")  # of the close

_SIDES = 6


class Incubation(RuleModule):
    """Ventures are worked on and roll."""

    name: ClassVar[str] = "incubation"
    phase: ClassVar[str | None] = "incubation"
    part: ClassVar[str] = "incubation"
    needs: ClassVar[Sequence[str]] = ("world", "admission")
    params: ClassVar[type | None] = IncubationParams
    commands: ClassVar[Sequence[Command]] = COMMANDS
    events: ClassVar[Sequence[type[Event]]] = (
        *service.EVENTS,
        facts.Scouted,
        facts.DayJobsPaid,
        facts.OwnMoneyPutIn,
        facts.MaterialsPaid,
        facts.WorkStopped,
        facts.HoursDelivered,
        facts.MakersWorked,
        facts.WorkshopGiven,
        facts.CommonsDrawn,
        facts.Rolled,
    )
    entities: ClassVar[Sequence[type[Entity]]] = (service.Service, service.Efficiency, Idleness)

    def check(self, scenario: Scenario) -> Iterator[Mistake]:
        """A roll can be won at each stage, even with the hardest idea: by luck, with help, or because misses add up."""
        world, params = printed(scenario), scenario.params(IncubationParams)
        if params.misses:
            return
        hardest = max(printed_decks.idea(card).difficulty for card in printed_decks.names("ideas"))
        most = 2 * _SIDES + world.spirit_bonus_most + params.help_most - hardest
        for stage in ("idea", "prototype", "pilot"):
            yield from beyond(f"world.harder_{stage}", getattr(world, f"harder_{stage}"), "rollable", most)

    def open(self, draft: Draft) -> None:
        """Measure what matching has brought, before anybody works."""
        state = draft.state
        workshop = {space: workshop_hours(state, space) for space in state.seats(OPERATOR)}
        draft.emit(service.measure(state, workshop))

    def defaults(self, state: State, seat: int) -> Iterable[Move]:
        """Hours go to the greatest need; what was promised is delivered."""
        return defaults_of(state, seat)

    def close(self, draft: Draft) -> None:
        """Carry out the season's work."""
        state = draft.state
        _earn(draft, draft.state.seats(MAKER))
        deals = deals_by_venture(state)
        working = [venture.id for venture in tenancy.living(state) if _pay_materials(draft, venture, deals)]
        for venture in working:
            if venture in deals:
                deliver(draft, venture, deals[venture])
        work(draft, working)
        give_workshop(draft, working)
        _draw_commons(draft, working)
        _roll(draft, working)

    def foresee(self, draft: Draft, seat: int, *, most: bool) -> Foreseen:
        """Progress by the seat's own hours. At best others keep their promises; all else that they do is sealed."""
        state = draft.state
        deals, ventures = deals_by_venture(state), _concerned(state, seat)
        _earn(draft, [seat] if state.role(seat) == MAKER else [])
        for venture in ventures:
            deliver(draft, venture, [deal for deal in deals.get(venture, ()) if most or deal.investor == seat])
        brought = {venture: state.one(Venture, venture) for venture in ventures}
        work(draft, ventures)
        give_workshop(draft, ventures)
        signed = deals_by_venture(state)
        found = {
            venture: _seen_coming(state, state.one(Venture, venture), signed.get(venture, ()), seat)
            for venture in ventures
        }
        if most and state.role(seat) == MAKER:
            for number_, before in brought.items():
                found[number_].update(_plan_that_rolls(state, before, seat))
        return found


def _concerned(state: State, seat: int) -> list[int]:
    """Return the ventures on which a seat's hours may go."""
    match state.role(seat):
        case vocabulary.MAKER:
            own = tenancy.venture_of(state, seat)
            return [own.id] if own is not None else []
        case vocabulary.INVESTOR:
            return sorted(promised(state, seat))
        case _:
            return [tenant.id for tenant in tenancy.ventures_at(state, seat)]


def _seen_coming(state: State, venture: Venture, deals: Sequence[Deal], seat: int) -> dict[str, int | tuple[int, ...]]:
    """Return where a venture would stand, in what a seat may know of it: tracks, roll and money."""
    found: dict[str, int | tuple[int, ...]] = {
        "tracks": venture.tracks,
        "wanted": world(state).requirement(venture.stage),
    }
    if venture.lead == seat:
        found["materials"] = materials_cost(state, venture)
        found["credits"] = state.balance(venture_account(venture.id))
    own = [deal for deal in deals if deal.investor == seat and deal.hours]
    if own:
        kept_back = sum(deal.hours - deal.delivered for deal in own)
        found["resold"] = state.scenario.params(IncubationParams).resale * kept_back
        found["fee"] = sum(deal.fee_due for deal in own)
    if may_roll(state, venture):
        parts = _roll_parts(state, venture, _help(state, venture, deals))
        added = parts["spirit"] + parts["help"] + parts["misses"]
        found.update(needed=parts["needed"], added=added, ways=_ways(parts["needed"] - added))
    return found


def _plan_that_rolls(state: State, brought: Venture, seat: int) -> dict[str, tuple[int, ...]]:
    """Return the plan with which a venture would roll that does not with the present one; nothing where none does.

    Args:
        state: after everybody's work.
        brought: the venture with what others bring, before its team has worked.
        seat: of its team; what the others of it do is sealed and counts for nothing.
    """
    venture, plan = state.one(Venture, brought.id), state.choice(seat, "plan")
    lacking = needs(state, brought)
    if not any(needs(state, venture)) or (venture.stage == PROTOTYPE and not venture.born):
        return {}
    tech, customers, business = (whole(plan, track) for track in TRACKS)
    maker = state.one(Maker, seat)
    counted = state.scenario.params(IncubationParams).garage_work if venture.space == GARAGE else 100
    hours = maker.hours - whole(plan, "day_job")
    found = that_rolls((tech, customers, business), hours, maker.skills, lacking, counted)
    return {"plan": found} if found else {}


def _ways(least: int) -> int:
    """Return in how many of the 36 throws two dice show at least so much."""
    faces = range(1, _SIDES + 1)
    return sum(first + second >= least for first in faces for second in faces)


def _earn(draft: Draft, makers: Sequence[int]) -> None:
    """Pay for day jobs, then let leads put in own money, at most what they have."""
    state = draft.state
    pay = state.scenario.params(IncubationParams).day_job_pay
    hours = {seat: whole(state.choice(seat, "plan"), "day_job") for seat in makers}
    hours = {seat: worked for seat, worked in hours.items() if worked}
    if hours:
        postings = (
            Posting(CONSUMERS, account_of(state, seat), pay * worked, "day_job") for seat, worked in hours.items()
        )
        draft.emit(facts.DayJobsPaid(hours, tuple(postings)))
    for seat in makers:
        venture, purse = tenancy.led_venture(state, seat), maker_account(seat)
        given = min(whole(state.choice(seat, "put_in"), "credits"), state.balance(purse))
        if venture is not None and given:
            posting = Posting(purse, venture_account(venture.id), given, "own_money")
            draft.emit(facts.OwnMoneyPutIn(seat, venture.id, given, (posting,)))


def _pay_materials(draft: Draft, venture: Venture, deals: Mapping[int, Sequence[Deal]]) -> bool:
    """Let a venture pay its materials; if it cannot, its promised hours are sold elsewhere. Return whether it works."""
    state, purse = draft.state, venture_account(venture.id)
    cost = materials_cost(state, venture)
    if state.balance(purse) >= cost:
        draft.emit(facts.MaterialsPaid(venture.id, cost, (Posting(purse, SUPPLIERS, cost, "materials"),)))
        return True
    price = state.scenario.params(IncubationParams).resale
    resold = (
        Posting(CONSUMERS, account_of(state, deal.investor), price * deal.hours, "resale")
        for deal in deals.get(venture.id, ())
        if deal.hours
    )
    draft.emit(facts.WorkStopped(venture.id, cost, tuple(resold)))
    return False


def _draw_commons(draft: Draft, working: Sequence[int]) -> None:
    """Move points from the commons to their ventures' greatest needs, ventures in order of lots."""
    state = draft.state
    per_level = state.scenario.params(IncubationParams).commons_points
    filled = {space.id for space in state.all(Space).values() if space.commons}
    if not filled:
        return
    tenants = [state.one(Venture, venture) for venture in working]
    for venture in tenancy.by_lot(state, [tenant for tenant in tenants if tenant.space in filled]):
        space = state.one(Space, venture.space)
        points = fill_needs(min(space.commons, per_level * (1 + space.community)), needs(state, venture))
        if any(points):
            tech, customers, business = (have + more for have, more in zip(venture.tracks, points, strict=True))
            left = space.commons - sum(points)
            draft.emit(facts.CommonsDrawn(space.id, venture.id, sum(points), (tech, customers, business), left))


def _roll(draft: Draft, working: Sequence[int]) -> None:
    """Let every venture roll that has what its next stage requires."""
    state = draft.state
    deals = deals_by_venture(state)
    for number_ in working:
        venture = state.one(Venture, number_)
        if may_roll(state, venture):
            draft.emit(_rolled(draft, venture, _help(state, venture, deals.get(number_, ()))))


def _rolled(draft: Draft, venture: Venture, help_: int) -> facts.Rolled:
    """Roll 2d6 + spirit bonus + help + misses against difficulty + what the stage adds."""
    state, params = draft.state, draft.state.scenario.params(IncubationParams)
    first, second = (draft.draw("roll", venture.id, _SIDES, die) for die in (0, 1))
    roll = {"dice": first + second, **_roll_parts(state, venture, help_)}
    success = roll["dice"] + roll["spirit"] + help_ + venture.misses >= roll["needed"]
    stage = venture.stage + success
    return facts.Rolled(
        venture=venture.id,
        dice=(first, second),
        roll=roll,
        success=success,
        stage=stage,
        misses=0 if success else venture.misses + params.misses,
        maker=venture.lead,
        spirit=min(state.one(Maker, venture.lead).spirit + success, SPIRIT_MOST),
        postings=tuple(_rewards(state, venture, stage)) if success else (),
    )


def _rewards(state: State, venture: Venture, stage: int) -> Iterator[Posting]:
    """Yield what the government pays a space when its tenant moves up: for a product, and for a grant."""
    if venture.space == GARAGE:
        return
    params, treasury = state.scenario.params(IncubationParams), treasury_of(venture.space)
    if stage == PRODUCT:
        yield Posting(GOVERNMENT, treasury, params.product_grant, "product_grant")
    grant = state.find(Grant, grant_key(state.game.season, venture.id))
    if grant is not None and params.grant_times:
        yield Posting(GOVERNMENT, treasury, params.grant_times * grant.credits, "grant_back")


def _roll_parts(state: State, venture: Venture, help_: int) -> dict[str, int]:
    """Return what counts in a roll beside its dice."""
    return {
        "spirit": state.one(Space, venture.space).spirit_bonus if venture.space != GARAGE else 0,
        "help": help_,
        "misses": venture.misses,
        "needed": venture.difficulty + world(state).harder(venture.stage),
    }


def _help(state: State, venture: Venture, deals: Iterable[Deal]) -> int:
    """Return 1 for each investor who delivered 3 hours or more, 2 if it is trusted, at most 3 in all."""
    params = state.scenario.params(IncubationParams)
    delivered: dict[int, int] = {}
    for deal in deals:
        delivered[deal.investor] = delivered.get(deal.investor, 0) + deal.delivered
    total = 0
    for investor, hours in delivered.items():
        if hours >= params.help_hours:
            total += params.help_trusted if trusts(state, venture.lead, investor) else params.help
    return min(total, params.help_most)
