"""The codec: what comes out went in, and nothing but a frame comes in."""

import json
import string
import subprocess
import sys
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from makersphere_protocol.codec import (
    MAX_FRAME,
    canonical,
    decode_from_client,
    decode_from_server,
    encode,
    encode_answer,
    encode_update,
    encode_welcome,
)
from makersphere_protocol.errors import MEANINGS, BadFrame, Close, ProtocolError
from makersphere_protocol.messages import (
    MAX_WHOLE,
    At,
    ClientFrame,
    Command,
    Create,
    Error,
    Join,
    Line,
    Options,
    Preview,
    Problem,
    Result,
    Resume,
    ServerFrame,
    Timers,
    Update,
    Watch,
    Welcome,
    You,
)

words = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)
names = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=20)
wholes = st.integers(-MAX_WHOLE, MAX_WHOLE)
counts = st.integers(0, MAX_WHOLE)
args = st.dictionaries(words, wholes | words | st.booleans() | st.lists(wholes | words, max_size=4), max_size=4)
options = st.builds(
    Options,
    seats=st.none() | st.integers(1, 500),
    roles=st.none() | st.lists(words, min_size=1, max_size=4),
    language=words,
    seed=st.none() | counts | words,
    timers=st.builds(Timers, st.integers(0, 1000)),
)
client_frames: st.SearchStrategy[ClientFrame] = st.one_of(
    st.builds(Create, words, options, words, words),
    st.builds(Join, words, words, words, words, st.none() | counts, words),
    st.builds(Resume, words, words, words, words, st.none() | counts, st.none() | counts),
    st.builds(Watch, words),
    st.builds(Command, names, words, args, st.none() | st.builds(At, counts, words)),
    st.builds(Preview, names, words, args),
)
trees = st.dictionaries(words, st.dictionaries(words, wholes | words | st.booleans(), max_size=3), max_size=3)
server_frames: st.SearchStrategy[ServerFrame] = st.one_of(
    st.builds(
        Welcome,
        words,
        counts,
        counts,
        counts,
        st.builds(You, words, counts, words, counts),
        table=st.none() | trees,
        hand=st.none() | trees,
        resumed=st.booleans(),
    ),
    st.builds(
        Update,
        counts,
        counts,
        table=st.none() | trees,
        log=st.none() | st.lists(st.builds(Line, words, counts, st.dictionaries(words, wholes | words)), max_size=3),
    ),
    st.builds(Result, names, st.just(value=True), counts, seq=counts, data=st.none() | trees),
    st.builds(Result, names, st.just(value=False), counts, error=st.builds(Problem, words, words, words, counts)),
    st.builds(Error, words, words, counts),
)


@given(client_frames)
def test_client_frames_round_trip(frame: ClientFrame) -> None:
    """What a client sends is what the server reads, whatever the texts hold."""
    assert decode_from_client(encode(frame)) == frame
    assert decode_from_client(encode(frame).decode()) == frame


@given(server_frames)
def test_server_frames_round_trip(frame: ServerFrame) -> None:
    """What a server sends is what a client reads."""
    assert decode_from_server(encode(frame)) == frame


def test_a_field_that_holds_its_default_is_not_sent() -> None:
    """A frame costs the bytes of what it says."""
    assert encode(Join("R", "Ann", id="j")) == b'{"type":"join","room":"R","name":"Ann","id":"j"}'
    assert encode(Command("i", "n")) == b'{"type":"command","id":"i","name":"n"}'


@given(client_frames, st.randoms(use_true_random=False))
def test_the_order_of_fields_and_blanks_do_not_matter(frame: ClientFrame, rng: Any) -> None:  # noqa: ANN401
    """Other people's JSON writers are as good as ours."""
    items = list(json.loads(encode(frame)).items())
    rng.shuffle(items)
    assert decode_from_client(json.dumps(dict(items), indent=1)) == frame
    assert decode_from_client(json.dumps(dict(items), ensure_ascii=False)) == frame


@given(st.binary(max_size=200))
def test_any_bytes(data: bytes) -> None:
    """Bytes are a frame or a `BadFrame`, never anything else."""
    with suppress(BadFrame):
        decode_from_client(data)


@given(client_frames, st.data())
def test_any_change_of_a_frame(frame: ClientFrame, data: st.DataObject) -> None:
    """A frame with a few bytes changed is a frame or a `BadFrame`."""
    raw = bytearray(encode(frame))
    for _ in range(data.draw(st.integers(1, 4))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    with suppress(BadFrame):
        decode_from_client(bytes(raw))


@given(client_frames, st.sampled_from(["type", "id", "room", "name"]))
def test_duplicate_keys_are_refused(frame: ClientFrame, key: str) -> None:
    """JSON readers disagree about which one counts, so none does."""
    tree = json.loads(encode(frame))
    if key in tree:
        twice = encode(frame)[:-1] + b"," + json.dumps({key: tree[key]}).encode()[1:]
        with pytest.raises(BadFrame, match="duplicate key"):
            decode_from_client(twice)


@pytest.mark.parametrize(
    ("raw", "says", "field"),
    [
        (b"", "truncated", ""),
        (b"[1]", "expected an object", ""),
        (b'{"type":7}', "expected a known type", "type"),
        (b'{"room":"R"}', "expected a known type", "type"),
        (b'{"type":"welcome"}', "expected a known type", "type"),
        (b'{"type":"watch"}', "missing required field `room`", "room"),
        (b'{"type":"watch","room":7}', "Expected `str`, got `int`", "room"),
        (b'{"type":"watch","room":"R","when":1}', "unknown field", "when"),
        (b'{"type":"create","scenario":"x","options":{"chairs":3}}', "unknown field", "options.chairs"),
        (
            b'{"type":"create","scenario":"x","options":{"timers":{"scale":1,"by":2}}}',
            "unknown field",
            "options.timers.by",
        ),
        (b'{"type":"create","scenario":"x","options":{"seats":0}}', ">= 1", "options.seats"),
        (b'{"type":"create","scenario":"x","options":{"timers":{"scale":1.5}}}', "got `float`", "options.timers.scale"),
        (
            b'{"type":"create","scenario":"x","options":{"timers":{"scale":{"by":2}}}}',
            "got `object`",
            "options.timers.scale",
        ),
        (b'{"type":"join","room":"R","name":"A","seat":-1}', ">= 0", "seat"),
        (b'{"type":"command","id":"","name":"n"}', "length >= 1", "id"),
        (b'{"type":"command","id":"i","name":"n","args":{"a":12.0}}', "got `float`", "args.a"),
        (b'{"type":"command","id":"i","name":"n","args":{"a":null}}', "got `null`", "args.a"),
        (b'{"type":"command","id":"i","name":"n","args":{"a":[true]}}', "got `bool`", "args.a"),
        (b'{"type":"command","id":"i","name":"n","args":{"a":9007199254740992}}', "<= 9007199254740991", "args.a"),
        (b'{"type":"command","id":"i","name":"n","args":{"a":-9007199254740992}}', ">= -9007199254740991", "args.a"),
        (b'{"type":"command","id":"i","name":"n","args":{"a":1,"step":1.5,"c":2}}', "got `float`", "args.step"),
        (b'{"type":"command","id":"i","name":"n","args":{"step":' + b"9" * 30 + b"}}", "9007199254740991", "args.step"),
        (b'{"type":"command","id":"i","name":"n","args":{"' + b"z" * 65 + b'":1}}', "length <= 64", "args"),
        (b'{"type":"command","id":"i","name":"n","args":[1]}', "got `array`", "args"),
        (b'{"type":"command","id":"i","name":"n","at":{"season":1}}', "missing required field `phase`", "at.phase"),
        (b'{"type":"create","scenario":"x","options":{"roles":["a",1]}}', "got `int`", "options.roles"),
        (b'{"type":"create","scenario":"x","class":{"people":"two"}}', "got `str`", "class.people"),
        (b'{"type":"command","id":"i","name":"n","args":{"a":1e999}}', "range", ""),
        (b'{"type":"command","id":"i","name":"n","args":{"a":1,"a":1}}', "duplicate key", ""),
        (b'{"type":"command","id":"i","name":"n","at":{"season":true,"phase":"p"}}', "got `bool`", "at.season"),
        (b'{"type":"command","id":"i","name":"n","at":{"season":1,"phase":"p","day":2}}', "unknown field", "at.day"),
        (b'{"type":"command","id":"i","name":"n","extra":1}', "unknown field", "extra"),
        (b'{"type":"command","id":"i","name":"n","a":1,"b":1,"c":1}', "unknown field", "a"),
        (b'{"type":"command","id":"i","name":"n","args":{"a":1},"extra":1}', "unknown field", "extra"),
        (b'{"type":"command","id":"i","name":"n","at":{"season":1,"phase":"p"},"extra":1}', "unknown field", "extra"),
        (b'{"type":"command","id":"i","name":"n","at":7}', "Expected `object | null`, got `int`", "at"),
        (b'{"type":"watch","room":"R","' + b"x" * 100 + b'":1}', "unknown field", "x" * 64),
        (
            b'{"type":"create","scenario":"x","options":{"' + b"y" * 100 + b'":3}}',
            "unknown field",
            "options." + "y" * 64,
        ),
        (b'{"type":"watch","room":"\\u0000"}', "NUL", "room"),
        (b'{"type":"command","id":"i","name":"n","args":{"\\u0000":1}}', "NUL", "args"),
        (b'{"type":"command","id":"i","name":"n","args":{"a":["\\u0000"]}}', "NUL", "args.a"),
        (b'{"type":"watch","room":"\\udc00"}', "surrogate", ""),
        (b'{"type":"watch","room":"\xed\xa0\x80"}', "UTF-8", ""),
        (b'{"type":"watch","room":"\x01"}', "invalid character", ""),
        (b'{"type":"watch","room":"R"} x', "trailing", ""),
        (b'{"a":' * 3_000, "nested too deep", ""),
        (b'{"a":' * 501 + b"1" + b"}" * 501, "nested too deep", ""),
        (b'{"a":' * 500 + b"1" + b"}" * 500, "expected a known type", "type"),
        (b'{"a":' + b"[" * 500 + b"]" * 500 + b"}", "nested too deep", ""),
        (b'{"a":[' + b"{}," * 600 + b"{}]}", "expected a known type", "type"),
        (b'{"a":"' + b"[" * 600 + b'\\"' + b"{" * 600 + b'"}', "expected a known type", "type"),
        (b'{"a":"' + b"[" * 600 + b'\\\\","b":' + b"[" * 500 + b"]" * 500 + b"}", "nested too deep", ""),
        (b"[" * 500 + b'"' + b'\\"[' * 600, "truncated", ""),
        (b"[" * 501 + b'"' + b'\\"' * 600, "nested too deep", ""),
        (b"[[]," * 500 + b"[]" + b"]" * 500, "nested too deep", ""),
        (b"x" * (MAX_FRAME + 1), "at most 16384 bytes", ""),
    ],
)
def test_what_is_wrong_is_said(raw: bytes, says: str, field: str) -> None:
    """A developer is told what was expected, and of which field."""
    with pytest.raises(BadFrame) as refused:
        decode_from_client(raw)
    assert says in str(refused.value)
    assert refused.value.field == field


_TEXTS_WITHOUT_AN_END = """
import resource
from makersphere_protocol.codec import nests_too_deep
resource.setrlimit(resource.RLIMIT_CPU, (10, 10))
for escaped in (b'\\\\"', b'"\\\\', b'\\\\\\\\"'):
    assert not nests_too_deep(b"[" * 400 + b'"' + b"[" * 400 + escaped * 500_000)
"""


def test_what_a_frame_costs_grows_with_its_length_alone() -> None:
    """A text of quotes that never ends, and a hundred times the longest frame, are looked through in no time."""
    done = subprocess.run([sys.executable, "-c", _TEXTS_WITHOUT_AN_END], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_longest_frame_is_taken() -> None:
    """What the page of the contract promises to take is taken to its last byte."""
    frame = b'{"type":"watch","room":"R"}'
    assert decode_from_client(frame + b" " * (MAX_FRAME - len(frame))) == Watch("R")


def test_a_text_may_speak_of_nul() -> None:
    """A backslash and what stands behind it are letters like others; only the character itself is refused."""
    assert decode_from_client(b'{"type":"watch","room":"\\\\u0000"}') == Watch("\\u0000")
    spoken = b'{"type":"command","id":"i","name":"n","args":{"a":"\\\\u0000","by":1}}'
    assert decode_from_client(spoken) == Command("i", "n", {"a": "\\u0000", "by": 1})


def test_text_with_a_lone_surrogate() -> None:
    """A text that cannot be bytes is no frame either."""
    with pytest.raises(BadFrame, match="UTF-8"):
        decode_from_client('{"type":"watch","room":"\ud800"}')


def test_colons_in_texts_are_no_keys() -> None:
    """The quick look at the colons is only a first look."""
    frame = Command("a:b", "::", {"c:d": ":"}, At(1, ":"))
    assert decode_from_client(encode(frame)) == frame
    assert decode_from_client(b'{"type":"command","id":"i","name":"n","args":{},"at":null}') == Command("i", "n")


def test_spliced_frames_are_frames() -> None:
    """What is put together from encoded parts reads like what is encoded whole."""
    welcome = Welcome("R", 1, 2, 3, You("watcher"), protocol=1)
    table = {"game": {"status": "lobby"}}
    whole = decode_from_server(encode_welcome(welcome, json.dumps(table).encode()))
    assert isinstance(whole, Welcome)
    assert (whole.table, whole.hand) == (table, None)
    update = decode_from_server(encode_update(5, 6, b'{"a":{"b":1}}', log=b'[{"text":"t","seq":5,"values":{}}]'))
    assert update == Update(5, 6, {"a": {"b": 1}}, None, [Line("t", 5)])
    assert decode_from_server(encode_answer('i"', 7, b'{"ok":true,"seq":8}')) == Result('i"', ok=True, now=7, seq=8)


@given(args)
def test_the_same_command_is_the_same_bytes(given_args: dict[str, Any]) -> None:
    """Two commands are told to be the same whatever the order of their arguments."""
    turned = dict(reversed(given_args.items()))
    assert canonical("n", given_args) == canonical("n", turned)
    assert canonical("n", given_args) != canonical("m", given_args)


def test_a_newer_servers_fields_are_ignored() -> None:
    """A client reads what it knows."""
    assert decode_from_server(b'{"type":"update","seq":1,"now":2,"weather":"fine"}') == Update(1, 2)


@pytest.mark.parametrize("raw", [b"{}", b'{"type":"fly"}', b'{"type":7}', '{"type":"watch","room":"R"}'])
def test_a_frame_of_no_known_type_is_none_of_a_servers(raw: bytes | str) -> None:
    """A client is told so in the same words as a server."""
    with pytest.raises(BadFrame, match="expected a known type") as refused:
        decode_from_server(raw)
    assert refused.value.field == "type"


def test_every_code_has_a_meaning_and_a_close() -> None:
    """Codes are words, and whatever ends a connection does so with a number of the contract."""
    for code in MEANINGS:
        assert set(code) <= set(string.ascii_lowercase + "_")
        assert ProtocolError(code).close in Close
