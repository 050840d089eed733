"""The simulator itself: the same hour everywhere, short tapes of what goes wrong, and broken builds found out."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.faults.sim.broken import BROKEN
from tests.faults.sim.rare import RARE
from tests.faults.sim.tape import Strip, Strips, Tape, shortest

_ROOT = Path(__file__).resolve().parents[3]
# by build: the first seed, how many are tried at most, and a word of what has to be said. A build that few hours find
# out begins just before one that does; when the world changes that seed means nothing, and the search takes longer
_FOUND_BY = {
    "acks_before_commit": (1, 40, "was acknowledged"),
    "acks_refused": (1, 60, "acknowledged"),
    "dies_quietly": (1, 5, "a task died"),
    "forgets_ids": (1, 20, "was answered"),
    "forgets_the_away": (40, 120, "the hand of"),
    "ids_by_token": (9, 60, "counts 2 times"),
    "keeps_the_epoch": (9, 40, "epoch"),  # one stood still, or goes on although somebody has seen more
    "knows_no_marks": (9, 40, "was told diverged: False"),
    "rounds_a_wait": (1, 20, "did not come back"),
    "short_tail": (8, 60, "another table"),
    "stale_table": (1, 60, "table"),
    "waits_at_stop": (13, 80, "to stop"),
    "waits_for_a_host": (33, 60, "without a host"),
    "whispers_aloud": (1, 5, "whispered"),
}


def _hours(*asked: str, hash_seed: str = "random") -> list[dict[str, Any]]:
    """Return what came of some hours in a process of their own."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.sim", *asked],
        cwd=_ROOT,
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
        capture_output=True,
        check=False,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_seed_is_the_same_hour_in_every_process() -> None:
    """Whatever seeds the hashes, every byte is told at the same moment."""
    told = [[hour["digest"] for hour in _hours("--range", "1", "4", "1", hash_seed=seed)] for seed in ("0", "1", "99")]
    assert len(told[0]) == 3
    assert told[0] == told[1] == told[2]
    assert len(set(told[0])) == 3


@pytest.mark.parametrize("build", sorted(_FOUND_BY))
def test_a_broken_build_is_found_out(build: str) -> None:
    """Each is caught within some seeds, and for what it does."""
    first, seeds, word = _FOUND_BY[build]
    last = _hours("--range", str(first), str(first + seeds), "1", "--build", build, "--until-wrong")[-1]
    assert any(word in problem for problem in last["problems"]), (last["seed"], last["problems"])


def test_every_broken_build_is_tried() -> None:
    """A build that nobody looks for proves nothing."""
    assert BROKEN.keys() <= _FOUND_BY.keys()


def test_what_goes_wrong_is_shrunk_to_a_tape_that_goes_wrong_again(tmp_path: Path) -> None:
    """The shortest tape that was found is shorter, and lives through the same failure in another process."""
    whole = _hours("1", "--build", "whispers_aloud")[0]
    short = _hours("1", "--build", "whispers_aloud", "--shrink", str(tmp_path), "--tries", "12")[0]
    assert short["counts"]["steps"] < whole["counts"]["steps"]
    again = _hours("--tape", str(tmp_path / "1.tape.json"), "--build", "whispers_aloud")[0]
    assert (again["digest"], again["problems"]) == (short["digest"], short["problems"])
    assert again["problems"]


def test_a_tape_is_dull_behind_its_end() -> None:
    """What was cut away happens no more, and nothing else changes."""
    strip = Strip(None, [3, 1])
    assert [strip.below(5), strip.below(2), strip.below(7), strip.between(4, 9), strip.happens(3)] == [
        3,
        1,
        0,
        4,
        False,
    ]


def test_strips_are_drawn_apart() -> None:
    """More choices of one purpose change none of another's."""
    one, other = Tape(7), Tape(7)
    for _ in range(100):
        one.strip_of("faults").below(9)
    assert [one.strip_of("people").below(99) for _ in range(9)] == [
        other.strip_of("people").below(99) for _ in range(9)
    ]


def test_shrinking_leaves_what_is_needed_alone() -> None:
    """Two choices of a thousand are the cause: they are left, and hardly anything else."""
    chance = random.Random(4)
    strips: Strips = {"a": [chance.randrange(5) for _ in range(1_000)], "b": [1] * 300}
    strips["a"][400], strips["a"][777] = 9, 8

    def fails(tried: Strips) -> bool:
        return 9 in tried.get("a", ()) and 8 in tried.get("a", ())

    found = shortest(strips, fails, 400)
    assert fails(found)
    assert not found["b"]
    assert len(found["a"]) < 10


def test_rare_states_are_named_once() -> None:
    """There are forty at least, each one once."""
    assert len(RARE) == len(set(RARE)) >= 40
