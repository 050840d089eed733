"""*If time runs out: …*: what the room does for this seat at the close, as things stand.

Answers with one sentence from the texts, made of the defaults that the hand holds. Decides nothing.
"""

from __future__ import annotations

from typing import Any

from makersphere_clients.terminal.page import Scene
from makersphere_clients.terminal.words.texts import percent
from makersphere_clients.terminal.words.ways_of_matching import Way, ways

__all__ = ["default_line"]


def default_line(scene: Scene) -> str:
    """Return the sentence, or "" where there is nothing to say."""
    view, words = scene.view, scene.words
    if view.status != "running":
        return ""
    plain = f"default.{view.phase}.{view.role}"
    if view.phase == "admission" and view.role == "maker":
        return _of_admission(scene, plain)
    if view.phase == "matching" and view.role in ("maker", "investor"):
        return _of_matching(scene) or words("ui.default.as_chosen")
    if _own(scene) and not _defaults(scene):
        return words("ui.default.as_chosen")
    keys = [f"{plain}.{module}" for module in view.modules(view.phase)]
    return next((words(key) for key in [*keys, plain] if words.has(key)), "")


def _defaults(scene: Scene) -> dict[str, dict[str, Any]]:
    found = scene.view.hand.get("default")
    return found if isinstance(found, dict) else {}


def _own(scene: Scene) -> dict[str, dict[str, Any]]:
    """Return what this seat has chosen itself, by command."""
    return {
        each["command"]: each["args"]
        for each in scene.view.all("choice")
        if each.get("seat") == scene.view.you.seat and not each.get("by_default")
    }


def _of_admission(scene: Scene, plain: str) -> str:
    words, names = scene.words, scene.names
    found = {**_defaults(scene), **_own(scene)}
    card = found.get("keep_idea", {}).get("card", 0)
    idea = next((each for each in scene.view.all("idea") if each.get("number") == card), None)
    if idea is None:
        return words("ui.default.as_chosen" if "pitch" in _own(scene) else f"{plain}.stay")
    space = found.get("pitch", {}).get("space", "garage")
    if not isinstance(space, int):
        return words(f"{plain}.garage", idea=names.idea(idea["card"]))
    return words(plain, idea=names.idea(idea["card"]), space=names.space(space))


def _of_matching(scene: Scene) -> str:
    words = scene.words
    parts = [part for way in ways(scene.view) if (part := _of_way(scene, way))]
    if not parts:
        return ""
    what = parts[0]
    for other in parts[1:]:
        what = words("ui.default.both", one=what, other=other)
    return words("ui.default", what=what)


def _of_way(scene: Scene, way: Way) -> str:
    words, role = scene.words, scene.view.role
    command = way.command(role)
    args = _defaults(scene).get(command)
    concerned = command in scene.view.legal or args is not None or way.module == "negotiation"
    if command in _own(scene) or not concerned:
        return ""
    key = f"ui.default.{role}.{way.module}"
    if words.has(f"{key}.none") and not _does(args):
        return words(f"{key}.none")
    asked = args or {}
    return words(key, share=percent(int(asked.get("shares", 0))), credits=asked.get("credits", 0))


def _does(args: dict[str, Any] | None) -> bool:
    """Return whether a default does anything; an empty list and zero packages do nothing."""
    return bool(args) and args is not None and args.get("packages") != 0 and next(iter(args.values())) != []
