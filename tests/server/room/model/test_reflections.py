"""Answers of one room: what somebody has said is found without going through everybody's."""

import pytest

from makersphere_server.room.model.reflection.reflections import Author, Reflection, Reflections


def test_each_hand_looks_at_its_own_answers_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many others have answered; given anew or picked, an answer is found as it is now."""
    reflections = Reflections(Reflection(season, "q", seat, 1, "so") for season in (1, 2) for seat in range(1, 500))
    anew = Reflection(1, "q", 7, 1, "anew")
    reflections.give(anew)
    reflections.pick(anew)
    looked_at: list[int] = []

    def author(one: Reflection) -> Author:
        looked_at.append(one.seat)
        return one.seat, one.member

    monkeypatch.setattr(Reflection, "author", property(author))
    found = {one.season: (one.text, one.was_shown) for one in reflections.of_author((7, 1))}
    assert found == {1: ("anew", True), 2: ("so", False)}
    assert reflections.of_author((7, 2)) == []
    assert set(looked_at) <= {7}
