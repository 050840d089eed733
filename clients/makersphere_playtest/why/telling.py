"""The debrief that says why: moments of a finished game, each with its cause, its what-if and a question.

Answers plain data, a moment at a time, as soon as its futures are played: the quickest come first, which are the last
in the game. The same game, seed and numbers give the same data, whoever plays the futures and in whichever order.
Numbers of the differences are hundredths, so that all are whole. Never tells the terms of a sheet that nobody signed,
nor a rating (`facts.py`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, Final

import attrs

from makersphere_playtest.games.worker_pools import Engine
from makersphere_playtest.why.changes import again
from makersphere_playtest.why.choosing import Chosen, choose
from makersphere_playtest.why.facts import Fact
from makersphere_playtest.why.futures import Futures, Matters, played
from makersphere_playtest.why.paired import Paired
from makersphere_playtest.why.recorded import Recorded, lived
from makersphere_rules.state import Seat

__all__ = ["FUTURES", "MOMENTS", "SCALE", "Asked", "count", "tell", "tell_one"]

MOMENTS: Final = 5
FUTURES: Final = 60
SCALE: Final = 100  # of the numbers of a difference
_AT_ONCE: Final = 5  # futures of one task: few, so that at the end no core waits long for the other
_SHARES: Final = frozenset({"born", "lives"})  # in per cent
Tree = dict[str, Any]


@attrs.frozen
class Asked:
    """What is asked for.

    Attributes:
        seed: of the futures.
        moments: how many at most.
        futures: of each, which are played twice.
    """

    seed: int = 1
    moments: int = MOMENTS
    futures: int = FUTURES


def tell(
    recorded: Recorded, asked: Asked, engine: Engine, *, began: Callable[[int], None], done: Callable[[int], None]
) -> Iterator[Tree]:
    """Yield the moments as they come, the last of the game first.

    Args:
        recorded: a game that is over.
        asked: how much is wanted.
        engine: plays the futures, here or in other processes.
        began: is called with the number of futures that will be played.
        done: is called with how many more have been.

    Raises:
        NotOver: the game has no end.
        UnknownEvent: it was recorded by rules that are not here.
        ScenarioError: its scenario cannot be played here.
    """
    packed = recorded.packed()
    chosen = _prepared(packed, asked.moments).chosen
    began(len(chosen) * asked.futures)
    shares = [(at, min(at + _AT_ONCE, asked.futures)) for at in range(0, asked.futures, _AT_ONCE)]
    order = range(len(chosen) - 1, -1, -1)
    tasks = [(packed, asked, number, *share) for number in order for share in shares]
    found = [Futures() for _ in chosen]
    left = Counter({number: len(shares) for number in order})
    next_ = 0
    for number, futures, games in engine(_share, tasks):
        found[number].merge(futures)
        left[number] -= 1
        done(games)
        while (
            next_ < len(order) and not left[order[next_]]
        ):  # processes end in any order, and moments are told in theirs
            told = order[next_]
            next_ += 1
            yield _tree(chosen, told, found[told], _prepared(packed, asked.moments).roles, asked)


def count(recorded: Recorded, asked: Asked) -> int:
    """Return how many moments of a game there are to tell; raises what `tell` raises."""
    return len(_prepared(recorded.packed(), asked.moments).chosen)


def tell_one(recorded: Recorded, asked: Asked, number: int) -> Tree:
    """Return one moment, from 1 on in order of time, with its futures played here; the same as `tell` yields it."""
    packed = recorded.packed()
    _, futures, _ = _share(packed, asked, number - 1, 0, asked.futures)
    prepared = _prepared(packed, asked.moments)
    return _tree(prepared.chosen, number - 1, futures, prepared.roles, asked)


@attrs.frozen
class _Prepared:
    chosen: list[Chosen]
    roles: dict[int, str]


@lru_cache(maxsize=1)
def _prepared(packed: bytes, most: int) -> _Prepared:
    """Return what is told of a game; a process that plays several shares of its futures goes through it once."""
    game = lived(Recorded.unpacked(packed))
    return _Prepared(choose(game, most), {seat.id: seat.role for seat in game.end.all(Seat).values()})


def _share(packed: bytes, asked: Asked, number: int, first: int, end: int) -> tuple[int, Futures, int]:
    """Play a share of the futures of a moment, in whichever process."""
    one = _prepared(packed, asked.moments).chosen[number]
    was, might = again(one.stretch), again(one.stretch, one.fact.change)
    seed = f"{asked.seed}:{one.fact.seq}"
    return number, played(was, might, _matters(one.fact), seed, range(first, end)), end - first


def _matters(fact: Fact) -> Matters:
    return Matters(fact.venture, fact.seats)


def _tree(chosen: list[Chosen], number: int, futures: Futures, roles: dict[int, str], asked: Asked) -> Tree:
    """Return a moment as plain data."""
    one = chosen[number]
    fact = one.fact
    return {
        "number": number + 1,
        "of": len(chosen),
        "season": fact.season,
        "phase": fact.phase,
        "sort": fact.sort,
        "moment": one.moment,
        "role": fact.role,
        "seats": {str(seat): roles[seat] for seat in fact.seats},
        "venture": fact.venture,
        "seq": fact.seq,
        "cause": {"text": f"why.cause.{fact.sort}", "values": dict(fact.values)},
        "instead": {"text": f"why.instead.{fact.sort}", "values": dict(fact.values)},
        "question": {"kind": one.kind, **_question(one)},
        "futures": asked.futures,
        "alike": futures.alike,
        "differences": [_difference(name, sums) for name, sums in futures.sums.items()],
    }


def _question(one: Chosen) -> Tree:
    """Return the question about a moment: its family's own where its kind is asked of that, else the kind's."""
    sort, values = one.fact.sort, dict(one.fact.values)
    if one.is_own_kind:
        return {"text": f"why.ask.{one.kind}.{sort}", "values": values}
    first = {"seat": one.fact.seats[0]}
    return {"text": f"why.ask.{one.kind}", "values": {**values, **first, "season": one.fact.season}}


def _difference(name: str, sums: Paired) -> Tree:
    """Return what differs, in hundredths; shares stay within what shares can differ by."""
    found = sums.difference()
    what, _, seat = name.partition("_")
    most = SCALE if what in _SHARES else float("inf")
    lo, hi = max(found.lo, -most), min(found.hi, most)
    numbers = {"was": found.was, "might": found.might, "mean": found.mean, "lo": lo, "hi": hi}
    told = {key: round(SCALE * value) for key, value in numbers.items()}
    return {"what": what, "seat": int(seat or 0), **told}
