"""What seats may send in incubation, with live bounds, and what is done for those who do not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import attrs

from makersphere_rules.ecosystem.formulas.costs import materials_cost
from makersphere_rules.ecosystem.table import tenancy, vocabulary
from makersphere_rules.ecosystem.table.accounts import account_of, venture_account
from makersphere_rules.ecosystem.table.agreements import Look
from makersphere_rules.ecosystem.table.entities import Investor, Maker, Space, Venture
from makersphere_rules.ecosystem.table.own_hand import in_hand, looked
from makersphere_rules.ecosystem.table.season_agreements import own_deals
from makersphere_rules.ecosystem.table.shared_params import world
from makersphere_rules.ecosystem.table.vocabulary import ANY, INVESTOR, MAKER, OPERATOR, TRACKS
from makersphere_rules.events import ChoiceMade
from makersphere_rules.forms import Args, Form, OneOf, Sum, Whole, whole
from makersphere_rules.module import Command, Draft, Move, nought
from makersphere_rules.modules.incubation.events import Scouted
from makersphere_rules.modules.incubation.plans import lay_out
from makersphere_rules.modules.incubation.workshop_aid import helped
from makersphere_rules.refusals import Refusal, refuse
from makersphere_rules.scenario import param
from makersphere_rules.state import Choice, State

__all__ = ["COMMANDS", "IncubationParams", "defaults_of", "promised", "workshop_hours"]

_PLAN = ("technology", "customers", "business", "day_job")


@attrs.frozen
class IncubationParams:
    """The parameters of incubation."""

    day_job_hours: int = param(5, 0, 40, "Hours that a maker may work in a day job.")
    day_job_pay: int = param(2, 0, 20, "Credits for an hour of day job.")
    resale: int = param(2, 0, 20, "Credits for an hour that an investor promised and sells elsewhere.")
    scout_hours: int = param(2, 1, 12, "Unpromised hours that one look costs.")
    workshop_hours: int = param(2, 0, 40, "Workshop hours of a space without any level.")
    workshop_per_level: int = param(4, 0, 20, "Workshop hours that each level of resources adds.")
    workshop_venture: int = param(3, 1, 100, "The most workshop hours that one venture gets in a season.")
    hour_points: int = param(2, 1, 10, "Progress of an hour of an investor or of the workshop.")
    trust_hours: int = param(1, 0, 5, "Hours that count on top when a trusted investor delivers.")
    mentor_hours: int = param(3, 1, 12, "Hours from which a mentor also teaches the lead.")
    commons_points: int = param(2, 0, 20, "Points that a venture may draw from the commons, times 1 + community.")
    garage_work: int = param(200, 100, 400, "Per cent that the hours of a team count in the garage.")
    team_hours: int = param(3, 0, 20, "Hours under which a co-founder is idle: the default elimination ends its place.")
    help_hours: int = param(3, 1, 12, "Hours from which an investor's delivery helps the roll.")
    help: int = param(1, 0, 5, "Help of an investor who delivered so much.")
    help_trusted: int = param(2, 0, 5, "Help of a trusted one.")
    help_most: int = param(3, 0, 10, "The most help that a roll gets.")
    misses: int = param(2, 0, 10, "What a failed roll adds to the next ones.")
    grant_times: int = param(2, 0, 10, "How many times the government pays back a grant whose venture moves up.")
    product_grant: int = param(40, 0, 500, "What the government pays a space for a new product.")


def workshop_hours(state: State, space: int) -> int:
    """Return the workshop hours that a space offers this season: 2 + 4 r."""
    params = state.scenario.params(IncubationParams)
    return params.workshop_hours + params.workshop_per_level * state.one(Space, space).resources


# -- makers


def _plan_form(state: State, seat: int) -> Form:
    maker, params = state.one(Maker, seat), state.scenario.params(IncubationParams)
    track = Whole(0, maker.hours if maker.venture else 0)
    fields = {**dict.fromkeys(TRACKS, track), "day_job": Whole(0, min(params.day_job_hours, maker.hours))}
    return Form(fields, (Sum(_PLAN, 0, maker.hours),))


def _put_in_form(state: State, seat: int) -> Form | Refusal:
    venture = tenancy.leading(state, seat)
    if isinstance(venture, Refusal):
        return venture
    return Form({"credits": Whole(0, state.balance(account_of(state, seat)))})


def _mentor_form(state: State, seat: int) -> Form | Refusal:
    venture = tenancy.leading(state, seat)
    if isinstance(venture, Refusal):
        return venture
    mentored = any(
        deal.hours and state.one(Investor, deal.investor).speciality == ANY for deal in own_deals(state, seat)
    )
    return Form({"track": OneOf(TRACKS)}) if mentored else refuse("rule", "no_mentor")


# -- investors


def promised(state: State, seat: int) -> dict[int, int]:
    """Return the hours that an investor has promised this season, by venture."""
    hours: dict[int, int] = {}
    for deal in own_deals(state, seat):
        if deal.hours:
            hours[deal.venture] = hours.get(deal.venture, 0) + deal.hours
    return hours


def _deliver_form(state: State, seat: int) -> Form | Refusal:
    hours = promised(state, seat)
    if not hours:
        return refuse("rule", "nothing_promised")
    return Form({"venture": OneOf(tuple(sorted(hours))), "hours": Whole(0, max(hours.values()))})


def _deliver(draft: Draft, seat: int, args: Args) -> Refusal | None:
    most = promised(draft.state, seat)[whole(args, "venture")]
    if whole(args, "hours") > most:
        return refuse("cannot_afford", "expected_whole", "hours", lo=0, hi=most)
    draft.emit(ChoiceMade(seat, "deliver", _by_venture(args), dict(args)))
    return None


def _scout_form(state: State, seat: int) -> Form | Refusal:
    cost, have = state.scenario.params(IncubationParams).scout_hours, state.one(Investor, seat).hours
    if have < cost:
        return refuse("cannot_afford", "cannot_afford.hours", cost=cost, have=have)
    known = {look.venture for look in in_hand(state, seat, Look) if look.lo == look.hi}
    hidden = tuple(number for number in tenancy.living_numbers(state) if number not in known)
    return Form({"venture": OneOf(hidden)}) if hidden else refuse("rule", "nothing_hidden")


def _scout(draft: Draft, seat: int, args: Args) -> None:
    state = draft.state
    look = looked(draft, "scout", seat, state.one(Venture, whole(args, "venture")))
    cost = state.scenario.params(IncubationParams).scout_hours
    draft.emit(Scouted(look, state.one(Investor, seat).hours - cost))


# -- operators


def _workshop_form(state: State, seat: int) -> Form | Refusal:
    tenants = tuple(venture.id for venture in tenancy.ventures_at(state, seat))
    if not tenants:
        return refuse("rule", "no_such_target")
    hours = Whole(0, min(workshop_hours(state, seat), state.scenario.params(IncubationParams).workshop_venture))
    return Form({"venture": OneOf(tenants), "track": OneOf(TRACKS), "hours": hours})


def _workshop(draft: Draft, seat: int, args: Args) -> Refusal | None:
    state, target = draft.state, _by_venture_and_track(args)
    venture, most = whole(args, "venture"), state.scenario.params(IncubationParams).workshop_venture
    others = set(_workshop_targets(state, seat)) - {target}
    sealed = [choice for choice in in_hand(state, seat, Choice) if choice.command == "workshop"]
    given = [choice.args for choice in sealed if choice.target in others]
    here = [one for one in given if one["venture"] == venture]
    left = min(workshop_hours(state, seat) - _hours(given), most - _hours(here))
    if whole(args, "hours") > left:
        return refuse("cannot_afford", "cannot_afford.workshop", "hours", cost=whole(args, "hours"), have=left)
    draft.emit(ChoiceMade(seat, "workshop", target, dict(args)))
    return None


def _workshop_numbers(state: State, seat: int, _: Args) -> Mapping[str, int]:
    params = state.scenario.params(IncubationParams)
    return helped(state, seat, workshop_hours(state, seat), params.workshop_venture, params.hour_points)


def _hours(given: Iterable[Args]) -> int:
    return sum(whole(one, "hours") for one in given)


def _workshop_targets(state: State, seat: int) -> Iterator[str]:
    for venture in tenancy.ventures_at(state, seat):
        for track in TRACKS:
            yield f"{venture.id}:{track}"


def _by_venture(args: Args) -> str:
    return str(args["venture"])


def _by_venture_and_track(args: Args) -> str:
    return f"{args['venture']}:{args['track']}"


COMMANDS = (
    Command.sealed("plan", _plan_form, roles=(MAKER,), later={"day_job": nought}),
    Command.sealed("put_in", _put_in_form, roles=(MAKER,)),
    Command.sealed("mentor_track", _mentor_form, roles=(MAKER,)),
    Command.sealed("deliver", _deliver_form, roles=(INVESTOR,), target=_by_venture, decide=_deliver),
    Command.at_once("scout", _scout_form, _scout, roles=(INVESTOR,)),
    Command.sealed(
        "workshop", _workshop_form, roles=(OPERATOR,), target=_by_venture_and_track, decide=_workshop
    ).telling(numbers=_workshop_numbers),
)


# -- defaults


def defaults_of(state: State, seat: int) -> Iterator[Move]:
    """Yield what is done for a seat that did not say."""
    match state.role(seat):
        case vocabulary.MAKER:
            yield from _maker_defaults(state, seat)
        case vocabulary.INVESTOR:
            for venture, hours in promised(state, seat).items():
                yield "deliver", {"venture": venture, "hours": hours}
        case _:
            pass  # the workshop stands idle until its operator gives it out


def _maker_defaults(state: State, seat: int) -> Iterator[Move]:
    maker, params = state.one(Maker, seat), state.scenario.params(IncubationParams)
    venture = tenancy.venture_of(state, seat)
    if venture is None:
        yield "plan", {**dict.fromkeys(TRACKS, 0), "day_job": min(params.day_job_hours, maker.hours)}
        return
    short = own = 0
    if venture.lead == seat:
        short = max(0, materials_cost(state, venture) - state.balance(venture_account(venture.id)))
        own = state.balance(account_of(state, seat))
    sealed = state.choice(seat, "plan")
    if sealed is None:
        day_job = min(params.day_job_hours, maker.hours) if short > own else 0
        spread = lay_out(maker.hours - day_job, maker.skills, world(state).requirement(venture.stage), venture.tracks)
        sealed = {**dict(zip(TRACKS, spread, strict=True)), "day_job": day_job}
        yield "plan", sealed
    earned = params.day_job_pay * whole(sealed, "day_job")
    if 0 < short <= own + earned:
        yield "put_in", {"credits": short}
