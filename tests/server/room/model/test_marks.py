"""The marks of a room's records."""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode

import pytest

from makersphere_server.room.model.log.marks import Marks
from tests.server.rig.made_up_logs import records


def test_each_record_has_a_mark_of_its_own_that_stays_at_its_number() -> None:
    """A mark is 16 bytes, none comes twice, and each is found again at the number that it was given for."""
    marks = Marks("salt", ())
    given = [marks.add() for _ in range(1_000)]
    assert len(set(given)) == 1_000
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{22}", mark) for mark in given)
    assert [marks.at(seq) for seq in range(1, 1_001)] == given
    assert marks.at(0) == marks.at(1_001) == ""


def test_marks_go_on_behind_those_of_the_log() -> None:
    """A room that is opened keeps the marks of its records; a record from before there were marks has none."""
    marks = Marks("salt", records(1, 2))
    assert [marks.at(1), marks.at(2), marks.at(3)] == ["", "", ""]
    added = marks.add()
    assert marks.at(3) == added != ""


@pytest.mark.parametrize("before", [0, 1, 31, 32, 33, 45])
def test_a_mark_is_known_again_by_a_room_that_has_lost_its_record(before: int) -> None:
    """Whoever opens the room anew knows each mark at its number and at no other one, and gives out others itself."""
    kept = records(1, before) if before else []
    marks, anew = Marks("salt", kept), Marks("salt", kept)
    given = {seq: marks.add() for seq in range(before + 1, before + 70)}
    assert all(anew.were_given(seq, mark) for seq, mark in given.items())
    assert not any(anew.were_given(seq + 1, mark) or anew.were_given(seq + 32, mark) for seq, mark in given.items())
    assert not {anew.add() for _ in range(69)} & {*given.values()}


def test_nobody_makes_a_mark_up() -> None:
    """Changed marks, those of another room, other texts, and any mark where a room has no secret: all are unknown."""
    marks = Marks("salt", ())
    mark = marks.add()
    halves = urlsafe_b64decode(f"{mark}==")
    for place in range(16):
        changed = bytes(byte ^ (place == at) for at, byte in enumerate(halves))
        assert not marks.were_given(1, urlsafe_b64encode(changed).decode().rstrip("="))
    for made_up in ("", "x", "q" * 22, f"{mark}q", "ü" * 22, mark[:-1]):
        assert not marks.were_given(1, made_up)
    assert not marks.were_given(0, mark)
    assert not Marks("another", ()).were_given(1, mark)
    assert not Marks("", ()).were_given(1, Marks("", ()).add())
    assert marks.were_given(1, mark)
