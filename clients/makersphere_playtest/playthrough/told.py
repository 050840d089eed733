"""What a playthrough tells: what may be sent, what was, each event, and what the table and each hand then show.

One event begins on one line, one thing of the table or of a hand too. Credits in accounts and flows are told as
changes, so that what a rule does in one place moves no line about another. What was told before is not told again:
arguments that were just sent, what a hand shows as the table does, and long lists that an event has told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import attrs

from makersphere_playtest.playthrough.words import is_long, laid_out, listed, plain, said, without_nothing
from makersphere_rules import engine
from makersphere_rules.dice import Draw
from makersphere_rules.entity import Entity
from makersphere_rules.events import Drawn, Event
from makersphere_rules.forms import Domain, Flag, Form, Many, OneOf, Whole, Wholes
from makersphere_rules.ledger import Account, account_sort
from makersphere_rules.refusals import Refusal
from makersphere_rules.seen.views import Changes
from makersphere_rules.state import State

__all__ = ["Outcome", "given", "may", "order", "refused", "sums"]

_SUMMED: Final = {"account": "balance", "flow": "amount"}  # kinds whose credits are told as changes
_READY: Final = {"ready": True}
Tree = Mapping[str, Any]
Thing = tuple[str, str]  # kind and key; a kind with one thing only has no key


# -- an order, and what it brings about


@attrs.frozen
class Outcome:
    """What one order brings about, as it is told.

    Attributes:
        state: the game after it.
        sent: the order.
        lists: long lists that events have told so far, to which this one's are added.
    """

    state: State
    sent: engine.Order
    lists: list[Tree]

    def event(self, one: Event) -> Iterator[str]:
        """Yield a fact."""
        if isinstance(one, Drawn):
            yield from _draws(one.draws)
            return
        values = {field.name: plain(getattr(one, field.name)) for field in attrs.fields(type(one))}
        yield from laid_out(one.type, self._less(values, lists=False))
        self.lists.extend(filter(is_long, values.values()))

    def changes(self, changed: Changes, table: Tree, hands: Mapping[int, Tree]) -> Iterator[str]:
        """Yield what has changed, a line for each thing of the table and of each hand.

        Args:
            changed: the merge patches.
            table: what everyone saw before.
            hands: by seat, what it saw beyond.
        """
        public = dict(self._things(changed.table))
        for thing, fields in public.items():
            yield from self._thing("table", thing, fields, table)
        for seat, patch in sorted(changed.hands.items()):
            same: list[str] = []
            for thing, fields in self._things(patch):
                if fields and fields.items() <= (public.get(thing) or {}).items():
                    same.append(_name(thing))
                else:
                    yield from self._thing(f"hand {seat}", thing, fields, hands[seat])
            if same:
                yield f"  hand {seat} as on the table: {', '.join(same)}"

    def _things(self, patch: Tree) -> Iterator[tuple[Thing, Tree | None]]:
        """Yield the things that a patch changes and their fields; what is gone has none."""
        single = {cls.kind for cls in self.state.kinds if cls.single}
        for kind, things in patch.items():
            if things is None or kind in single:
                yield (kind, ""), things
            else:
                yield from (((kind, key), fields) for key, fields in things.items())

    def _thing(self, whose: str, thing: Thing, fields: Tree | None, before: Tree) -> Iterator[str]:
        """Yield what has changed of a thing, or, of a new one, what says something."""
        kind, key = thing
        head = f"{whose} {_name(thing)}"
        if fields is None:
            yield f"  {head}: gone"
            return
        known = before.get(kind, {}).get(key) if key else before.get(kind)
        summed = _SUMMED.get(kind, "")
        if summed in fields:
            yield f"  {head}: {fields[summed] - (known or {}).get(summed, 0):+}"
            return
        cls = next(cls for cls in self.state.kinds if cls.kind == kind)
        values = {field.name: plain(fields[field.name]) for field in attrs.fields(cls) if field.name in fields}
        yield from laid_out(head, self._less(values if known else without_nothing(values)))

    def _less(self, values: dict[str, Any], *, lists: bool = True) -> dict[str, Any]:
        """Return values of which those that have been told stand there as such: sent arguments, and long lists."""
        found = dict(values)
        if self.sent.args and values.get("args") == plain(self.sent.args):
            found["args"] = "as sent"
        for name, value in values.items():
            if lists and is_long(value) and value in self.lists:
                found[name] = "as told"
        return found


def _name(thing: Thing) -> str:
    return " ".join(thing).rstrip(" :")


def _draws(draws: Iterable[Draw]) -> Iterator[str]:
    """Yield what the dice said; of the shuffling of a deck only how often they fell."""
    single: list[Draw] = []
    decks: dict[str, int] = {}
    for draw in draws:
        if draw.purpose.startswith("deck_"):
            decks[draw.purpose] = decks.get(draw.purpose, 0) + 1
        else:
            single.append(draw)
    yield from laid_out("drawn", {**decks, **({"draws": plain(single)} if single else {})})


def order(actor: int, sent: engine.Order) -> str:
    """Return who sends what; `room` is the room itself."""
    who = f"seat {actor}" if actor else "room"
    args = {} if sent.args == _READY else sent.args
    return f"> {who}: {sent.name}" + (f", {listed(plain(args))}" if args else "")


def refused(refusal: Refusal) -> str:
    """Return why nothing follows."""
    return f"  refused {refusal.code}: {refusal.text} {refusal.field}".rstrip()


# -- what there is, and what may be sent


def given(state: State, left_out: frozenset[type[Entity]]) -> Iterator[str]:
    """Yield what lies on a table that was laid by hand, a line for each thing, but for some kinds; and all credits."""
    for cls, things in state.kinds.items():
        if cls not in left_out:
            for entity in things.values():
                yield from laid_out(f"given {cls.kind}", plain(entity), indent="")
    credits_ = {account.name: account.balance for account in state.all(Account).values() if account.balance}
    yield f"given credits: {listed(credits_)}"


def may(state: State) -> Iterator[str]:
    """Yield each command that may be sent now, with its bounds, and the seats that may send it so."""
    seats: dict[str, list[str]] = {}
    for seat in state.seats():
        for name, form in engine.legal(state, seat).items():
            seats.setdefault(_command(name, form), []).append(str(seat))
    for command, allowed in seats.items():
        yield f"may {' '.join(allowed)}: {command}"


def _command(name: str, form: Form) -> str:
    if name in _READY:
        return name
    fields = [f"{field} {_bounds(domain)}" for field, domain in form.fields.items()]
    together = "".join(f"; {' + '.join(bound.fields)} {bound.lo} to {bound.hi}" for bound in form.sums)
    return ", ".join([name, *fields]) + together


def _bounds(domain: Domain) -> str:
    match domain:
        case Whole(lo, hi):
            return f"{lo} to {hi}"
        case OneOf(options):
            return " | ".join(map(str, options))
        case Many(options, most):
            return f"up to {most} of {said(list(options))}"
        case Wholes(count, lo, hi, total):
            return f"{count} from {lo} to {hi}, together {total}"
        case Flag():
            return "yes | no"


def sums(state: State) -> str:
    """Return the credits of all accounts of each sort, and of all: 0."""
    found: dict[str, int] = {}
    for account in state.all(Account).values():
        sort = account_sort(account.name)
        found[sort] = found.get(sort, 0) + account.balance
    return "= " + ", ".join(f"{sort} {total}" for sort, total in sorted(found.items())) + f"; all {sum(found.values())}"
