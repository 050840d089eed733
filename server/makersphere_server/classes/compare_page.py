"""The comparison of a class's tables as a page to take home: figures on one scale, who is named, rules and doings.

Answers HTML in one language, without a script and without a name of anybody. Made of the tree that `comparing.py`
answers, and of nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any, Final

from makersphere_protocol import texts
from makersphere_server.afterwards.take_home.page import document, figure, items, paragraph, section, table

__all__ = ["compare_page"]

Tree = Mapping[str, Any]
_WIDTH, _EDGE = 320, 16
_FEWEST_STEPS: Final = 4  # of what people read on the screen, on a scale: nearly equal tables lie near each other
_TENTHS_BELOW: Final = 10  # tenths are read
_LINE: Final = 18  # where the scale lies
_ROW: Final = 14  # of numbers of tables, below their dots
_LETTER: Final = 8  # how wide a digit is at most
_DOT: Final = 4  # its radius
_MOST_IN_A_ROW: Final = 6  # numbers of tables whose dots lie on each other
_TO: Final = "\N{EN DASH}"


class _Say:
    """Sentences in a language."""

    def __init__(self, language: str) -> None:
        self.language = texts.known(language)

    def __call__(self, key: str, **values: int | str) -> str:
        return texts.say(self.language, f"ui.class.compare.{key}", values)

    def table(self, number: int) -> str:
        return texts.say(self.language, "ui.class.table", {"n": number})

    def tables(self, number: int) -> str:
        return self("tables.one") if number == 1 else self("tables", n=number)

    def game(self, number: int) -> str:
        return texts.say(self.language, "ui.class.game", {"game": number})

    def scenario(self, name: str) -> str:
        found = texts.say(self.language, f"scenario.{name}", {})
        return name if found == f"scenario.{name}" else found

    def figure(self, name: str) -> str:
        return self(f"figure.{name}")


def compare_page(found: Tree, language: str) -> bytes:
    """Return the page of a comparison."""
    say = _Say(language)
    own = found["groups"][0]
    title = own["name"] or say("title")
    body = [
        section(say("who"), *_named(found, say)),
        section(say("figures"), paragraph(say("how") if "usual" in found else "", "soft"), *_figures(found, say)),
        section(say("differs"), *_differing(found, say)),
    ]
    game = [say.game(found["game"])] if "game" in found else []
    return document(
        say.language,
        title,
        [
            say("title"),
            own["code"],
            *game,
            say.tables(sum(one["code"] == own["code"] and one["tables"] for one in found["groups"])),
        ],
        body,
    )


def _named(found: Tree, say: _Say) -> Iterator[str]:
    if not found["can_name"]:
        yield paragraph(_why_nobody(found, say))
    elif not found["named"]:
        yield paragraph(say("nobody"))
    else:
        yield items(
            say("higher" if one["distance"] > 0 else "lower", n=one["table"], figure=say.figure(one["figure"]))
            for one in found["named"]
        )
    left_out = [one["table"] for one in found["tables"] if one["figures"] and "apart" not in one]
    if found["can_name"] and left_out:
        yield paragraph(say("left_out", tables=texts.joined(say.language, map(say.table, left_out))))
    if found["can_name"]:
        yield paragraph(say("chance"), "soft")


def _why_nobody(found: Tree, say: _Say) -> str:
    why = found["not_measured"]
    if why == "seasons":
        seasons, measured = found["lengths"]
        return say("not_measured.seasons", seasons=seasons, measured=measured)
    return say(f"not_measured.{why}" if why else "cannot_name")


def _figures(found: Tree, say: _Say) -> Iterator[str]:
    tables = [one for one in found["tables"] if one["figures"]]
    if not tables:
        return  # every game was ended before its first season was counted
    usual = found.get("usual", {}).get("figures", {})
    rows = []
    for name in found["figures"]:
        values = [(one["table"], one["figures"][name]) for one in tables]
        yield figure(_strip(say.figure(name), values, usual.get(name)), note=say.figure(name))
        told = [f"{value:g}" for _, value in values]
        groups = [_interval(group["figures"].get(name)) for group in found["groups"]]
        lo, middle, hi = usual.get(name) or ("", "", "")
        rows.append((say.figure(name), *told, *groups, f"{middle} ({lo}{_TO}{hi})" if usual else ""))
    heads = [say.table(one["table"]) for one in tables]
    means = [say("mean", name=_head(group, say)) for group in found["groups"]]
    yield table(("", *heads, *means, say("bots") if usual else ""), rows, sort="dense wide")


def _head(group: Tree, say: _Say) -> str:
    """Return whose means a column has: of how many tables, of which scenario and length."""
    length = say("length", scenario=say.scenario(group["scenario"]), seasons=group["seasons"])
    about = (say.tables(group["tables"]), *([length] if group["tables"] else []))
    return " \N{MIDDLE DOT} ".join((group["name"] or group["code"], *about))


def _interval(told: Sequence[float] | None) -> str:
    if not told:
        return ""
    return f"{told[0]:g}" if len(told) == 1 else f"{told[0]:g} ({told[1]:g}{_TO}{told[2]:g})"


def _strip(name: str, values: Sequence[tuple[int, float]], usual: Sequence[float] | None) -> str:
    """Return a scale as SVG with a dot for each table, over the band of what usually happens."""
    ends = [value for _, value in values] + list(usual or ())
    least, most = min(ends), max(ends)
    wide = max(most - least, _FEWEST_STEPS * (0.1 if abs(most) < _TENTHS_BELOW else 1))
    low = (least + most - wide) / 2

    def at(value: float) -> float:
        return round(_EDGE + (_WIDTH - 2 * _EDGE) * (value - low) / wide, 1)

    band = ""
    if usual:
        left, right = at(usual[0]), at(usual[2])
        band = (
            f'<rect class="usual" x="{left}" y="{_LINE - 5}" width="{max(right - left, 1)}" height="10" opacity=".25"/>'
        )
    dots = "".join(f'<circle cx="{at(value)}" cy="{_LINE}" r="{_DOT}"/>' for _, value in values)
    placed, rows = _placed([(number, at(value)) for number, value in values])
    numbers = "".join(
        f'<text x="{x}" y="{_LINE + 6 + _ROW * (row + 1)}" text-anchor="middle" font-size="12">{said}</text>'
        for said, x, row in placed
    )
    line = f'<line x1="{_EDGE}" x2="{_WIDTH - _EDGE}" y1="{_LINE}" y2="{_LINE}" stroke="currentColor"/>'
    shape = f'viewBox="0 0 {_WIDTH} {_LINE + 10 + _ROW * rows}" role="img" aria-label="{escape(name)}"'
    return f"<svg {shape}>{band}{line}{dots}{numbers}</svg>"


def _placed(marks: Sequence[tuple[int, float]]) -> tuple[list[tuple[str, float, int]], int]:
    """Return the numbers of tables, each with its place and row so that none lies on another; and how many rows.

    Tables whose dots lie on each other stand side by side below them.
    """
    together: list[tuple[float, list[int]]] = []
    for number, x in sorted(marks, key=lambda mark: (mark[1], mark[0])):
        if together and x - together[-1][0] <= _DOT:
            together[-1][1].append(number)
        else:
            together.append((x, [number]))
    found: list[tuple[str, float, int]] = []
    ends: list[float] = []  # of each row
    for x, numbers in together:
        for start in range(0, len(numbers), _MOST_IN_A_ROW):
            said = " ".join(map(str, numbers[start : start + _MOST_IN_A_ROW]))
            half = len(said) * _LETTER / 2
            middle = min(max(x, half), _WIDTH - half)
            row = next((row for row, end in enumerate(ends) if end < middle - half), len(ends))
            ends[row : row + 1] = [middle + half]
            found.append((said, round(middle, 1), row))
    return found, len(ends)


def _differing(found: Tree, say: _Say) -> Iterator[str]:
    """Yield what differs in the rules, and what was done more or less often."""
    for one in found["tables"]:
        told = [say("rule", **{name: str(value) for name, value in rule.items()}) for rule in one.get("rules", ())]
        told += [_did(act, say) for act in one.get("did", ())]
        if told:
            yield f"<h3>{escape(say.table(one['table']))}</h3>{items(told)}"


def _did(act: Tree, say: _Say) -> str:
    role = texts.say(say.language, f"role.{act['role']}", {})
    command = texts.say(say.language, f"command.{act['command']}", {})
    return say("did", role=role, command=command, each=f"{act['each']:g}", others=f"{act['others']:g}")
