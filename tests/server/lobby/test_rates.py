"""Token buckets by the millisecond: whatever is waited for comes."""

import pytest

from makersphere_server.rates import Bucket


@pytest.mark.parametrize("per_s", [3, 6, 7, 11, 20, 999])
def test_a_budget_of_one_is_there_again_when_its_time_has_passed(per_s: int) -> None:
    """Whatever the rate and however long the server runs, nobody waits for a rest that rounding has left."""
    for now_ms in (70_000, 1_000_003, 2**31 + 1, 2**43 + 5):
        bucket = Bucket(per_s, 1)
        assert bucket.take(now_ms) == 0
        assert bucket.take(now_ms) > 0
        assert bucket.take(now_ms + 1_000 // per_s + 1) == 0


def test_a_full_budget_gives_its_whole_burst_at_once() -> None:
    """A burst that has not been touched can be taken in one, at any rate."""
    assert Bucket(0.3, 7).take(2**41 + 3, 7) == 0
    assert Bucket(0.3, 7).take(2**41 + 3, 8) > 0
