"""A connection that hears its welcome and nothing else."""

from makersphere_protocol.codec import encode
from makersphere_protocol.messages import Result
from makersphere_server.room.model.arrival import Arrival


def test_what_is_no_welcome_is_not_heard() -> None:
    """It takes whatever comes, keeps nothing else, and is no longer there once it is ended."""
    arrival = Arrival("192.0.2.1")
    arrival.tell(encode(Result("c-1", ok=True, now=0)))
    assert (arrival.welcome, arrival.is_open(), arrival.is_clogged()) == (None, True, False)
    arrival.end(1000, "done")
    assert not arrival.is_open()
