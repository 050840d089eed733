"""The moments of a finished room in sentences: cause, what-if, question, and what differs.

Answers lines of text in the terminal's language. Entities are named as the terminal client names them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from makersphere_cli.speech.words import language, named, say
from makersphere_clients.terminal.view import View
from makersphere_clients.terminal.words.names import Names
from makersphere_clients.terminal.words.texts import Words
from makersphere_protocol.messages import You
from makersphere_rules.seen.views import table_of
from makersphere_rules.state import State
from makersphere_server.afterwards.differences import difference_said

__all__ = ["WhyText"]

Tree = Mapping[str, Any]


class WhyText:
    """Says what the moments of one game are."""

    def __init__(self, end: State, people: Mapping[int, str]) -> None:
        """Name what lies on the table at the end, and who sat there."""
        table = table_of(end)
        seats = {key: {**seat, "name": people.get(int(key), "")} for key, seat in table.get("seat", {}).items()}
        self._view = View({**table, "seat": seats}, {}, You("watcher"))
        self._words = Words(language())
        self._names = Names(self._view, self._words)

    def head(self, room: str, moment: Tree) -> str:
        """Return the line above all moments."""
        key = "why.head.one" if moment["of"] == 1 else "why.head"
        return say(key, room=room, moments=moment["of"], futures=moment["futures"])

    def lines(self, moment: Tree) -> Iterator[str]:
        """Yield the lines of a moment."""
        season, phase = self._view.in_run(moment["season"]), named("phase", moment["phase"])
        yield say("why.when", n=moment["number"], of=moment["of"], season=season, phase=phase, seq=moment["seq"])
        yield self._said(moment["cause"])
        yield self._said(moment["instead"])
        for difference in moment["differences"]:
            yield f"  {self._difference(moment, difference)}"
        kind = self._words(f"moment.why.kind.{moment['question']['kind']}")
        yield self._words.named(kind, self._said(moment["question"]))

    def _said(self, sentence: Tree) -> str:
        said = {name: self._names.value(name, value) for name, value in sentence["values"].items()}
        if "season" in sentence["values"]:
            said["season"] = str(self._view.in_run(sentence["values"]["season"]))
        return self._words(f"moment.{sentence['text']}", said)

    def _difference(self, moment: Tree, told: Tree) -> str:
        values = {"venture": self._names.venture(moment["venture"]), "seat": self._names.seat(told["seat"])}
        what = self._words(f"moment.why.what.{told['what']}", values)
        sentence, numbers = difference_said(told)
        return self._words(sentence, {"what": what, **numbers})
