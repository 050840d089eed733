"""*Offers*: what waits for this seat's answer, what waits for another's, and what became of earlier ones.

Answers from the legal commands alone: whatever can be answered has a command with a field that names it.
"""

from __future__ import annotations

from typing import Final

from rich.text import Text

from makersphere_clients.terminal.forms.form import form_of
from makersphere_clients.terminal.page import Option, Page, Scene, joined
from makersphere_clients.terminal.view import Fields
from makersphere_clients.terminal.words.describe import terms

__all__ = ["page"]

_KINDS: Final = ("sheet", "proposal")
_EARLIER: Final = 6


def _answerable(scene: Scene) -> list[tuple[str, str, int]]:
    """Return the command, the field and the number of everything that can be answered."""
    found = []
    for command, schema in scene.view.legal.items():
        for field in form_of(command, schema, scene.view).fields:
            if field.name in _KINDS:
                found += [(command, field.name, each) for each in field.options if isinstance(each, int)]
    return found


def waits_for_me(scene: Scene) -> int:
    """Return how many offers wait for this seat's answer."""
    return sum(1 for _, kind, id in _answerable(scene) if not _is_own(scene, kind, id))


def page(scene: Scene) -> Page:
    """Return the page."""
    words = scene.words
    options = [_option(scene, *each) for each in _answerable(scene)]
    head = words("ui.to_answer", n=waits_for_me(scene)) if options else words("ui.no_offers")
    return Page(scene.title(head), options, _earlier(scene))


def _is_own(scene: Scene, kind: str, id: int) -> bool:
    found, seat = scene.view.find(kind, id), scene.view.you.seat
    if kind == "proposal":
        return bool(found.get("sender") == seat)
    return bool((found.get("by") == "maker") == (found.get("maker") == seat))


def _option(scene: Scene, command: str, kind: str, id: int) -> Option:
    names, words = scene.names, scene.words
    found = scene.view.find(kind, id)
    own = _is_own(scene, kind, id)
    text = Text(names.value(kind, id))
    mark = words("ui.offer.yours" if own else "ui.offer.new")
    text.append(f"  {'…' if own else '●'} {mark}", style=scene.colours["ink-2" if own else "warn"])
    said = terms(names, found) if kind == "sheet" else _proposed(scene, found)
    text.append(f"\n  {said}", style=scene.colours["ink-2"])
    about = words("terminal.join.key.change") if kind == "sheet" and "send_terms" in scene.view.legal else ""
    return Option(f"offer:{command}:{kind}:{id}", text, about)


def _proposed(scene: Scene, found: Fields) -> str:
    """Return what a proposal asks and offers."""
    names, words = scene.names, scene.words
    offered = {name: names.value(name, value) for name, value in found.get("terms", {}).items()}
    key = f"ui.{found.get('what')}.terms"
    if words.has(key):
        return words(key, {"sender": names.seat(found["sender"]), **offered})
    return ", ".join(words.named(words.field(name), value) for name, value in offered.items())


def _earlier(scene: Scene) -> Text:
    names, words = scene.names, scene.words
    said = []
    for kind, prefix in (("sheet", "ui.offer"), ("proposal", "ui.proposal.state")):
        for each in scene.view.all(kind):
            if each.get("status") != "open":
                state = words.first(f"{prefix}.{each['status']}", f"ui.offer.{each['status']}")
                said.append(scene.meta(words.named(names.value(kind, each["id"]), state)))
    return joined(said[-_EARLIER:])
