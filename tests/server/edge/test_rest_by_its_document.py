"""What other programs ask over HTTP, tried by a library that reads the document: whatever it allows or forbids."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from unittest import mock

import attrs
import pytest
import requests
import schemathesis
from hypothesis import settings
from schemathesis.checks import not_a_server_error
from schemathesis.core import NOT_SET
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    ignored_auth,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from makersphere_protocol.openapi import CLASSES, ROOMS, document
from makersphere_server.afterwards import reading_pace
from tests.server.rig.in_a_thread import serving_in_a_thread

KEYS = {ROOMS: "key of rooms", CLASSES: "key of classes"}
WIDE: dict[str, Any] = {
    "failures_per_address": 10_000,
    "failure_burst": 10_000,
    "entry_burst": 100_000,
    "most_rooms": 10_000,
}
CHECKS = [  # not that all that is allowed is taken: a scenario has to be there, and roles have to be its own
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
    ignored_auth,
    unsupported_method,
]


@attrs.frozen
class There:
    """A server with a room and a class: by where they were opened, the code and the host's token."""

    url: str
    tokens: dict[str, tuple[str, str]]


@pytest.fixture(scope="module")
def there() -> Iterator[There]:
    """Give a server that has a room and a class."""
    with (
        mock.patch.object(reading_pace, "BURST", 100_000),  # a machine that is fast asks faster than anybody may read
        serving_in_a_thread(host_key=KEYS[ROOMS], class_key=KEYS[CLASSES], **WIDE) as url,
    ):
        tokens = {}
        for path, key in KEYS.items():
            wanted: dict[str, Any] = {"scenario": "counter", "options": {"seats": 2}}
            opened = requests.post(url + path, json=wanted, headers=_shown(key), timeout=60).json()
            tokens[path] = opened["room"], opened["host_token"]
        yield There(url, tokens)


API = schemathesis.openapi.from_dict(document())
REJECTED = API.config.checks.negative_data_rejection
REJECTED.expected_statuses = [*REJECTED.expected_statuses, "413"]  # what is forbidden may be too much as well


def _shown(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


@API.parametrize()
@settings(max_examples=25, derandomize=True, deadline=None, database=None)
def test_what_is_answered_is_what_the_document_says(case: schemathesis.Case[Any], there: There) -> None:
    """Every status, type, header and body is one that it names; what it forbids is refused, and so is no key."""
    path, _, asked = case.operation.path.partition("/{")
    code, token = there.tokens[path]
    shown = _shown(token if asked else KEYS[path])
    if case.method in ("GET", "HEAD"):
        case.body = NOT_SET  # the library under the server hangs up on one that has a body
    case.call_and_validate(base_url=there.url, headers=shown, checks=CHECKS, timeout=60)
    if asked:  # of what there is, since nobody guesses a code
        case.path_parameters = {"room": code}
        answer = case.call_and_validate(base_url=there.url, headers=shown, checks=CHECKS, timeout=60)
        assert answer.status_code in ((200, 401) if case.method == "GET" else (200, 401, 405))
