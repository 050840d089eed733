"""A command's form over the page: its fields, what it would change, and what stands in its way.

Answers Enter with the command and Escape with nothing. Renews its bounds with every picture of the room; a command
that is no longer to be had closes its form. A command is sent once;
a refusal is shown at its field, and what was entered is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ClassVar, Final, Protocol

import attrs
from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.timer import Timer
from textual.widgets import Input, Label, Static

from makersphere_clients.terminal.forms.confirm import ConfirmScreen
from makersphere_clients.terminal.forms.consequence import consequences
from makersphere_clients.terminal.forms.fields import Changed, FieldWidget, TextField, widget_of
from makersphere_clients.terminal.forms.form import Args, Form, Value, form_of, known_args
from makersphere_clients.terminal.forms.questions import question_before
from makersphere_clients.terminal.page import Scene
from makersphere_clients.terminal.words.describe import about
from makersphere_protocol.messages import At, Result

__all__ = ["Draft", "FormScreen", "Link"]

_NAMED: Final = frozenset({"card", "score"})  # numbers that have names of their own


class Link(Protocol):
    """The part of the connection that a form uses."""

    async def command(self, name: str, args: Args, at: At | None) -> Result:
        """Send a command."""

    async def preview(self, name: str, args: Args) -> Result:
        """Ask what it would change."""


@attrs.frozen
class Draft:
    """The command that a form is for, and where the form begins.

    Attributes:
        command: its name.
        given: arguments that stand and are not asked for.
        at: the season and phase that it is meant for; None where that does not matter.
        first: arguments to begin with; they count before those that were chosen, and before the defaults.
    """

    command: str
    given: Args
    at: At | None = None
    first: Args | None = None


class FormScreen(ModalScreen[Result | None]):
    """The form of one command."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape", "close", ""),
        ("enter", "send", ""),
        ("tab", "next", ""),
        ("shift+tab", "previous", ""),
    ]

    def __init__(
        self, scene: Callable[[], Scene], link: Link, draft: Draft, gone: Callable[[], None], *, think_s: float
    ) -> None:
        """Open a form.

        Args:
            scene: returns the room as it is now.
            link: what previews and sends.
            draft: what the form is for, and where it begins.
            gone: called when the command is no longer to be had.
            think_s: how long after a change the preview is asked for.
        """
        super().__init__()
        self.command = draft.command
        self._scene = scene
        self._link = link
        self._gone = gone
        self._given = draft.given
        self._at = draft.at
        self._first = [draft.first] if draft.first else []
        self._think_s = think_s
        self._form = self._read()
        self._begin = self._values_for(self._given)
        self._touched: set[str] = set()
        self._asked = 0
        self._timer: Timer | None = None
        self.is_sending = False

    # -- what it is made of

    def _read(self) -> Form:
        scene = self._scene()
        form = form_of(self.command, scene.view.legal.get(self.command, {}), scene.view, _NAMED)
        return Form(form.command, tuple(each for each in form.fields if each.name not in self._given), form.sums)

    def _values_for(self, given: Args) -> dict[str, Value | None]:
        return self._form.begin([*self._first, *known_args(self._scene().view, self.command)], given)

    def compose(self) -> ComposeResult:
        """Draw the form."""
        scene = self._scene()
        words, names = scene.words, scene.names
        said = [names.value(name, value) for name, value in self._given.items()]
        with Vertical(id="form"):
            yield Label(" · ".join([words.command(self.command), *said]), id="form-title", markup=False)
            yield Label(words.command_help(self.command), id="form-help", markup=False)
            with VerticalScroll(id="form-fields", can_focus=False):
                for field in self._form.fields:
                    if field.sort != "number":  # which has its name on its own line
                        yield Label(words.field(field.name), classes="field-name", markup=False)
                    yield widget_of(
                        field,
                        self._begin[field.name],
                        words,
                        scene.colours,
                        partial(names.value, field.name),
                        partial(about, names, field.name),
                    )
                    yield Static("", classes="complaint", id=f"complaint-{field.name}", markup=False)
            yield Static("", id="form-consequence", markup=False)
            yield Static("", id="form-complaint", classes="complaint", markup=False)
            yield Static("", id="form-keys", markup=False)

    @property
    def widgets(self) -> list[FieldWidget | TextField]:
        """Return the fields' widgets, in order."""
        return [each for each in self.query("*") if isinstance(each, FieldWidget | TextField)]

    @property
    def values(self) -> dict[str, Value | None]:
        """Return what the fields hold."""
        return {each.field.name: each.value for each in self.widgets}

    @property
    def args(self) -> Args:
        """Return the command's arguments as they stand."""
        filled = {name: value for name, value in self.values.items() if value is not None}
        optional_texts = {f.name for f in self._form.fields if f.sort == "text" and not f.required}
        kept = {name: value for name, value in filled.items() if name not in optional_texts or value != ""}
        return {**self._given, **kept}

    def on_mount(self) -> None:
        """Begin at the first field."""
        if self.widgets:
            self.widgets[0].focus()
        self._show_keys()
        self._think()

    # -- what happens to it

    @on(Changed)
    @on(Input.Changed)
    def _change(self, event: Changed | Input.Changed) -> None:
        widget = next((each for each in self.widgets if each.has_focus), None)
        if widget is not None:
            self._touched.add(widget.field.name)
            if widget.field.sort == "choice":
                self._follow(widget)
        self.query(".complaint").remove_class("-said")
        self._think()

    def _follow(self, chosen: FieldWidget | TextField) -> None:
        """Begin the untouched fields again, as another target asks for other values."""
        if chosen.value is None:
            return
        values = self._values_for({**self._given, chosen.field.name: chosen.value})
        for each in self.widgets:
            if each is not chosen and each.field.name not in self._touched and isinstance(each, FieldWidget):
                each.renew(each.field, values[each.field.name])

    def renew(self) -> None:
        """Take the bounds of this moment; where the command cannot be sent any more, the form closes."""
        form = self._read()
        names = [each.name for each in self._form.fields]
        if self.command not in self._scene().view.legal or [each.name for each in form.fields] != names:
            self.dismiss(None)
            self._gone()
            return
        if form == self._form:
            return
        fields = {each.name: each for each in form.fields}
        self._form = form
        for each in self.widgets:
            field = fields[each.field.name]
            each.renew(field, each.value if field.fits(each.value) else field.empty())
        self._think()

    def _think(self) -> None:
        """Ask for the preview, once the person has stopped changing the fields."""
        trouble = self._form.trouble(self.values, self._scene().words)
        self._say(trouble)
        if self._timer is not None:
            self._timer.stop()
        if not trouble and self._at is not None:
            self._timer = self.set_timer(self._think_s, self._foresee)

    async def _foresee(self) -> None:
        self._asked += 1
        asked = self._asked
        args = self.args
        self.run_worker(self._preview(args, asked), exit_on_error=False)

    async def _preview(self, args: Args, asked: int) -> None:
        foreseen = await self._link.preview(self.command, args)
        if asked != self._asked or not self.is_attached or self.is_sending:
            return
        scene = self._scene()
        if foreseen.error is not None:
            self._complain(foreseen)
            return
        said = consequences(scene.view, foreseen, scene.words, args.get("venture"))
        self._say("\n".join(f"→ {line}" for line in said))

    def _say(self, text: str) -> None:
        """Show the consequences, or what is missing."""
        said = self.query_one("#form-consequence", Static)
        said.update(Text(text, style="bold"))
        said.display = bool(text)

    def _show_keys(self) -> None:
        words = self._scene().words
        focused = self.focused
        own = words(focused.keys) if isinstance(focused, FieldWidget | TextField) and focused.keys else ""
        said = [
            own,
            words("terminal.join.keys.send", what=words.command(self.command)),
            words("terminal.join.keys.close"),
        ]
        self.query_one("#form-keys", Static).update("  ".join(filter(None, said)))

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Say the keys of the field that has the focus."""
        self._show_keys()

    def action_next(self) -> None:
        """Go to the next field."""
        self.focus_next("FieldWidget, TextField")

    def action_previous(self) -> None:
        """Go to the field before."""
        self.focus_previous("FieldWidget, TextField")

    def action_close(self) -> None:
        """Close, sending nothing."""
        self.dismiss(None)

    @on(Input.Submitted)
    def _submit(self) -> None:
        self.action_send()

    def action_send(self) -> None:
        """Send the command, after the question that comes before it, if any."""
        scene = self._scene()
        if self.is_sending or self._form.trouble(self.values, scene.words):
            return
        question = question_before(self.command, self.args, scene)
        if question is None:
            self._begin_sending()
        else:
            self.app.push_screen(ConfirmScreen(question), lambda sure: self._begin_sending() if sure else None)

    def _begin_sending(self) -> None:
        self.is_sending = True
        self.query_one("#form-keys", Static).update("…")
        self.run_worker(self._send(self.args), exit_on_error=False)

    async def _send(self, args: Args) -> None:
        try:
            result = await self._link.command(self.command, args, self._at)
        finally:
            self.is_sending = False
        if result.ok:
            if self.is_attached:
                self.dismiss(result)
        elif self.is_attached:
            self._complain(result)
            self._show_keys()

    def _complain(self, result: Result) -> None:
        """Show a refusal at its field, else above the keys; the entry stays."""
        problem = result.error
        if problem is None:
            return
        message = problem.message or self._scene().words("ui.refused")
        names = [each.field.name for each in self.widgets]
        at = f"#complaint-{problem.field}" if problem.field in names else "#form-complaint"
        self._say("")
        complaint = self.query_one(at, Static)
        complaint.update(f"✗ {message}")
        complaint.add_class("-said")
        complaint.scroll_visible(animate=False)
