"""What is logged, for a person as for a machine: never what a function held when it failed."""

import errno
import io
import sys

import pytest
import structlog

from makersphere_server import logs
from makersphere_server.room.model.batch import Batch
from makersphere_server.room.model.inbox import Sent
from tests.server.rig.captured_log import Screen


def _fail(hand: dict[str, str], token: str) -> None:
    raise KeyError("bug")


@pytest.mark.parametrize("is_terminal", [False, True])
def test_tracebacks_tell_no_secrets(is_terminal: bool, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: FBT001
    """A bug is logged with the lines it came by, without the values of that moment."""
    screen = Screen(is_terminal=is_terminal)
    monkeypatch.setattr(sys, "stderr", screen)
    logs.set_up("info", as_json=False)
    hand, token = {"ambition": "artist"}, "token-7"
    try:
        _fail(hand, token)
    except KeyError as error:
        structlog.get_logger("a test").error("room_stopped", exc_info=error)
    text = screen.text()
    assert "room_stopped" in text
    assert "KeyError" in text
    assert "artist" not in text
    assert "token-7" not in text


class _FullDisk(io.BytesIO):
    """A file on a disk that takes nothing."""

    def write(self, data: object) -> int:
        """Refuse."""
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_log_that_takes_nothing_stops_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the disk that the log is on is full its lines are lost, and whoever logged goes on."""
    monkeypatch.setattr(sys, "stderr", io.TextIOWrapper(_FullDisk(), write_through=True))
    with pytest.raises(OSError, match="No space left"):
        sys.stderr.buffer.write(b"a line")
    logs.set_up("info", as_json=True)
    structlog.get_logger("a test").error("store_refused")
    logs.Journal().write([logs.Logged(at_ms=0)])


def test_a_command_that_is_logged_by_accident_says_nothing_secret() -> None:
    """A command's repr names sender and command, and neither its arguments nor what the sender is known by."""
    sent = Sent(
        actor=3, by="person", token="t" * 32, author="a" * 32, id="7", name="offer", args={"to": 41}, since_ms=1
    )
    shown = repr(sent)
    assert "offer" in shown
    assert not any(secret in shown for secret in ("tt", "aa", "41"))


def test_a_journal_is_read_like_any_other_log_where_a_person_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal an event stands there once, under its name and with its fields, without what machines need."""
    screen = Screen(is_terminal=True)
    monkeypatch.setattr(sys, "stderr", screen)
    logs.set_up("info", as_json=False)
    batch = Batch(handled=[(Sent(actor=3, by="person", name="count", since_ms=40), "ok", 7)])
    logs.Journal().write(batch.events("ROOM234", now_ms=42, wall_ms=1_700_000_000_000))
    text = screen.text()
    assert text.count("command_handled") == 1
    assert "ROOM234" in text
    assert "at_ms" not in text


def test_what_one_test_sets_up_is_not_what_the_next_one_logs_by() -> None:
    """A logger that has logged before takes up each new setting: in one process hundreds of tests follow each other."""
    logger = structlog.get_logger("a test")
    for _ in range(2):
        logs.set_up("info", as_json=True)
        with structlog.testing.capture_logs() as logged:
            logger.info("class_opened")
        assert [line["event"] for line in logged] == ["class_opened"]
