"""What a platform, or somebody who says to be sent by one, may do to the server: nothing that lasts."""

from __future__ import annotations

import base64
import json
import socket
import threading
from contextlib import suppress
from pathlib import Path

import pytest

from makersphere_server.lti import asking
from makersphere_server.lti.asking import Asking, TooLong
from makersphere_server.lti.launching import Launching
from makersphere_server.lti.own_key import own_key
from makersphere_server.lti.platforms import Platform, Platforms
from makersphere_server.lti.seals import Seals
from makersphere_server.lti.wrong import Wrong
from tests.server.rig.fakes import ManualClock

_PLATFORM = Platform(
    *("Moodle", "https://m", "c", frozenset({"1"})),
    *("https://m/login", "https://m/token", "https://m/keys", frozenset({"https://m:443"})),
)
_OTHER_KEYS = [
    {"kid": "shared", "kty": "oct", "k": "AAAA"},
    {
        "kid": "curve",
        "kty": "EC",
        "crv": "P-256",
        "x": "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
        "y": "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM",
    },
]


def _coded(part: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode()


@pytest.mark.parametrize("kid", ["shared", "curve"])
def test_a_key_of_another_kind_is_a_wrong_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kid: str) -> None:
    """Also where a platform has such keys for something else and names no algorithm."""
    monkeypatch.setattr("makersphere_server.lti.platform_keys._fetched", lambda _: {"keys": _OTHER_KEYS})
    seals = Seals(ManualClock())
    launching = Launching(Platforms("https://t", (_PLATFORM,)), own_key(tmp_path), seals)
    nonce = seals.nonce("a state", "https://m", "c")
    body = {"iss": "https://m", "aud": "c", "nonce": nonce, "sub": "s", "iat": 1, "exp": 2}
    token = f"{_coded({'kid': kid, 'alg': 'RS256'})}.{_coded(body)}.AAAA"
    with pytest.raises(Wrong) as wrong:
        launching.launch({"state": "a state", "id_token": token}, {"a state": "a state"})
    assert wrong.value.text == "key"


def test_an_answer_that_drips_is_too_long_by_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is looked at after each byte that comes, and not when a whole piece of it is there."""
    seconds = iter(range(1_000))
    monkeypatch.setattr("makersphere_server.lti.asking.time.monotonic", lambda: next(seconds))
    monkeypatch.setattr(asking, "_PATIENCE_S", 4)
    goes_on = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as platform:

        def drip() -> None:
            connection, _ = platform.accept()
            with connection, suppress(OSError):  # nobody listens to all of it
                connection.recv(4_096)
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n")
                for _ in range(20):
                    connection.sendall(b"x")
                    goes_on.wait(0.02)

        thread = threading.Thread(target=drip)
        thread.start()
        with Asking(_PLATFORM) as platform_asked, pytest.raises(TooLong):
            platform_asked.get(f"http://127.0.0.1:{platform.getsockname()[1]}/")
        thread.join()
