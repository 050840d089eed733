"""A seat's people as they are in a what-if: nobody has been there at a time that the what-if does not have.

Answers with a stored seat, for a room that goes on from an earlier `seq` of another one. Reads and changes bytes alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

__all__ = ["in_a_fork"]

Stored = dict[str, Any]


def in_a_fork(stored: bytes, copied_seq: int) -> bytes:
    """Return a stored seat as it is in a fork of its room, whose people have seen nothing there of before they came.

    Args:
        stored: the seat as it is in the room.
        copied_seq: of the last record that the fork has from the room. Who came later is there from then on, and who
            came and went later has never been there.
    """
    people = msgspec.json.decode(stored)
    gone = [_gone_by(one, copied_seq) for one in people.get("gone", ()) if _times(one)[0][0] <= copied_seq]
    members = [_member_by(one, copied_seq, gone) for one in people["members"]]
    since = min(people.get("since", copied_seq), copied_seq)
    return msgspec.json.encode({**people, "since": since, "members": members, "gone": gone})


def _times(gone: Stored) -> list[list[int]]:
    """Return from when to when somebody who was taken away had the seat, each time."""
    return [*gone.get("stays", ()), [gone["since"], gone["until"]]]


def _by(times: Sequence[Sequence[int]], seq: int) -> list[tuple[int, int]]:
    """Return the times that had begun by a `seq`, as if they had ended by then."""
    return [(since, min(until, seq)) for since, until in times if since <= seq]


def _gone_by(gone: Stored, seq: int) -> Stored:
    *before, (since, until) = _by(_times(gone), seq)
    reads_from = min(gone.get("reads_from", 0), seq)
    return {**gone, "stays": before, "since": since, "until": until, "reads_from": reads_from}


def _member_by(member: Stored, seq: int, gone: Sequence[Stored]) -> Stored:
    """Return somebody who is there, by the room's token; where nobody else has been they read of all their times.

    A code of the room opens nothing in the fork, which does not hear of a newer one.
    """
    reads_from = min(member.get("reads_from", 0), seq) if gone else 0
    stays = _by(member.get("stays", ()), seq)
    return {**member, "stays": stays, "reads_from": reads_from, "is_by_origin": True, "code": ""}
