"""The moments of a finished room in sentences: cause, what-if, question, and what differs.

Answers lines of text in the terminal's language. Entities are named as the terminal client names them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from makersphere_cli.speech.words import language, named, say
from makersphere_clients.terminal.view import View
from makersphere_clients.terminal.words.names import Names
from makersphere_clients.terminal.words.texts import Words
from makersphere_protocol.messages import You
from makersphere_rules.seen.views import table_of
from makersphere_rules.state import State

__all__ = ["WhyText"]

Tree = Mapping[str, Any]
_SCALE: Final = 100


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
        numbers = {name: _number(told[name], is_signed=name == "mean") for name in ("was", "might", "mean", "lo", "hi")}
        if told["lo"] == told["hi"] == 0:
            return say("why.same", what=what, was=numbers["was"])
        is_sure = told["lo"] > 0 or told["hi"] < 0
        return say("why.difference" if is_sure else "why.difference.unsure", what=what, **numbers)


def _number(hundredths: int, *, is_signed: bool) -> str:
    """Return a number of hundredths as people read it."""
    value = round(hundredths / _SCALE, 1)
    said = f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"
    said = said.replace("-", "\N{MINUS SIGN}")
    return f"+{said}" if is_signed and value > 0 else said
