"""The watchdog: who takes nothing is cut, who is merely slow is not."""

from makersphere_server.edge.watchdog import Watchdog
from tests.server.rig.fakes import ManualClock
from tests.server.rig.watched_connection import WatchedConnection


def _watch(*connections: WatchedConnection) -> ManualClock:
    clock = ManualClock()
    Watchdog(lambda: connections, clock, 8_000, 4 << 20).start()
    return clock


def _pass_s(clock: ManualClock, seconds: int) -> None:
    for _ in range(seconds):
        clock.move_to(clock.now + 1_000)


def test_a_connection_that_takes_nothing_is_cut() -> None:
    """After the stall time with something waiting and nothing taken, it is over."""
    stalled, idle = WatchedConnection(), WatchedConnection()
    stalled.backlog = 10
    clock = _watch(stalled, idle)
    _pass_s(clock, 8)
    assert not stalled.was_cut
    _pass_s(clock, 2)
    assert stalled.was_cut
    assert not idle.was_cut


def test_a_slow_connection_is_not_cut() -> None:
    """Whoever takes a little now and then is only slow."""
    slow = WatchedConnection()
    slow.backlog = 500_000
    clock = _watch(slow)
    for _ in range(20):
        _pass_s(clock, 5)
        slow.taken += 1
    assert not slow.was_cut


def test_a_pile_is_cut_at_once() -> None:
    """However much is taken, more than four mebibytes are not kept for anybody."""
    pile = WatchedConnection()
    pile.backlog = (4 << 20) + 1
    _pass_s(_watch(pile), 1)
    assert pile.was_cut
