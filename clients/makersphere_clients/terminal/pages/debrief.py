"""The debrief: one's own story once the game is over, and the moments that turned the game for all.

Answers from the hand's story and the table's debrief, in sentences and small tables; each season's money says what
came in, what went out and what was kept. Adds nothing up itself but what stands on one line.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from rich.text import Text

from makersphere_clients.terminal.page import Scene, joined
from makersphere_clients.terminal.revealed import is_open
from makersphere_clients.terminal.view import Fields
from makersphere_clients.terminal.words.texts import number

__all__ = ["moments", "story"]

_ABOUT_PLACES: Final = "lead_taken"  # who took it kept it to the end


def story(scene: Scene) -> Text:
    """Return the own story of the last run that has one; empty before the end."""
    told = [each for each in scene.view.all("story") if each.get("seat") == scene.view.you.seat]
    if not told:
        return Text()
    last = told[-1]
    return joined([_turning(scene, last), _seasons(scene, last), _money(scene, last), _given(scene, last)], "\n\n")


def moments(scene: Scene) -> Text:
    """Return the moments that everybody may read."""
    found = scene.view.all("debrief")
    rows = _moments(scene, found[-1].get("moments", {})) if found else []
    return joined([scene.title(scene.words("ui.debrief.moments")), *rows]) if rows else Text()


def _moments(scene: Scene, told: Mapping[str, Fields]) -> list[Text]:
    words, names = scene.words, scene.names
    rows = []
    for _, moment in sorted(told.items(), key=lambda each: int(each[0])):
        key, values = f"moment.{moment['text']}", moment.get("values", moment)
        if words.has(key) and (is_open(scene.view) or moment["text"] != _ABOUT_PLACES):
            said = {name: names.value(name, value) for name, value in values.items() if not isinstance(value, dict)}
            season, phase = scene.view.in_run(int(moment["season"])), words(f"phase.{moment['phase']}")
            said["season"] = str(season)
            rows.append(Text(f"▪ {words.named(words('ui.when', season=season, phase=phase), words(key, said))}"))
    return rows


def _turning(scene: Scene, told: Fields) -> Text:
    rows = _moments(scene, told.get("turning", {}))
    return joined([scene.title(scene.words("ui.debrief.story.turning")), *rows]) if rows else Text()


def _by_season(scene: Scene, told: Mapping[str, Any]) -> list[tuple[str, Any]]:
    ordered = sorted(told.items(), key=lambda each: int(each[0]))
    return [(scene.words("ui.season", season=scene.view.in_run(int(season))), each) for season, each in ordered]


def _seasons(scene: Scene, told: Fields) -> Text:
    words, rows = scene.words, []
    for season, figures in _by_season(scene, told.get("seasons", {})):
        keys = {name: words.first(f"ui.debrief.story.{name}", f"term.{name}", name) for name in figures}
        said = " · ".join(f"{keys[name]} {number(value)}" for name, value in figures.items())
        rows.append(Text.assemble((f"{season}  ", "bold"), said))
    return joined([scene.title(words("ui.debrief.story.seasons")), *rows]) if rows else Text()


def _money(scene: Scene, told: Fields) -> Text:
    words, rows = scene.words, []
    for season, each in _by_season(scene, told.get("money", {})):
        came, went = sum(each["in"].values()), sum(each["out"].values())
        balance = words("ui.debrief.story.balance", came=number(came), went=number(went), kept=number(each["kept"]))
        rows.append(Text.assemble((f"{season}  ", "bold"), balance))
        for sign, side, style in (("+", "in", "good"), ("\N{MINUS SIGN}", "out", "bad")):
            named = [f"{sign}{number(amount)} {words(f'reason.{reason}')}" for reason, amount in each[side].items()]
            rows.append(Text(f"  {' · '.join(named)}", style=scene.colours[style]) if named else Text())
    return joined([scene.title(words("ui.debrief.story.money")), *rows]) if rows else Text()


def _given(scene: Scene, told: Fields) -> Text:
    words, rows = scene.words, []
    for seat, gifts in told.get("given", {}).items():
        counts = [words.count(f"ui.debrief.story.given.{name}", n) for name, n in gifts.items() if n]
        rows.append(Text.assemble(scene.person(int(seat)), f"  {words.listed(counts)}"))
    return joined([scene.title(words("ui.debrief.story.given")), *rows]) if rows else Text()
