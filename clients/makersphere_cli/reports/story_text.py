"""A game told to read, phase by phase: who sent what, and what was told of it, in the person's language.

Answers lines of text, made again from the log of a game. With a seat's own eyes it says what that seat sent and was
told, and names things by what it sees; without, everything that anybody sent and was told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from makersphere_cli.speech.words import language, named, say
from makersphere_clients.terminal.view import View
from makersphere_clients.terminal.words.names import Names
from makersphere_clients.terminal.words.texts import Words
from makersphere_playtest.games.headless import Entry
from makersphere_protocol.messages import You
from makersphere_rules import engine
from makersphere_rules.events import ChoiceMade, Event, Line, PhaseOpened, is_told
from makersphere_rules.seen.views import hand_of, table_of
from makersphere_rules.state import State

__all__ = ["story"]


def story(state: State, log: Iterable[Entry], hand: int) -> Iterator[str]:
    """Yield the lines of a game.

    Args:
        state: the game in its lobby; it is played on.
        log: what was sent, by whom, and what came of it.
        hand: the seat with whose eyes it is told; 0: everything is told.
    """
    told = _Story(state, Words(language()), hand)
    for actor, order, events in log:
        yield from told.entry(actor, order, events)


class _Story:
    """A game as it goes on."""

    def __init__(self, state: State, words: Words, hand: int) -> None:
        self._state = state
        self._words = words
        self._hand = hand

    def entry(self, actor: int, order: engine.Order, events: Iterable[Event]) -> Iterator[str]:
        """Yield what an order says and what is told of it."""
        if actor != engine.ROOM and order.name != "ready" and self._hand in (0, actor):
            yield self._sent("story.sent", actor, order.name, order.args)
        for event in events:
            engine.evolve(self._state, event)
            if isinstance(event, PhaseOpened):
                yield from self._phase(event)
            elif isinstance(event, ChoiceMade) and event.by_default and self._hand in (0, event.seat):
                yield self._sent("story.unsaid", event.seat, event.command, event.args)
            else:
                yield from self._lines(event.lines())

    def _phase(self, event: PhaseOpened) -> Iterator[str]:
        season = self._names(0).view.in_run(event.season)
        yield ""
        yield say("story.phase", n=season, phase=named("phase", event.phase))

    def _sent(self, how: str, seat: int, command: str, args: Mapping[str, Any]) -> str:
        """Return what a seat has sent, with its arguments as that seat reads them."""
        names = self._names(seat)
        said = (self._words.named(self._words.field(name), names.value(name, value)) for name, value in args.items())
        what = self._words.listed((self._words.command(command), *said))
        return f"  {say(how, who=names.seat(seat), what=what)}"

    def _lines(self, lines: Iterable[Line]) -> Iterator[str]:
        for line in lines:
            if self._hand and not is_told(line.audience, self._hand):
                continue
            is_private = not is_told(line.audience, 0)
            reader = self._hand or (line.audience[0] if is_private and line.audience else 0)
            names = self._names(reader)
            sentence = names.line(line.text, line.values)
            if sentence and is_private and not self._hand:
                readers = self._words.listed(names.seat(seat) for seat in line.audience)
                sentence = say("story.private", sentence=sentence, who=readers)
            if sentence:
                yield f"  {sentence}"

    def _names(self, seat: int) -> Names:
        """Return the names of things as a seat sees them; 0: as everybody does."""
        hand = hand_of(self._state, seat) if seat else {}
        return Names(View(table_of(self._state), hand, You("watcher")), self._words)
