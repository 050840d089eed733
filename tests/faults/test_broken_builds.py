"""Builds of the server that are broken on purpose: a bench that does not find one of them out is broken itself.

Each is caught by the fault that is about what it breaks, in as few rounds as find it. How long each took is printed
(`pytest -s`).
"""

from typing import NamedTuple

import pytest

from tests.faults.harness import find_faults, perform, report


class Catch(NamedTuple):
    """Which fault finds a build out, by which word in its problems, in how many rounds."""

    fault: str
    word: str
    rounds: int | None = None


BROKEN = {
    "acks_before_commit": Catch("kills", "lost"),
    "acks_before_sync": Catch("power", "before sync", 14),
    "forgets_ids": Catch("repeats", "twice"),
    "head_runs_ahead": Catch("power", "quarantined", 42),
    "leaks_field": Catch("secrecy", "secret shows"),
    "leaks_length": Catch("secrecy", "secret shows"),
    "no_sync": Catch("power", "before sync", 14),
    "normal_sync": Catch("power", "before sync", 14),
    "renames_without_folder": Catch("power", "is gone from the store", 42),
}


@pytest.mark.parametrize("build", BROKEN)
def test_a_broken_build_is_found_out(build: str) -> None:
    """Each is caught by the fault that is about it, and for what it does."""
    name, word, rounds = BROKEN[build]
    run = perform(find_faults()[name], seed=1, is_quick=True, rounds=rounds, build=build)
    print(f"{build}: {run.verdict} by {name} in {report(run)['wall_s']} s")
    assert run.verdict == "failed"
    assert any(word in problem for problem in run.problems), run.problems
