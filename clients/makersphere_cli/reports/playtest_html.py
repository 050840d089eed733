"""What a playtest found as one page that needs nothing else, and the one page for a teacher."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Final

import attrs

from makersphere_cli.reports import comparison_words
from makersphere_cli.reports import playtest_words as words
from makersphere_cli.reports.html_page import bullets, document, table
from makersphere_cli.reports.playtest_text import notes
from makersphere_cli.reports.svg_pictures import Bar, intervals
from makersphere_cli.speech.words import named
from makersphere_playtest.measured.sections import Line, Section
from makersphere_playtest.plans.findings import Findings, Sensitivity

__all__ = ["Room", "lesson", "page"]

_PICTURED: Final = frozenset(
    {"scores", "background", "kind", "seat", "contest", "suspense", "idle", "swaps"}
)  # of one scale each
_FROM_ZERO: Final = frozenset({"background", "kind", "seat", "swaps"})
_NOT_FOR_TEACHERS: Final = ("seat_", "refused", "no_loss")  # warnings for people who change rules
_FINER: Final = ("ahead_", "decided_")  # lines likewise
_LOW, _HIGH = 0.1, 0.9  # shares of all games between which what a class will see is told
_FORESEEN: Final = ("births", "products", "survival", "exits", "badges_lost", "deals")


def page(found: Findings) -> str:
    """Return the page of a playtest."""
    title = words.tell("title", scenario=named("scenario", found.scenario))
    pictures = "\n".join(_figure(one) for one in found.sections if one.name in _PICTURED)
    plain = "\n".join(_listed(one) for one in found.sections if one.name not in _PICTURED)
    swept = "\n".join(map(_sensitivity, found.sensitivities))
    body = f"""<p class="soft">{escape(words.head(found))}<br>{escape(words.foot())}</p>
{bullets(notes(found))}
{_targets(found)}
<div class="pictures">
{pictures}
</div>
{swept}
{plain}"""
    return document(title, body)


@attrs.frozen
class Room:
    """The room of a lesson.

    Attributes:
        roles: how many seats of each role.
        minutes: how long the game is by its clocks.
        introduced: what later seasons bring, a line for each.
    """

    roles: Mapping[str, int]
    minutes: int
    introduced: Sequence[str]


def lesson(found: Findings, room: Room, minutes: int, people: int) -> str:
    """Return one page for a teacher: what this class will likely see in this lesson.

    Args:
        found: games with as many seats as the class needs.
        room: in which they are played.
        minutes: how long the lesson is.
        people: in the class.
    """
    scenario = named("scenario", found.scenario)
    title = words.tell("lesson.title", scenario=scenario, people=people, minutes=minutes)
    seated = words.listed(f"{named('role', role)}: {count}" for role, count in room.roles.items())
    time = "lesson.fits" if room.minutes <= minutes else "lesson.too_long"
    parts = [words.tell("lesson.seats", seats=found.seats, roles=seated)]
    if found.seats != people:
        parts.append(
            words.tell("lesson.bots" if found.seats > people else "lesson.shared", n=abs(found.seats - people))
        )
    parts.append(words.tell(time, play=room.minutes, minutes=minutes, left=abs(minutes - room.minutes)))
    parts += room.introduced
    course = found.section("course")
    for line in course.lines if course else ():
        if line.name == "minutes":
            lo, hi = f"{0.8 * line.estimate.mean:.0f}", f"{1.2 * line.estimate.mean:.0f}"
            parts.append(words.tell("lesson.minutes", lo=lo, hi=hi))
    seen = [
        words.tell(
            "lesson.expect",
            what=words.label("course", line.name),
            lo=f"{line.spread.quantile(_LOW):.0f}",
            hi=f"{line.spread.quantile(_HIGH):.0f}",
        )
        for line in (course.lines if course else ())
        if line.name in _FORESEEN and line.spread is not None
    ]
    shown = (one for one in found.sections if one.name in ("contest", "idle"))
    pictures = "\n".join(_figure(attrs.evolve(one, lines=tuple(filter(_for_teachers, one.lines)))) for one in shown)
    mind = [words.warned(one) for one in found.warnings if not one.text.startswith(_NOT_FOR_TEACHERS)]
    body = f"""{bullets(parts)}
<h2>{escape(words.tell("lesson.expected"))}</h2>
{bullets(seen)}
<h2>{escape(words.tell("lesson.mind"))}</h2>
{bullets([*mind, words.tell("lesson.debrief")])}
<div class="pictures">
{pictures}
</div>
<p class="soft">{escape(words.head(found))}<br>{escape(words.tell("lesson.foot"))}</p>"""
    return document(title, body)


def _for_teachers(line: Line) -> bool:
    return not line.name.startswith(_FINER)


def _figure(section: Section) -> str:
    name = words.heading(section.name)
    bars = [
        Bar(words.label(section.name, one.name), words.value(section, one.estimate), one.estimate)
        for one in section.lines
    ]
    picture = intervals(name, bars, *((0.0,) if section.name in _FROM_ZERO else ()))
    return f"<figure><h2>{escape(name)}</h2>{picture}</figure>"


def _listed(section: Section) -> str:
    rows = [
        (words.label(section.name, one.name), words.value(section, one.estimate), words.interval(one.estimate))
        for one in section.lines
    ]
    return table(words.heading(section.name), ("", words.tell("mean"), words.tell("range")), rows)


def _targets(found: Findings) -> str:
    heads = ("", words.tell("wanted"), words.tell("measured"), words.tell("range"), "")
    rows = [
        (
            words.target(one),
            words.wanted(one),
            f"{one.measured.mean:.2f}",
            words.interval(one.measured),
            words.verdict(one.verdict),
        )
        for one in found.targets
    ]
    return table(words.heading("targets"), heads, rows) if rows else ""


def _sensitivity(one: Sensitivity) -> str:
    heads = ["", *(words.tell("as_is") if cell.difference is None else cell.arm for cell in one.rows[0].cells)]
    rows = [
        [
            words.outcome(row.outcome),
            *(f"{cell.estimate.mean:.1f} {comparison_words.change(cell)}".rstrip() for cell in row.cells),
        ]
        for row in one.rows
    ]
    return table(words.tell("section.sensitivity", parameter=one.path), heads, rows)
