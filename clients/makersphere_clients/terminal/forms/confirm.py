"""One question before a command that cannot be undone: *Not yet* stands first and has the focus.

Answers yes or no. Also a short list to choose one thing from, and a text to read. Sends nothing itself.
"""

from __future__ import annotations

from typing import ClassVar

import attrs
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Label, OptionList, Static
from textual.widgets.option_list import Option

__all__ = ["ChooseScreen", "ConfirmScreen", "Question", "ReadScreen"]


@attrs.frozen
class Question:
    """What is asked: a title, what it does and cannot undo, the two answers."""

    title: str
    text: str
    act: str
    not_yet: str


class ChooseScreen(ModalScreen[str | None]):
    """A list to choose one thing from, or nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape", "dismiss(None)", "")]

    def __init__(self, title: str, text: str, options: list[tuple[str, str]]) -> None:
        """Ask for one of `options`, pairs of an answer and its name."""
        super().__init__()
        self._title, self._text, self._options = title, text, options

    def compose(self) -> ComposeResult:
        """Draw the question."""
        with Vertical(id="confirm"):
            yield Label(self._title, id="confirm-title", markup=False)
            yield Label(self._text, id="confirm-text", markup=False)
            yield OptionList(*(Option(name, id=answer) for answer, name in self._options), markup=False)

    @on(OptionList.OptionSelected)
    def _choose(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option.id)


class ReadScreen(ModalScreen[None]):
    """A text to read; Escape closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape", "dismiss", "")]

    def __init__(self, text: Text) -> None:
        """Show a text."""
        super().__init__()
        self._text = text

    def compose(self) -> ComposeResult:
        """Draw the text."""
        with VerticalScroll(id="reading"):
            yield Static(self._text)


class ConfirmScreen(ModalScreen[bool]):
    """Yes or not yet."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape", "dismiss(False)", "")]

    def __init__(self, question: Question) -> None:
        """Ask a question."""
        super().__init__()
        self._question = question

    def compose(self) -> ComposeResult:
        """Draw the question."""
        asked = self._question
        with Vertical(id="confirm"):
            yield Label(asked.title, id="confirm-title", markup=False)
            yield Label(asked.text, id="confirm-text", markup=False)
            yield OptionList(Option(asked.not_yet, id="no"), Option(asked.act, id="yes"), markup=False)

    @on(OptionList.OptionSelected)
    def _choose(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option.id == "yes")
