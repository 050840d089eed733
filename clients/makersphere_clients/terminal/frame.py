"""The frame around every page: the person's chair, phase and clock, the tabs, the state of the link, and the keys.

Answers with lines of text. The clock counts from the server's time, and is doubted while the link is down.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from rich.text import Text

from makersphere_clients.terminal.page import Scene, joined
from makersphere_clients.terminal.pages.offers import waits_for_me
from makersphere_clients.terminal.pages.table import KINDS
from makersphere_clients.terminal.words.describe import SHAPES
from makersphere_clients.terminal.words.texts import minutes

__all__ = ["banner", "header", "keys", "tabs", "tabs_line"]

_TAPE_S: Final = 15  # one tick of the tape
_LONGEST_TAPE: Final = 16
_CLOSING_MS: Final = 20_000
_NEAR_MS: Final = 3_600_000  # before a date so near the time that is left is told as ever
_PACE: Final = ("start", "resume", "pause", "extend", "advance")  # a host's keys
_TITLES: Final = {
    "now": "ui.tab.now",
    "seats": "terminal.join.tab.seats",
    "offers": "terminal.join.tab.offers",
    "space": "ui.table.spaces",
    "maker": "ui.final.maker",
    "venture": "ui.table.ventures",
    "investor": "ui.final.investor",
    "things": "ui.tab.table",
    "mine": "ui.tab.mine",
    "log": "terminal.join.tab.log",
    "rules": "ui.tab.rules",
}


def tabs(scene: Scene) -> list[str]:
    """Return the pages of this chair in this game."""
    kind = scene.view.you.kind
    plays = "world" in scene.view.table
    table = list(KINDS) if plays else ["things"]
    match kind:
        case "host":
            return ["now", "seats", *table, "log"]
        case "seat":
            return ["now", *(["offers"] if plays else []), *table, *(["mine"] if plays else []), "log", "rules"]
        case _:
            return ["now", *table, "log"]


def tabs_line(scene: Scene, current: str) -> Text:
    """Return the tabs with their keys; the current one stands on yellow."""
    line = Text()
    here = f"bold {scene.colours['on-tape']} on {scene.colours['tape']}"
    for number, tab in enumerate(tabs(scene), 1):
        title = scene.words(_TITLES[tab])
        if tab == "offers" and (waiting := waits_for_me(scene)):
            title += f"({waiting})"
        is_here = tab == current
        line.append(f"{number} ", style=here if is_here else "bold")
        line.append(title, style=here if is_here else scene.colours["ink-2"])
        line.append(" ")
    line.right_crop(1)
    return line


def _left_ms(scene: Scene, now_ms: int) -> int | None:
    """Return the milliseconds that the phase still lasts; None where it has no clock."""
    clock = scene.view.single("clock")
    if clock.get("paused"):
        found = clock.get("remaining_ms")
        return None if found is None else int(found)
    deadline = clock.get("deadline")
    return None if deadline is None else max(0, int(deadline) - now_ms)


def header(scene: Scene, room: str, now_ms: int, *, lost: bool) -> Text:
    """Return the line of the chair, the phase and the clock."""
    view, words, kind = scene.view, scene.words, scene.view.you.kind
    if kind == "seat":
        shape, who = SHAPES.get(view.role, "○"), f"{words(f'role.{view.role}')} {scene.names.seat(view.you.seat)}"
    else:
        shape, who = (
            SHAPES["host" if kind == "host" else "watcher"],
            words("role.host" if kind == "host" else "ui.watch"),
        )
    line = Text.assemble((f"{shape} {who}", f"bold {scene.colours['on-mat']}"), f"  {room}")
    run = str(view.single("run").get("name", ""))
    where = words(f"phase.{view.phase}")
    if view.status == "running":
        season = words("ui.season_of", season=view.season, seasons=view.seasons)
        where = " ".join(filter(None, (words(f"run.{run}") if run else "", season, where)))
    line.append(f"  ·  {where}", style="bold")
    if view.status == "running":
        line.append("  ·  ")
        line.append_text(_clock(scene, now_ms, lost=lost))
    return line


def _clock(scene: Scene, now_ms: int, *, lost: bool) -> Text:
    left = _left_ms(scene, now_ms)
    paused = bool(scene.view.single("clock").get("paused"))
    if left is None:
        return Text(scene.words("ui.paused" if paused else "ui.no_clock"))
    if scene.view.single("clock").get("dated") and left > _NEAR_MS and not paused:
        ends = datetime.now().astimezone() + timedelta(milliseconds=left)
        return Text(scene.words("terminal.join.until", date=f"{ends:%Y-%m-%d %H:%M}"), style="bold")
    digits = f"{minutes(left)}{'?' if lost else ''}"
    text = Text(digits, style="bold")
    if left <= _CLOSING_MS and not (lost or paused):
        text = Text(f" {digits} ", style=f"bold {scene.colours['on-tape']} on {scene.colours['tape']}")
    if paused:
        text.append(f" {scene.words('ui.paused')}", style="bold")
    elif not lost:
        text.append(" " + "━" * min(-(-left // (1000 * _TAPE_S)), _LONGEST_TAPE), style=scene.colours["tape"])
    return text


def banner(scene: Scene, notice: str, *, lost: bool) -> Text:
    """Return the line that has to be read at once: a lost link, a pause, a stand-in, or the outcome of a command."""
    words, view = scene.words, scene.view
    if lost:
        key = "terminal.join.lost.host" if view.you.kind == "host" else "terminal.join.lost"
        return Text(f"! {words(key)}", style=f"bold {scene.colours['warn']}")
    if notice:
        return Text(notice, style="bold")
    missing = view.hand.get("behind")
    if isinstance(missing, dict) and "behind" in view.hand.get("host", {}):  # the room waits for this host
        return Text(f"! {_behind(scene, missing)}", style=f"bold {scene.colours['warn']}")
    broken = view.single("room").get("broken")
    if broken:
        said = words("ui.host.broken" if view.you.kind == "host" else "ui.wall.broken", broken)
        return Text(f"! {said}", style=f"bold {scene.colours['warn']}")
    if view.single("clock").get("paused"):
        return Text(words("ui.paused.behind" if view.single("room").get("behind") else "ui.paused.text"), style="bold")
    if view.single("room").get("waits"):
        return Text(words("ui.waiting.tables" if view.you.kind == "seat" else "ui.host.choosing.tables"), style="bold")
    if view.you.kind == "seat" and view.status == "running" and view.me.get("by") == "bot":
        return Text(words("terminal.join.stand_in"), style="bold")
    return Text()


def _behind(scene: Scene, missing: Mapping[str, Any]) -> str:
    """Return what the deciding host reads: what is known to be missing, or that somebody says so."""
    words = scene.words
    known = missing.get("known")
    key, numbers = ("ui.host.behind.what", known) if known else ("ui.host.behind.said.what", missing)
    first, last = numbers["from"], numbers["to"]
    said = words.count(key, last - first + 1, **{"from": first, "to": last})
    return f"{words('ui.host.behind' if known else 'ui.host.behind.said')} {said}"


def keys(scene: Scene) -> Text:
    """Return the line of keys for this chair."""
    words, view = scene.words, scene.view
    named = ["pages", "choose"]
    if "ready" in view.legal:
        named.append("unready" if view.is_ready else "ready")
    named += [name for name in ("ask",) if "ask" in view.legal]
    named += [name for name in _PACE if f"host.{name}" in view.legal]
    said = [Text.assemble(_key(words(f"terminal.join.key.{name}"), scene)) for name in (*named, "language", "leave")]
    return joined(said, "  ")


def _key(text: str, scene: Scene) -> Text:
    """Return a key and what it does; the key is what stands before the first blank."""
    key, _, does = text.partition(" ")
    return Text.assemble((key, "bold"), (f" {does}", scene.colours["ink-2"]))
