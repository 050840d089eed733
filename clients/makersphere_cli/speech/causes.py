"""Why the system or a library refused something, in the person's language, as the end of a sentence.

Frequent causes have sentences in both languages; any other is quoted in the words of the system or the library.
"""

from __future__ import annotations

import errno
import re
import socket
from types import MappingProxyType
from typing import Final

import msgspec

from makersphere_cli.speech.words import say

__all__ = ["cause", "quoted"]

_OF_SYSTEM: Final = MappingProxyType(
    {
        errno.ENOENT: "not_found",
        errno.EACCES: "no_permission",
        errno.EPERM: "no_permission",
        errno.ENOSPC: "no_space",
        errno.EDQUOT: "no_space",
        errno.EISDIR: "is_folder",
        errno.ENOTDIR: "no_folder",
        errno.EEXIST: "is_there",
        errno.EROFS: "read_only",
        errno.ENAMETOOLONG: "name_too_long",
        errno.EADDRNOTAVAIL: "no_such_address",
    }
)
_UNKNOWN_HOST: Final = frozenset({socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)})
_MALFORMED: Final = re.compile(r"JSON is malformed: .* \(byte (\d+)\)")
_CUT: Final = "Input data was truncated"


def cause(error: BaseException) -> str:
    """Return why something went wrong: what its first cause says."""
    while error.__cause__ is not None:
        error = error.__cause__
    match error:
        case OSError():
            return _of_system(error)
        case UnicodeDecodeError():
            return say("cause.no_text", place=error.start + 1)
        case msgspec.DecodeError():
            return _of_json(str(error))
        case _:
            return quoted(" ".join(str(error).split()))


def quoted(words: str) -> str:
    """Return the words of a system or a library, in quotes."""
    return say("cause.other", words=words)


def _of_system(error: OSError) -> str:
    if isinstance(error, socket.gaierror):  # which counts by numbers of its own
        return say("cause.unknown_host") if error.errno in _UNKNOWN_HOST else quoted(error.strerror or str(error))
    known = _OF_SYSTEM.get(error.errno or 0)
    return say(f"cause.{known}") if known else quoted(error.strerror or str(error))


def _of_json(words: str) -> str:
    malformed = _MALFORMED.fullmatch(words)
    if malformed:
        return say("cause.json", place=int(malformed[1]) + 1)
    return say("cause.json_cut") if words == _CUT else quoted(words)
