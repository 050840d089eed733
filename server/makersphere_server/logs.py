"""How the server logs: one line per event, in the past tense, by fields; never a hand, a token, a seed or a name.

JSON lines for machines, text where standard error is a terminal. A logger has room, seat and `seq` bound once. The
lines of a batch of commands are made and written together: at thousands of commands a second, a write for each line
would cost more than the commands.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterable
from contextlib import suppress
from typing import Any, Final

import msgspec
import structlog

__all__ = ["Journal", "Logged", "set_up"]

_encoder: Final = msgspec.json.Encoder(enc_hook=str)
_INFO: Final = logging.INFO


def set_up(level: str, *, as_json: bool) -> None:
    """Send what is logged from now on to standard error.

    Args:
        level: the least that is logged.
        as_json: JSON lines even where a person is looking.
    """
    least = logging.getLevelName(level.upper())
    processors: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    if as_json or not sys.stderr.isatty():
        processors += [structlog.processors.format_exc_info, _Json()]
        factory: Any = structlog.BytesLoggerFactory(_Lines())  # type: ignore[arg-type]  # all that it needs of a file
    else:
        plain = structlog.dev.plain_traceback  # others show local variables, hands and tokens among them
        processors += [structlog.dev.ConsoleRenderer(colors=True, exception_formatter=plain)]
        factory = structlog.PrintLoggerFactory(sys.stderr)
    structlog.configure(
        processors=processors,
        wrapper_class=structlog.make_filtering_bound_logger(least),
        logger_factory=factory,
        cache_logger_on_first_use=True,
    )
    form = "%(levelname)s %(name)s %(message)s"
    logging.basicConfig(level=max(least, logging.WARNING), stream=sys.stderr, format=form)
    logging.getLogger("websockets").setLevel(logging.CRITICAL)  # it reports every plain GET as an error


class _Lines:
    """Standard error, as far as it takes what is written: no game stops because the disk of the log is full."""

    def write(self, data: bytes) -> int:
        """Write the bytes, or lose them where they cannot be written."""
        with suppress(OSError):
            return sys.stderr.buffer.write(data)
        return 0

    def flush(self) -> None:
        """Flush, if that is possible."""
        with suppress(OSError):
            sys.stderr.buffer.flush()


class _Json:
    """Renders an event as one line of JSON."""

    def __call__(self, logger: object, name: str, event: dict[str, Any]) -> bytes:
        return _encoder.encode(event)


class Logged(msgspec.Struct, kw_only=True, tag_field="event"):
    """An event of a journal, by its tag; a kind of event adds its fields.

    Attributes:
        level: at which it is logged.
        at_ms: wall clock since 1970.
    """

    level: str = "info"
    at_ms: int


class Journal:
    """Logs many events at once, at level info, to the place where everything else is logged."""

    def __init__(self) -> None:
        """Take over how logging is set up now."""
        self._lines = _Lines()
        self._logger = structlog.get_logger("makersphere.journal").bind()
        self._is_on = bool(self._logger.is_enabled_for(_INFO))
        self._is_json = any(isinstance(one, _Json) for one in structlog.get_config()["processors"])

    def write(self, events: Iterable[Logged]) -> None:
        """Log events, each with its tag under `event`."""
        if not self._is_on:
            return
        whole = list(events)
        if not self._is_json:
            for event in whole:
                fields = msgspec.to_builtins(event)
                del fields["level"], fields["at_ms"]  # the logger has its own
                self._logger.info(**fields)
        elif whole:
            self._lines.write(_encoder.encode_lines(whole))
            self._lines.flush()
