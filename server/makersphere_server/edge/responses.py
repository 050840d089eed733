"""Answers to requests, as bytes and headers: the security headers stand on every one, errors included.

Knows neither pages nor carriers; both make their answers here.
"""

from __future__ import annotations

import email.utils
from collections.abc import Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import Final

import msgspec
from websockets.datastructures import Headers
from websockets.http11 import Request, Response
from werkzeug.http import parse_accept_header

from makersphere_protocol import texts
from makersphere_protocol.errors import MEANINGS, BadFrame, ProtocolError
from makersphere_protocol.messages import Problem
from makersphere_server.load import RETRY_S

__all__ = ["SECURITY", "TOO_MANY", "bearer", "by_https_alone", "is_from_ours", "plain", "refused", "respond", "spoken"]

SECURITY: Final[Mapping[str, str]] = MappingProxyType(
    {
        "Content-Security-Policy": (
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
            "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        ),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(self), geolocation=(), microphone=()",
    }
)
TOO_MANY: Final = (  # to a connection whose request is not even read
    f"HTTP/1.1 503 Service Unavailable\r\nRetry-After: {RETRY_S}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
).encode()
_BY_HTTPS: Final = "max-age=31536000"  # a year
_STATUS: Final = {
    "unauthorised": HTTPStatus.UNAUTHORIZED,
    "not_your_role": HTTPStatus.FORBIDDEN,
    "no_such_room": HTTPStatus.NOT_FOUND,
    "rule": HTTPStatus.CONFLICT,
    "moved": HTTPStatus.MISDIRECTED_REQUEST,
    "rate_limited": HTTPStatus.TOO_MANY_REQUESTS,
    "unavailable": HTTPStatus.SERVICE_UNAVAILABLE,
}


def is_from_ours(origin: str, host: str, others: frozenset[str]) -> bool:
    """Return whether a page may change anything here: one of this server, of the settings' `origins`, or no page.

    Args:
        origin: what the browser says of the page, or "".
        host: the name that it asked for.
        others: other places whose pages may connect.
    """
    return not origin or origin.partition("://")[2] == host or origin in others


def by_https_alone(request: Request, found: Response) -> Response:
    """Return an answer of a server that encrypts: it tells browsers to come back by https alone.

    Not where this machine was asked for by that name, whose other ports are not ours.
    """
    if "localhost" not in {host.partition(":")[0] for host in request.headers.get_all("Host")}:
        found.headers["Strict-Transport-Security"] = _BY_HTTPS
    return found


def bearer(request: Request) -> str:
    """Return the token that a request shows, or ""."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def spoken(request: Request | None) -> str:
    """Return the language that a request asks for first, or ""."""
    accepted = request.headers.get_all("Accept-Language") if request is not None else ()
    return str(parse_accept_header(", ".join(accepted)).best or "")


def said_of(error: BadFrame, language: str) -> str:
    """Return the sentence about what is no frame; what was expected has words in English alone."""
    key = "bad_frame_in" if error.field else "bad_frame"
    said = texts.say(language, f"refusal.{key}", {"field": error.field}, MEANINGS["bad_frame"])
    return f"{said} ({error})" if texts.known(language) == texts.DEFAULT else said


def refused(request: Request, error: ProtocolError, status: HTTPStatus | None = None) -> Response:
    """Return a refusal as JSON, with the code and the sentence that a frame would have, in the reader's language."""
    values = {"field": error.field, **error.values}
    said = texts.say(spoken(request), f"refusal.{error.text}", values, MEANINGS[error.code])
    if isinstance(error, BadFrame):
        said = said_of(error, spoken(request))
    again, to = int(error.values.get("retry_after", 0)), str(error.values.get("to", ""))
    problem = msgspec.to_builtins(Problem(error.code, said, error.field, again, to))
    status = status or _STATUS.get(error.code, HTTPStatus.BAD_REQUEST)
    headers: dict[str, str] = {}
    if status is HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = 'Bearer realm="makersphere"'
    if "retry_after" in error.values:
        headers["Retry-After"] = str(error.values["retry_after"])
    return respond(request, status, msgspec.json.encode({"error": problem}), "application/json", headers)


def plain(request: Request, status: HTTPStatus, headers: Mapping[str, str] | None = None) -> Response:
    """Return the meaning of a status, in a word."""
    return respond(request, status, f"{status.phrase}\n".encode(), "text/plain; charset=utf-8", headers)


def respond(
    request: Request, status: HTTPStatus, body: bytes, type_: str, headers: Mapping[str, str] | None = None
) -> Response:
    """Return an answer, after which the connection closes."""
    found = Headers()
    found["Date"] = email.utils.formatdate(usegmt=True)
    found["Connection"] = "close"
    if status not in (HTTPStatus.NOT_MODIFIED, HTTPStatus.NO_CONTENT):
        found["Content-Length"] = str(len(body))
        found["Content-Type"] = type_
    for name, value in {"Cache-Control": "no-store", **SECURITY, **(headers or {})}.items():
        found[name] = value
    return Response(status.value, status.phrase, found, b"" if request.method == "HEAD" else body)
