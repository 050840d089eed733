"""Four builds of the server that are broken on purpose: a bench that does not find them out is broken itself."""

import pytest

from tests.faults.harness import find_faults, perform

BROKEN = {
    "acks_before_commit": ("kills", "lost"),
    "forgets_ids": ("repeats", "twice"),
    "leaks_field": ("secrecy", "secret shows"),
    "leaks_length": ("secrecy", "secret shows"),
}


@pytest.mark.parametrize("build", BROKEN)
def test_a_broken_build_is_found_out(build: str) -> None:
    """Each is caught by the fault that is about it, and for what it does."""
    name, word = BROKEN[build]
    run = perform(find_faults()[name], seed=1, is_quick=True, build=build)
    assert run.verdict == "failed"
    assert any(word in problem for problem in run.problems), run.problems
