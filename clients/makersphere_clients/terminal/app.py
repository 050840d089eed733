"""The terminal client: one connection, one screen that follows it, one person at the keys. The centre of this folder.

Answers every picture of the room with a drawing of it, and keeps drawing the last one while the link is down: the
connection comes back by itself. Why a link has ended for good is said in a sentence. Holds no rule and no state
of the game.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import ClassVar, Final

from textual.app import App
from textual.events import Resize

from makersphere_clients.connection import Connection, ConnectionEnded
from makersphere_clients.terminal.colours import DARK, LIGHT, theme_of
from makersphere_clients.terminal.forms.confirm import ChooseScreen, ReadScreen
from makersphere_clients.terminal.forms.form import Args
from makersphere_clients.terminal.forms.form_screen import FormScreen
from makersphere_clients.terminal.page import Scene
from makersphere_clients.terminal.pages.console import looked_at
from makersphere_clients.terminal.room_screen import RoomScreen
from makersphere_clients.terminal.view import view_of
from makersphere_clients.terminal.words.texts import Words
from makersphere_protocol.free_text import shown
from makersphere_protocol.messages import At, Result

__all__ = ["AGAIN", "LEAST_COLUMNS", "LEAST_ROWS", "TerminalApp", "ended_text"]

LEAST_COLUMNS: Final = 72
LEAST_ROWS: Final = 20
AGAIN: Final = "again"  # the person wants the seat back that another device has taken
_NOTICE_S: Final = 10.0  # a sentence about what was just done stays so long
_SILENCE_S: Final = 3.0  # a lost link is mentioned after that


class TerminalApp(App[str]):
    """A chair in a room.

    Attributes:
        connection: open; it is not closed here.
        words: the language that is spoken.
        notice: what was just done or refused, until the next page.
        think_s: how long a form waits before it asks what it would change.
        silence_s: how long a lost link is not mentioned.
    """

    CSS_PATH: ClassVar[str] = "terminal.tcss"
    ENABLE_COMMAND_PALETTE = False

    def __init__(
        self, connection: Connection, language: str, link: str = "", *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Follow a room.

        Args:
            connection: has been let in already.
            language: the first one to speak.
            link: by which others join, to be shown to them.
            clock: seconds that only rise.
        """
        super().__init__()
        self.connection = connection
        self.words = Words(language)
        self.notice = ""
        self.think_s = 0.25
        self.silence_s = _SILENCE_S
        self._link = link
        self._clock = clock
        self._lost_at: float | None = None
        self._noticed_at: float | None = None  # None: until the next page
        self._room = RoomScreen()
        for name, colours in (("dark", DARK), ("light", LIGHT)):
            self.register_theme(theme_of(name, colours))
        self.theme = "dark"

    # -- what is drawn

    def scene(self) -> Scene:
        """Return the room as it is now."""
        mirror = self.connection.mirror
        colours = LIGHT if self.theme == "light" else DARK
        return Scene(view_of(mirror), self.words, colours, tuple(mirror.lines), self._link)

    @property
    def is_lost(self) -> bool:
        """Return whether the link has been down for so long that the person is told."""
        return self._lost_at is not None and self._clock() - self._lost_at >= self.silence_s

    def on_mount(self) -> None:
        """Begin to follow the room."""
        self.push_screen(self._room)
        self.set_interval(1.0, self._tick)
        self.run_worker(self._follow(), exit_on_error=True)

    async def _follow(self) -> None:
        connection, was_other, was_slower = self.connection, False, False
        while True:
            if connection.by_posts and not was_slower:
                was_slower = True
                self._say(self.words("ui.check.slower"))
            is_other, was_other = connection.mirror.diverged and not was_other, connection.mirror.diverged
            if is_other:
                self._say(self.words("ui.diverged.text"))
            seen = (connection.mirror.changes, connection.connected)
            self._lost_at = None if connection.connected else self._lost_at or self._clock()
            self.draw()
            try:
                await connection.until(lambda: (connection.mirror.changes, connection.connected) != seen)  # noqa: B023
            except ConnectionEnded as ended:
                self._say_end(ended)
                return

    def draw(self) -> None:
        """Draw the room, and the form over it."""
        if not self._room.is_up:
            return
        self._room.draw()
        if isinstance(self.screen, FormScreen):
            self.screen.renew()

    def _tick(self) -> None:
        if self._noticed_at is not None and self._clock() - self._noticed_at >= _NOTICE_S:
            self.notice, self._noticed_at = "", None
        if self._room.is_up:
            self._room.tick()

    def on_resize(self, event: Resize) -> None:
        """Say so where the terminal has become too small to play in."""
        small = event.size.width < LEAST_COLUMNS or event.size.height < LEAST_ROWS
        for screen in self.screen_stack:
            screen.set_class(small, "-small")

    def speak(self, language: str) -> None:
        """Speak another language from now on."""
        self.words = Words(language)
        self.notice = ""
        self.draw()

    # -- what is sent

    def send(self, command: str, args: Args, at: At | None = None) -> None:
        """Send a command in the background; a refusal is shown as a sentence."""
        self.run_worker(self._send(command, args, at), exit_on_error=False)

    async def _send(self, command: str, args: Args, at: At | None) -> None:
        try:
            self.tell(await self.connection.command(command, args, at))
        except ConnectionEnded:
            return  # said by the task that follows the link

    def tell(self, result: Result) -> None:
        """Say the outcome of a command, where there is something to say."""
        if result.error is not None:
            self._say(f"✗ {result.error.message or self.words('ui.refused')}")
        else:
            self.notice, self._noticed_at = self._to_read_off(result.data or {}), None
            if isinstance(hand := (result.data or {}).get("hand"), dict):
                self.push_screen(ReadScreen(looked_at(self.scene(), hand)))
        self.draw()

    def _say(self, sentence: str) -> None:
        """Show a sentence for a while."""
        self.notice, self._noticed_at = shown(sentence), self._clock()

    def _to_read_off(self, data: Mapping[str, object]) -> str:
        """Return what an answer gives the person to read off, such as a code."""
        match data:
            case {"code": code, "seat": seat}:
                return self.words("terminal.join.pass", code=str(code), seat=int(str(seat)))
            case {"code": code}:
                return self.words("terminal.join.code", code=str(code))
            case {"host_token": token}:
                link = f"{self._link.partition('/#/')[0]}/#/r/{self.connection.mirror.room}/{token}"
                return self.words("terminal.join.chair", link=link)
            case {"room": room}:
                return self.words("terminal.join.forked", room=str(room))
            case _:
                return ""

    def tell_late(self) -> None:
        """Say that the phase has closed over an open form."""
        self._say(self.words("terminal.join.late"))
        self._room.draw()

    # -- the end

    def _say_end(self, ended: ConnectionEnded) -> None:
        self._lost_at = None  # nobody tries any more
        self.draw()
        text = ended_text(ended, self.words, is_host=self.connection.mirror.you.kind == "host")
        options = [("leave", self.words("terminal.join.leave"))]
        if ended.code == "replaced":
            options.insert(0, (AGAIN, self.words("ui.play_here")))
        self.push_screen(ChooseScreen(text, "", options), lambda answer: self.exit(answer if answer == AGAIN else None))


def ended_text(ended: ConnectionEnded, words: Words, *, is_host: bool) -> str:
    """Return the sentence that says why a link is over for good, and what to do next."""
    if ended.code in ("bad_name", "joining_closed") and ended.message:
        return shown(ended.message)  # only the server knows what is wrong with this name, or whom it waits for
    if ended.code == "removed" and ended.message:
        return words("ui.ended.removed.reason", reason=ended.message)
    key = f"ui.ended.{ended.code}"
    if is_host and words.has(f"{key}.host"):
        key = f"{key}.host"
    return words(key) if words.has(key) else shown(ended.message) or words("ui.ended")
