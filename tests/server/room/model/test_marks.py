"""The marks of a room's records."""

from __future__ import annotations

import re

from makersphere_server.room.model.log.marks import Marks
from tests.server.rig.made_up_logs import records


def test_each_record_has_a_mark_of_its_own_that_stays_at_its_number() -> None:
    """Marks are at least 16 random bytes, none comes twice, and each is found again at the number that it was given."""
    marks = Marks(())
    given = [marks.add() for _ in range(1_000)]
    assert len(set(given)) == 1_000
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{22}", mark) for mark in given)
    assert [marks.at(seq) for seq in range(1, 1_001)] == given
    assert marks.at(0) == marks.at(1_001) == ""


def test_marks_go_on_behind_those_of_the_log() -> None:
    """A room that is opened keeps the marks of its records; a record from before there were marks has none."""
    marks = Marks(records(1, 2))
    assert [marks.at(1), marks.at(2), marks.at(3)] == ["", "", ""]
    added = marks.add()
    assert marks.at(3) == added != ""
