"""The question before a command that binds another person or cannot be undone.

Answers with a question, or with None. The words are those of the texts; which commands of a host are dangerous
stands in `pages/console.py`.
"""

from __future__ import annotations

from typing import Final

from makersphere_clients.terminal.forms.confirm import Question
from makersphere_clients.terminal.forms.form import Args
from makersphere_clients.terminal.page import Scene
from makersphere_clients.terminal.pages.console import DANGEROUS

__all__ = ["leaving", "question_before"]

_FOR_GOOD: Final = frozenset({"close_venture", "leave_team", "leave_space"})


def question_before(command: str, args: Args, scene: Scene) -> Question | None:
    """Return what to ask before a command is sent."""
    words = scene.words
    if command == "answer_terms" and args.get("answer") == "accept":
        sheet = scene.view.find("sheet", str(args.get("sheet")))
        other = sheet.get("investor" if sheet.get("maker") == scene.view.you.seat else "maker", 0)
        title = words("ui.sign.title", name=scene.names.seat(int(other)))
        return _asked(scene, title, words("ui.sign.text"), words("choice.accept"))
    if command in _FOR_GOOD:
        return _asked(scene, words.command(command), words.command_help(command), words.command(command))
    return _of_host(command, args, scene) if command in DANGEROUS else None


def _of_host(command: str, args: Args, scene: Scene) -> Question:
    words, act = scene.words, scene.words.command(command)
    match command:
        case "host.advance":
            waiting = sum(1 for each in scene.view.all("seat") if not each.get("ready"))
            title = words("ui.host.advance.title", phase=words(f"phase.{scene.view.phase}"))
            return _asked(scene, title, words.count("ui.host.advance.text", waiting), act)
        case "host.end":
            return _asked(scene, words("ui.host.end.title"), words("ui.host.end.text"), act)
        case "host.remove":
            title = words("ui.host.remove.title", name=scene.names.seat(int(str(args.get("seat", 0)))))
            return _asked(scene, title, words("ui.host.remove.text"), act)
        case _:
            phase = words(f"phase.{args.get('phase', scene.view.phase)}")
            title = words("terminal.join.rewind.title", phase=phase)
            return _asked(scene, title, words("terminal.join.rewind.text"), act)


def leaving(scene: Scene) -> Question:
    """Return the question to a person who leaves."""
    words = scene.words
    text = words("ui.leave.text") if scene.view.you.kind == "seat" else words("terminal.join.leave.text")
    return _asked(scene, words("terminal.join.leave"), text, words("terminal.join.leave"))


def _asked(scene: Scene, title: str, text: str, act: str) -> Question:
    return Question(title, text, act, scene.words("ui.not_yet"))
