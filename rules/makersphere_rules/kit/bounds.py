"""Every bound that a seat is told holds: at it a command is carried out, beyond it refused. Part of the kit.

`probe` plays a game of random legal orders and asks on the way, of every command of every seat, in and out of
its phase and role: each field at its two bounds, one below and one above, each choice and what is no choice
(strangers' things, things that do not exist), values of wrong types, fields missing and unknown, sums and lists that
are too long, and the same order twice. A refusal of a value names its field and the bound, is of the code that
fits, and changes nothing. A command that is legal can be carried out, with each field at each bound, unless it costs
more than there is (then at the nearest bound that can be paid).
Raises `NonConformance` with a sentence.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, Final, cast

import attrs
import msgspec

from makersphere_rules import engine
from makersphere_rules.dice import SeededDice
from makersphere_rules.events import Event
from makersphere_rules.forms import Arg, Domain, Flag, Form, Many, OneOf, Sum, Whole, Wholes
from makersphere_rules.kit.conformance import NonConformance, Pick, picker, sample
from makersphere_rules.refusals import Refusal
from makersphere_rules.scenario import Scenario
from makersphere_rules.state import State
from makersphere_rules.written.notation import state_hash

__all__ = ["Bound", "Probed", "probe", "probe_now"]

Bound = tuple[str, str, str]  # command, field, which bound
_HUGE: Final = 10**30
_WRONG: Final[tuple[object, ...]] = (
    12.0,
    "12",
    True,
    None,
    [],
    {},
    [[1]],
    {"by": {"by": 1}},
    [None],
    [True],
    [1.0],
    _HUGE,
    -_HUGE,
    "",
    "nobody",
    "x" * 10_000,
)
_TRIES: Final = 24
_BAD: Final = "bad_args"


@attrs.frozen
class Probed:
    """What was asked of the commands.

    Attributes:
        accepted: how often an order was carried out, by command, field and bound ("" and "" for no field).
        near: how often the nearest value that could be paid, or that no rule forbade, stood for a bound.
        nowhere: how often no order at all with this field could be carried out then.
        refused: orders that were refused as they should be, by command.
    """

    accepted: Counter[Bound] = attrs.field(factory=Counter)
    near: Counter[Bound] = attrs.field(factory=Counter)
    nowhere: Counter[Bound] = attrs.field(factory=Counter)
    refused: Counter[str] = attrs.field(factory=Counter)

    def add(self, other: Probed) -> None:
        """Take in what another game covered."""
        self.accepted.update(other.accepted)
        self.near.update(other.near)
        self.nowhere.update(other.nowhere)
        self.refused.update(other.refused)


def probe(scenario: Scenario, seats: int, seed: str, *, orders: int = 2) -> Probed:
    """Play a game and probe every command on the way.

    Args:
        scenario: what is played.
        seats: how many seats the room has.
        seed: names the game; the same seed gives the same game.
        orders: how many orders a seat sends in each phase, each after a probe of all its commands.

    Raises:
        NonConformance: a bound does not hold, or a refusal does not say what is wrong.
    """
    state = engine.new(scenario, SeededDice(hashlib.sha256(seed.encode()).digest()), seats)
    engine.step(state, engine.ROOM, engine.Order("start"))
    pick, probed = picker(seed), Probed()
    while state.game.status == "running":
        for _ in range(orders):
            for seat in state.seats():
                probe_now(state, seat, pick, probed)
                forms = engine.legal(state, seat)
                name = sorted(forms)[pick(len(forms))]
                engine.step(state, seat, _order(state, name, sample(forms[name], pick)))
        engine.step(state, engine.ROOM, engine.Order("close"))
    return probed


def probe_now(state: State, seat: int, pick: Pick, probed: Probed) -> None:
    """Probe every command of a seat as the game stands, for games that somebody else plays.

    Raises:
        NonConformance: as for `probe`.
    """
    _Probe(state, seat, pick, probed).all_commands()


def _order(state: State, name: str, args: dict[str, Any]) -> engine.Order:
    return engine.Order(name, args, engine.At(state.game.season, state.game.phase))


class _Probe:
    """All that is asked of one seat at one moment."""

    def __init__(self, state: State, seat: int, pick: Pick, probed: Probed) -> None:
        self._state = state
        self._seat = seat
        self._pick = pick
        self._probed = probed
        self._before = state_hash(state)
        state.forget_changes()

    def all_commands(self) -> None:
        """Ask everything; then the state must be what it was."""
        forms = engine.legal(self._state, self._seat)
        for name, form in forms.items():
            self._fields(name, form)
        self._not_now(forms)
        if self._state.touched or state_hash(self._state) != self._before:
            raise NonConformance(f"seat {self._seat} in {self._state.game.phase}: a refused order changed the state")

    def _ask(self, name: str, args: dict[str, Any]) -> tuple[Event, ...] | Refusal:
        return engine.decide(self._state, self._seat, _order(self._state, name, args))

    def _fail(self, name: str, sentence: str) -> None:
        game = self._state.game
        raise NonConformance(f"season {game.season}, {game.phase}, seat {self._seat}: {name} {sentence}")

    # -- commands that are legal now

    def _fields(self, name: str, form: Form) -> None:
        if any(isinstance(domain, OneOf) and not domain.options for domain in form.fields.values()):
            self._fail(name, "is legal and offers no choice")
        args: dict[str, Any] = dict(sample(form, self._pick))
        for field in form.fields:
            args.setdefault(field, _plain_value(form.fields[field]))
        for field, domain in form.fields.items():
            for edge, value in _edges(domain):
                self._accepts(name, form, field, edge, value)
            for wrong in (*_beyond(domain, self._state), *_WRONG):
                if not _is_in(domain, wrong):
                    self._refuses(name, form, {**args, field: wrong}, field)
            if field not in form.optional:
                self._refuses(name, form, {key: value for key, value in args.items() if key != field}, field)
        self._refuses(name, form, {**args, "unheard_of": 1}, "unheard_of")
        for bound in form.sums:
            self._sum(name, form, bound)
        self._twice(name, form)

    def _accepts(self, name: str, form: Form, field: str, edge: str, value: Arg) -> None:
        """An order with a field at a bound is carried out, or at the nearest value that can be paid."""
        bound, domain = (name, field, edge), form.fields[field]
        if self._is_carried_out(name, form, field, value):
            self._probed.accepted[bound] += 1
        elif isinstance(domain, Whole) and any(
            self._is_carried_out(name, form, field, near) for near in _inwards(domain, edge)
        ):
            self._probed.near[bound] += 1
        else:
            self._probed.nowhere[bound] += 1

    def _is_carried_out(self, name: str, form: Form, field: str, value: Arg) -> bool:
        for args in _orders_with(form, field, value, self._pick):
            outcome = self._ask(name, args)
            if not isinstance(outcome, Refusal):
                return True
            self._check_rule(name, form, args, outcome)
        return False

    def _check_rule(self, name: str, form: Form, args: dict[str, Any], refusal: Refusal) -> None:
        """An order within its form is refused for what it costs, or by a rule, and the field at fault is named."""
        if refusal.code not in ("cannot_afford", "rule"):
            self._fail(name, f"{args} is within its bounds and was refused with {refusal}")
        if refusal.field not in form.fields:
            self._fail(name, f"{args} was refused without naming a field: {refusal}")
        if refusal.code == "cannot_afford" and not any(type(value) is int for value in refusal.values.values()):
            self._fail(name, f"{args} was refused without saying what it costs: {refusal}")

    def _refuses(self, name: str, form: Form, args: dict[str, Any], field: str) -> None:
        """A value that is out of bounds is refused, and field and bound are named."""
        outcome = self._ask(name, args)
        if not isinstance(outcome, Refusal):
            self._fail(name, f"{str(args)[:200]} was carried out")
        refusal = cast(Refusal, outcome)
        if refusal.code != _BAD or refusal.field != field:
            self._fail(name, f"{str(args)[:200]} was refused with {refusal}, not for {field}")
        told = set(refusal.values.values())
        domain = form.fields.get(field)
        if field in args and isinstance(domain, Whole) and not {domain.lo, domain.hi} <= told:
            self._fail(name, f"the refusal of {field} names no bound: {refusal}")
        self._probed.refused[name] += 1

    def _sum(self, name: str, form: Form, bound: Sum) -> None:
        """One more than a sum allows is refused, one less too."""
        for total in (bound.lo - 1, bound.hi + 1):
            args = _with_sum(form, bound, total)
            if args is not None:
                self._refuses(name, form, args, bound.fields[0])

    def _twice(self, name: str, form: Form) -> None:
        """The same order again is carried out or refused; sealed again it leaves the state as it was."""
        twin, order = self._state.copy(), _order(self._state, name, dict(sample(form, self._pick)))
        if isinstance(engine.step(twin, self._seat, order), Refusal):
            return
        self._probed.accepted[(name, "", "")] += 1
        once = state_hash(twin)
        outcome = engine.step(twin, self._seat, order)
        command = self._state.scenario.commands[self._state.game.phase].get(name)
        sealed = command is not None and command.is_sealed
        if (sealed or isinstance(outcome, Refusal)) and state_hash(twin) != once:
            self._fail(name, f"{dict(order.args)} sent twice is not the same as sent once")

    # -- commands that are not

    def _not_now(self, forms: Iterable[str]) -> None:
        state, role = self._state, self._state.role(self._seat)
        here = state.scenario.commands[state.game.phase]
        for commands in state.scenario.commands.values():
            for name, command in commands.items():
                if name not in here:
                    self._is_refused(name, "not_your_phase")
                elif here[name].roles and role not in here[name].roles:
                    self._is_refused(name, "not_your_role")
                elif name not in forms and command is here[name]:
                    self._is_refused(name, "rule", "cannot_afford")
        self._is_refused("unheard_of", "unknown_command")
        late = engine.decide(state, self._seat, engine.Order("ready", {"ready": True}, engine.At(99, "policy")))
        if not isinstance(late, Refusal) or late.code != "not_your_phase":
            self._fail("ready", f"for another moment led to {late}")

    def _is_refused(self, name: str, *codes: str) -> None:
        for args in ({}, {"venture": 1}, {"seat": [None]}):
            outcome = self._ask(name, dict(cast(dict[str, Any], args)))
            if not isinstance(outcome, Refusal) or outcome.code not in codes:
                self._fail(name, f"{args} led to {outcome}, not to {' or '.join(codes)}")
            self._probed.refused[name] += 1


# -- values


def _plain_value(domain: Domain) -> Arg:
    return next(value for _, value in _edges(domain))


def _edges(domain: Domain) -> Iterator[tuple[str, Arg]]:
    """Yield the values at the bounds of a domain, with a name each."""
    match domain:
        case Whole(lo, hi):
            yield "least", lo
            yield "most", hi
        case OneOf(options):
            for option in options:
                yield "choice", option
        case Many(options, most):
            yield "least", []
            yield "most", list(options[:most])
        case Wholes(count, lo, hi, total):
            parts: list[int | str] = []
            left = total
            for place in range(count):
                part = min(hi, left - lo * (count - place - 1))
                parts.append(part)
                left -= part
            yield "first", parts
            yield "last", parts[::-1]
        case Flag():
            yield "no", False
            yield "yes", True


def _inwards(domain: Whole, edge: str) -> Iterator[int]:
    """Yield values further and further from a bound."""
    step, reach = 1, domain.hi - domain.lo
    while step < reach:
        yield domain.lo + step if edge == "least" else domain.hi - step
        step *= 2


def _beyond(domain: Domain, state: State) -> Iterator[object]:
    """Yield values just beyond a domain: one below, one above, an unknown option, somebody else's thing."""
    match domain:
        case Whole(lo, hi):
            yield lo - 1
            yield hi + 1
        case OneOf():
            yield 0
            yield -1
            yield 999_999
            yield from (key for kind in state.kinds.values() for key in list(kind)[:20])
        case Many(options, most):
            yield [999_999]
            yield [options[0], options[0]] if options else ["nobody"]
            if len(options) > most:
                yield list(options[: most + 1])
            yield "".join(str(option) for option in options)
        case Wholes(_, lo, _, total):
            first = next(value for _, value in _edges(domain))
            assert isinstance(first, list)  # noqa: S101  (lists are the values of this domain)
            yield first[:-1]
            yield [*first, 0]
            yield [*first[:-1], int(str(first[-1])) + 1]
            yield [lo - 1, total - lo + 1, *first[2:]]
        case Flag():
            yield 0
            yield 1
            yield "true"


def _is_in(domain: Domain, value: object) -> bool:
    """Return whether a value is within a domain after all, as somebody else's thing may be that is offered here too."""
    match domain:
        case Whole(lo, hi):
            return type(value) is int and lo <= value <= hi
        case OneOf(options):
            return type(value) in (int, str) and value in options
        case Many(options, most):
            right = isinstance(value, list) and len(value) <= most and all(type(item) in (int, str) for item in value)
            return (
                right
                and set(cast(list[Any], value)) <= set(options)
                and len(set(cast(list[Any], value))) == len(cast(list[Any], value))
            )
        case Flag():
            return type(value) is bool
        case _:
            return False


def _orders_with(form: Form, field: str, value: Arg, pick: Pick) -> Iterator[dict[str, Any]]:
    """Yield orders with one field at a value and the other fields at their least, at their most, and at random."""
    pinned = msgspec.structs.replace(form, fields={**form.fields, field: _only(form.fields[field], value)})
    least = {name: _plain_value(domain) for name, domain in form.fields.items()}
    most = {name: list(_edges(domain))[-1][1] for name, domain in form.fields.items()}
    alone = {name: args for name, args in least.items() if name not in form.optional}
    for args in (alone, least, most):
        fitted = {**args, field: value}
        if _fits(form, fitted):
            yield fitted
    for _ in range(_TRIES):
        args = {**sample(pinned, pick), field: value}
        if _fits(form, args):
            yield args


def _only(domain: Domain, value: Arg) -> Domain:
    return Whole(value, value) if isinstance(domain, Whole) and type(value) is int else domain


def _fits(form: Form, args: dict[str, Any]) -> bool:
    return all(bound.lo <= sum(args.get(name, 0) for name in bound.fields) <= bound.hi for bound in form.sums)


def _with_sum(form: Form, bound: Sum, total: int) -> dict[str, Any] | None:
    """Return arguments that are each within their bounds while their sum is not, or None where there are none."""
    args: dict[str, Any] = {name: _plain_value(domain) for name, domain in form.fields.items()}
    left = total - sum(args[name] for name in bound.fields)
    for name in bound.fields:
        domain = form.fields[name]
        if isinstance(domain, Whole) and left > 0:
            more = min(left, domain.hi - domain.lo)
            args[name] += more
            left -= more
    return args if left == 0 else None
