"""What can go wrong between two machines: refusal codes, close codes, and the exception tree of this package.

Answers which codes exist and with which one a connection ends. Refused commands are values and travel as
`result` frames; only what breaks the contract itself is raised. Source: the contract's "Refusals".
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from makersphere_protocol.messages import DoorQuestion

__all__ = ["BY_LINK", "MEANINGS", "BadFrame", "Close", "ProtocolError", "Refused"]


class Close(IntEnum):
    """Why the server closes a WebSocket."""

    FRAME_TOO_LARGE = 1009
    RESTART = 1012
    TRY_LATER = 1013
    BAD_FRAME = 4400
    UNAUTHORISED = 4401
    NO_SUCH_ROOM = 4404
    NO_FIRST_FRAME = 4408
    REPLACED = 4409
    REMOVED = 4410
    MOVED = 4421
    FLOODING = 4429


BY_LINK: Final = "by_link"  # with which a connection is replaced by whoever has the personal link of that place


MEANINGS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "bad_frame": "This frame does not keep to the contract.",
        "unauthorised": "Wrong or missing token, code or key.",
        "no_such_room": "There is no such room.",
        "room_full": "All seats are taken.",
        "joining_closed": "Nobody can join now.",
        "asks_first": "The class asks something first.",
        "name_taken": "Somebody here has that name.",
        "bad_name": "This name cannot be shown.",
        "not_your_phase": "Not in this phase.",
        "not_your_role": "Not in this role.",
        "unknown_command": "There is no such command.",
        "bad_args": "An argument is missing or out of range.",
        "cannot_afford": "There is not enough of what this takes.",
        "rule": "The rules do not allow it.",
        "changed": "What this acts on has changed since it was seen.",
        "id_reused": "This id was sent before with other content.",
        "paused": "The room is paused.",
        "over": "The game is over.",
        "rate_limited": "Too many commands; wait a moment.",
        "unavailable": "The store cannot take this now; nothing changed, try again.",
        "moved": "Another server has the room.",
        "server_behind": "The server holds less than this client has seen.",
    }
)
"""Every code that an `error` may carry, with the sentence that stands in where the texts have none."""

_CLOSES: Final[Mapping[str, Close]] = MappingProxyType(
    {
        "unauthorised": Close.UNAUTHORISED,
        "joining_closed": Close.UNAUTHORISED,
        "asks_first": Close.UNAUTHORISED,
        "no_such_room": Close.NO_SUCH_ROOM,
        "room_full": Close.TRY_LATER,
        "over": Close.TRY_LATER,
        "rate_limited": Close.FLOODING,
        "unavailable": Close.TRY_LATER,
        "moved": Close.MOVED,
        "server_behind": Close.TRY_LATER,
    }
)


class ProtocolError(Exception):
    """Base of what this package raises.

    Attributes:
        code: one of `MEANINGS`.
        text: key of the sentence for people, `refusal.` left out.
        values: what fills the sentence.
        field: the field at fault, or "".
        language: of the room that says it, for whoever has named none, or "".
        asks: what is to be answered first, as an `error` frame has it, or None.
    """

    def __init__(self, code: str, text: str = "", field: str = "", **values: int | str) -> None:
        """Keep what went wrong."""
        super().__init__(f"{code}: {text or MEANINGS[code]}")
        self.code = code
        self.text = text or code
        self.field = field
        self.values = values
        self.language = ""
        self.asks: DoorQuestion | None = None

    @property
    def close(self) -> Close:
        """Return the code to close the connection with, where this ends it."""
        return _CLOSES.get(self.code, Close.BAD_FRAME)


class BadFrame(ProtocolError):
    """Bytes that are no frame of the contract.

    Attributes:
        detail: what was expected, for developers, in English.
        id: the frame's, or "".
    """

    def __init__(self, detail: str, field: str = "", id: str = "") -> None:
        """Keep what was expected."""
        super().__init__("bad_frame", field=field)
        self.detail = detail
        self.id = id

    def __str__(self) -> str:
        """Return the detail."""
        return self.detail


class Refused(ProtocolError):
    """Somebody may not come in; an `error` frame says why and the connection is closed."""
