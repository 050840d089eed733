"""What the close would bring a venture, as a preview says: its fit at a door, its progress, the roll, the payout.

Answers with lines to read, each with the least and the most where they differ. All numbers are the server's.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from makersphere_clients.terminal.view import Fields, View
from makersphere_clients.terminal.words.names import TRACKS, Names
from makersphere_clients.terminal.words.texts import Words, number

__all__ = ["outlook"]

_MINUS: Final = "\N{MINUS SIGN}"
_WAYS: Final = 36  # in which two dice can fall
_STEPS: Final = {
    "sales": "",
    "goods": f"{_MINUS} ",
    "wage": f"{_MINUS} ",
    "fee": f"{_MINUS} ",
    "rent": f"{_MINUS} ",
    "tax": f"{_MINUS} ",
    "reserve": f"{_MINUS} ",
    "dividend": "= ",
    "yours": "",
}


def outlook(view: View, told: Mapping[str, Any], words: Words, venture: object = None) -> list[str]:
    """Return the outlook of one venture, or of all ventures that the seat has a part in."""
    least, most = told.get("least", {}), told.get("most", {})
    wanted = [str(venture)] if venture is not None else sorted(least, key=int)
    lines: list[str] = []
    for number_ in wanted:
        if number_ in least and number_ in most:
            name = Names(view, words).venture(int(number_))
            lines += _of(view.find("venture", number_), name, least[number_], most[number_], words)
    return lines


def _of(venture: Fields, name: str, least: Fields, most: Fields, words: Words) -> list[str]:
    tracks = words.named(name, " · ".join(_tracks(least, most, words))) if "tracks" in least else ""
    steps = words.named(words("ui.outlook.steps"), " · ".join(_steps(least, most, words))) if "sales" in most else ""
    sides = [words(f"ui.outlook.{what}", credits=least[what]) for what in ("resold", "fee") if _is_side(least, what)]
    found = [
        _door(least, most, words),
        tracks,
        _odds(venture, least, most, words),
        _materials(least, words),
        *sides,
        steps,
        words("ui.outlook.must_sell", bar=least["must_sell"]) if "must_sell" in least else "",
    ]
    return [line for line in found if line]


def _is_side(least: Fields, what: str) -> bool:
    """Return whether hours sold or a fee stand by themselves and not among the steps."""
    return "sales" not in least and bool(least.get(what))


def _door(least: Fields, most: Fields, words: Words) -> str:
    """Return how a pitch compares with the bar of its door."""
    if "bar" not in least:
        return ""
    bar = least["bar"]
    fit = "likely" if least["score"] >= bar else "close" if most["score"] >= bar else "unlikely"
    return words(f"ui.fit.{fit}", score=_range(least["score"], most["score"]), bar=bar)


def _tracks(least: Fields, most: Fields, words: Words) -> list[str]:
    """Return each track as it would stand, and what the next stage wants of it."""
    said = []
    for index, track in enumerate(TRACKS):
        n, high = least["tracks"][index], most["tracks"][index]
        needed = least["wanted"][index] if "wanted" in least else 0
        more = f"{'.enough' * (n >= needed)}{'.promised' * (high > n)}"
        key = f"ui.outlook.track{more}" if needed else "ui.outlook.open"
        said.append(f"{words(f'track.{track}')} {words(key, n=n, wanted=needed, most=high)}")
    return said


def _odds(venture: Fields, least: Fields, most: Fields, words: Words) -> str:
    """Return the odds of the roll, or why no die rolls; nothing where no stage is left."""
    wanted = most.get("wanted", ())
    if not any(wanted):
        return ""
    if "ways" not in most:
        is_enough = all(has >= needs for has, needs in zip(most["tracks"], wanted, strict=True))
        return words("ui.outlook.roll.unborn" if is_enough and not venture.get("born") else "ui.outlook.roll.none")
    sure = least.get("ways")
    kind = "promised" if sure is None else "sure" if sure == most["ways"] else "range"
    chance = _chance(most["ways"] if sure is None else sure)
    odds = words(f"ui.outlook.roll.{kind}", chance=chance, most=_chance(most["ways"]))
    why = words("ui.outlook.roll.why", added=most["added"], needed=most["needed"])
    return odds if kind == "range" else f"{odds} {why}"


def _chance(ways: int) -> int:
    """Return in how many of a hundred throws two dice fall in one of so many ways, to the nearest."""
    return (100 * ways + _WAYS // 2) // _WAYS


def _materials(least: Fields, words: Words) -> str:
    cost = least.get("materials")
    if cost is None:
        return ""
    have = least.get("credits", 0)
    key = "ui.outlook.materials.short" if cost > have else "ui.outlook.materials"
    return words(key, cost=cost, have=have, short=cost - have)


def _steps(least: Fields, most: Fields, words: Words) -> list[str]:
    """Return the steps of the payout that may move money."""
    return [
        f"{sign}{words(f'ui.outlook.step.{step}')} {_range(least.get(step, 0), most.get(step, 0))}"
        for step, sign in _STEPS.items()
        if least.get(step) or most.get(step)
    ]


def _range(least: int, most: int) -> str:
    return number(least) if least == most else f"{number(least)}\N{EN DASH}{number(most)}"
