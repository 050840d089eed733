"""Random streams of policies: named, equal everywhere, and free until they are drawn from."""

from __future__ import annotations

import random

from makersphere_bots.random_stream import Stream


def test_a_stream_is_the_generator_that_its_name_seeds() -> None:
    """It draws what Python's own generator with that seed draws, whichever method comes first."""
    for name in ("a|1|2|policy|0", "a|1|2|policy|1"):
        first, second, own = Stream(name), Stream(name), random.Random(name)
        drawn = [own.random(), own.randint(1, 6), own.choice("abc"), own.sample(range(9), 4)]
        assert [first.random(), first.randint(1, 6), first.choice("abc"), first.sample(range(9), 4)] == drawn
        assert second.randint(1, 100) == random.Random(name).randint(1, 100)


def test_other_names_are_other_streams() -> None:
    """Seat, season, phase and call all tell streams apart."""
    names = ["r|1|1|market|0", "r|2|1|market|0", "r|1|2|market|0", "r|1|1|policy|0", "r|1|1|market|1"]
    assert len({Stream(name).random() for name in names}) == len(names)


def test_a_stream_may_take_another_name() -> None:
    """It is then what a new one of that name is, whatever has been drawn before."""
    stream = Stream("a")
    stream.random()
    stream.name = ("b",)
    assert stream.random() == Stream("b").random()


def test_a_name_may_come_in_its_parts() -> None:
    """Parts and the whole name are the same stream."""
    assert Stream("a", 1, "b").random() == Stream("a|1|b").random()
