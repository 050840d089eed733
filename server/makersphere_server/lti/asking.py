"""The way out to a platform: https to the addresses of the keeper's file alone, in a bounded time and size.

Follows no redirection, since another address was named by nobody, and takes no name or password from the machine's
own files. Runs in threads: nothing here may be called on the game's loop.
"""

from __future__ import annotations

import time
import urllib.request
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any, Final

import requests
import urllib3

from makersphere_server.lti.platforms import Platform

__all__ = ["Asking", "TooLong", "reason"]

_PATIENCE_S: Final = 10
_MOST_BYTES: Final = 1 << 20
_PIECE: Final = 1 << 16


class TooLong(requests.RequestException):
    """A platform answers more than anybody asked for, or takes too long."""


class Asking(requests.Session):
    """Asks one platform."""

    def __init__(self, platform: Platform) -> None:
        """Prepare."""
        super().__init__()
        self.trust_env = False  # a ~/.netrc would take the place of what a request shows
        self.proxies.update(urllib.request.getproxies())
        self.verify = str(platform.ca) if platform.ca else True
        self.headers["User-Agent"] = "makersphere"

    def send(self, request: requests.PreparedRequest, **more: Any) -> requests.Response:  # noqa: ANN401  (the library's own)
        """Return the answer, whole.

        Raises:
            requests.RequestException: there is none, or one that leads elsewhere.
        """
        until = time.monotonic() + _PATIENCE_S
        more |= {"timeout": _PATIENCE_S, "allow_redirects": False, "stream": True}
        answer = super().send(request, **more)
        body = bytearray()
        for piece in _as_it_comes(answer):
            body += piece
            if len(body) > _MOST_BYTES or time.monotonic() > until:
                answer.close()
                raise TooLong("the answer is too long", response=answer)
        answer._content = bytes(body)  # noqa: SLF001  (as the library keeps it)
        if HTTPStatus.MULTIPLE_CHOICES <= answer.status_code < HTTPStatus.BAD_REQUEST:
            raise requests.TooManyRedirects(f"the answer was {answer.status_code}", response=answer)
        return answer


def _as_it_comes(answer: requests.Response) -> Iterator[bytes]:
    """Yield what comes as soon as it comes: whoever waits for a whole piece of a platform that drips waits too long."""
    try:
        while piece := answer.raw.read1(_PIECE, decode_content=True):
            yield piece
    except urllib3.exceptions.HTTPError as error:
        raise requests.ConnectionError(str(type(error).__name__), response=answer) from error


def reason(error: requests.RequestException) -> str:
    """Return why there was no answer, in a word: what the library says has addresses and numbers of objects in it."""
    return type(error).__name__
