"""A page: a text to read, options to choose, and a text under them.

A page is filled from a scene by the files in `pages/`. A page is pure: the same scene is the same page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs
from rich.text import Text

from makersphere_clients.terminal.colours import Colours
from makersphere_clients.terminal.revealed import is_open
from makersphere_clients.terminal.view import View
from makersphere_clients.terminal.words.describe import SHAPES
from makersphere_clients.terminal.words.names import Names
from makersphere_clients.terminal.words.texts import Words
from makersphere_protocol.messages import Line

__all__ = ["Option", "Page", "Scene", "joined"]


@attrs.frozen
class Option:
    """An option of a page: Enter on it does what its id says (`command:pitch`, `offer:answer_terms:sheet:7`).

    Attributes:
        id: what Enter does.
        text: its line.
        about: what is said under the list while it is under the cursor.
    """

    id: str
    text: Text
    about: str = ""


@attrs.frozen
class Page:
    """A text, the options, and a text under them."""

    above: Text
    options: Sequence[Option] = ()
    below: Text = attrs.field(factory=Text)


@attrs.frozen
class Scene:
    """Everything that pages are made from.

    Attributes:
        view: the room.
        words: how to speak.
        colours: light or dark.
        lines: what happened, oldest first.
        link: by which people join.
    """

    view: View
    words: Words
    colours: Colours
    lines: Sequence[Line] = ()
    link: str = ""

    @property
    def names(self) -> Names:
        """Return the names of what lies on the table."""
        return Names(self.view, self.words)

    def said(self) -> list[str]:
        """Return the lines of the log as sentences, newest first; scores wait until the ranking is open."""
        names, tells_scores = self.names, is_open(self.view)
        told = [names.line(line.text, line.values) for line in self.lines if tells_scores or line.text != "score"]
        return [sentence for sentence in reversed(told) if sentence]

    def title(self, text: str) -> Text:
        """Return a heading."""
        return Text(text, style="bold")

    def meta(self, text: str) -> Text:
        """Return a text in the second colour."""
        return Text(text, style=self.colours["ink-2"])

    def person(self, seat: int) -> Text:
        """Return who sits in a seat: shape, number and name in the colour of the role."""
        role = str(self.view.find("seat", seat).get("role", ""))
        shape = SHAPES.get(role, "○")
        return Text(f"{shape} {self.names.seat(seat)}", style=self.colours.get(role, self.colours["ink"]))


def joined(parts: Iterable[Text], between: str = "\n") -> Text:
    """Return texts one after another, empty ones left out."""
    return Text(between).join([part for part in parts if part.plain])
