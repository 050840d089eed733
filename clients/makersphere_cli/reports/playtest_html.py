"""What a playtest found as one page that needs nothing else, and the one page for a teacher."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from html import escape
from typing import Final

import attrs

from makersphere_cli.reports import comparison_words, hunt_words
from makersphere_cli.reports import playtest_words as words
from makersphere_cli.reports.html_page import bullets, document, table
from makersphere_cli.reports.playtest_text import notes
from makersphere_cli.reports.svg_pictures import Bar, Dose, columns, curve, intervals
from makersphere_cli.speech.words import named
from makersphere_playtest.measured.sections import Line, Section
from makersphere_playtest.plans.findings import Findings, Sensitivity
from makersphere_playtest.plans.sides import Row
from makersphere_rules.ecosystem.table.vocabulary import INVESTOR, MAKER, OPERATOR

__all__ = ["Room", "lesson", "page"]

_ROLES: Final = (MAKER, INVESTOR, OPERATOR)
_Bands = Mapping[tuple[str, str], tuple[float | None, float | None]]

_PICTURED: Final = frozenset(
    {"background", "kind", "seat", "contest", "suspense", "idle", "swaps"}
)  # of one scale each
_FROM_ZERO: Final = frozenset({"background", "kind", "seat", "swaps"})
_NOT_FOR_TEACHERS: Final = (
    "seat_",
    "refused",
    "no_loss",
    "pays",
    "keeps",
    "plot",
)  # warnings for people who change rules
_FINER: Final = ("ahead_", "decided_")  # lines likewise
_SPREAD: Final = frozenset(
    ("births", "products", "badges_lost", "deals", "vitality", "minutes", *(f"score_{role}" for role in _ROLES))
)
_SEEN_BY_CLASS: Final = frozenset(f"score_{role}" for role in _ROLES)
_COLUMNS: Final = 24  # of a picture
_CURVES: Final = 6  # of a swept parameter
_FORESEEN: Final = ("births", "products", "survival", "exits", "badges_lost", "deals")


def page(found: Findings) -> str:
    """Return the page of a playtest."""
    title = words.tell("title", scenario=named("scenario", found.scenario))
    bands = _bands(found)
    spreads = "\n".join(_spreads(found, _SPREAD))
    pictures = "\n".join(_figure(one, bands) for one in found.sections if one.name in _PICTURED)
    plain = "\n".join(_listed(one) for one in found.sections if one.name not in _PICTURED)
    swept = "\n".join(map(_sensitivity, found.sensitivities))
    body = f"""<p class="soft">{escape(words.head(found))}<br>{escape(words.foot())}</p>
{bullets(notes(found))}
{hunt_words.page_part(found.hunt)}
{_targets(found)}
<h2>{escape(words.tell("spreads"))}</h2>
<div class="pictures">
{spreads}
</div>
<h2>{escape(words.tell("means"))}</h2>
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
        takes: how many minutes of a lesson it takes, with joining, explaining, revealing and the talk after seasons.
        introduced: what later seasons bring, a line for each.
    """

    roles: Mapping[str, int]
    minutes: int
    takes: int
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
    time = "lesson.fits" if room.takes <= minutes else "lesson.too_long"
    parts = [words.tell("lesson.seats", seats=found.seats, roles=seated)]
    if found.seats != people:
        parts.append(
            words.tell("lesson.bots" if found.seats > people else "lesson.shared", n=abs(found.seats - people))
        )
    parts.append(words.tell(time, play=room.minutes, takes=room.takes, minutes=minutes, left=abs(minutes - room.takes)))
    parts += room.introduced
    for line in _lines(found, "course"):
        if line.name == "minutes":
            lo, hi = f"{0.8 * line.estimate.mean:.0f}", f"{1.2 * line.estimate.mean:.0f}"
            parts.append(words.tell("lesson.minutes", lo=lo, hi=hi))
    shown = (one for one in found.sections if one.name in ("contest", "idle"))
    pictures = "\n".join(
        [
            *_spreads(found, _SEEN_BY_CLASS),
            *(_figure(attrs.evolve(one, lines=tuple(filter(_for_teachers, one.lines))), {}) for one in shown),
        ]
    )
    mind = [words.warned(one) for one in found.warnings if not one.text.startswith(_NOT_FOR_TEACHERS)]
    body = f"""{bullets(parts)}
<h2>{escape(words.tell("lesson.expected"))}</h2>
{bullets(_foreseen(found))}
<h2>{escape(words.tell("lesson.mind"))}</h2>
{bullets([*mind, words.tell("lesson.debrief")])}
<div class="pictures">
{pictures}
</div>
<p class="soft">{escape(words.head(found))}<br>{escape(words.tell("lesson.foot"))}</p>"""
    return document(title, body)


def _foreseen(found: Findings) -> Iterator[str]:
    """Yield what eight of ten games bring."""
    for line in _lines(found, "course"):
        if line.name in _FORESEEN and line.spread is not None:
            yield words.tell("lesson.expect", what=words.label("course", line.name), range=words.seen(line.spread))


def _for_teachers(line: Line) -> bool:
    return not line.name.startswith(_FINER)


def _bands(found: Findings) -> _Bands:
    """Return where targets want a line to be, by section and line."""
    bands: dict[tuple[str, str], tuple[float | None, float | None]] = {}
    for one in found.targets:
        if one.name == "fair":
            section, _, line = one.of.partition(".")
            bands[section, line] = one.lo, one.hi
        elif one.name in ("kept", "ahead"):
            bands["contest", f"{one.name}_{one.of}"] = one.lo, one.hi
        elif one.name == "forbidden":
            bands["swaps", one.of] = one.lo, one.hi
    return bands


def _spreads(found: Findings, names: Collection[str]) -> Iterator[str]:
    """Yield pictures of how some outcomes are spread over games, and the scores of each role over its seats."""
    for section in ("scores", "course"):
        for line in _lines(found, section):
            if line.spread is not None and line.name in names:
                name = words.tell("spread_of", what=words.label(section, line.name))
                ends = [(line.spread.quantile(share), share) for share in words.SEEN]
                marks = [
                    (value, words.tell("of_ten", n=round(10 * share), value=f"{value:.0f}")) for value, share in ends
                ]
                picture = columns(name, line.spread.columns(_COLUMNS), marks)
                yield f"<figure><h2>{escape(name)}</h2>{picture}</figure>"


def _lines(found: Findings, name: str) -> tuple[Line, ...]:
    section = found.section(name)
    return section.lines if section else ()


def _figure(section: Section, bands: _Bands) -> str:
    name = words.heading(section.name)
    bars = [
        Bar(
            words.label(section.name, one.name),
            words.value(section, one.estimate),
            one.estimate,
            bands.get((section.name, one.name), (None, None)),
        )
        for one in section.lines
    ]
    picture = intervals(name, bars, *((0.0,) if section.name in _FROM_ZERO else ()))
    return f"<figure><h2>{escape(name)}</h2>{picture}</figure>"


def _listed(section: Section) -> str:
    """Return a section as a table; where it is kept, with what eight of ten games bring."""
    rows = [
        (
            words.label(section.name, one.name),
            words.value(section, one.estimate),
            words.interval(one.estimate),
            "" if one.spread is None else words.seen(one.spread),
        )
        for one in section.lines
    ]
    heads = ["", words.tell("mean"), words.tell("range"), words.tell("seen")]
    is_spread = any(one.spread is not None for one in section.lines)
    return table(
        words.heading(section.name),
        heads[: 4 if is_spread else 3],
        (row[: len(heads) - (not is_spread)] for row in rows),
    )


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
    """Return the curves of a swept parameter, those that surely bend first, and every number under them."""
    heads = ["", *(words.tell("as_is") if cell.difference is None else cell.arm for cell in one.rows[0].cells)]
    rows = [[words.outcome(row.outcome), *map(words.cell, row.cells)] for row in one.rows]
    name = words.tell("section.sensitivity", parameter=one.path)
    order = sorted(one.rows, key=lambda row: -sum(cell.is_sure for cell in row.cells))
    figures = "".join(_curve(one.path, row) for row in order[:_CURVES])
    numbers = table(words.tell("every_number"), heads, rows)
    return f'<h2>{escape(name)}</h2>\n<div class="pictures">{figures}</div>\n{numbers}'


def _curve(path: str, row: Row) -> str:
    doses = sorted(
        (Dose(int(cell.arm), cell.estimate, comparison_words.change(cell)) for cell in row.cells[1:]),
        key=lambda dose: dose.value,
    )
    name = words.outcome(row.outcome)
    return f"<figure><h2>{escape(name)}</h2>{curve(f'{path}: {name}', doses, row.cells[0].estimate)}</figure>"
