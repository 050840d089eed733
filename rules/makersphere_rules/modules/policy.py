"""Policy: the world moves, and operators say on what terms they open.

Purpose: let demand walk, turn one policy and one market card, announce the season; turn a card that the host
names (*shock*); count the cards that lie, and desks, anew under other rules. Under `only` the cards of other effects go
under the deck unread.
Phase: policy.
Commands: `set_terms` {`rent` 0-30, `maker_bar` 0-80, `investor_bar` 0-80, `weights` four that sum to 10,
`appraisal_bar` 0-80} (sealed; default: last season's), `buy_level` {`path`} (at once, from the treasury).
Events: `world_moved`, `card_turned`, `level_bought`, `terms_announced`.
Parameters: the bounds of the terms, the price of a level, the walk's shares (see `PolicyParams`).
Secrets: terms and levels until the phase closes.
Source: the rulebook's "1. Policy".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import ClassVar, Final, cast

import attrs

from makersphere_rules.bookkeeping import post
from makersphere_rules.ecosystem.shared_steps.opening import expected
from makersphere_rules.ecosystem.shared_steps.setup import level, put_under, take
from makersphere_rules.ecosystem.table import printed_decks, tenancy
from makersphere_rules.ecosystem.table.accounts import treasury_of
from makersphere_rules.ecosystem.table.entities import Deck, Maker, Sector, Space, World
from makersphere_rules.ecosystem.table.param_checks import above, printed
from makersphere_rules.ecosystem.table.shared_params import world
from makersphere_rules.ecosystem.table.vocabulary import EFFECTS, OPERATOR, PATHS
from makersphere_rules.entity import Entity, changed
from makersphere_rules.events import Event, Line
from makersphere_rules.forms import Args, Form, OneOf, Whole, Wholes
from makersphere_rules.frozen import frozen
from makersphere_rules.ledger import SUPPLIERS, Posting
from makersphere_rules.mistakes import Mistake
from makersphere_rules.module import Command, Draft, Move, RuleModule, Stands
from makersphere_rules.refusals import Refusal, refuse
from makersphere_rules.scenario import Scenario, param
from makersphere_rules.state import State

__all__ = ["CardTurned", "LevelBought", "Policy", "PolicyParams", "TermsAnnounced", "WorldMoved"]

_STEPS: Final = (-3, -1, 0, 1, 3)  # k of the walk of demand
_HIGHEST_LEVEL: Final = 5
_WEIGHTS, _WEIGHTS_TOTAL = 4, 10


@attrs.frozen
class PolicyParams:
    """The parameters of the policy phase."""

    level_price: int = param(30, 1, 500, "Price of level 1 of a path; level n costs n times as much.")
    rent_most: int = param(30, 0, 200, "The highest rent.")
    bar_most: int = param(80, 0, 100, "The highest bar.")
    tax_card: int = param(20, 0, 50, "The tax rate in per cent under a tax card.")
    only: int = param(0, 0, 4, "The only cards that are turned: 1 subsidy, 2 tax, 3 voucher, 4 quiet; 0: all of them.")
    up: int = param(140, 100, 300, "Per cent of demand in the sector that the market card favours.")
    down: int = param(75, 10, 100, "Per cent of demand in the sector that it does not.")


@frozen
class WorldMoved(Event):
    """Demand has walked, and two cards have been turned."""

    sectors: tuple[Sector, ...]
    policy: str
    effect: str
    market: str
    up: str
    down: str
    tax: int
    decks: tuple[Deck, ...]

    def apply(self, state: State) -> None:
        """Show the new world."""
        before = state.one(World)
        state.put(World(self.policy, self.effect, self.market, self.up, self.down, self.tax, before.lots))
        for entity in (*self.sectors, *self.decks):
            state.put(entity)

    def lines(self) -> tuple[Line, ...]:
        """Tell everyone both cards."""
        return (
            Line("policy_turned", {"policy": self.policy, "effect": self.effect, "tax": self.tax}),
            Line("market_turned", {"market": self.market, "up": self.up, "down": self.down}),
        )


@frozen
class CardTurned(Event):
    """The host has turned a card in place of the season's, or the one that lies counts by other rules from here on.

    `sectors` are those whose demand has changed.
    """

    deck: str  # policies or markets; by other rules tax or demand
    world: World
    sectors: tuple[Sector, ...] = ()

    def apply(self, state: State) -> None:
        """Show the world under the new card."""
        for entity in (self.world, *self.sectors):
            state.put(entity)

    def lines(self) -> tuple[Line, ...]:
        """Tell everyone the card."""
        world = self.world
        match self.deck:
            case "tax":
                return (Line("tax_changed", {"tax": world.tax}),)
            case "demand":
                return (Line("demand_changed", {"up": world.up, "down": world.down}),)
            case "policies":
                return (Line("policy_shock", {"policy": world.policy, "effect": world.effect, "tax": world.tax}),)
            case _:
                return (Line("market_shock", {"market": world.market, "up": world.up, "down": world.down}),)


@frozen
class LevelBought(Event):
    """An operator has bought the next level of a path."""

    space: int
    path: str
    level: int
    postings: tuple[Posting, ...]

    def apply(self, state: State) -> None:
        """Raise the path and pay."""
        space = state.one(Space, self.space)
        match self.path:
            case "community":
                state.put(changed(space, community=self.level))
            case "resources":
                state.put(changed(space, resources=self.level))
            case _:
                state.put(changed(space, integration=self.level))
        post(state, self.postings)

    def lines(self) -> tuple[Line, ...]:
        """Tell the operator."""
        values: dict[str, int | str] = {"space": self.space, "path": self.path, "level": self.level}
        return (Line("level_bought", values, (self.space,)),)


@frozen
class TermsAnnounced(Event):
    """A space's terms for the season."""

    space: int
    rent: int
    maker_bar: int
    investor_bar: int
    weights: tuple[int, int, int, int]
    appraisal_bar: int
    stations: int

    def apply(self, state: State) -> None:
        """Put them on the board."""
        state.put(
            changed(
                state.one(Space, self.space),
                rent=self.rent,
                maker_bar=self.maker_bar,
                investor_bar=self.investor_bar,
                weights=self.weights,
                appraisal_bar=self.appraisal_bar,
                stations=self.stations,
            )
        )

    def lines(self) -> tuple[Line, ...]:
        """Tell everyone."""
        values = {"space": self.space, "rent": self.rent, "stations": self.stations}
        return (Line("terms_announced", values),)


# -- commands


def _terms_form(state: State, seat: int) -> Form:
    params = state.scenario.params(PolicyParams)
    bar = Whole(0, params.bar_most)
    return Form(
        {
            "rent": Whole(0, params.rent_most),
            "maker_bar": bar,
            "investor_bar": bar,
            "weights": Wholes(_WEIGHTS, 0, _WEIGHTS_TOTAL, _WEIGHTS_TOTAL),
            "appraisal_bar": bar,
        }
    )


def _stands(name: str) -> Stands:
    """Return what a term counts as until operators may set it: as it stands."""
    return lambda state, seat: _terms_of(state.one(Space, seat))[name]


_UNTIL: Final = {name: _stands(name) for name in ("maker_bar", "investor_bar", "weights", "appraisal_bar")}


def _terms_numbers(state: State, seat: int, args: Args) -> Mapping[str, int]:
    return expected(state, seat, args, _level_costs(state, seat))


def _level_costs(state: State, seat: int) -> dict[str, int]:
    price = state.scenario.params(PolicyParams).level_price
    levels = {path: level(state, seat, path) for path in PATHS}
    return {path: price * (have + 1) for path, have in levels.items() if have < _HIGHEST_LEVEL}


def _level_form(state: State, seat: int) -> Form | Refusal:
    costs, treasury = _level_costs(state, seat), state.balance(treasury_of(seat))
    payable = tuple(path for path, cost in costs.items() if cost <= treasury)
    if payable:
        return Form({"path": OneOf(payable)})
    if not costs:
        return refuse("rule", "not_now", command="buy_level")
    return refuse("cannot_afford", "cannot_afford", "path", cost=min(costs.values()), have=max(0, treasury))


def _buy_level(draft: Draft, seat: int, args: Args) -> None:
    path = str(args["path"])
    cost = _level_costs(draft.state, seat)[path]
    posting = Posting(treasury_of(seat), SUPPLIERS, cost, "platform")
    draft.emit(LevelBought(seat, path, level(draft.state, seat, path) + 1, (posting,)))


class Policy(RuleModule):
    """The world moves, and operators announce the season."""

    name: ClassVar[str] = "policy"
    phase: ClassVar[str | None] = "policy"
    part: ClassVar[str] = "policy"
    needs: ClassVar[Sequence[str]] = ("world",)
    reading: ClassVar[bool] = True
    params: ClassVar[type | None] = PolicyParams
    fixed_by: ClassVar[Mapping[str, str]] = {"only": "policy"}
    counts_in: ClassVar[Mapping[str, str]] = dict.fromkeys(("tax_card", "up", "down"), "market")
    commands: ClassVar[Sequence[Command]] = (
        Command.sealed("set_terms", _terms_form, roles=(OPERATOR,), later=_UNTIL).telling(numbers=_terms_numbers),
        Command.at_once("buy_level", _level_form, _buy_level, roles=(OPERATOR,)).acting_on(Space),
    )
    events: ClassVar[Sequence[type[Event]]] = (WorldMoved, CardTurned, LevelBought, TermsAnnounced)
    entities: ClassVar[Sequence[type[Entity]]] = ()

    def check(self, scenario: Scenario) -> Iterator[Mistake]:
        """The terms that stand at first can be set."""
        world, params = printed(scenario), scenario.params(PolicyParams)
        yield from above("world.rent", world.rent, "policy.rent_most", params.rent_most)
        for bar in ("maker_bar", "investor_bar", "appraisal_bar"):
            yield from above(f"world.{bar}", getattr(world, bar), "policy.bar_most", params.bar_most)

    def open(self, draft: Draft) -> None:
        """Let demand walk, then turn the cards."""
        state = draft.state
        policy, policies = _turn_policy(draft)
        market, markets = _turn(draft, "markets")
        effect, card = printed_decks.policy(policy).effect, printed_decks.market(market)
        sectors = tuple(_walked(draft, _factors(state, card)))
        tax = _tax(state, effect)
        draft.emit(
            WorldMoved(
                sectors=sectors,
                policy=policy,
                effect=effect,
                market=market,
                up=card.up,
                down=card.down,
                tax=tax,
                decks=(policies, markets),
            )
        )

    def shocks(self, state: State) -> Sequence[str]:
        """Return the printed cards that do not lie on the table; none once the season's market has closed."""
        if state.game.phase_number > state.scenario.number_of("market"):
            return ()
        there = state.one(World)
        lying = {card.partition("#")[0] for card in (there.policy, there.market)}
        printed = (*printed_decks.names("policies"), *printed_decks.names("markets"))
        return tuple(card for card in printed if card not in lying)

    def shock(self, draft: Draft, card: str) -> None:
        """Turn a card in place of the season's card of its deck; the decks stay as they are."""
        state = draft.state
        there = state.one(World)
        if card in printed_decks.names("policies"):
            effect = printed_decks.policy(card).effect
            turned = changed(there, policy=card, effect=effect, tax=_tax(state, effect))
            draft.emit(CardTurned("policies", turned))
            return
        market = printed_decks.market(card)
        turned = changed(there, market=card, up=market.up, down=market.down)
        draft.emit(CardTurned("markets", turned, _moved(state, market)))

    def change(self, draft: Draft, before: Scenario) -> None:
        """The cards that lie count by the new rules until the market has closed; desks are counted anew."""
        state = draft.state
        there = state.one(World)
        if there.policy and state.game.phase_number <= state.scenario.number_of("market"):
            tax, moved = _tax(state, there.effect), _moved(state, printed_decks.market(there.market))
            if tax != there.tax:
                draft.emit(CardTurned("tax", changed(there, tax=tax)))
            if moved:
                draft.emit(CardTurned("demand", state.one(World), moved))
        now, then = world(state), printed(before)
        is_other = (now.stations_least, now.stations_less) != (then.stations_least, then.stations_less)
        if is_other and state.game.phase_number > state.scenario.number_of("policy"):
            for space in state.all(Space).values():
                draft.emit(_announced(state, space, _terms_of(space)))

    def defaults(self, state: State, seat: int) -> Iterable[Move]:
        """An operator keeps last season's terms."""
        if state.role(seat) == OPERATOR:
            yield "set_terms", _terms_of(state.one(Space, seat))

    def close(self, draft: Draft) -> None:
        """Announce the terms; nobody loses a desk that is in use."""
        for seat in draft.state.seats(OPERATOR):
            terms = cast(Args, draft.state.choice(seat, "set_terms"))
            draft.emit(_announced(draft.state, draft.state.one(Space, seat), terms))


def _announced(state: State, space: Space, sealed: Args) -> TermsAnnounced:
    """Return the terms of a space as they are announced; nobody loses a desk that is in use."""
    terms = cast(Mapping[str, int], sealed)
    used = len(tenancy.ventures_at(state, space.id))
    served, growth, rating, competition = cast(list[int], terms["weights"])
    return TermsAnnounced(
        space.id,
        terms["rent"],
        terms["maker_bar"],
        terms["investor_bar"],
        (served, growth, rating, competition),
        terms["appraisal_bar"],
        max(used, tenancy.desks(state, space)),
    )


def _terms_of(space: Space) -> Args:
    return {
        "rent": space.rent,
        "maker_bar": space.maker_bar,
        "investor_bar": space.investor_bar,
        "weights": list(space.weights),
        "appraisal_bar": space.appraisal_bar,
    }


def _turn_policy(draft: Draft) -> tuple[str, Deck]:
    """Return the policy card of the season, the first of the effect that a scenario may insist on, and the deck."""
    only = draft.state.scenario.params(PolicyParams).only
    card, deck = _turn(draft, "policies")
    while only and printed_decks.policy(card).effect != EFFECTS[only - 1]:
        (card,), deck = take(draft, deck, 1)
        deck = put_under(deck, (card,))
    return card, deck


def _turn(draft: Draft, name: str) -> tuple[str, Deck]:
    (card,), deck = take(draft, draft.state.one(Deck, name), 1)
    return card, put_under(deck, (card,))


def _tax(state: State, effect: str) -> int:
    return state.scenario.params(PolicyParams).tax_card if effect == "tax" else world(state).tax


def _factors(state: State, card: printed_decks.MarketCard) -> dict[str, int]:
    params = state.scenario.params(PolicyParams)
    return {card.up: params.up, card.down: params.down}


def _bent(sector: Sector, walk: int, factors: Mapping[str, int]) -> Sector:
    return Sector(sector.name, walk, walk * factors.get(sector.name, 100) // 100)


def _moved(state: State, card: printed_decks.MarketCard) -> tuple[Sector, ...]:
    """Return the sectors whose demand is another one under a market card."""
    factors = _factors(state, card)
    sectors = (_bent(sector, sector.walk, factors) for sector in state.all(Sector).values())
    return tuple(sector for sector in sectors if sector != state.one(Sector, sector.name))


def _walked(draft: Draft, factors: Mapping[str, int]) -> Iterator[Sector]:
    base = world(draft.state).demand_per_maker * len(draft.state.all(Maker))
    for sector in draft.state.all(Sector).values():
        step = _STEPS[draft.draw("demand", sector.name, len(_STEPS)) - 1]
        moved = sector.walk + (base - sector.walk) // 2 + step * base // 20
        walk = min(max(moved, base // 2), 2 * base)
        yield _bent(sector, walk, factors)
