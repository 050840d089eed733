"""In a what-if nobody has been there at a time that it does not have."""

import json
from typing import Any

from makersphere_server.room.model.people.seats_of_a_fork import in_a_fork

LENA = {
    "number": 1,
    "name": "Lena",
    "token": "t3",
    "author": "t1",
    "code": "c",
    "stays": [[2, 20], [40, 50]],
    "reads_from": 60,
}
ZOE = {"number": 2, "join": "", "author": "t2", "since": 21, "until": 30, "stays": [], "reads_from": 0}
MAX = {"number": 3, "join": "", "author": "t4", "since": 45, "until": 48, "stays": [[31, 35]], "reads_from": 0}


def _cut(seq: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the seat as a fork of a `seq` has it, and who sits there."""
    stored = {"is_bot": False, "since": 60, "came": 3, "members": [LENA], "gone": [ZOE, MAX]}
    seat = json.loads(in_a_fork(json.dumps(stored).encode(), seq))
    (member,) = seat["members"]
    return seat, member


def test_who_came_and_went_later_has_never_been_there() -> None:
    """So all that was told there was told to the one who sits there."""
    seat, lena = _cut(10)
    assert seat["gone"] == []
    assert (seat["since"], lena["stays"], lena["reads_from"]) == (10, [[2, 10]], 0)


def test_who_was_there_then_has_their_time_until_then() -> None:
    """And of times that began later there are none."""
    seat, lena = _cut(33)
    zoe, max_ = seat["gone"]
    assert (zoe["since"], zoe["until"]) == (21, 30)
    assert (max_["since"], max_["until"], max_["stays"]) == (31, 33, [])
    assert (seat["since"], lena["stays"], lena["reads_from"]) == (33, [[2, 20]], 33)


def test_a_fork_of_the_last_moment_has_all_times() -> None:
    """And its people come by the tokens of the room, and not by codes that it has given out."""
    seat, lena = _cut(70)
    assert (seat["gone"], seat["since"]) == ([ZOE, MAX], 60)
    assert lena == {**LENA, "is_by_origin": True, "code": ""}


def test_a_seat_of_an_earlier_version_is_read() -> None:
    """It has no times of before, and nobody who is gone."""
    member = {key: LENA[key] for key in ("number", "name", "token")}
    seat = json.loads(in_a_fork(json.dumps({"is_bot": False, "members": [member]}).encode(), 5))
    assert (seat["since"], seat["members"][0]["stays"], seat["gone"]) == (5, [], [])
