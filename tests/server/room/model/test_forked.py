"""What a fork was asked for with, as the room's log and its hosts' hand have it."""

from makersphere_rules.shipped import scenario
from makersphere_server.room.model.forked import Forked, forked_as_logged, forked_tree, key_of
from makersphere_server.storage.record import Record

ASKED = b'{"name":"host.fork","args":{"season":2,"phase":"market","choices":["no_tax"],"rules":"[world]\\ntax = 0"}}'


def _record(seq: int, command: bytes, id: str) -> Record:
    common = {"token": "author", "season": 2, "phase": "market", "actor": 0, "by": "host", "at_ms": 0, "events": b"[]"}
    return Record(seq=seq, command=command, command_id=id, **common)  # type: ignore[arg-type]


def test_it_is_known_by_the_key_of_its_command() -> None:
    """A message that speaks of forks is none, and a fork that is not in the log is told by its code alone."""
    message = b'{"name":"host.announce","args":{"text":"\\"host.fork\\""}}'
    found = forked_as_logged([_record(1, message, "a"), _record(2, ASKED, "b")], "salt")
    key = key_of("salt", "author", "b")
    assert found == {key: Forked(2, "market", ("no_tax",), (("world.tax", 0),))}
    assert forked_tree({key: "FORK234", "older": "FORK567"}, found, scenario("classroom").choices) == {
        "FORK234": {
            "season": 2,
            "phase": "market",
            "chosen": [{"name": "no_tax"}],
            "rules": [{"path": "world.tax", "is": 0}],
        }
    }
