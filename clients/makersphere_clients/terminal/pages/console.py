"""A host's pages: the pace and the other commands, and the seats, those that need something first.

Answers from the host's hand: `hand.legal` says what may be done, `hand.ask` who has asked for something, `hand.asks_in`
who asks to come in.
"""

from __future__ import annotations

from typing import Final

import attrs
from rich.text import Text

from makersphere_clients.terminal.page import Option, Page, Scene, joined
from makersphere_clients.terminal.pages import mine, now
from makersphere_clients.terminal.pages.asking import ANSWERED_HERE, asking
from makersphere_clients.terminal.pages.debrief import moments
from makersphere_clients.terminal.pages.final import ranking
from makersphere_clients.terminal.revealed import waits
from makersphere_clients.terminal.view import Fields, View
from makersphere_protocol.messages import Tree, You

__all__ = ["DANGEROUS", "looked_at", "page", "seats"]

DANGEROUS: Final = frozenset({"host.advance", "host.end", "host.remove", "host.rewind"})  # each asks once
_FIRST: Final = ("host.start", "host.resume", "host.pause", "host.extend", "host.advance", "host.announce")
_ORDER: Final = ("asks", "away", "thinking", "ready", "free")
_NEWEST: Final = 3


def page(scene: Scene) -> Page:
    """Return the console: how the room stands, and everything that a host may do now, the pace first."""
    view, words = scene.view, scene.words
    legal = view.legal
    commands = [name for name in _FIRST if name in legal] + [name for name in legal if name not in _FIRST]
    above = [scene.title(words("phase.over" if view.status == "over" else "ui.console")), counts(scene)]
    if view.status == "lobby" and scene.link:
        above.append(Text.assemble((words.named(words("ui.console.join"), ""), "bold"), scene.link))
    above += [scene.meta(f"▪ {sentence}") for sentence in scene.said()[:_NEWEST]]
    if view.status == "over":
        above += [ranking(scene), moments(scene)]
    options = [_command(scene, name) for name in commands if name not in ANSWERED_HERE]
    return Page(joined(above), [*asking(scene), *_show_ranking(scene), *options])


def _show_ranking(scene: Scene) -> list[Option]:
    """Return the option that opens the whole ranking at once, as long as people wait for it and it may be shown."""
    if not (waits(scene.view) and "host.show" in scene.view.legal):
        return []
    return [Option("show:ranking", Text(scene.words("ui.host.reveal.all")), scene.words("ui.host.reveal.waits"))]


def _command(scene: Scene, name: str) -> Option:
    return Option(f"command:{name}", Text(scene.words.command(name)), scene.words.command_help(name))


def counts(scene: Scene) -> Text:
    """Return how many are ready, think, are away, are bots."""
    words, seats_ = scene.words, scene.view.all("seat")
    states = [_state_of(scene, each) for each in seats_]
    bots = sum(1 for each in seats_ if each.get("by") == "bot")
    said = [words("ui.host.ready", n=states.count("ready"), all=len(states))]
    said += [words("ui.host.thinking", n=states.count("thinking")), words("ui.host.away", n=states.count("away"))]
    return Text(" · ".join([*said, words("ui.host.bots", n=bots)]))


def seats(scene: Scene) -> Page:
    """Return the seats, exceptions first."""
    found = [(each, _state_of(scene, each)) for each in scene.view.all("seat")]
    found.sort(key=lambda each: (_ORDER.index(each[1]), each[0]["id"]))
    return Page(counts(scene), [_seat(scene, seat, state) for seat, state in found])


def looked_at(scene: Scene, hand: Tree) -> Text:
    """Return the page of a seat for a host who looks over its shoulder: its own numbers, with its secrets closed."""
    seat = int(hand.get("id", 0))
    role = str(scene.view.find("seat", seat).get("role", ""))
    own = attrs.evolve(scene, view=View(scene.view.table, hand, You("seat", seat, role)), lines=())
    page = now.page(own)
    choices = [Text.assemble("  ", option.text) for option in page.options]
    parts = [scene.person(seat), mine.purse(own), page.above, *choices, page.below]
    return joined([joined(parts), mine.page(own, secrets=False).above], "\n\n")


def _state_of(scene: Scene, seat: Fields) -> str:
    """Return how a seat stands: asks, away, free, ready or thinking."""
    if _wish(scene, seat["id"]):
        return "asks"
    if seat.get("by") == "away":
        return "away"
    if not seat.get("by"):
        return "free"
    return "ready" if seat.get("ready") else "thinking"


def _wish(scene: Scene, seat: int) -> str:
    return str(scene.view.hand.get("ask", {}).get(str(seat), {}).get("what", ""))


def _seat(scene: Scene, seat: Fields, state: str) -> Option:
    words, id = scene.words, seat["id"]
    text = Text.assemble((f"{id:>3}  ", "bold"), scene.person(id))
    text.append(f"  {words('role.' + str(seat['role']))}", style=scene.colours["ink-2"])
    said = words(f"ui.host.state.{state}")
    if state == "asks":
        said = words("ui.host.asks", what=words(f"choice.{_wish(scene, id)}"))
    text.append(f"  {said}", style=scene.colours["warn" if state in ("asks", "away") else "ink-2"])
    text.append(f"  {words('ui.by.' + str(seat.get('by') or 'nobody'))}", style=scene.colours["ink-2"])
    return Option(f"seat:{id}", text)
