"""A short part of every fault; the long one is `python3 run.py faults`."""

import json

import pytest

from tests.faults.harness import find_faults, perform, report


@pytest.mark.parametrize("name", sorted(find_faults()))
def test_the_server_stands_it(name: str) -> None:
    """Nothing acknowledged is lost or doubled, no secret is told, and something of everything was tried."""
    run = perform(find_faults()[name], seed=1, is_quick=True)
    assert run.verdict == "passed", json.dumps(report(run))  # whole: pytest shortens a mapping
