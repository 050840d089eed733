"""A table for tests of rule modules: put entities on it, script the dice, act, close, and look.

`given(maker(1), investor(4), space(6), venture(1, lead=1, space=6), modules=[Negotiation()])` returns a
`Table` in the modules' phase, with every seat that an entity names, accounts that sum to zero, and
everything settled. `.when(seat, command, **args)` plays one command through the engine, `.close()` closes
the phase; both store each event as bytes and read it back before it is applied, and check the books.
Never rolls real dice: an unscripted draw gives the middle of its sides, so an unscripted look has no noise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, ClassVar, Self, TypeVar

import attrs

from makersphere_rules import engine
from makersphere_rules.bookkeeping import post
from makersphere_rules.ecosystem.table.agreements import Deal, Proposal, Sheet
from makersphere_rules.ecosystem.table.entities import Investor, Maker, Space, Venture, World
from makersphere_rules.ecosystem.table.shared_params import WorldParams
from makersphere_rules.entity import Entity, Key
from makersphere_rules.events import EVERYONE, Event, Line
from makersphere_rules.forms import Arg, Args, Form
from makersphere_rules.ledger import WORLD, Account, Posting, account_sort
from makersphere_rules.module import Draft, RuleModule
from makersphere_rules.refusals import Refusal
from makersphere_rules.scenario import Scenario
from makersphere_rules.scenario_building import build
from makersphere_rules.seen.views import table_of
from makersphere_rules.state import Game, Seat, State
from makersphere_rules.written.notation import decode_events, encode_events, event_types

__all__ = [
    "Printed",
    "ScriptedDice",
    "Table",
    "given",
    "investor",
    "maker",
    "middle",
    "posted",
    "scenario_of",
    "space",
    "venture",
]

E = TypeVar("E", bound=Entity)
Draws = Mapping[tuple[str, Key, int], int]
AFTER = "after"  # an empty phase, so that a closing ends before anything else opens


def middle(sides: int) -> int:
    """Return the middle of the sides, the lower of two."""
    return (sides + 1) // 2


@attrs.frozen
class ScriptedDice:
    """Dice that fall as a test says: by purpose, entity and number of the draw, else `default` of the sides."""

    values: Draws = attrs.field(factory=dict)
    default: Callable[[int], int] = middle

    def draw(self, season: int, phase: str, purpose: str, entity: Key, number: int, sides: int) -> int:
        """Return what the script says."""
        value = self.values.get((purpose, entity, number))
        value = self.default(sides) if value is None else value
        assert 1 <= value <= sides, f"the script's {value} for {purpose} {entity} {number} of {sides} sides"
        return value


class Printed(RuleModule):
    """What is printed: the shared parameters and nothing else, in the place of the module `world`."""

    name: ClassVar[str] = "world"
    params: ClassVar[type | None] = WorldParams


# -- entities with what a test seldom cares about filled in


def maker(
    seat: int,
    skills: tuple[int, int, int] = (4, 4, 4),
    *,
    venture: int = 0,
    spirit: int = 5,
    hours: int = 10,
    background: str = "student",
    ties: tuple[int, ...] = (),
) -> Maker:
    """Return a maker."""
    return Maker(seat, background, skills, spirit, venture, ties, hours)


def investor(
    seat: int,
    kind: str = "angel",
    speciality: str = "customers",
    *,
    badges: tuple[int, ...] = (),
    hours: int = 8,
    fee: int = 0,
    shares: int = 300,
    thesis_sectors: tuple[str, ...] = (),
    thesis_stage: int = 0,
    clinic_used: bool = False,
) -> Investor:
    """Return an investor."""
    return Investor(
        seat,
        kind,
        speciality,
        50,
        badges,
        fee,
        shares,
        hours=hours,
        clinic_used=clinic_used,
        thesis_sectors=thesis_sectors,
        thesis_stage=thesis_stage,
    )


def space(
    seat: int,
    *,
    community: int = 0,
    resources: int = 0,
    integration: int = 0,
    stations: int = 9,
    rent: int = 12,
) -> Space:
    """Return a space with plenty of desks."""
    return Space(seat, rent, community=community, resources=resources, integration=integration, stations=stations)


def venture(
    number: int,
    lead: int,
    *,
    space: int = 0,
    stage: int = 0,
    born: bool = False,
    tracks: tuple[int, int, int] = (0, 0, 0),
    sector: str = "health",
    difficulty: int = 7,
    appeal: int = 3,
    cofounders: tuple[int, ...] = (),
    shares: Mapping[int, int] | None = None,
    capital: Mapping[int, int] | None = None,
) -> Venture:
    """Return a venture, all of whose shares are the lead's unless said otherwise."""
    return Venture(
        number,
        f"card-{number}",
        sector,
        difficulty,
        lead,
        cofounders,
        space,
        1,
        stage,
        born,
        tracks,
        shares=shares or {lead: 10_000},
        capital=capital or {},
        appeal=appeal,
    )


# -- the table


def scenario_of(
    modules: Sequence[RuleModule],
    phase: str = "test",
    *,
    seasons: int = 4,
    params: Mapping[str, Mapping[str, Any]] | None = None,
) -> Scenario:
    """Return a scenario of one phase with these modules, and an empty phase after it."""
    base = [] if any(module.name == Printed.name for module in modules) else [Printed()]
    found = {module.name: module for module in (*base, *modules)}
    source = {
        "name": "test",
        "seasons": seasons,
        "modules": [module.name for module in base],
        "phase": [
            {"name": phase, "modules": [module.name for module in modules]},
            {"name": AFTER, "modules": []},
        ],
        **(params or {}),
    }
    return build(source, found)


def given(
    *entities: Entity,
    modules: Sequence[RuleModule] = (),
    phase: str = "test",
    season: int = 1,
    seasons: int = 4,
    credits: Mapping[str, int] | None = None,  # noqa: A002  (the game's word)
    draws: Draws | None = None,
    dice: Callable[[int], int] = middle,
    params: Mapping[str, Mapping[str, Any]] | None = None,
    scenario: Scenario | None = None,
) -> Table:
    """Lay a table.

    Args:
        entities: what lies on it. Makers, investors and spaces bring their seats and (empty) accounts;
            a `World` is added with all seats in order as lots, and makers get the venture that they are in.
        modules: the rule modules under test, in closing order.
        phase: the name of their phase.
        season: the season it is.
        seasons: the seasons of the game.
        credits: balances by account; the government has paid them.
        draws: scripted draws by (purpose, entity, number).
        dice: what every other draw of so many sides gives.
        params: parameters by module.
        scenario: what is played instead, from its first phase on, which is `phase`.
    """
    scenario = scenario or scenario_of(modules, phase, seasons=seasons, params=params)
    state = State(scenario, ScriptedDice(draws or {}, dice))
    state.put(Game(scenario.name, seasons, "running", season, phase, 0))
    roles = _roles(entities)
    for seat in sorted(roles):
        state.put(Seat(seat, roles[seat]))
        state.put(Account(f"{roles[seat]}:{seat}", seat))
        if roles[seat] == "investor":
            state.put(Account(f"escrow:{seat}", seat))
    state.put(World(tax=10, lots=tuple(sorted(roles))))
    for entity in entities:
        state.put(entity)
    _found_ventures(state)
    post(state, [Posting("government", name, amount, "endowment") for name, amount in (credits or {}).items()])
    state.settle()
    state.forget_changes()
    return Table(state)


def _roles(entities: Iterable[Entity]) -> dict[int, str]:
    roles: dict[int, str] = {}
    for entity in entities:
        if isinstance(entity, Maker):
            roles[entity.seat] = "maker"
        elif isinstance(entity, Investor):
            roles[entity.seat] = "investor"
        elif isinstance(entity, Space):
            roles[entity.id] = "operator"
    return roles


def _found_ventures(state: State) -> None:
    for found in state.all(Venture).values():
        for member in found.team if not found.closed else ():
            state.put(attrs.evolve(state.one(Maker, member), venture=found.id))
        state.put(Account(f"venture:{found.id}", found.lead))


class Table:
    """A game in the middle of a phase. `events` and `refusal` are those of the last thing done."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.events: tuple[Event, ...] = ()
        self.refusal: Refusal | None = None
        self._types = event_types(state.scenario)
        self._papers: dict[type[Entity], list[Key]] = {Sheet: [], Proposal: [], Deal: []}
        self._note_papers()

    # -- doing

    def when(self, seat: int, name: str, **args: Arg) -> Self:
        """Let a seat send a command; what it brings about is applied."""
        return self.act(seat, name, args)

    def act(self, seat: int, name: str, args: Args) -> Self:
        """Let a seat send a command with arguments that are already a mapping."""
        assert self.refusal is None, f"refused before and not asserted: {self.refusal}"
        named = {"sheet": Sheet, "proposal": Proposal}
        real = {key: self._numbered(named[key], value) if key in named else value for key, value in args.items()}
        return self._take(engine.decide(self.state, seat, engine.Order(name, real)))

    def open(self) -> Self:
        """Let the modules open the phase."""
        draft = Draft(self.state.copy(), applies=True)
        for module in self.state.scenario.phase(self.state.game.phase).modules:
            module.open(draft)
        return self._take(draft.finish())

    def close(self) -> Self:
        """Close the phase: defaults, closing steps, and everything settled."""
        assert self.refusal is None, f"refused before and not asserted: {self.refusal}"
        return self._take(engine.decide(self.state, engine.ROOM, engine.Order("close")))

    def _take(self, outcome: tuple[Event, ...] | Refusal) -> Self:
        self.events, self.refusal = (), None
        if isinstance(outcome, Refusal):
            self.refusal = outcome
            return self
        stored = decode_events(encode_events(outcome), self._types)
        for event in stored:
            event.apply(self.state)
            self._note_papers()
            self._check_books(event)
        assert encode_events(stored) == encode_events(outcome)
        self.events = stored
        return self

    def _note_papers(self) -> None:
        for cls, known in self._papers.items():
            known += [key for key in self.state.all(cls) if key not in known]

    def _numbered(self, cls: type[Entity], key: Any) -> Any:  # noqa: ANN401  (a refused argument may be anything)
        """Return the number of a sheet, proposal or deal that a test names by its place: 1 is the first there was."""
        known = self._papers.get(cls, [])
        return known[key - 1] if type(key) is int and 1 <= key <= len(known) else key

    def _check_books(self, event: Event) -> None:
        accounts = self.state.all(Account).values()
        assert sum(account.balance for account in accounts) == 0, event
        for account in accounts:
            free = account.name in WORLD or account_sort(account.name) == "operator"
            assert free or account.balance >= 0, (account, event)
        for found in self.state.all(Venture).values():
            assert found.closed or sum(found.shares.values()) == 10_000, (found, event)
        assert engine.invariants(self.state) == [], event

    # -- looking

    def refused(self, code: str, field: str | None = None, text: str | None = None) -> Self:
        """Assert that the last command was refused so; the table is as it was."""
        refusal = self.refusal
        assert refusal is not None, f"not refused, but {[event.type for event in self.events]}"
        assert refusal.code == code, refusal
        assert field is None or refusal.field == field, refusal
        assert text is None or refusal.text == text, refusal
        self.refusal = None
        return self

    def then(self, *types: str) -> Self:
        """Assert that exactly these types of events came of it, draws left out."""
        assert self.refusal is None, self.refusal
        assert [event.type for event in self.events if event.type != "drawn"] == list(types)
        return self

    def form(self, seat: int, name: str) -> Form:
        """Return the live form of a command that the seat may send."""
        return engine.legal(self.state, seat)[name]

    def may(self, seat: int, name: str) -> bool:
        """Return whether a seat may send a command now."""
        return name in engine.legal(self.state, seat)

    def told(self, seat: int = 0) -> list[Line]:
        """Return the lines of the last thing done that a seat hears; 0: those that everyone hears."""
        lines = (line for event in self.events for line in event.lines())
        return [line for line in lines if line.audience == EVERYONE or seat in line.audience]

    def balance(self, account: str) -> int:
        """Return the credits of an account."""
        return self.state.balance(account)

    def one(self, cls: type[E], key: Key = 0) -> E:
        """Return an entity; a sheet, proposal or deal also by its place."""
        return self.state.one(cls, self._numbered(cls, key))

    def found(self, cls: type[E]) -> list[E]:
        """Return all entities of a kind, in order of creation."""
        return list(self.state.all(cls).values())

    def public(self) -> str:
        """Return the whole table as everyone may see it, as text to search in."""
        return repr(table_of(self.state))

    def put(self, *entities: Entity) -> Self:
        """Lay more on the table, as if it had always been there."""
        _put(self.state, entities)
        return self


def posted(table: Table) -> dict[str, int]:
    """Return what was paid in the last thing done, by reason."""
    paid: dict[str, int] = {}
    for event in table.events:
        for posting in getattr(event, "postings", ()):
            paid[posting.reason] = paid.get(posting.reason, 0) + posting.amount
    return paid


def _put(state: State, entities: Iterable[Entity]) -> None:
    for entity in entities:
        state.put(entity)
    state.settle()
