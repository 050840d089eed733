"""Every choice of a simulated hour, drawn from one seed or from a tape of choices that an earlier run has made.

A tape has a strip for each purpose (`faults`, `people`, `network`, `order`), so that cutting one leaves the others as
they were. Behind a strip's end every choice is 0, and 0 is always the dull one: no fault, no delay, first come, first
served. So a tape that is cut shorter is an hour in which less happens.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from typing import Final, TypeVar

__all__ = ["Strip", "Strips", "Tape", "shortest"]

Strips = dict[str, list[int]]
T = TypeVar("T")
_DULL: Final = 0


class Strip:
    """The choices of one purpose.

    Attributes:
        made: those that were made so far.
    """

    def __init__(self, chance: random.Random | None, given: Sequence[int] = ()) -> None:
        """Draw from `chance`, or where there is none, read what is given."""
        self.made: list[int] = []
        self._chance = chance
        self._given = given

    def below(self, bound: int) -> int:
        """Return one of 0 to `bound - 1`."""
        if self._chance is not None:
            choice = self._chance.randrange(bound)
        else:
            at = len(self.made)
            choice = self._given[at] % bound if at < len(self._given) else _DULL
        self.made.append(choice)
        return choice

    def between(self, least: int, most: int) -> int:
        """Return one of `least` to `most`; `least` is the dull one."""
        return least + self.below(most - least + 1)

    def happens(self, once_in: int) -> bool:
        """Return whether something happens that happens once in so many times."""
        return self.below(once_in) == once_in - 1

    def one_of(self, choices: Sequence[T]) -> T:
        """Return one of several; the first is the dull one."""
        return choices[self.below(len(choices))]


class Tape:
    """All strips of one run."""

    def __init__(self, seed: int, given: Mapping[str, Sequence[int]] | None = None) -> None:
        """Draw everything from a seed; where strips are given, read them instead."""
        self._seed = seed
        self._given = given
        self._strips: dict[str, Strip] = {}

    def strip_of(self, name: str) -> Strip:
        """Return the strip of a purpose, the same one each time."""
        if name not in self._strips:
            drawn = random.Random(f"{self._seed} {name}") if self._given is None else None
            self._strips[name] = Strip(drawn, (self._given or {}).get(name, ()))
        return self._strips[name]

    def made(self) -> Strips:
        """Return the choices that were made, strip by strip, dull ends left out."""
        return {name: _trimmed(strip.made) for name, strip in sorted(self._strips.items())}


def _trimmed(choices: Sequence[int]) -> list[int]:
    end = len(choices)
    while end and choices[end - 1] == _DULL:
        end -= 1
    return list(choices[:end])


def shortest(strips: Mapping[str, Sequence[int]], fails: Callable[[Strips], bool], tries: int) -> Strips:
    """Return a shorter tape that still fails: strips are emptied, then cut and dulled in halves, quarters and so on.

    Args:
        strips: the tape of a run that failed.
        fails: whether a run of a tape fails in the same way.
        tries: how many runs it may take.
    """
    best: Strips = {name: _trimmed(choices) for name, choices in strips.items()}
    left = tries

    def holds(name: str, choices: list[int]) -> bool:
        nonlocal left, best
        if left <= 0 or choices == best[name]:
            return False
        left -= 1
        tried = {**best, name: _trimmed(choices)}
        if fails(tried):
            best = tried
            return True
        return False

    for name in sorted(best, key=lambda name: -len(best[name])):
        holds(name, [])
    for name in best:
        size = len(best[name]) // 2
        while size and left > 0:
            start = 0
            while start < len(best[name]):
                now = best[name]
                kept = holds(name, now[:start] + now[start + size :])
                if not kept:
                    holds(name, now[:start] + [_DULL] * len(now[start : start + size]) + now[start + size :])
                    start += size
            size //= 2
    return best
