"""Why a game went as it did and its host's bookmarks go home with a room: in the debrief, and as tables."""

from __future__ import annotations

from typing import Any

import pytest

from makersphere_playtest.games.worker_pools import cores
from makersphere_playtest.why.telling import Asked, tell
from makersphere_server.afterwards.beside_the_log import tables_beside, tree_beside
from makersphere_server.room.model.bookmarks import Bookmark
from makersphere_server.room.model.why import Why, WhyMoved
from tests.playtest.why.recorded_games import recorded


@pytest.fixture(scope="module")
def moments() -> list[dict[str, Any]]:
    """Give the moments of a game, the last of it first."""
    return list(tell(recorded(), Asked(futures=2), cores(1), began=lambda _: None, done=lambda _: None))


@pytest.fixture
def private(moments: list[dict[str, Any]]) -> dict[str, bytes]:
    """Give what a room keeps of them, with two bookmarks."""
    why = Why()
    for moment in moments:
        why.move(WhyMoved(status="making", of=len(moments), moment=moment))
    late, early = Bookmark(2, "market", 61_000, "ask Ann"), Bookmark(1, "policy", 1_000)
    kept = {**why.take_unsaved(), **late.to_store(40), **early.to_store(7)}
    return {key: value for key, value in kept.items() if value is not None}


def test_the_debrief_has_both_in_their_order(private: dict[str, bytes], moments: list[dict[str, Any]]) -> None:
    """Moments by number, bookmarks as they were set; a word is in neither."""
    found = tree_beside(private)
    assert list(found["why"].values()) == sorted(moments, key=lambda moment: moment["number"])
    assert found["bookmark"] == {
        "7": {"season": 1, "phase": "policy", "at": 1_000},
        "40": {"season": 2, "phase": "market", "at": 61_000},
    }
    assert tree_beside({}) == {}


def test_a_row_for_each_bookmark_and_each_difference(private: dict[str, bytes], moments: list[dict[str, Any]]) -> None:
    """Each row has the line of the log that it stands on; words come where names were asked for."""
    bookmarks, why = tables_beside(private, names=False)
    assert bookmarks.columns == ("seq", "time", "season", "phase")
    assert [row[0] for row in bookmarks.rows] == [7, 40]
    (named, _) = tables_beside(private, names=True)
    assert [row[-1] for row in named.rows] == ["", "ask Ann"]
    told = [
        (moment["number"], moment["seq"], each["what"], each["mean"])
        for moment in sorted(moments, key=lambda moment: moment["number"])
        for each in moment["differences"]
    ]
    place = [why.columns.index(name) for name in ("moment", "seq", "what", "mean")]
    assert [tuple(row[at] for at in place) for row in why.rows] == told
