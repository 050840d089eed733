"""`makersphere join`: play, watch or lead a room from this terminal.

Answers a link or `HOST:PORT CODE` with a chair in the room, and comes back to the same chair the next time. Keys
never stand on the command line: they are asked for, or come from `MAKERSPHERE_HOST_TOKEN`. What is wrong before the
first picture is said in one sentence.
"""

from __future__ import annotations

import asyncio
import getpass
import os
import shutil
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Annotated, Final

import attrs
from cyclopts import Parameter

from makersphere_cli.flags import Name, Seats
from makersphere_cli.speech.causes import cause
from makersphere_cli.speech.not_reached import not_reached
from makersphere_cli.speech.trouble import Trouble
from makersphere_cli.speech.words import complain, say, speak
from makersphere_cli.speech.words import language as spoken_language
from makersphere_clients.backoff import Backoff
from makersphere_clients.connection import Connection, ConnectionEnded, new_id
from makersphere_clients.terminal.address import Address, Chair, NoAddress, address
from makersphere_clients.terminal.app import AGAIN, LEAST_COLUMNS, LEAST_ROWS, TerminalApp, ended_text
from makersphere_clients.terminal.chairs import Chairs
from makersphere_clients.terminal.words.texts import Words
from makersphere_protocol.messages import Join, Resume, Watch
from makersphere_server.settings import user_data_folder

__all__ = ["join"]

_TOKEN: Final = "MAKERSPHERE_HOST_TOKEN"  # noqa: S105  (its name)
_TRIES: Final = 2
_SHORT: Final = 12  # a rejoin code is shorter, a token is longer
_ASK_AGAIN: Final = frozenset({"name_taken", "bad_name"})
_STALE: Final = frozenset({"unauthorised", "removed"})

Opening = Join | Resume | Watch
Flag = Annotated[bool, Parameter(negative=())]


def join(
    *link: Name,
    name: Name = "",
    role: Name = "",
    watch: Flag = False,
    host: Flag = False,
    rejoin: Flag = False,
    seat: Seats | None = None,
    language: Name = "",
) -> int:
    """Play, watch or lead a room from this terminal.

    Args:
        link: of a room (`http://HOST:PORT/#/j/CODE`), or `HOST:PORT CODE`; asked for where it is missing.
        name: that the room sees; asked for where it is missing. Each name has a seat of its own.
        role: that is wished for; by default any free seat.
        watch: see the table alone, as the big screen does.
        host: lead the room; the key is asked for, or taken from MAKERSPHERE_HOST_TOKEN.
        rejoin: take over a seat or a host's chair from another device; its code is asked for.
        seat: share that seat: a pass to it is asked for, and without one its people or the host are.
        language: `en` or `zh`; by default the terminal's own.
    """
    if watch and host:
        raise Trouble("join_one_chair")
    if language:
        speak(language)
    _need_terminal()
    where = _address(" ".join(link))
    if watch or host:
        where = attrs.evolve(where, chair="watch" if watch else "host")
    return _Visit(where, Chairs(user_data_folder()), spoken_language(), name, role, seat).run(rejoin=rejoin)


class _Visit:
    """One run of the command: who comes, into which chair, with what."""

    def __init__(self, where: Address, chairs: Chairs, spoken: str, name: str, role: str, seat: int | None) -> None:
        self._where = where
        self._chairs = chairs
        self._spoken = spoken
        self._name = name
        self._role = role
        self._seat = seat
        self._kept_name = ""
        self._code = 0

    def run(self, *, rejoin: bool) -> int:
        """Come in, stay, and leave.

        Raises:
            Trouble: the room cannot be entered.
        """
        openings = self._ways_in(rejoin=rejoin)
        waits: Opening | None = None  # to be let in, by the very same frame
        while True:
            opening, waits = waits or openings[0](), None
            try:
                answer = asyncio.run(self._stay(opening))
            except ConnectionEnded as ended:
                if ended.code == "joining_closed" and ended.retry_s:
                    waits = opening
                    print(ended_text(ended, Words(self._spoken), is_host=False))
                    time.sleep(ended.retry_s)
                elif ended.code in _STALE and len(openings) > 1:
                    openings.pop(0)
                elif ended.code in _ASK_AGAIN and not self._name:
                    complain(ended_text(ended, Words(self._spoken), is_host=False))
                elif ended.code == "unauthorised" and openings[0] == self._as_other_device:
                    complain(say("join.wrong_code"))
                else:
                    raise self._trouble(ended) from None
                continue
            if answer != AGAIN:
                break
            openings = self._ways_in(rejoin=False)
        if self._where.chair == "seat" and not self._code:
            print(say("join.kept", room=self._where.room))
        return self._code

    def _ways_in(self, *, rejoin: bool) -> list[Callable[[], Opening]]:
        """Return the first frames to try, in order; the person is asked only when a frame needs the answer."""
        where, room = self._where, self._where.room
        if where.chair == "watch":
            return [lambda: Watch(room)]
        if where.token:
            return _by_secret(room, where.token, where.chair)
        if rejoin:
            return [self._as_other_device]
        if where.chair == "host" and os.environ.get(_TOKEN):
            return [lambda: _key(room, os.environ[_TOKEN])]
        held = self._chairs.find(where, self._name_of_seat)
        fresh = self._as_host if where.chair == "host" else self._as_player
        if held is None:
            return [fresh]
        token, self._kept_name = held.token, held.name
        kept = Resume(room, host_token=token) if where.chair == "host" else Resume(room, seat_token=token)
        return [lambda: kept, fresh]

    def _as_player(self) -> Opening:
        name = self._name or _ask("join.ask.name")
        given = input(say("join.ask.pass") + " ").strip() if self._seat else ""
        return Join(self._where.room, name, self._role, self._spoken, self._seat, id=new_id(), pass_=given)

    def _as_other_device(self) -> Opening:
        return _by_code(self._where.room, _ask("join.ask.code"))

    def _as_host(self) -> Opening:
        secret = getpass.getpass(say("join.ask.host", room=self._where.room) + " ").strip()
        if not secret:
            raise Trouble("join_no_key")
        return _key(self._where.room, secret)

    async def _stay(self, opening: Opening) -> str | None:
        print(say("join.opening", server=self._where.server))
        connection = Connection(self._where.url, opening, backoff=Backoff(tries=_TRIES))
        await connection.open()
        try:
            self._keep(connection, opening)
            app = TerminalApp(connection, self._spoken, self._where.link)
            answer = await app.run_async()
        finally:
            await connection.close()
        self._code = app.return_code or 0
        return answer

    @property
    def _name_of_seat(self) -> str:
        """Return the name of the seat that is wanted, "" for any that is kept here: pupils may share a machine.

        A host's chair has no name.
        """
        return self._name if self._where.chair == "seat" else ""

    def _keep(self, connection: Connection, opening: Opening) -> None:
        kind = connection.mirror.you.kind
        chair: Chair = "host" if kind == "host" else "seat" if kind == "seat" else "watch"
        self._where = attrs.evolve(self._where, chair=chair, token="")
        token = connection.host_token if chair == "host" else connection.seat_token
        name = opening.name if isinstance(opening, Join) else self._kept_name
        try:
            if token:
                self._chairs.keep(self._where, token, name or str(connection.mirror.my_seat.get("name", "")))
        except OSError as error:
            complain(say("join_no_keep", folder=str(user_data_folder()), why=cause(error)))

    def _trouble(self, ended: ConnectionEnded) -> Trouble:
        if ended.code == "no_answer" and not ended.message:
            return not_reached(self._where)
        if ended.code in _STALE:
            self._chairs.forget(self._where, self._name_of_seat)
        return Trouble("join_refused", why=ended_text(ended, Words(self._spoken), is_host=self._where.chair == "host"))


def _by_secret(room: str, secret: str, chair: Chair) -> list[Callable[[], Opening]]:
    """Return the frames to try with the key of a link: it may be a seat's token, a host's token or a rejoin code."""
    host, seat = partial(Resume, room, host_token=secret), partial(Resume, room, seat_token=secret)
    code = partial(Resume, room, code=secret)
    return [host, seat, code] if chair == "host" else [seat, host, code]


def _key(room: str, secret: str) -> Opening:
    return Resume(room, host_token=secret) if len(secret) > _SHORT else _by_code(room, secret)


def _by_code(room: str, code: str) -> Opening:
    return Resume(room, code=code.upper())


def _address(link: str) -> Address:
    """Return the address on the command line, else the one that the person types when asked; only that may hold a key.

    Raises:
        Trouble: the address leads nowhere, or shows a key to everybody.
    """
    typed = link or _ask("join.ask.link")
    try:
        found = address(typed)
    except NoAddress as wrong:
        raise Trouble(f"join_no_{wrong.why}", typed=typed) from None
    if found.token and link:
        raise Trouble("join_secret")
    return found


def _ask(key: str) -> str:
    answer = input(say(key) + " ").strip()
    return answer or _ask(key)


def _need_terminal() -> None:
    """Make sure that the person sits at a terminal that is large enough.

    Raises:
        Trouble: there is no terminal, or it is too small.
    """
    if not (sys.stdin and sys.stdin.isatty() and sys.stdout.isatty()):
        raise Trouble("join_no_terminal")
    size = shutil.get_terminal_size()
    if size.columns < LEAST_COLUMNS or size.lines < LEAST_ROWS:
        least = {"least_columns": LEAST_COLUMNS, "least_rows": LEAST_ROWS}
        raise Trouble("join_too_small", columns=size.columns, rows=size.lines, **least)
