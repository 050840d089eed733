"""The parts between a room and a broker, each by itself: addresses, the bounded handover, last values."""

import json

import pytest
from aiomqtt import Message
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties

from makersphere_protocol.codec import encode_update
from makersphere_protocol.mqtt import Topics
from makersphere_server.broker_address import Address, Misread
from makersphere_server.limits import Limits, Unusable
from makersphere_server.mqtt.backlog import Backlog
from makersphere_server.mqtt.backlog import Message as Outgoing
from makersphere_server.mqtt.follower import Follower
from makersphere_server.mqtt.handover import MOST_BYTES, Handover
from makersphere_server.mqtt.listener import MOST_HANDED_OVER
from makersphere_server.mqtt.projection import Projection
from makersphere_server.mqtt.retained import MOST_EVENT_BYTES, RetainedValues
from makersphere_server.settings import Settings
from tests.server.rig.listening import Listening


@pytest.mark.parametrize(
    ("typed", "shown", "is_embedded"),
    [
        ("mqtt://broker", "mqtt://broker:1883", False),
        ("mqtts://broker", "mqtts://broker:8883", False),
        ("mqtt://[::1]:77", "mqtt://[::1]:77", False),
        ("embedded", "mqtt://127.0.0.1:1883", True),
        ("embedded://0.0.0.0:99", "mqtt://0.0.0.0:99", True),
    ],
)
def test_an_address_is_read(typed: str, shown: str, *, is_embedded: bool) -> None:
    """The usual ports are known, and an embedded broker is this machine's alone unless told otherwise."""
    address = Address.read(typed)
    assert (str(address), address.is_embedded) == (shown, is_embedded)


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "broker",
            "http://broker",
            "mqtt://",
            "mqtt://b:x",
            "mqtt://b:99999",
            "mqtt://b/x",
            "mqtt://a b",
            "mqtt://b:0",
        ),
        *("mqtt://a..b", "embedded://a..b", f"mqtts://{'a' * 64}"),
    ],
)
def test_what_leads_to_no_broker_is_refused(typed: str) -> None:
    """Each is refused by what is wanted, not by a traceback."""
    with pytest.raises(Misread) as caught:
        Address.read(typed)
    assert caught.value.needs == "mqtt_url"


def kept(topic: str, payload: bytes) -> Outgoing:
    """Return a message that the broker keeps."""
    return Outgoing(topic, payload, is_kept=True)


def test_a_password_in_an_address_is_refused_and_not_repeated() -> None:
    """What was typed may be a secret, so the refusal holds nothing of it, and no setting shows one."""
    with pytest.raises(Unusable) as caught:
        Settings(mqtt="mqtt://user:s3cret@broker")
    assert caught.value.needs == "mqtt_no_password"
    assert "s3cret" not in f"{caught.value} {caught.value.value}"
    assert "s3cret" not in repr(Settings(mqtt_user="x", mqtt_password="s3cret"))  # noqa: S106


@pytest.mark.parametrize("typed", ["", "a//b", "a/#", "+", "a b", "/a", "x/" * 9 + "x"])
def test_a_prefix_is_words_between_slashes(typed: str) -> None:
    """No wildcard and no empty level can be in a topic of ours."""
    with pytest.raises(Unusable):
        Settings(mqtt_prefix=typed)


def test_a_full_handover_clogs_its_followers_until_it_is_taken() -> None:
    """What waits is bounded by bytes; the first frame wakes the other side, and an emptied one calls back."""
    called: list[str] = []
    handover = Handover(lambda: called.append("wake"), lambda: called.append("drained"))
    one = Follower("room", handover, lambda: called.append("again"), lambda: called.append("gone"))
    one.tell(b"x")
    one.tell(b"x" * MOST_BYTES)
    assert one.is_clogged()
    assert called == ["wake"]
    assert len(handover.take()) == 2
    assert not one.is_clogged()
    assert called == ["wake", "drained"]
    one.end(1012, "")
    one.end(1012, "")
    assert handover.take() == [("room", b"")]
    assert called[2:] == ["wake", "gone"]
    assert not one.is_open()


def test_a_topic_that_changes_twice_is_published_once() -> None:
    """The retained values are the last ones: it is no queue, however long no broker takes them."""
    retained = RetainedValues()
    for value in (b"1", b"2", b"3"):
        retained.set_value("a", value)
    retained.set_value("b", b"1")
    assert [retained.next(), retained.next(), retained.next()] == [kept("a", b"3"), kept("b", b"1"), None]
    retained.set_value("b", b"1")
    assert retained.is_clear
    retained.broker_found()
    assert {retained.next(), retained.next()} == {kept("a", b"3"), kept("b", b"1")}


def test_events_are_bounded_and_the_oldest_go_first() -> None:
    """What no broker takes is dropped and counted; nothing is told of a time when nobody was there."""
    retained = RetainedValues()
    size = MOST_EVENT_BYTES // 4 - len("e")
    assert [retained.add_event("e", bytes([n]) * size) for n in range(6)] == [0, 0, 0, 0, 1, 1]
    assert retained.waiting_bytes <= MOST_EVENT_BYTES
    first = retained.next()
    assert first is not None
    assert (first.payload[0], first.is_kept) == (2, False)
    assert retained.broker_lost() == 3
    assert retained.is_clear


def test_what_waits_is_counted_with_its_topic_and_correlation() -> None:
    """A device says where it is answered and by which data: they take room as well."""
    backlog = Backlog(1_000)
    dropped = [backlog.add(Outgoing("t" * 300, b"p" * 10, correlation=b"c" * 90)) for _ in range(4)]
    assert (dropped, backlog.size, len(backlog)) == ([0, 0, 1, 1], 800, 2)
    assert backlog.take().correlation == b"c" * 90
    assert (backlog.size, backlog.clear(), backlog.size) == (400, 1, 0)


def test_what_others_write_is_put_right_and_what_we_said_is_not_taken_for_theirs() -> None:
    """A known topic gets its value back, a strange one is emptied, an echo of our own is no news."""
    retained = RetainedValues()
    retained.set_value("ours", b"1")
    assert retained.next() == kept("ours", b"1")
    assert not retained.is_foreign("ours", b"1")
    assert retained.is_clear
    assert retained.is_foreign("ours", b"3")
    assert retained.is_foreign("strange", b"1")
    assert [retained.next(), retained.next()] == [kept("ours", b"1"), kept("strange", b"")]
    retained.clear("ou")
    assert [retained.next(), retained.next()] == [kept("ours", b""), None]
    assert not retained.is_foreign("ours", b"")


def test_an_older_value_of_ours_is_put_right_whoever_says_it() -> None:
    """An echo that comes late is nobody's forgery; but the value that counts stands there in the end, as after one."""
    retained = RetainedValues()
    for value in (b"1", b"2"):
        retained.set_value("ours", value)
        assert retained.next() == kept("ours", value)
    for is_forged in (False, True):
        assert retained.is_foreign("ours", b"1") == is_forged
        assert retained.next() == kept("ours", b"2")


def test_an_event_of_ours_is_known_once() -> None:
    """Its echo changes nothing; said again by somebody else it is a strange one."""
    retained = RetainedValues()
    retained.add_event("events", b"1")
    assert retained.next() == Outgoing("events", b"1")
    assert [retained.is_foreign("events", b"1") for _ in range(2)] == [False, True]


def test_what_changed_while_nobody_was_there_is_laid_out_later_and_what_happened_is_left_out() -> None:
    """A room's projection keeps the table for the next connection; events are told when they happen or not at all."""
    projection = Projection("room", Topics("p"))
    projection.take(encode_update(1, 5, b'{"tally":{"total":1}}', log=b'[{"text":"counted","seq":1,"values":{}}]'))
    assert projection.forget() == 1
    projection.take(encode_update(2, 6, b'{"tally":{"last":3}}'))
    assert list(projection.events()) == []
    assert {topic: json.loads(payload) for topic, payload in projection.changes()} == {
        Topics("p").kind("room", "tally"): {"seq": 2, "now": 6, "value": {"total": 1, "last": 3}}
    }


def test_retained_values_are_wanted_while_there_is_a_broker() -> None:
    """From a connection to its end."""
    retained = RetainedValues()
    seen = [retained.is_wanted]
    for change in (retained.broker_found, retained.broker_lost):
        change()
        seen.append(retained.is_wanted)
    assert seen == [False, True, False]


def heard(topic: str, payload: bytes) -> Message:
    """Return a message as it comes from a broker."""
    return Message(topic, payload, 1, retain=False, mid=1, properties=None)


def test_what_the_game_has_not_taken_is_bounded() -> None:
    """Beyond that a device is told to come again, until the game has taken what it was handed."""
    listening = Listening(known=["mine"], limits=Limits(commands_per_s=1_000, command_burst=10_000))
    listener = listening.listener
    press = heard(Topics().device("mine", "command"), b'{"id": "a", "token": "t", "name": "ready"}')
    for _ in range(MOST_HANDED_OVER + 1):
        listener.hear(press)
    assert len(listening.handed) == MOST_HANDED_OVER
    assert [json.loads(answer)["error"]["code"] for _, answer in listening.answers] == ["rate_limited"]
    listener.taken = 1
    listener.hear(press)
    assert len(listening.handed) == MOST_HANDED_OVER + 1


def test_an_answer_goes_to_no_topic_without_end() -> None:
    """Where a device wants to be answered is kept until it is; a refusal goes to the usual place."""
    topics, listening = Topics(), Listening()
    own = topics.device("mine", "answer")
    wishes = Properties(PacketTypes.PUBLISH)  # type: ignore[no-untyped-call]
    wishes.ResponseTopic = f"{own}/{'x' * 300}"
    asks = Message(topics.device("mine", "command"), b'{"id": "a"}', 1, retain=False, mid=1, properties=wishes)
    listening.listener.hear(asks)
    [(topic, payload)] = listening.answers
    assert topic == own
    assert json.loads(payload)["error"]["code"] == "bad_frame"


def test_two_servers_under_one_prefix_do_not_quarrel_for_ever() -> None:
    """Who contradicts us on and on is not listened to for a while, on the server's own topic either."""
    topics, listening = Topics(), Listening(limits=Limits(flood=10), takes_devices=False)
    listener = listening.listener
    listening.retained.set_value(topics.server, b"ours")
    assert listener.filters() == {topics.server, topics.rooms}
    for _ in range(1_000):
        listener.hear(heard(topics.server, b"theirs"))
    assert listener.filters() == set()
