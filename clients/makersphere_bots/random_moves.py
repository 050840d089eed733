"""The policy `random`: legal moves drawn from the forms alone, so that it plays any scenario, unknown ones too.

Each legal command is sent with a chance of one half, filled at random within its bounds. It knows no rule: a
command whose form cannot say all its conditions may be refused, and so may one that an earlier one has spoilt.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import cast

from makersphere_bots.legal import Domain, Form, Many, Sum, Wholes, bounds, options, sort_of
from makersphere_bots.policy import READY, Args, Move, View

__all__ = ["Random", "fill"]

_Value = int | str | bool | list[int | str]


class Random:
    """Plays at random."""

    def choose(self, view: View, legal: Mapping[str, Form], rng: random.Random) -> list[Move]:
        """Return some legal moves, and that it is ready."""
        moves: list[Move] = []
        for name in sorted(legal):
            if name != "ready" and rng.random() < 0.5:
                args = fill(legal[name], rng)
                if args is not None:
                    moves.append((name, args))
        moves.append(READY)
        return moves


def fill(form: Form, rng: random.Random) -> Args | None:
    """Return random arguments for a form, or None where there are none to be had."""
    args: Args = {}
    for name in sorted(form.fields):
        if name in form.optional and rng.random() < 0.5:
            continue
        value = _draw(form.fields[name], rng)
        if value is None:
            return None
        args[name] = value
    if all(_bring_into(bound, form, args, rng) for bound in form.sums):
        return args
    return None


def _draw(domain: Domain, rng: random.Random) -> _Value | None:
    """Return a random value of a domain, or None if it is empty."""
    match sort_of(domain):
        case "whole":
            lo, hi = bounds(domain)
            return rng.randint(lo, hi) if lo <= hi else None
        case "one_of":
            choices = options(domain)
            return rng.choice(choices) if choices else None
        case "many":
            choices = options(domain)
            return rng.sample(choices, rng.randint(0, min(cast(Many, domain).most, len(choices))))
        case "wholes":
            return _parts(cast(Wholes, domain), rng)
        case "flag":
            return rng.random() < 0.5


def _parts(domain: Wholes, rng: random.Random) -> list[int | str] | None:
    """Return random parts of the total within the bounds of each."""
    left = domain.total - domain.count * domain.lo
    room = domain.hi - domain.lo
    if not 0 <= left <= domain.count * room:
        return None
    parts: list[int | str] = [domain.lo] * domain.count
    order = rng.sample(range(domain.count), domain.count)
    for later, slot in zip(range(domain.count - 1, -1, -1), order, strict=True):
        more = rng.randint(max(0, left - later * room), min(room, left))
        parts[slot] = domain.lo + more
        left -= more
    return parts


def _bring_into(bound: Sum, form: Form, args: Args, rng: random.Random) -> bool:
    """Move the named arguments, in random order, until their sum is within the bound; say whether it is."""
    total = sum(cast(int, args.get(name, 0)) for name in bound.fields)
    for name in rng.sample(bound.fields, len(bound.fields)):
        missing = max(bound.lo - total, 0) - max(total - bound.hi, 0)
        if missing == 0:
            return True
        lo, hi = bounds(form.fields[name])
        before = cast(int, args.get(name, 0))
        after = min(max(before + missing, lo), hi)
        args[name] = after
        total += after - before
    return bound.lo <= total <= bound.hi
