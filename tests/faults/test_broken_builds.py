"""Builds of the server that are broken on purpose: a bench that does not find one of them out is broken itself.

Each is caught by the fault that is about what it breaks, in as few rounds as find it. How long each took is printed
(`pytest -s`).
"""

from typing import NamedTuple

import pytest

from tests.faults.harness import find_faults, perform, report
from tests.faults.rig.builds import BUILDS


class Catch(NamedTuple):
    """Which fault finds a build out, by which word in its problems or in what it had nothing of, in how many rounds."""

    fault: str
    word: str
    rounds: int | None = None


BROKEN = {
    "acks_before_commit": Catch("kills", "lost"),
    "acks_before_sync": Catch("power", "before sync", 14),
    "allows_reuse": Catch("repeats", "reused_refused"),
    "answers_anew": Catch("repeats", "was answered by"),
    "believes_its_lease": Catch("owners", "the thawed server tells", 1),
    "forgets_ids": Catch("repeats", "twice"),
    "forgets_tail": Catch("latecomers", "sees something else", 1),
    "forgets_people": Catch("kills", "turned away", 1),
    "freeze_costs_time": Catch("frozen", "cost the phase"),
    "head_runs_ahead": Catch("power", "quarantined", 42),
    "ids_per_token": Catch("ways-back", "the same person's"),
    "keeps_old_token": Catch("ways-back", "a token that was replaced"),
    "leaks_field": Catch("secrecy", "secret shows"),
    "leaks_length": Catch("secrecy", "secret shows"),
    "leaves_old_connection": Catch("half-open", "the old connection was closed with None", 1),
    "logs_names": Catch("secrecy", "stands in the log", 1),
    "never_says_1012": Catch("restarts", "closed with", 1),
    "no_sync": Catch("power", "before sync", 14),
    "normal_sync": Catch("power", "before sync", 14),
    "posts_twice": Catch("closes", "verify finds", 1),
    "renames_without_folder": Catch("power", "is gone from the store", 42),
    "restart_costs_time": Catch("outage", "cost the phase"),
    "reuses_seq": Catch("kills", "was acknowledged at", 1),
    "stale_welcome": Catch("kills", "the table was", 4),
    "stores_tokens": Catch("kills", "stands in the store as it is", 1),
    "tells_refusals": Catch("secrecy", "secret shows", 1),
    "tells_whispers": Catch("secrecy", "stands in what", 1),
    "trips_on_frames": Catch("fuzz", "tracebacks"),
    "wall_clock_decides": Catch("clock-jumps", "by a jump", 1),
}


@pytest.mark.parametrize("build", BROKEN)
def test_a_broken_build_is_found_out(build: str) -> None:
    """Each is caught by the fault that is about it, and for what it does."""
    name, word, rounds = BROKEN[build]
    run = perform(find_faults()[name], seed=1, is_quick=True, rounds=rounds, build=build)
    print(f"{build}: {run.verdict} by {name} in {report(run)['wall_s']} s")
    assert run.verdict in {"failed", "checked nothing"}
    found = [*run.problems, *report(run)["nothing_of"]]
    assert any(word in problem for problem in found), found


def test_every_build_is_tried() -> None:
    """What is broken on purpose has its fault here; the staged ones are no product and not broken."""
    assert BUILDS.keys() - {"hurried", "lockstep", "odd_clock"} == BROKEN.keys()
