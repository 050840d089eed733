"""One score on its way to its platform: the right to send it is asked for, then it is sent.

Answers why it was not taken, as far as the platform says so: a key that it does not know, a clock that goes wrong, an
activity that is gone, somebody who is in the course no more. Runs in threads.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Final, TypeVar

import attrs
import requests
from pylti1p3.assignments_grades import AssignmentsGradesService
from pylti1p3.exception import LtiException, LtiServiceException
from pylti1p3.grade import Grade
from pylti1p3.registration import Registration
from pylti1p3.service_connector import ServiceConnector

from makersphere_server.lti.asking import Asking, reason
from makersphere_server.lti.kept import Activity
from makersphere_server.lti.launching import registration_of
from makersphere_server.lti.own_key import OwnKey
from makersphere_server.lti.platforms import Platform, Platforms
from makersphere_server.lti.wrong import Wrong

__all__ = ["Score", "Scores"]

_SCOPE: Final = "https://purl.imsglobal.org/spec/lti-ags/scope/score"
_CLOCK_S: Final = 30  # further apart, and a refusal is put down to it
_SPARE_S: Final = 30  # before a right to send is over, another one is asked for
_LONGEST: Final = 200  # of what a platform says
_NOT_NOW: Final = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS})
_SENSELESS: Final = (LtiException, LookupError, TypeError, ValueError, AttributeError, OverflowError, RecursionError)
_REFUSED: Final[dict[int, str]] = {
    HTTPStatus.UNAUTHORIZED: "not_allowed",
    HTTPStatus.FORBIDDEN: "not_allowed",
    HTTPStatus.NOT_FOUND: "no_column",
    HTTPStatus.GONE: "no_column",
    HTTPStatus.CONFLICT: "newer",
}

T = TypeVar("T")
_Rights = dict[str, tuple[str, float]]  # tokens by scope and platform, and until when on the monotonic clock


@attrs.frozen
class Score:
    """What somebody got.

    Attributes:
        person: the platform's word for them.
        points: of `most`.
        at_ms: when the teacher said so: of two scores the later one counts.
    """

    person: str = attrs.field(repr=False)
    points: int
    most: int
    at_ms: int


class _Connector(ServiceConnector):
    """The library's way to a platform, with the rights that were given remembered until they are over."""

    def __init__(self, platform: Platform, registration: Registration, rights: _Rights) -> None:
        super().__init__(registration, Asking(platform))
        self._platform, self._rights = platform, rights
        self.is_remembered = False  # the right that is shown was given for an earlier score

    def get_access_token(self, scopes: Sequence[str]) -> str:
        ask = super().get_access_token
        return _asked(self._platform, lambda: str(ask(scopes)), "token_refused")

    def _key(self, scope_key: str) -> str:
        return f"{self._registration.get_client_id()} {scope_key}"

    def _get_cached_access_token(self, scope_key: str) -> str | None:
        token, until = self._rights.get(self._key(scope_key), ("", 0.0))
        self.is_remembered = until > time.monotonic()
        return token if self.is_remembered else None

    def _cache_access_token(self, scope_key: str, access_token: str, expires_in: float) -> None:
        if isinstance(expires_in, int | float):
            self._rights[self._key(scope_key)] = (access_token, time.monotonic() + expires_in - _SPARE_S)

    def forget(self) -> None:
        """Forget the right to send scores."""
        self._rights.pop(self._key(self._scope_key([_SCOPE])), None)


class Scores:
    """Takes scores to the platforms of the keeper's file."""

    def __init__(self, platforms: Platforms, key: OwnKey) -> None:
        """Prepare."""
        self._platforms, self._key = platforms, key
        self._rights: _Rights = {}

    def post(self, activity: Activity, score: Score) -> None:
        """Send a score.

        Raises:
            Wrong: it was not taken.
        """
        platform = self._platforms.find(activity.issuer, activity.client)
        if platform is None:
            raise Wrong("platform", issuer=activity.issuer, client=activity.client)
        if not activity.grades:
            raise Wrong("no_place")
        if not platform.takes(activity.grades):
            raise Wrong("place", address=activity.grades)
        connector = _Connector(platform, registration_of(platform, self._key), self._rights)
        service = AssignmentsGradesService(connector, {"scope": [_SCOPE], "lineitem": activity.grades})
        try:
            _put(platform, service, score)
        except Wrong as wrong:
            if wrong.text != "not_allowed" or not connector.is_remembered:
                raise
            connector.forget()  # the platform may have taken it back before its time
            _put(platform, service, score)


def _put(platform: Platform, service: AssignmentsGradesService, score: Score) -> None:
    when = datetime.fromtimestamp(score.at_ms / 1000, UTC).isoformat(timespec="milliseconds")
    grade = Grade().set_user_id(score.person).set_timestamp(when.replace("+00:00", "Z"))
    grade.set_score_given(score.points).set_score_maximum(score.most)
    grade.set_activity_progress("Completed").set_grading_progress("FullyGraded")

    def put() -> None:
        try:
            service.put_grade(grade)
        except (requests.JSONDecodeError, RecursionError):
            return  # it was taken, whatever the platform says to it

    _asked(platform, put, "score_refused")


def _asked(platform: Platform, ask: Callable[[], T], text: str) -> T:
    """Return what a platform answers.

    Args:
        platform: that is asked.
        ask: asks.
        text: what it is called that the platform refuses, where nothing better is known.

    Raises:
        Wrong: it does not answer, or refuses.
    """
    try:
        return ask()
    except LtiServiceException as error:
        raise _refused(platform, error.response, text) from error
    except requests.exceptions.SSLError as error:
        raise Wrong("certificate", platform=platform.name) from error
    except requests.TooManyRedirects as error:
        raise Wrong("moved", platform=platform.name) from error
    except requests.RequestException as error:
        raise Wrong("no_answer", may_pass=True, platform=platform.name, why=reason(error)) from error
    except _SENSELESS as error:
        raise Wrong("no_sense", may_pass=True, platform=platform.name) from error


def _refused(platform: Platform, answer: requests.Response, text: str) -> Wrong:
    """Return what a platform's refusal means, and what it says itself."""
    status, why = answer.status_code, _said(answer)
    if answer.ok:
        return Wrong("no_sense", may_pass=True, platform=platform.name)
    if status in _NOT_NOW or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return Wrong("not_now", may_pass=True, platform=platform.name, status=status)
    apart = _apart_s(answer)
    if text == "token_refused" and abs(apart) > _CLOCK_S:
        return Wrong("clock", platform=platform.name, seconds=abs(apart))
    meant = _REFUSED.get(status, text) if text == "score_refused" else text
    return Wrong(meant, platform=platform.name, status=status, why=why)


def _apart_s(answer: requests.Response) -> int:
    """Return how many seconds a platform's clock is before ours, as far as it says what time it is there."""
    try:
        return round(parsedate_to_datetime(answer.headers.get("Date", "")).timestamp() - time.time())
    except (ValueError, OverflowError):
        return 0


def _said(answer: requests.Response) -> str:
    """Return what a platform says of itself why it refuses, in a line; it is not trusted, only shown."""
    try:
        told = answer.json()
    except (ValueError, RecursionError):
        return "-"
    fields = ("error_description", "message", "reason", "error", "title")
    said = (
        next((told[name] for name in fields if isinstance(told.get(name), str)), "") if isinstance(told, dict) else ""
    )
    return re.sub(r"\s+", " ", "".join(letter if letter.isprintable() else " " for letter in said))[:_LONGEST] or "-"
