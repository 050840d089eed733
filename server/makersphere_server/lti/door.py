"""What is asked below `/lti/`: a login, a launch, the public key, and a teacher's forms.

Answers each with a page or a way on. A student's launch ends at the seat; a teacher's at the page of grades, or at the
form that says which room the activity belongs to. A browser is led nowhere but to the address of the keeper's file and
to this server itself. Nothing is taken from a browser without a proof that it began here: a state in its cookie, or a
ticket in its form.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from typing import Final, TypeVar
from urllib.parse import parse_qsl

import attrs
import msgspec
import structlog
from websockets.http11 import Request, Response
from werkzeug.http import parse_cookie

from makersphere_protocol.errors import ProtocolError, Refused
from makersphere_protocol.texts import known
from makersphere_server.clock import Clock
from makersphere_server.edge.responses import SECURITY, plain, respond, spoken
from makersphere_server.lobby.lobby import Lobby
from makersphere_server.lti import pages
from makersphere_server.lti.activities import Activities
from makersphere_server.lti.entering import Visit, let_in, rooms_of
from makersphere_server.lti.grades import Grade, Grades, best
from makersphere_server.lti.kept import Activity, Person, Sent
from makersphere_server.lti.launching import Launched, Launching
from makersphere_server.lti.own_key import OwnKey
from makersphere_server.lti.platforms import Platforms
from makersphere_server.lti.seals import LASTS_MS, Seals
from makersphere_server.lti.sending import Sending
from makersphere_server.lti.spoken import sentence_of
from makersphere_server.lti.wrong import Wrong
from makersphere_server.storage.event_log import Damaged, EventLog, StoreUnavailable

__all__ = ["Door", "page"]

_HTML: Final = "text/html; charset=utf-8"
_FORMS: Final = {
    **SECURITY,
    "Content-Security-Policy": SECURITY["Content-Security-Policy"].replace("form-action 'none'", "form-action 'self'"),
}
_COOKIE: Final = "__Host-lti-"
_MOST_FIELDS: Final = 64
_IN_THREADS: Final = 4
_IDLE: Final = ("count", "leave")

T = TypeVar("T")
_log = structlog.get_logger("makersphere.lti")


@attrs.frozen
class _Asked:
    """Whom a platform has sent, asked whether it is them who is there under their name without an account."""

    launched: Launched
    name: str = attrs.field(repr=False)


@attrs.frozen
class Door:
    """Answers requests below `/lti/`, on a server that platforms send people to."""

    _platforms: Platforms
    _key: OwnKey
    _launching: Launching
    _seals: Seals
    _activities: Activities
    _grades: Grades
    _sending: Sending
    _lobby: Lobby
    _log: EventLog
    _clock: Clock
    _threads: ThreadPoolExecutor = attrs.field(factory=lambda: ThreadPoolExecutor(_IN_THREADS, "launches"))

    def close(self) -> None:
        """Read no more messages."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def answer(self, request: Request, address: str, body: bytes | None) -> Response:
        """Return the answer to a request.

        Args:
            request: what is asked.
            address: where from.
            body: what a form brings; None: it is no form.
        """
        language = known(spoken(request))
        try:
            return await self._answer(request, address, body, language)
        except Wrong as wrong:
            _log.warning("lti_refused", reason=wrong.text)
            said = sentence_of(language, wrong)
            return page(request, pages.notice_page(language, *said), HTTPStatus.BAD_REQUEST)
        except (ProtocolError, StoreUnavailable, Damaged) as error:
            refused = _as_refused(error)
            said = sentence_of(language, refused)
            status = HTTPStatus.SERVICE_UNAVAILABLE if refused.code == "unavailable" else HTTPStatus.CONFLICT
            return page(request, pages.notice_page(language, *said), status)

    async def _answer(self, request: Request, address: str, body: bytes | None, language: str) -> Response:
        path, _, query = request.path.partition("?")
        fields = _fields(query.encode() if body is None else body)
        if path == "/lti/login":
            return self._login(request, fields)
        if body is None:
            return self._shown(request, path, language)
        match path:
            case "/lti/launch":
                return await self._launch(request, fields, address, language)
            case "/lti/bind":
                return await self._bind(request, fields, address, language)
            case "/lti/place":
                return await self._place(request, fields, address, language)
            case "/lti/grades":
                return await self._look(request, fields, language)
            case "/lti/send":
                return await self._send(request, fields, language)
            case _:
                return plain(request, HTTPStatus.NOT_FOUND)

    def _shown(self, request: Request, path: str, language: str) -> Response:
        match path:
            case "/lti":
                url = self._platforms.url
                found = {name: f"{url}/lti/{name}" for name in ("login", "launch", "jwks")}
                return page(request, pages.addresses_page(language, found))
            case "/lti/jwks":
                return respond(request, HTTPStatus.OK, msgspec.json.encode(self._key.as_set()), "application/json")
            case "/lti/launch":
                raise Wrong("state")  # an address that was opened by hand, or again
            case _:
                return plain(request, HTTPStatus.NOT_FOUND)

    # -- from the platform

    def _login(self, request: Request, fields: dict[str, str]) -> Response:
        began = self._launching.begin(fields)
        lasts_s = LASTS_MS // 1000
        cookie = f"{_cookie(began.cookie)}={began.cookie}; Path=/; Max-Age={lasts_s}; Secure; HttpOnly; SameSite=None"
        return _led_to(request, began.address, cookie)

    async def _launch(self, request: Request, fields: dict[str, str], address: str, language: str) -> Response:
        shown = parse_cookie("; ".join(request.headers.get_all("Cookie")))
        states = {value: value for name, value in shown.items() if name == _cookie(value)}
        launched = await self._in_thread(lambda: self._launching.launch(fields, states))
        found = await self._activities.opened(launched)
        if launched.is_teacher:
            ticket = self._seals.ticket("bind", launched)
            if found is None:
                return page(request, pages.bind_page(language, launched.title, ticket))
            return await self._grades_page(request, found, ticket, language)
        if found is None:
            raise Wrong("unbound")
        state = fields["state"]
        over = f"{_cookie(state)}=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=None"
        return await self._to_seat(request, found, launched, Visit(language, address), over)

    async def _place(self, request: Request, fields: dict[str, str], address: str, language: str) -> Response:
        """Let somebody in who has said whether a place is theirs."""
        asked = self._seals.read("place", fields.get("ticket", ""), _Asked)
        found = None if asked is None else await self._activities.opened(asked.launched)
        if asked is None or found is None:
            raise Wrong("ticket")
        visit = Visit(language, address, fields.get("code", "").strip(), is_somebody_else="other" in fields)
        try:
            return await self._to_seat(request, found, asked.launched, visit)
        except Refused as refused:
            if refused.text != "wrong_link":
                raise
            return self._whose(request, asked, language, sentence_of(language, refused)[1][0])

    async def _to_seat(
        self, request: Request, found: tuple[str, Activity], launched: Launched, visit: Visit, cookie: str = ""
    ) -> Response:
        """Lead somebody to their seat, or ask them first whether one under their name is theirs."""
        try:
            seated = await let_in(*found, launched, visit, self._lobby, self._log)
        except Refused as refused:
            if refused.text != "is_it_you":
                raise
            return self._whose(request, _Asked(launched, str(refused.values["name"])), visit.language)
        return _led_to(request, f"{self._platforms.url}/#/r/{seated.room}/{seated.token}", cookie)

    def _whose(self, request: Request, asked: _Asked, language: str, wrong: str = "") -> Response:
        html = pages.whose_page(language, asked.name, self._seals.ticket("place", asked), wrong)
        return page(request, html, HTTPStatus.BAD_REQUEST if wrong else HTTPStatus.OK)

    async def _in_thread(self, do: Callable[[], T]) -> T:
        """Return what is done in a thread of the door's own: a platform that hangs holds up nobody else's files."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, do)

    # -- from a teacher's page

    async def _bind(self, request: Request, fields: dict[str, str], address: str, language: str) -> Response:
        ticket = fields.get("ticket", "")
        launched = self._seals.read("bind", ticket, Launched)
        if launched is None or not launched.is_teacher:
            raise Wrong("ticket")
        try:
            found = await self._activities.bind(launched, address, fields.get("link", ""))
        except Wrong as wrong:
            complaint = sentence_of(language, wrong)[1][0]
            return page(request, pages.bind_page(language, launched.title, ticket, complaint), HTTPStatus.BAD_REQUEST)
        return await self._grades_page(request, found, ticket, language)

    async def _look(self, request: Request, fields: dict[str, str], language: str) -> Response:
        found, ticket = await self._of_ticket(fields)
        return await self._grades_page(request, found, ticket, language)

    async def _send(self, request: Request, fields: dict[str, str], language: str) -> Response:
        """Have sent what the platform does not have yet, counted as the teacher has said."""
        found, ticket = await self._of_ticket(fields)
        if fields.get("idle") not in _IDLE:
            raise Wrong("idle")
        grades, _, _ = await self._of_activity(*found)
        by_room: dict[str, dict[Person, Sent]] = {}
        for one in grades:
            points = one.points if fields["idle"] == "count" else one.without_idle
            if one.most and not _is_on_its_way(one, points):
                sent = Sent("waiting", points, one.most, self._clock.wall_ms())
                by_room.setdefault(one.room, {})[one.person] = sent
        for room, due in by_room.items():
            await self._sending.put(room, due)
        return await self._grades_page(request, found, ticket, language)

    async def _of_ticket(self, fields: dict[str, str]) -> tuple[tuple[str, Activity], str]:
        ticket = fields.get("ticket", "")
        launched = self._seals.read("bind", ticket, Launched)
        if launched is None or not launched.is_teacher:
            raise Wrong("ticket")
        found = await self._activities.opened(launched)
        if found is None:
            raise Wrong("ticket")
        return found, ticket

    async def _grades_page(self, request: Request, found: tuple[str, Activity], ticket: str, language: str) -> Response:
        code, activity = found
        grades, playing, stopped = await self._of_activity(code, activity)
        lines = [pages.Line(one.name, one.points, one.without_idle, one.most, one.sent) for one in grades]
        asks = any(one.asks_consent for one in grades)
        shown = pages.Shown(
            activity.title,
            code,
            lines,
            playing,
            stopped,
            has_place=bool(activity.grades),
            asks_consent=asks,
        )
        return page(request, pages.grades_page(language, shown, ticket))

    async def _of_activity(self, code: str, activity: Activity) -> tuple[list[Grade], int, int]:
        """Return the grades of an activity's people, how many of its rooms are not over, and how many stand still."""
        found: list[Grade] = []
        playing = stopped = 0
        for room in rooms_of(code, await self._log.privates(code), self._lobby):
            row = self._lobby.row(room)
            try:
                found += await self._grades.of_room(row)
            except Refused as refused:
                if refused.text not in ("not_over_yet", "quarantined"):
                    raise
                stands_still = "quarantined" in (refused.text, row.state)
                stopped, playing = stopped + stands_still, playing + (not stands_still)
        return best(one for one in found if one.platform.activity == activity.id), playing, stopped


def _as_refused(error: ProtocolError | StoreUnavailable | Damaged) -> ProtocolError:
    if isinstance(error, ProtocolError):
        return error
    return Refused("unavailable", "quarantined") if isinstance(error, Damaged) else Refused("unavailable")


def _is_on_its_way(grade: Grade, points: int) -> bool:
    """Return whether the platform has these very points, or is about to get them."""
    sent = grade.sent
    return sent is not None and sent.status != "refused" and (sent.points, sent.most) == (points, grade.most)


def _cookie(state: str) -> str:
    return _COOKIE + state.removeprefix("state-")


def _fields(body: bytes) -> dict[str, str]:
    try:
        return dict(parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=_MOST_FIELDS))
    except ValueError as error:
        raise Wrong("form", why="fields") from error


def _led_to(request: Request, address: str, cookie: str) -> Response:
    headers = {"Location": address} | ({"Set-Cookie": cookie} if cookie else {})
    return respond(request, HTTPStatus.SEE_OTHER, b"", "text/plain; charset=utf-8", headers)


def page(request: Request, html: str, status: HTTPStatus = HTTPStatus.OK) -> Response:
    """Return a page whose forms come back here."""
    return respond(request, status, html.encode(), _HTML, _FORMS)
