"""The moves of a scenario for learners: said part by part, each part a number, under a mask that is exact.

A move is a command and what it takes, in the order of `completions.in_order`: what is chosen, then amounts. *Ready* is
one number; "to the investor on my left, 60 credits and 2 hours for 3,000 shares" is seven. A mask says which numbers go
on with a move that the room would take as things stand; it tells no more than an attempt would. Every move with
amounts from 0 to 999,999 can be said, and `encode` says how.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import cast

import attrs
import numpy as np
from numpy.typing import NDArray

from makersphere_bots.legal import Domain, Many, Wholes, bounds, options, sort_of
from makersphere_bots.policy import READY, Args, Move
from makersphere_playtest.learning.completions import Completions, Value, in_order, spread
from makersphere_playtest.learning.numbers import ENOUGH, HIGHEST_AMOUNT, NO, OMITTED, READY_NUMBER, YES, Numbers
from makersphere_rules.engine import legal
from makersphere_rules.forms import Form
from makersphere_rules.scenario import Scenario
from makersphere_rules.state import State

__all__ = ["NOTHING_SAID", "Actions", "Mask", "Saying"]

Mask = NDArray[np.int8]


@attrs.frozen
class Saying:
    """A move in the making.

    Attributes:
        command: which; "" before it is said.
        args: the fields that are said; None is one that is left out.
        items: what is said of the next field, if it is a list.
        begun: what is said of its amount.
        left: how many parts of that amount are still to be said; 0 before its first.
    """

    command: str = ""
    args: Mapping[str, Value] = attrs.field(factory=dict)
    items: tuple[int | str, ...] = ()
    begun: int = 0
    left: int = 0


NOTHING_SAID = Saying()


class Actions:
    """All moves of one scenario at tables of one size."""

    def __init__(self, scenario: Scenario, seats: int) -> None:
        """Number all parts."""
        played = [scenario, *(run.rules for run in scenario.runs)]
        phases = [commands for rules in played for commands in rules.commands.values()]
        self.numbers = Numbers({name for commands in phases for name in commands}, seats)
        self.size = self.numbers.size

    def describe(self, number: int) -> str:
        """Return what a number means, for people who read a policy."""
        return self.numbers.describe(number)

    # -- what may be said

    def only_ready(self) -> Mask:
        """Return the mask of a seat that may say nothing but that it is ready."""
        found = np.zeros(self.size, np.int8)
        found[READY_NUMBER] = 1
        return found

    def mask(self, state: State, seat: int, saying: Saying = NOTHING_SAID) -> Mask:
        """Return which numbers may be said next: an array of 0 and 1 of shape `(size,)`; all 0 where none goes on."""
        found = np.zeros(self.size, np.int8)
        forms = legal(state, seat)
        if not saying.command:
            found[READY_NUMBER] = READY[0] in forms
            for name, form in forms.items():
                if name != READY[0]:
                    found[self.numbers.command(name)] = Completions(state, seat, name, form).goes({}, in_order(form))
        elif saying.command in forms:
            asked = Completions(state, seat, saying.command, forms[saying.command])
            for number in self._goes_on(asked, seat, saying):
                found[number] = 1
        return found

    def _goes_on(self, asked: Completions, seat: int, saying: Saying) -> Iterable[int]:
        order = in_order(asked.form)
        name, later = order[len(saying.args)], order[len(saying.args) + 1 :]
        domain, args = asked.form.fields[name], saying.args

        def goes(value: Value) -> bool:
            return asked.goes({**args, name: value}, later)

        if name in asked.form.optional and not saying.left and not saying.items and goes(None):
            yield OMITTED
        match sort_of(domain):
            case "flag":
                yield from (number for number, value in ((NO, False), (YES, True)) if goes(value))
            case "one_of":
                yield from (number for number, option in self._options(name, domain, seat) if goes(option))
            case "many":
                more = [found for found in self._options(name, domain, seat) if found[1] not in saying.items]
                ways = [(ENOUGH, [*saying.items]), *((number, [*saying.items, option]) for number, option in more)]
                yield from (number for number, items in ways if goes(items))
            case "whole":
                room = asked.room(name, args, later)
                yield from self._digits(saying, domain, asked.between(name, *_within(saying, *room), goes))
            case "wholes":
                parts, said = cast(Wholes, domain), cast("tuple[int, ...]", saying.items)
                room = _within(saying, *_room(parts, said))
                found = asked.between(name, *room, lambda part: goes(spread([*said, part], parts)))
                yield from self._digits(saying, domain, found)

    def _options(self, name: str, domain: Domain, seat: int) -> Iterator[tuple[int, int | str]]:
        for place, option in enumerate(options(domain)):
            number = self.numbers.option(name, option, place, seat)
            if number is not None:
                yield number, option

    def _digits(self, saying: Saying, domain: Domain, found: tuple[int, int] | None) -> Iterable[int]:
        """Return the parts with which an amount comes to lie within what goes."""
        if found is None:
            return ()
        left = (saying.left or self.numbers.parts(_highest(domain))) - 1
        unit = 100**left
        first, last = ((bound - saying.begun) // unit for bound in found)
        return range(self.numbers.amount(first, left), self.numbers.amount(last, left) + 1)

    # -- saying it

    def say(self, form: Form | None, seat: int, saying: Saying, number: int) -> Saying | Move | None:
        """Return what is said after one more number, the whole move with its last; None where it means nothing here.

        Args:
            form: of the command that is being said, or that the number says.
            seat: whose move it is.
            saying: what was said before.
            number: what is said now.
        """
        name = self.numbers.named(number)
        if not saying.command:
            if number == READY_NUMBER:
                return READY
            return None if name is None or form is None else _moved(form, Saying(name))
        if form is None or name is not None:
            return None
        field = in_order(form)[len(saying.args)]
        domain = form.fields[field]
        if number == OMITTED:
            return _moved(form, _with(saying, field, None)) if field in form.optional else None
        match sort_of(domain):
            case "flag":
                return _moved(form, _with(saying, field, number == YES)) if number in (NO, YES) else None
            case "one_of":
                option = self._option(field, domain, seat, number)
                return None if option is None else _moved(form, _with(saying, field, option))
            case "many":
                if number == ENOUGH:
                    return _moved(form, _with(saying, field, [*saying.items]))
                option = self._option(field, domain, seat, number)
                return None if option is None else _moved(form, _listed(saying, field, option, domain))
            case "whole" | "wholes":
                return self._amounted(form, field, saying, number)

    def _option(self, field: str, domain: Domain, seat: int, number: int) -> int | str | None:
        return next((option for found, option in self._options(field, domain, seat) if found == number), None)

    def _amounted(self, form: Form, field: str, saying: Saying, number: int) -> Saying | Move | None:
        domain = form.fields[field]
        left = (saying.left or self.numbers.parts(_highest(domain))) - 1
        digit = self.numbers.digit(number, left)
        if digit is None:
            return None
        amount = saying.begun + digit * 100**left
        if left:
            return attrs.evolve(saying, begun=amount, left=left)
        if sort_of(domain) == "whole":
            return _moved(form, _with(saying, field, amount))
        return _moved(form, _listed(attrs.evolve(saying, begun=0, left=0), field, amount, domain))

    # -- from a move

    def encode(self, forms: Mapping[str, Form], seat: int, move: Move) -> tuple[int, ...]:
        """Return the numbers that say a move.

        Raises:
            ValueError: one of its fields can't be said.
        """
        name, args = move
        if name == READY[0]:
            return (READY_NUMBER,)
        found = [self.numbers.command(name)]
        for field in in_order(forms[name]):
            found += self._encoded(forms[name], field, args, seat)
        return tuple(found)

    def _encoded(self, form: Form, field: str, args: Args, seat: int) -> Iterator[int]:
        domain, value = form.fields[field], args.get(field)
        if value is None:
            yield OMITTED
        elif isinstance(value, bool):
            yield YES if value else NO
        elif sort_of(domain) == "whole":
            yield from self._spelled(cast(int, value), domain)
        elif sort_of(domain) == "wholes":
            for part in cast("list[int]", value):
                yield from self._spelled(part, domain)
        else:
            numbers = {option: number for number, option in self._options(field, domain, seat)}
            items = value if isinstance(value, list) else [value]
            for item in items:
                if item not in numbers:
                    raise ValueError(f"{field}: {item!r} can't be said")
                yield numbers[item]
            if isinstance(value, list) and len(value) < _most(domain):
                yield ENOUGH

    def _spelled(self, amount: int, domain: Domain) -> Iterator[int]:
        if not 0 <= amount <= HIGHEST_AMOUNT:
            raise ValueError(f"expected an amount from 0 to {HIGHEST_AMOUNT}, not {amount}")
        for left in reversed(range(self.numbers.parts(_highest(domain)))):
            yield self.numbers.amount(amount // 100**left % 100, left)


# -- parts


def _with(saying: Saying, field: str, value: Value) -> Saying:
    return Saying(saying.command, {**saying.args, field: value})


def _moved(form: Form, saying: Saying) -> Saying | Move:
    """Return a move where all is said, else what is said."""
    if len(saying.args) < len(form.fields):
        return saying
    return saying.command, {name: value for name, value in saying.args.items() if value is not None}


def _listed(saying: Saying, field: str, item: int | str, domain: Domain) -> Saying:
    items = (*saying.items, item)
    if len(items) == _most(domain):
        return _with(saying, field, [*items])
    return attrs.evolve(saying, items=items)


def _most(domain: Domain) -> int:
    """Return how many items a list has at most."""
    if sort_of(domain) == "wholes":
        return cast(Wholes, domain).count
    return min(cast(Many, domain).most, len(options(domain)))


def _highest(domain: Domain) -> int:
    return min(cast(Wholes, domain).hi if sort_of(domain) == "wholes" else bounds(domain)[1], HIGHEST_AMOUNT)


def _room(domain: Wholes, said: Sequence[int]) -> tuple[int, int]:
    """Return the bounds of the next of some parts that add up to a total."""
    missing = domain.total - sum(said)
    later = domain.count - len(said) - 1
    return max(domain.lo, missing - later * domain.hi), min(domain.hi, missing - later * domain.lo)


def _within(saying: Saying, lo: int, hi: int) -> tuple[int, int]:
    """Return which amounts from `lo` to `hi` go on with what is said of one."""
    if saying.left:
        lo, hi = max(lo, saying.begun), min(hi, saying.begun + 100**saying.left - 1)
    return max(lo, 0), min(hi, HIGHEST_AMOUNT)
