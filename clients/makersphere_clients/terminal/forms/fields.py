"""The widgets of a form's fields: a number with its keys, a choice, an order, numbers with a sum, a text.

Answers each with its value, and says when it has changed. Everything by keyboard: up and down go through the options
and, past their ends, to the next field. Bounds are those of the `Field` that was handed in, and may be renewed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Final

from rich.cells import cell_len, set_cell_size
from rich.text import Text
from textual import events
from textual.message import Message
from textual.widgets import Input, Static

from makersphere_clients.terminal.colours import Colours
from makersphere_clients.terminal.forms.form import SHARES, Field, Value, bounds, said, step_of
from makersphere_clients.terminal.words.texts import SHARES_PER_CENT, Words

__all__ = ["Changed", "FieldWidget", "TextField", "widget_of"]

NameOf = Callable[[object], str]
_MEASURES: Final = {"weights": ("served", "growth", "rating", "competition")}
_ONE_LINE: Final = 50  # columns of names that stand side by side
_LABEL: Final = 22  # columns before a number
_WINDOW: Final = 7  # options in sight at once


class Changed(Message):
    """A field has another value."""


class FieldWidget(Static, can_focus=True):
    """A field that is drawn as lines of text and changed by keys.

    Attributes:
        field: what the value may be, as of now.
        value: what the field holds; None where it is left out.
        keys: the key of the sentence that says how the field is used.
    """

    keys: ClassVar[str] = ""

    def __init__(
        self, field: Field, value: Value | None, words: Words, colours: Colours, named: NameOf, about: NameOf
    ) -> None:
        """Draw a field.

        Args:
            field: its bounds.
            value: where it begins.
            words: how to speak.
            colours: light or dark.
            named: how a value is called.
            about: what else is known of a value.
        """
        super().__init__()
        self.field = field
        self.value = value
        self.words = words
        self.colours = colours
        self.named = named
        self.about = about

    def renew(self, field: Field, value: Value | None) -> None:
        """Take new bounds and a value that fits them."""
        self.field, self.value = field, value
        self.refresh(layout=True)

    def set(self, value: Value | None) -> None:
        """Change the value, by the person."""
        if value != self.value:
            self.value = value
            self.post_message(Changed())
        self.refresh(layout=True)

    def on_focus(self) -> None:
        """Show that the field has the focus."""
        self.refresh()

    def on_blur(self) -> None:
        """Show that the field has lost the focus."""
        self.refresh()

    def on_key(self, event: events.Key) -> None:
        """Change the value, or go to the field before or after."""
        if self.press(event.key, event.character or ""):
            event.stop()
            event.prevent_default()
        elif event.key in ("up", "down"):
            event.stop()
            go = self.screen.focus_next if event.key == "down" else self.screen.focus_previous
            go(FOCUSED)

    def press(self, key: str, character: str) -> bool:
        """Handle a key; return whether it meant something here."""
        raise NotImplementedError  # each sort of field has its own

    @property
    def mark(self) -> str:
        """Return the style of what the keys would change."""
        return f"bold {self.colours['on-tape']} on {self.colours['tape']}" if self.has_focus else "bold"


class NumberField(FieldWidget):
    """A whole number: arrows, plus and minus, or its digits."""

    keys = "terminal.join.keys.number"

    def render(self) -> Text:
        """Return the line."""
        value = self.value if isinstance(self.value, int) else None
        shown = "\N{EN DASH}" if value is None else said(self.field, value)
        label = set_cell_size(self.words.field(self.field.name), _LABEL)
        text = Text.assemble((label, self.colours["ink-2"]), "\N{MINUS SIGN} ", (f" {shown} ", self.mark), " +")
        if value is not None and (name := self.named(value)) not in (shown, str(value)):
            text.append(f"  {name}")
        text.append(f"  {bounds(self.field, self.words)}", style=self.colours["ink-2"])
        return text

    def press(self, key: str, character: str) -> bool:
        """Handle a key."""
        lo, hi, step = self.field.lo, self.field.hi, step_of(self.field)
        now = self.value if isinstance(self.value, int) else None
        moves = {"left": -step, "right": step, "pagedown": -10 * step, "pageup": 10 * step}
        unit = SHARES_PER_CENT if self.field.name in SHARES else 1
        moves |= {"shift+left": -max(1, unit // 10), "shift+right": max(1, unit // 10)}
        if character in ("-", "\N{MINUS SIGN}", "+", "="):
            moves[key] = step if character in "+=" else -step
        if key in moves:
            self.set(lo if now is None else min(max(now + moves[key], lo), hi))
        elif key in ("home", "end"):
            self.set(lo if key == "home" else hi)
        elif character.isdecimal() and character.isascii():
            self.set(min(int(f"{(now or 0) // unit or ''}{character}") * unit, hi))
        elif key == "backspace":
            digits = str((now or 0) // unit or "")[:-1]
            self.set(int(digits) * unit if digits else None if not self.field.required else max(0, min(lo, 0)))
        else:
            return False
        return True


class ChoiceField(FieldWidget):
    """One of several options; the first line stands for no choice where the field may be left out."""

    keys = "terminal.join.keys.choice"

    @property
    def options(self) -> list[Value | None]:
        """Return what there is to choose from."""
        return [*([] if self.field.required else [None]), *self.field.options]

    @property
    def is_short(self) -> bool:
        """Return whether the options stand on one line: few words, and nothing more to say of them."""
        named = [self._called(each) for each in self.options]
        return cell_len("   ".join(named)) <= _ONE_LINE and not any(each and self.about(each) for each in self.options)

    def render(self) -> Text:
        """Return the options around the chosen one."""
        options = self.options
        if self.is_short:
            return Text("   ").join([self._row(each, is_chosen=each == self.value) for each in options])
        at = options.index(self.value) if self.value in options else 0
        first = max(0, min(at - _WINDOW // 2, len(options) - _WINDOW))
        shown = options[first : first + _WINDOW]
        rows = [self._row(each, is_chosen=each == self.value) for each in shown]
        if (left := len(options) - len(shown)) > 0:
            rows.append(Text(f"  … +{left}", style=self.colours["ink-2"]))
        return Text("\n").join(rows)

    def _called(self, option: Value | None) -> str:
        return self.words("terminal.join.unsaid") if option is None else self.named(option)

    def _row(self, option: Value | None, *, is_chosen: bool) -> Text:
        name = self._called(option)
        row = Text.assemble(("◉ " if is_chosen else "○ "), (name, self.mark if is_chosen else ""))
        if option is not None and (about := self.about(option)):
            row.append(f"  {about}", style=self.colours["ink-2"])
        return row

    def press(self, key: str, character: str) -> bool:
        """Handle a key."""
        options = self.options
        at = options.index(self.value) if self.value in options else 0
        to = {"up": at - 1, "left": at - 1, "down": at + 1, "right": at + 1, "home": 0, "end": len(options) - 1}.get(
            key
        )
        if to is None or (key in ("up", "down") and (self.is_short or not 0 <= to < len(options))):
            return False
        if options:
            self.set(options[max(0, min(to, len(options) - 1))])
        return True


class OrderField(FieldWidget):
    """An order of several options, the best first: those that are left out stand under the line."""

    keys = "terminal.join.keys.order"
    _at = 0

    @property
    def chosen(self) -> list[int | str]:
        """Return the options that are in the order, the best first."""
        return list(self.value) if isinstance(self.value, list) else []

    @property
    def rows(self) -> list[int | str]:
        """Return the options in the order, then the others."""
        chosen = self.chosen
        return [*chosen, *(each for each in self.field.options if each not in chosen and not isinstance(each, bool))]

    def render(self) -> Text:
        """Return the ranking."""
        chosen, rows = self.chosen, []
        for at, each in enumerate(self.rows):
            if at == len(chosen):
                rows.append(Text(f"── {self.words('ui.rank.below')}", style=self.colours["ink-2"]))
            number = f"{at + 1:>2} " if at < len(chosen) else " · "
            row = Text.assemble(number, (self.named(each), self.mark if self.has_focus and at == self._at else ""))
            if about := self.about(each):
                row.append(f"  {about}", style=self.colours["ink-2"])
            rows.append(row)
        return Text("\n").join(rows) if rows else Text("\N{EN DASH}")

    def press(self, key: str, character: str) -> bool:
        """Handle a key."""
        rows, chosen = self.rows, self.chosen
        if key in ("up", "down"):
            to = self._at + (1 if key == "down" else -1)
            if not 0 <= to < len(rows):
                return False
            self._at = to
            self.refresh()
            return True
        if not rows:
            return False
        here = rows[min(self._at, len(rows) - 1)]
        if key == "space":
            self._toggle(here, chosen)
        elif here in chosen and (key in ("left", "right") or character in ("+", "=", "-")):
            self._move(here, chosen, 1 if key == "right" or character == "-" else -1)
        else:
            return key in ("left", "right")
        return True

    def _toggle(self, here: int | str, chosen: list[int | str]) -> None:
        if here in chosen:
            chosen.remove(here)
        elif len(chosen) < self.field.most:
            chosen.append(here)
        self._at = self._place(here, chosen)
        self.set(list(chosen))

    def _move(self, here: int | str, chosen: list[int | str], by: int) -> None:
        at = chosen.index(here)
        to = max(0, min(at + by, len(chosen) - 1))
        chosen.insert(to, chosen.pop(at))
        self._at = to
        self.set(list(chosen))

    def _place(self, here: int | str, chosen: list[int | str]) -> int:
        left = [each for each in self.field.options if each not in chosen]
        return chosen.index(here) if here in chosen else len(chosen) + left.index(here)


class RowField(FieldWidget):
    """Several numbers with a given sum."""

    keys = "terminal.join.keys.row"
    _at = 0

    @property
    def numbers(self) -> list[int]:
        """Return the numbers."""
        return [each for each in self.value if isinstance(each, int)] if isinstance(self.value, list) else []

    def render(self) -> Text:
        """Return a line for each number, and the sum."""
        names = _MEASURES.get(self.field.name, ())
        rows = []
        for at, each in enumerate(self.numbers):
            name = self.words(f"measure.{names[at]}") if at < len(names) else f"{at + 1}"
            rows.append(
                Text.assemble("\N{MINUS SIGN} ", (f" {each} ", self.mark if at == self._at else "bold"), f" + {name}")
            )
        if self.field.total is not None:
            total = sum(self.numbers)
            style = self.colours["good" if total == self.field.total else "bad"]
            rows.append(Text(self.words("ui.row_total", sum=total, total=self.field.total), style=style))
        return Text("\n").join(rows)

    def press(self, key: str, character: str) -> bool:
        """Handle a key."""
        numbers = self.numbers
        if key in ("up", "down"):
            to = self._at + (1 if key == "down" else -1)
            if not 0 <= to < len(numbers):
                return False
            self._at = to
            self.refresh()
            return True
        moves = {"left": -1, "right": 1}
        if character in ("-", "+", "="):
            moves[key] = -1 if character == "-" else 1
        if character.isdecimal() and character.isascii():
            numbers[self._at] = min(int(character), self.field.hi)
        elif key in moves:
            numbers[self._at] = min(max(numbers[self._at] + moves[key], self.field.lo), self.field.hi)
        else:
            return False
        self.set(list(numbers))
        return True


class TextField(Input):
    """A free text."""

    keys = "terminal.join.keys.text"

    def __init__(self, field: Field, value: Value | None) -> None:
        """Begin with a text."""
        super().__init__(str(value or ""), max_length=field.most, compact=True)
        self.field = field

    def renew(self, field: Field, value: Value | None) -> None:
        """Take a new greatest length."""
        self.field, self.max_length = field, field.most


FOCUSED: Final = "FieldWidget, TextField"
_SORTS: Final = {"number": NumberField, "choice": ChoiceField, "order": OrderField, "row": RowField}


def widget_of(
    field: Field, value: Value | None, words: Words, colours: Colours, named: NameOf, about: NameOf
) -> FieldWidget | TextField:
    """Return the widget of a field."""
    if field.sort == "text":
        return TextField(field, value)
    return _SORTS[field.sort](field, value, words, colours, named, about)
