"""LTI on a server: off until the keeper names a file of platforms; else its pages, and grades on their way.

Answers what stands below `/lti/` also where it cannot be had: on a server that was not set up for it, and where people
do not come by https, which platforms and browsers ask for. The library is imported only where it is used.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from http import HTTPStatus
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

import attrs
from websockets.http11 import Request, Response

from makersphere_protocol.texts import known, say
from makersphere_server.clock import Clock
from makersphere_server.edge.forms import Forms
from makersphere_server.edge.http import Answer, Answered
from makersphere_server.edge.responses import by_https_alone, plain, respond, spoken
from makersphere_server.lobby.lobby import Lobby
from makersphere_server.lti import pages
from makersphere_server.lti.platforms import read
from makersphere_server.settings import CannotStart, Settings
from makersphere_server.storage.event_log import EventLog

if TYPE_CHECKING:
    from makersphere_server.lti.door import Door

__all__ = ["Lti", "learning_platforms"]

_FORMS: Final = frozenset({"/lti/login", "/lti/launch", "/lti/bind", "/lti/grades", "/lti/place", "/lti/send"})
_HTML: Final = "text/html; charset=utf-8"
AnswerAll = Callable[[Request, str, bytes | None], Awaitable[Response]]


@attrs.frozen
class Lti:
    """What stands below `/lti/`.

    Attributes:
        forms: answers what is posted there.
    """

    _settings: Settings
    _door: Door | None

    @property
    def forms(self) -> Forms:
        """Return what answers forms."""
        return Forms(_FORMS, self._answer)

    def before(self, answer: Answer) -> Answer:
        """Return what answers requests below `/lti/` itself, and hands all others on."""

        def answered(request: Request, address: str) -> Answered:
            path = request.path.partition("?")[0]
            if path != "/lti" and not path.startswith("/lti/"):
                return answer(request, address)
            if request.method not in ("GET", "HEAD"):
                return plain(request, HTTPStatus.METHOD_NOT_ALLOWED, {"Allow": "GET, HEAD"})
            return self._answer(request, address, None)

        return answered

    async def _answer(self, request: Request, address: str, body: bytes | None) -> Response:
        found = await self._answered(request, address, body)
        return by_https_alone(request, found) if self._settings.tls_cert is not None else found

    async def _answered(self, request: Request, address: str, body: bytes | None) -> Response:
        if request.path.partition("?")[0] == "/lti/page.css":
            return respond(request, HTTPStatus.OK, pages.CSS.encode(), "text/css; charset=utf-8")
        if self._door is None:
            return self._cannot_be_had(request, "off")
        if not self._is_https(request):
            return self._cannot_be_had(request, "no_https")
        return await self._door.answer(request, address, body)

    def _cannot_be_had(self, request: Request, why: str) -> Response:
        language = known(spoken(request))
        said = pages.notice_page(language, say(language, "lti.title", {}), [say(language, f"lti.{why}", {})])
        return respond(request, HTTPStatus.NOT_FOUND, said.encode(), _HTML)

    def _is_https(self, request: Request) -> bool:
        """Return whether the browser came by https: to this server, or to a web server in front that says so."""
        if self._settings.tls_cert is not None:
            return True
        said = request.headers.get_all("X-Forwarded-Proto")
        return bool(self._settings.proxies) and [one.strip().lower() for one in said] == ["https"]


@asynccontextmanager
async def learning_platforms(settings: Settings, lobby: Lobby, log: EventLog, clock: Clock) -> AsyncIterator[Lti]:
    """Have people come from the platforms that the settings name, and grades sent there, if they name some.

    Raises:
        CannotStart: the library is missing, or the file or the key cannot be used.
    """
    if settings.lti is None:
        yield Lti(settings, None)
        return
    if find_spec("pylti1p3") is None:
        raise CannotStart("lti needs the extra lti: pip install 'makersphere[lti]'", "lti_extra")
    from makersphere_server.lti.composing import composed  # noqa: PLC0415  (needs the extra)

    door, sending = await composed(read(settings.lti), settings.data, lobby, log, clock)
    await sending.start()
    try:
        yield Lti(settings, door)
    finally:
        door.close()
        await sending.stop()
