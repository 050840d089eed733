"""How the server logs: one line per event, in the past tense, by fields; never a hand, a token, a seed or a name.

JSON lines for machines, text for people. Whoever logs binds room, seat and `seq` once.
"""

from __future__ import annotations

import logging
import sys
from typing import Any

import msgspec
import structlog

__all__ = ["set_up"]

_encode = msgspec.json.Encoder(enc_hook=str).encode


def set_up(level: str, *, as_json: bool) -> None:
    """Send what is logged from now on to standard error.

    Args:
        level: the least that is logged.
        as_json: JSON lines instead of text.
    """
    least = logging.getLevelName(level.upper())
    processors: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    if as_json:
        processors += [structlog.processors.format_exc_info, _render]
        factory: Any = structlog.BytesLoggerFactory(sys.stderr.buffer)
    else:
        processors += [structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())]
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


def _render(logger: object, name: str, event: dict[str, Any]) -> bytes:
    return _encode(event)
