"""The kit that every rule module passes, shipped or third-party. No test framework is needed.

`play` lets every seat send random legal orders through a whole game. After each event it checks that the invariants
hold: the books are right, nothing stands where it may not. After each decision it checks that deciding changed nothing,
that the events survive their bytes, and that views and legal commands that are kept equal those made from nothing. At
the end it checks that a replay equals the live game. `leaks` changes every secret of a state, one at a time, and tells
where anybody else saw it. Twins and bounds have files of their own, `twins.py` and `bounds.py`. Raises `NonConformance`
with a sentence.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping

import attrs

from makersphere_rules import engine
from makersphere_rules.dice import SeededDice
from makersphere_rules.entity import Entity, sight_of
from makersphere_rules.events import Event
from makersphere_rules.forms import Arg, Args, Domain, Flag, Form, Many, OneOf, Whole, Wholes
from makersphere_rules.refusals import Refusal
from makersphere_rules.scenario import Scenario
from makersphere_rules.seen.views import Views, hand_of, table_of
from makersphere_rules.state import State
from makersphere_rules.written.notation import decode_events, encode_events, event_types, state_hash

__all__ = ["Game", "NonConformance", "leaks", "play", "sample"]

Pick = Callable[[int], int]  # a whole number from 0 to n - 1
_ORDERS_A_PHASE = 3
_SMALL_ROOM = 6  # up to so many seats everything is compared after each order, beyond after one in so many
_ONE_IN = 16


class NonConformance(AssertionError):
    """A module breaks the contract; the sentence says how."""


@attrs.frozen
class Game:
    """What a game left: its last state, the events of each accepted order, how many orders were refused.

    `events` counts the events after each of which all invariants were found to hold.
    """

    state: State
    log: tuple[tuple[Event, ...], ...]
    refused: int
    events: int


def picker(seed: str) -> Pick:
    """Return a source of whole numbers that is the same on every Python; not for the game's own dice."""
    count = 0

    def pick(n: int) -> int:
        nonlocal count
        count += 1
        digest = hashlib.sha256(f"{seed}|{count}".encode()).digest()
        return int.from_bytes(digest[:8], "big") % n

    return pick


def sample(form: Form, pick: Pick) -> dict[str, Arg]:
    """Return random arguments that fill a form, its sums included."""
    args: dict[str, Arg] = {}
    for name, domain in form.fields.items():
        if name in form.optional and pick(2):
            continue
        args[name] = _sample_domain(domain, pick)
    for bound in form.sums:
        _fit(args, form.fields, bound.fields, bound.lo, bound.hi)
    return args


def _sample_domain(domain: Domain, pick: Pick) -> Arg:
    match domain:
        case Whole(lo, hi):
            return lo + pick(hi - lo + 1)
        case OneOf(options):
            return options[pick(len(options))]
        case Many(options, most):
            left = list(options)
            return [left.pop(pick(len(left))) for _ in range(pick(min(most, len(left)) + 1))]
        case Wholes(count, lo, hi, total):
            parts: list[int | str] = [lo] * count
            for _ in range(total - lo * count):
                open_places = [i for i, part in enumerate(parts) if int(part) < hi]
                place = open_places[pick(len(open_places))]
                parts[place] = int(parts[place]) + 1
            return parts
        case Flag():
            return bool(pick(2))


def _fit(args: dict[str, Arg], domains: Mapping[str, Domain], names: tuple[str, ...], lo: int, hi: int) -> None:
    """Move the named whole numbers within their own bounds until their sum lies within `lo` and `hi`."""
    for name in names:
        domain, total = domains[name], sum(int(str(args.get(field, 0))) for field in names)
        value = args.get(name)
        if isinstance(domain, Whole) and type(value) is int:
            change = min(0, hi - total) or max(0, lo - total)
            args[name] = min(max(value + change, domain.lo), domain.hi)


def play(scenario: Scenario, seats: int, seed: str, *, orders: int = _ORDERS_A_PHASE, closely: bool = True) -> Game:
    """Play a whole game of random legal orders, checking everything on the way.

    Args:
        scenario: what is played.
        seats: how many seats the room has.
        seed: names the game; the same seed gives the same game.
        orders: how many orders a seat sends in each phase.
        closely: compare views and hashes after every order of a small room, else now and then.

    Raises:
        NonConformance: the contract is broken.
    """
    dice = SeededDice(hashlib.sha256(seed.encode()).digest())
    state = engine.new(scenario, dice, seats)
    table = _Table(state, picker(seed), closely=closely)
    table.order(engine.ROOM, engine.Order("start"))
    phases = 0
    while state.game.status == "running":
        for _ in range(orders):
            for seat in state.seats():
                table.act(seat)
        phases += 1
        if phases > scenario.seasons * len(scenario.phases):
            _fail("the game does not end")
        table.order(engine.ROOM, engine.Order("close"))
    replayed = engine.new(scenario, dice, seats)
    for events in table.log:
        for event in events:
            engine.evolve(replayed, event)
    if state_hash(replayed) != state_hash(state):
        _fail("a replay of the log differs from the live game")
    return Game(state, tuple(table.log), table.refused, table.events)


class _Table:
    """A game under test."""

    def __init__(self, state: State, pick: Pick, *, closely: bool) -> None:
        self.state = state
        self._closely = closely
        self.pick = pick
        self.log: list[tuple[Event, ...]] = []
        self.refused = 0
        self.events = 0
        self._types = event_types(state.scenario)
        self._views = Views(state)
        for seat in state.seats():
            self._views.hand(seat)

    def act(self, seat: int) -> None:
        """Let a seat send one random order."""
        forms = engine.legal(self.state, seat)
        if not forms:
            _fail(f"seat {seat} may do nothing, not even be ready, in {self.state.game.phase}")
        name = sorted(forms)[self.pick(len(forms))]
        game = self.state.game
        args: Args = sample(forms[name], self.pick)
        self.order(seat, engine.Order(name, args, engine.At(game.season, game.phase)))

    def order(self, actor: int, order: engine.Order) -> None:
        """Send an order and check what comes of it."""
        whole = self._compares_everything(actor)
        before = state_hash(self.state) if whole else ""
        outcome = engine.decide(self.state, actor, order)
        if self.state.touched or (whole and state_hash(self.state) != before):
            _fail(f"deciding {order.name} changed the state")
        if isinstance(outcome, Refusal):
            self._check_refusal(outcome, order)
            return
        stored = decode_events(encode_events(outcome), self._types)
        if encode_events(stored) != encode_events(outcome):
            _fail(f"the events of {order.name} do not survive their bytes")
        for event in stored:
            engine.evolve(self.state, event)
            self.events += 1
            for sentence in engine.invariants(self.state):
                _fail(f"{order.name}, after {event.type}: {sentence}")
        self.log.append(stored)
        self._views.refresh()
        if whole:
            self._check_owners(order)
            self._check_views(order)
            self._check_forms(order)

    def _compares_everything(self, actor: int) -> bool:
        each = self._closely and (len(self.state.seats()) <= _SMALL_ROOM or actor == engine.ROOM)
        return each or len(self.log) % _ONE_IN == 0

    def _check_refusal(self, refusal: Refusal, order: engine.Order) -> None:
        self.refused += 1
        if refusal.code in ("bad_args", "unknown_command", "not_your_role", "not_your_phase"):
            _fail(f"a legal {order.name} {dict(order.args)} was refused with {refusal}")

    def _check_owners(self, order: engine.Order) -> None:
        kinds, owned = self.state.kinds, self.state.owned
        owners = {(seat, cls, key) for cls, kind in kinds.items() for key in kind for seat in kind[key].owners}
        held = {(seat, cls, key) for seat, marks in owned.items() for cls, keys in marks.items() for key in keys}
        for seat, cls, key in owners ^ held:
            _fail(f"{order.name}: {cls.kind} {key} is not in the hand of its owner alone: seat {seat}")

    def _check_views(self, order: engine.Order) -> None:
        if self._views.table != table_of(self.state):
            _fail(f"after {order.name} the table kept current differs from the table made anew")
        for seat in self.state.seats():
            if self._views.hand(seat) != hand_of(self.state, seat):
                _fail(f"after {order.name} the hand of seat {seat} kept current differs from the one made anew")

    def _check_forms(self, order: engine.Order) -> None:
        seats = self.state.seats()
        anew = self.state.copy()  # without the forms that are kept until something changes
        for seat in seats if len(seats) <= _SMALL_ROOM else ():
            if engine.legal(self.state, seat) != engine.legal(anew, seat):
                _fail(f"after {order.name} seat {seat} is still offered what it was before")


def leaks(state: State) -> Iterator[str]:
    """Yield a sentence for each secret that somebody else's view depends on.

    Every field that is not on the table is changed, one at a time; the table and the hands of all seats
    that do not own it must stay the same to the byte.
    """
    seats = state.seats()
    table = table_of(state)
    hands = {seat: hand_of(state, seat) for seat in seats}
    for cls, kind in state.kinds.items():
        for key, entity in list(kind.items()):
            for field, changed in _secret_changes(entity):
                twin = state.copy()
                twin.kinds[cls][key] = changed
                strangers = (seat for seat in seats if seat not in entity.owners)
                if table_of(twin) != table:
                    yield f"{cls.kind}.{field} shows on the table"
                for seat in strangers:
                    if hand_of(twin, seat) != hands[seat]:
                        yield f"{cls.kind}.{field} of {entity.owners} shows in the hand of seat {seat}"


def _secret_changes(entity: Entity) -> Iterator[tuple[str, Entity]]:
    cls = type(entity)
    for field in attrs.fields(cls):
        sight, _ = sight_of(field)
        value = getattr(entity, field.name)
        if sight in ("owner", "nobody") and type(value) in (int, str):
            other = value + 1 if type(value) is int else f"{value}?"
            changed = attrs.evolve(entity, **{field.name: other})
            if changed.owners == entity.owners and changed.key == entity.key:
                yield field.name, changed


def _fail(sentence: str) -> None:
    raise NonConformance(sentence)
