"""The room's screen: frame and page, kept current, and the keys that turn pages, open forms and send at once.

Answers every key, or shows why it does nothing. `pages/` says what is on a page, and the server what may be sent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final, cast

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option as ListOption

from makersphere_clients.terminal import frame
from makersphere_clients.terminal.forms.confirm import ChooseScreen, ConfirmScreen
from makersphere_clients.terminal.forms.form import Args, form_of
from makersphere_clients.terminal.forms.form_screen import Draft, FormScreen
from makersphere_clients.terminal.forms.questions import leaving, question_before
from makersphere_clients.terminal.page import Page, Scene
from makersphere_clients.terminal.pages import asking, console, final, mine, now, offers, story, table
from makersphere_clients.terminal.revealed import ALL
from makersphere_protocol.messages import Result

if TYPE_CHECKING:
    from makersphere_clients.terminal.app import TerminalApp

__all__ = ["RoomScreen"]

_EXTEND_S: Final = 30
_HOST_PREFIX: Final = "host."  # of every command that is a host's


def _page_of(tab: str, scene: Scene, *, secrets: bool = False) -> Page:
    """Return the page of a tab."""
    kind, over = scene.view.you.kind, scene.view.status == "over"
    match tab:
        case "now" if kind == "host":
            return console.page(scene)
        case "now" if over:
            return final.page(scene)
        case "now":
            return now.page(scene) if kind == "seat" else final.watching(scene)
        case "seats":
            return console.seats(scene)
        case "offers":
            return offers.page(scene)
        case "mine":
            return mine.page(scene, secrets=secrets)
        case "log":
            return story.log(scene)
        case "rules":
            return story.rules(scene)
        case "things":
            return table.things(scene)
        case _:
            return table.page(scene, tab)


class RoomScreen(Screen[None]):
    """The screen of a room: frame and page."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *((str(n), f"page({n})", "") for n in range(1, 10)),
        ("left", "turn(-1)", ""),
        ("right", "turn(1)", ""),
        ("r,R", "ready", ""),
        ("a,A", "open('ask')", ""),
        ("m,M", "open('rejoin_code')", ""),
        ("i,I", "open('seat_pass')", ""),
        ("c,C", "change", ""),
        ("v,V", "secrets", ""),
        ("s,S", "at_once('host.start')", ""),
        ("p,P", "pause", ""),
        ("e,E", "extend", ""),
        ("n,N", "open('host.advance')", ""),
        ("l,L", "language", ""),
        ("d,D", "light", ""),
        ("question_mark", "rules", ""),
        ("q,Q", "leave", ""),
    ]

    def __init__(self) -> None:
        """Begin on the first page."""
        super().__init__()
        self.tab = "now"
        self._has_frame = False
        self._about: dict[str, str] = {}
        self._options: list[tuple[str, Text]] = []
        self._secrets = False

    @property
    def is_up(self) -> bool:
        """Return whether the screen can be drawn: not before its first frame, nor while it closes."""
        return self._has_frame and bool(self.query("#header"))

    @property
    def _app(self) -> TerminalApp:
        return cast("TerminalApp", self.app)

    def compose(self) -> ComposeResult:
        """Draw the frame, with nothing in it yet."""
        for name in ("header", "purse", "tabs", "banner"):
            yield Static("", id=name, markup=False)
        with VerticalScroll(id="above"):
            yield Static("", id="text", markup=False)
        yield OptionList(id="options", markup=False)
        yield Static("", id="about", markup=False)
        yield Static("", id="below", markup=False)
        yield Static("", id="keys", markup=False)
        yield Static("", id="small", markup=False)

    def on_mount(self) -> None:
        """Draw what there is."""
        self._has_frame = True
        self.draw()

    # -- drawing

    def draw(self) -> None:
        """Draw the room as it is now."""
        scene = self._app.scene()
        if self.tab not in frame.tabs(scene):
            self.tab = "now"
        self.tick()
        self._set("purse", mine.purse(scene) if scene.view.you.kind == "seat" else Text())
        self._set("tabs", frame.tabs_line(scene, self.tab))
        self._set("keys", frame.keys(scene))
        self._set("small", Text(scene.words("terminal.join.too_small_now")))
        self._show(_page_of(self.tab, scene, secrets=self._secrets))

    def tick(self) -> None:
        """Draw what changes by itself: the clock and the state of the link."""
        app, scene = self._app, self._app.scene()
        mirror = app.connection.mirror
        self._set("header", frame.header(scene, mirror.room, mirror.now_ms(), lost=app.is_lost))
        self._set("banner", frame.banner(scene, app.notice, lost=app.is_lost))

    def _set(self, name: str, text: Text) -> None:
        widget = self.query_one(f"#{name}", Static)
        widget.update(text)
        widget.display = bool(text.plain) and name != "small"

    def _show(self, page: Page) -> None:
        self.query_one("#text", Static).update(page.above)
        self._set("below", page.below)
        self._about = {each.id: each.about for each in page.options}
        options = [(each.id, each.text) for each in page.options]
        list_ = self.query_one("#options", OptionList)
        self.set_class(bool(options), "-choosing")
        if options == self._options:
            self._say_about()
            return
        at = list_.highlighted
        here = self._options[at][0] if at is not None and at < len(self._options) else ""
        self._options = options
        list_.clear_options()
        list_.add_options([ListOption(text, id=id) for id, text in options])
        ids = [id for id, _ in options]
        if ids:
            list_.highlighted = ids.index(here) if here in ids else 0
        self._say_about()
        self._focus()

    @on(OptionList.OptionHighlighted, "#options")
    def _say_about(self) -> None:
        """Say what the option under the cursor is for."""
        at = self.query_one("#options", OptionList).highlighted
        here = self._options[at][0] if at is not None and at < len(self._options) else ""
        self._set("about", Text(self._about.get(here, "")))

    def _focus(self) -> None:
        self.query_one("#options" if self._options else "#above").focus()

    # -- pages

    def action_page(self, number: int) -> None:
        """Turn to a page by its number."""
        tabs = frame.tabs(self._app.scene())
        if number <= len(tabs):
            self._turn_to(tabs[number - 1])

    def action_turn(self, by: int) -> None:
        """Turn to the next page, or the one before."""
        tabs = frame.tabs(self._app.scene())
        self._turn_to(tabs[(tabs.index(self.tab) + by) % len(tabs)])

    def _turn_to(self, tab: str) -> None:
        self.tab = tab
        self._secrets = False
        self._app.notice = ""
        self.draw()
        self.query_one("#above", VerticalScroll).scroll_home(animate=False)
        self._focus()

    def action_rules(self) -> None:
        """Turn to the rules."""
        if "rules" in frame.tabs(self._app.scene()):
            self._turn_to("rules")

    def action_secrets(self) -> None:
        """Open or close what only this seat may see."""
        self._secrets = not self._secrets
        self.draw()

    def action_language(self) -> None:
        """Speak the next language."""
        self._app.speak(self._app.words.other())

    def action_light(self) -> None:
        """Change between dark and light."""
        self._app.theme = "light" if self._app.theme == "dark" else "dark"
        self.draw()

    def action_leave(self) -> None:
        """Leave, after one question; the seat is kept."""
        self.app.push_screen(ConfirmScreen(leaving(self._app.scene())), lambda sure: self._app.exit() if sure else None)

    # -- commands

    @on(OptionList.OptionSelected, "#options")
    def _select(self, event: OptionList.OptionSelected) -> None:
        kind, _, rest = (event.option.id or "").partition(":")
        match kind:
            case "command":
                self.action_open(rest)
            case "offer":
                command, field, id = rest.split(":")
                self._open(command, {field: int(id)})
            case "show":
                self._app.send("host.show", ALL)
            case "seat":
                self._open_seat(int(rest))
            case asking.PREFIX:
                self._answer(int(rest))
            case _:
                pass  # nothing is under the cursor

    def action_open(self, command: str) -> None:
        """Open a command's form; a host's that has no fields and no danger is sent at once."""
        scene = self._app.scene()
        schema = scene.view.legal.get(command)
        if schema is None:
            return
        is_bare = command.startswith(_HOST_PREFIX) and not form_of(command, schema, scene.view).fields
        if not is_bare:
            self._open(command, {})
            return
        question = question_before(command, {}, scene)
        at = self._app.connection.mirror.at if command == "host.advance" else None
        if question is None:
            self._app.send(command, {}, at)
        else:
            self.app.push_screen(
                ConfirmScreen(question), lambda sure: self._app.send(command, {}, at) if sure else None
            )

    def action_at_once(self, command: str) -> None:
        """Send a command without fields, if it is to be had."""
        if command in self._app.scene().view.legal:
            self._app.send(command, {})

    def action_pause(self) -> None:
        """Pause, or go on."""
        self.action_at_once("host.resume" if "host.resume" in self._app.scene().view.legal else "host.pause")

    def action_extend(self) -> None:
        """Give the phase more time."""
        if "host.extend" in self._app.scene().view.legal:
            self._app.send("host.extend", {"seconds": _EXTEND_S})

    def action_ready(self) -> None:
        """Say that one is ready, or take it back."""
        view = self._app.scene().view
        if "ready" in view.legal:
            self._app.send("ready", {"ready": not view.is_ready}, self._app.connection.mirror.at)

    def action_change(self) -> None:
        """Answer the offer under the cursor with other terms."""
        scene, list_ = self._app.scene(), self.query_one("#options", OptionList)
        if self.tab != "offers" or list_.highlighted is None or "send_terms" not in scene.view.legal:
            return
        _, _, kind, id = self._options[list_.highlighted][0].split(":")
        sheet = scene.view.find(kind, id)
        if kind == "sheet" and sheet:
            other = "investor" if sheet.get("maker") == scene.view.you.seat else "venture"
            names = (other, "credits", "hours", "shares", "fee")
            self._open("send_terms", {other: sheet[other]}, {name: sheet[name] for name in names})

    def _open_seat(self, seat: int) -> None:
        """Ask what to do about a seat, if anything can be done, and open that command's form."""
        scene = self._app.scene()
        about = [name for name, each in scene.view.legal.items() if "seat" in each.get("properties", {})]
        if not about:
            return
        options = [(name, scene.words.command(name)) for name in about]
        chosen = ChooseScreen(scene.names.seat(seat), scene.words("ui.choose"), options)
        self.app.push_screen(chosen, lambda name: self._open(name, {"seat": seat}) if name else None)

    def _answer(self, number: int) -> None:
        """Ask whether to let somebody in, and send the answer."""
        scene, words = self._app.scene(), self._app.words
        wish = scene.view.hand.get(asking.PREFIX, {}).get(str(number))
        if wish is None:
            return
        command = f"{_HOST_PREFIX}let_in" if scene.view.you.kind == "host" else "let_in"
        said = words("terminal.join.asks_in", name=str(wish["name"]), seat=scene.names.seat(int(wish["seat"])))
        answers = [(answer, words(f"terminal.join.asks_in.{answer}")) for answer in ("yes", "no")]
        chosen = ChooseScreen(said, words("ui.choose"), answers)
        send = self._app.send
        self.app.push_screen(
            chosen, lambda answer: send(command, {"join": number, "accept": answer == "yes"}) if answer else None
        )

    def _open(self, command: str, given: Args, first: Args | None = None) -> None:
        app = self._app
        if command not in app.scene().view.legal:
            return
        at = None if command.startswith(_HOST_PREFIX) else app.connection.mirror.at
        draft = Draft(command, given, at, first)
        screen = FormScreen(app.scene, app.connection, draft, app.tell_late, think_s=app.think_s)
        self.app.push_screen(screen, self._done)

    def _done(self, result: Result | None) -> None:
        if result is not None:
            self._app.tell(result)
        self.draw()
