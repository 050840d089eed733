"""The hunt in words and bars: what each suspect brings beside what it may, those that pay too much first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

from makersphere_cli.reports import playtest_words as words
from makersphere_cli.reports.html_page import table
from makersphere_cli.reports.svg_pictures import Bar, intervals
from makersphere_cli.speech.words import named
from makersphere_playtest.measured.intervals import Estimate
from makersphere_playtest.plans.hunt import Hunted

__all__ = ["HEADS", "head", "label", "page_part", "rows"]

HEADS: Final = ("brings", "sure_range", "may_bring", "points", "costs", "wins", "changed")
_PLOTS: Final = "plot"
_MARK: Final = "●"


def head(found: Sequence[Hunted]) -> str:
    """Return how to read what the hunt found."""
    return words.tell("hunt.head", n=len(found), named=sum(one.is_named for one in found), mark=_MARK)


def rows(found: Sequence[Hunted]) -> Iterator[tuple[Hunted, list[str]]]:
    """Yield each suspect with what `HEADS` names of it, what pays most over its bound first."""
    for one in sorted(found, key=_over, reverse=True):
        bound = f"{one.suspect.most:.0f}"
        lost = [_mean(one.points), _mean(one.costs), _mean(one.wins), f"{one.changed.mean:.0f}"]
        brings = one.brings
        yield one, [_mean(brings), "" if brings is None else words.interval(brings), bound, *lost]


def label(one: Hunted) -> str:
    """Return what a suspect does, marked where it is named."""
    return _marked(words.suspect(one.suspect), one)


def _short(one: Hunted) -> str:
    """Return a label that a picture has room for: its heading says the role, the table what a plot is."""
    return _marked(words.policy(one.suspect.name) if one.suspect.role else one.suspect.name, one)


def _marked(what: str, one: Hunted) -> str:
    return f"{what} {_MARK}" if one.is_named else what


def _over(one: Hunted) -> float:
    return float("-inf") if one.brings is None else one.brings.lo - one.suspect.most


def _mean(one: Estimate | None) -> str:
    return "" if one is None else f"{one.mean:+.1f}"


def page_part(found: Sequence[Hunted]) -> str:
    """Return the pictures of the hunt, one for the policies of each role and one for plots, and a table under them."""
    if not found:
        return ""
    order = [one for one, _ in rows(found)]
    figures = "\n".join(
        _figure(name, [one for one in order if _group(one) == name]) for name in dict.fromkeys(map(_group, found))
    )
    heads = ["", *(words.tell(f"hunt.{name}") for name in HEADS)]
    return f"""<h2>{escape(words.heading("hunt"))}</h2>
<p class="soft">{escape(head(found))}</p>
<div class="pictures">
{figures}
</div>
{table(words.tell("hunt.table"), heads, ([label(one), *cells] for one, cells in rows(found)))}"""


def _group(one: Hunted) -> str:
    return one.suspect.role or _PLOTS


def _figure(group: str, found: Sequence[Hunted]) -> str:
    name = words.tell("hunt.plots") if group == _PLOTS else words.tell("hunt.of_role", role=named("role", group))
    bars = [
        Bar(_short(one), _mean(one.brings), one.brings, (None, one.suspect.most))
        for one in found
        if one.brings is not None
    ]
    return f"<figure><h2>{escape(name)}</h2>{intervals(name, bars, 0.0)}</figure>" if bars else ""
