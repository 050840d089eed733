"""What each number of the action space means: one part of a move, the same in every seat and every game of a scenario.

A number is *ready*, a command, or one part of what a command takes: a seat, counted from the learner's own; a thing by
its number on the table; a word of the rulebook; a place in a list, for what has no small number and no known word (a
proposal, a word of somebody else's rule module); or an amount's ten thousands, hundreds or ones.

Source: action spaces that are said part by part, each under a mask that knows the parts before (Vinyals et al. 2019,
"Grandmaster level in StarCraft II", the autoregressive policy).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from makersphere_rules.ecosystem.table.vocabulary import GARAGE_NAME, PATHS, PRICES, REASONS, SKILLS, TRACKS

__all__ = ["ENOUGH", "HIGHEST_AMOUNT", "NO", "OMITTED", "READY_NUMBER", "SEAT_FIELDS", "YES", "Numbers", "own_side"]

READY_NUMBER: Final = 0
OMITTED: Final = 1  # a field that may be left out is left out
ENOUGH: Final = 2  # a list ends here
NO, YES = 3, 4
_FIRST: Final = 5

_THINGS: Final = 400  # ventures and other things with a number below this
_PLACES: Final = 64
_PART: Final = 100  # an amount is said in parts of a hundred: ten thousands, hundreds, ones
_PARTS: Final = 3
HIGHEST_AMOUNT: Final = _PART**_PARTS - 1
_WORDS: Final = tuple(
    dict.fromkeys((GARAGE_NAME, "none", *SKILLS, *TRACKS, *PATHS, *PRICES, "accept", "decline", "withdraw", *REASONS))
)

SEAT_FIELDS: Final = frozenset(
    {"seat", "maker", "investor", "investors", "space", "spaces"}
    | {"lead", "lender", "sender", "receiver", "giver", "taker"}
)  # what holds the number of a seat, in commands and on the table; a space has its operator's


def own_side(number: int, own: int, seats: int) -> int:
    """Return a seat's number as counted from one's own seat, which is 1; 0 stays, which is no seat."""
    return (number - own) % seats + 1 if number > 0 else number


class Numbers:
    """The numbers of one scenario's moves at tables of one size."""

    def __init__(self, commands: Iterable[str], seats: int) -> None:
        """Give each part its number: seats, things, words, places, amounts, and the commands in order of name."""
        self.seats = seats
        self.commands: tuple[str, ...] = tuple(sorted(set(commands)))
        self._seat = _FIRST
        self._thing = self._seat + seats
        self._word = self._thing + _THINGS
        self._place = self._word + len(_WORDS)
        self._amount = self._place + _PLACES
        self._command = self._amount + _PART * _PARTS
        self.size = self._command + len(self.commands)
        self._words = {word: self._word + place for place, word in enumerate(_WORDS)}
        self._by_command = {name: self._command + place for place, name in enumerate(self.commands)}

    def command(self, name: str) -> int:
        """Return a command's number."""
        return self._by_command[name]

    def named(self, number: int) -> str | None:
        """Return the command of a number, or None where it is another part."""
        place = number - self._command
        return self.commands[place] if 0 <= place < len(self.commands) else None

    def option(self, field: str, option: int | str, place: int, own: int) -> int | None:
        """Return the number of a choice, or None where it has none: it is a later one of a list that is too long.

        Args:
            field: what it is a choice for.
            option: the choice.
            place: where it stands in its list.
            own: whose move it is.
        """
        if isinstance(option, str):
            known = self._words.get(option)
            if known is not None:
                return known
        elif field in SEAT_FIELDS and 1 <= option <= self.seats:
            return self._seat + own_side(option, own, self.seats) - 1
        elif 0 <= option < _THINGS:
            return self._thing + option
        return self._place + place if place < _PLACES else None

    def parts(self, highest: int) -> int:
        """Return in how many parts an amount is said that may be so high."""
        return 1 if highest < _PART else 2 if highest < _PART**2 else _PARTS

    def amount(self, digit: int, left: int) -> int:
        """Return the number of an amount's part, of which `left` more follow."""
        return self._amount + left * _PART + digit

    def digit(self, number: int, left: int) -> int | None:
        """Return which part of an amount a number is, or None where it is not one of which `left` more follow."""
        digit = number - self._amount - left * _PART
        return digit if 0 <= digit < _PART else None

    def describe(self, number: int) -> str:
        """Return what a number means, for people who read a policy."""
        name = self.named(number)
        if name is not None:
            return name
        if number < _FIRST:
            return ("ready", "left out", "enough", "no", "yes")[number]
        if number < self._thing:
            return f"seat +{number - self._seat}" if number > self._seat else "own seat"
        if number < self._word:
            return f"number {number - self._thing}"
        if number < self._place:
            return _WORDS[number - self._word]
        if number < self._amount:
            return f"place {number - self._place + 1}"
        left, digit = divmod(number - self._amount, _PART)
        return f"{digit} {('ones', 'hundreds', 'ten thousands')[left]}"
