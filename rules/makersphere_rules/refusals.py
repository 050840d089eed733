"""Expected refusals: values, never exceptions.

A refusal names a code of the wire contract, the text that is shown to people (a key of the shared
texts and its values) and, where one is at fault, the field. The state is unchanged by a refusal.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, get_args

import msgspec

__all__ = ["CODES", "Code", "Refusal", "refuse"]

Code = Literal[
    "not_your_phase",
    "not_your_role",
    "unknown_command",
    "bad_args",
    "cannot_afford",
    "rule",
    "changed",
    "paused",
    "over",
]
CODES: Final[tuple[Code, ...]] = get_args(Code)


class Refusal(msgspec.Struct, frozen=True):
    """Why a command was not carried out.

    Attributes:
        code: one of the wire contract's codes.
        text: key of the sentence shown to people, `refusal.` left out.
        values: what fills the sentence's placeholders.
        field: the argument at fault, or "".
    """

    code: Code
    text: str
    values: Mapping[str, int | str] = msgspec.field(default_factory=dict)
    field: str = ""


def refuse(code: Code, text: str, field: str = "", **values: int | str) -> Refusal:
    """Build a refusal."""
    return Refusal(code, text, values, field)
