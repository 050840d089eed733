"""Whether the room would take a move that begins in some way: the rest is filled in, and the rules are asked.

The rules are the only judge: what is found here was taken by them, on the state as it is, which a question leaves as it
is. A search is bounded, so that a move which only an odd filling would complete may be overlooked; a way to begin that
is offered has been completed once. Of amounts those in between two that go are taken to go.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, cast

from makersphere_bots.legal import Domain, Form, Many, Wholes, bounds, options, sort_of
from makersphere_bots.policy import Args
from makersphere_rules.engine import At, Order, decide
from makersphere_rules.refusals import Refusal
from makersphere_rules.state import State

__all__ = ["Completions", "Value", "in_order"]

Value = int | str | bool | list[int | str] | None  # None: left out
Why = tuple[str, str]  # the field at fault, and the key of the sentence
_TRIES: Final = 400  # questions to the rules for one way to begin
_ENDS: Final = 2  # the lowest and the highest amount
_LADDER: Final = 6  # amounts between the lowest and the highest that are tried where neither goes


def in_order(form: Form) -> tuple[str, ...]:
    """Return a form's fields in the order in which they are said: what is chosen before amounts."""
    fields = form.fields
    return tuple(sorted(fields, key=lambda name: sort_of(fields[name]) in ("whole", "wholes")))


class Completions:
    """What a seat's command would do, as things stand."""

    def __init__(self, state: State, seat: int, command: str, form: Form) -> None:
        """Ask nothing yet."""
        game = state.game
        self._state, self._seat, self._command, self.form = state, seat, command, form
        self._at = At(game.season, game.phase)
        self._left = 0
        self._back = ""
        self._hints: dict[str, tuple[int, ...]] = {}

    def refusal(self, args: Mapping[str, Value]) -> Refusal | None:
        """Return why the room would refuse a whole move, or None."""
        said = cast(Args, {name: value for name, value in args.items() if value is not None})
        found = decide(self._state, self._seat, Order(self._command, said, self._at))
        return found if isinstance(found, Refusal) else None

    def goes(self, args: Mapping[str, Value], rest: Sequence[str]) -> bool:
        """Return whether some filling of the fields `rest` completes a move that begins with `args`."""
        self._left, self._back, self._hints = _TRIES, "", {}
        if not rest:
            return self._asked(args) is None
        return self._search(dict(args), tuple(rest)) is None

    def _search(self, args: dict[str, Value], rest: tuple[str, ...]) -> set[Why] | None:
        """Fill in the rest field by field; return None where that goes, else why it does not."""
        name, later = rest[0], rest[1:]
        is_amount = sort_of(self.form.fields[name]) == "whole"
        whys: set[Why] = set()
        self._hints.pop(name, None)
        for tried, value in enumerate(self._values(name, args, later), 1):
            if self._left <= 0:
                break
            args[name] = value
            found = self._search(args, later) if later else self._asked(args)
            if found is None:
                return None
            whys |= found
            if not is_amount:
                self._back = ""  # another choice may do
            elif self._back or (len(whys) == 1 and tried >= _ENDS + len(self._hints.get(name, ()))):
                break
        return whys

    def _asked(self, args: Mapping[str, Value]) -> set[Why] | None:
        """Ask the rules; where they refuse a choice, note to go back to it, and where they name bounds, note those."""
        self._left -= 1
        refusal = self.refusal(args)
        if refusal is None:
            return None
        domain = self.form.fields.get(refusal.field)
        if domain is not None and sort_of(domain) == "whole":
            named = (refusal.values.get(bound) for bound in ("least", "most"))
            self._hints[refusal.field] = tuple(amount for amount in named if isinstance(amount, int))
        elif domain is not None:
            self._back = refusal.field
        return {(refusal.field, refusal.text)}

    def _values(self, name: str, args: Mapping[str, Value], later: Sequence[str]) -> Iterator[Value]:
        """Return what is tried for a field, the likeliest first."""
        domain = self.form.fields[name]
        if name in self.form.optional and sort_of(domain) != "whole":  # an amount that is left out counts as 0
            yield None
        match sort_of(domain):
            case "whole":
                yield from self._amounts(name, *self.room(name, args, later))
            case "one_of":
                yield from options(domain)
            case "many":
                yield []
                yield from ([option] for option in options(domain) if cast(Many, domain).most)
            case "wholes":
                yield spread([], cast(Wholes, domain))
            case "flag":
                yield False
                yield True

    def _amounts(self, name: str, lo: int, hi: int) -> Iterator[int]:
        """Return the lowest and highest amount, what the last refusal named, and some between."""
        for place, amount in enumerate(_ladder(lo, hi)):
            if place == _ENDS:
                yield from (named for named in self._hints.get(name, ()) if lo < named < hi)
            yield amount

    def between(self, name: str, lo: int, hi: int, test: Callable[[int], bool]) -> tuple[int, int] | None:
        """Return the lowest and highest amount of a field that pass a test, of `lo` to `hi`; None where none does."""
        if lo > hi:
            return None
        low, high = test(lo), test(hi)
        if low and high:
            return lo, hi
        found = lo if low else hi if high else next((one for one in self._amounts(name, lo, hi) if test(one)), None)
        if found is None:
            return None
        return lo if low else _bisected(test, found, lo), hi if high else _bisected(test, found, hi)

    def room(self, name: str, args: Mapping[str, Value], later: Sequence[str]) -> tuple[int, int]:
        """Return an amount's bounds, given what is said and what may still be said of those it is bound to."""
        lo, hi = bounds(self.form.fields[name])
        for bound in self.form.sums:
            if name in bound.fields:
                said = sum(cast(int, args.get(other) or 0) for other in bound.fields if other not in (name, *later))
                open_ = [bounds(self.form.fields[other]) for other in bound.fields if other in later]
                lo = max(lo, bound.lo - said - sum(most for _, most in open_))
                hi = min(hi, bound.hi - said - sum(least for least, _ in open_))
        return lo, hi


def _bisected(test: Callable[[int], bool], goes: int, fails: int) -> int:
    """Return the amount furthest towards one that fails, from one that goes, that still goes."""
    while abs(fails - goes) > 1:
        between = (goes + fails) // 2
        if test(between):
            goes = between
        else:
            fails = between
    return goes


def _ladder(lo: int, hi: int) -> Iterator[int]:
    """Return some amounts: the lowest, the highest, and steps between them, the coarse ones first."""
    if lo > hi:
        return
    yield lo
    if hi > lo:
        yield hi
    met = {lo, hi}
    for halvings in range(1, _LADDER):
        for step in range(1, 1 << halvings, 2):
            between = lo + (hi - lo) * step // (1 << halvings)
            if between not in met:
                met.add(between)
                yield between


def spread(begun: Sequence[int], domain: Domain) -> list[int | str]:
    """Return parts that begin so and add up to their total, the later ones as high as they must be."""
    parts = cast(Wholes, domain)
    found = [*begun]
    while len(found) < parts.count:
        later = parts.count - len(found) - 1
        found.append(max(parts.lo, min(parts.hi, parts.total - sum(found) - later * parts.lo)))
    return [*found]
