"""The hash chain and the head file: no record can be changed, left out or cut off without being noticed."""

import hashlib
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from makersphere_server.storage.chain import Damaged, founding_hash, link, walk_chain
from makersphere_server.storage.event_log import Record
from makersphere_server.storage.heads import REWRITE_AT_BYTES, Head, HeadFile, read_heads
from makersphere_server.storage.record import decode_record, decode_room, encode_record, encode_room
from tests.server.rig.made_up_logs import record, records, row

_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
_JSON = st.sampled_from([b"{}", b"[]", b'{"a":[1,"\xc3\xa9",null]}', b'"x"', b"null", b"-3"])
_RECORDS = st.builds(
    Record,
    seq=st.integers(1, 2**53),
    season=st.integers(0, 40),
    phase=_TEXT,
    actor=st.integers(0, 500),
    by=_TEXT,
    token=_TEXT,
    command_id=_TEXT,
    command=_JSON,
    events=_JSON,
    answer=_JSON | st.just(b""),
    at_ms=st.integers(0, 2**53),
)

Stored = list[tuple[int, bytes, bytes]]


def stored(count: int) -> Stored:
    """Return `count` records as the store has them."""
    chain, found = founding_hash(row()), []
    for each in records(1, count):
        line = encode_record(each)
        chain = link(chain, line)
        found.append((each.seq, line, chain))
    return found


@given(_RECORDS)
def test_a_line_gives_its_record_back(each: Record) -> None:
    """Nothing of a record is lost or bent in its line, and the line is one line."""
    line = encode_record(each)
    assert decode_record(line) == each
    assert encode_record(decode_record(line)) == line
    assert b"\n" not in line


@given(_RECORDS, _RECORDS)
def test_different_records_have_different_hashes(one: Record, other: Record) -> None:
    """The hash covers every field."""
    assert (link(b"", encode_record(one)) == link(b"", encode_record(other))) == (one == other)


def test_a_line_s_bytes_are_fixed_for_ever() -> None:
    """The canonical bytes are a format: changed, every stored chain would break."""
    line = encode_record(record(7, actor=3, command_id="id"))
    assert line == (
        b'{"seq":7,"season":1,"phase":"count","actor":3,"by":"person","token":"tttttttttttttttttttttttttttttttt","id":"id",'
        b'"command":{"args":{"by":3},"name":"count"},'
        b'"events":[{"data":{"by":3,"count":7,"seat":3,"total":7},"type":"counted","v":1}],'
        b'"at_ms":1700000000007,"answer":{"seq":7}}'
    )
    assert link(b"\x00" * 32, line).hex() == hashlib.sha256(b"\x00" * 32 + line).hexdigest()
    assert hashlib.sha256(encode_room(row())).digest() == founding_hash(row())


def test_a_mark_stands_last_in_its_line_and_under_its_hash() -> None:
    """A record with a mark is the line of before with one field more, so a log without marks keeps its bytes."""
    plain, marked = encode_record(record(7)), encode_record(replace(record(7), mark="0123456789abcdefghijkl"))
    assert marked == plain[:-1] + b',"mark":"0123456789abcdefghijkl"}'
    assert link(b"", marked) != link(b"", plain)


def test_a_founding_line_gives_its_room_back_and_no_standing() -> None:
    """What may change later (epoch, state) is not under the hash; all else is."""
    assert decode_room(encode_room(row()), epoch=1) == row()
    assert founding_hash(row(epoch=9, state="over", reason="x")) == founding_hash(row())
    for change in ({"seed": b"other"}, {"nonce": b""}, {"roles": ()}, {"scenario": b"{}"}, {"seed_chosen": True}):
        assert founding_hash(row(**change)) != founding_hash(row())


def test_neither_seeds_nor_secrets_are_in_a_repr() -> None:
    """What ends up in a log by accident says nothing."""
    shown = repr(row()) + repr(record(1))
    assert "ROOM234sss" not in shown
    assert "counted" not in shown
    assert "t" * 32 not in shown


def test_a_sound_chain_is_walked_to_its_end() -> None:
    """Every record comes out, with its hash."""
    walked = list(walk_chain("ROOM234", 0, founding_hash(row()), stored(20)))
    assert [each for each, _ in walked] == records(1, 20)
    assert [chain for _, chain in walked] == [chain for _, _, chain in stored(20)]


def _changed(at: int, found: Stored) -> None:
    seq, line, chain = found[at]
    found[at] = (seq, line.replace(b'"by":3', b'"by":4'), chain)


def _rehashed(at: int, found: Stored) -> None:
    _changed(at, found)
    seq, line, _ = found[at]
    found[at] = (seq, line, link(found[at - 1][2], line))


def _left_out(at: int, found: Stored) -> None:
    del found[at]


def _doubled(at: int, found: Stored) -> None:
    found.insert(at, found[at - 1])


def _swapped(at: int, found: Stored) -> None:
    found[at], found[at + 1] = found[at + 1], found[at]


@pytest.mark.parametrize(
    ("damage", "first_wrong"),
    [(_changed, 6), (_rehashed, 7), (_left_out, 6), (_doubled, 6), (_swapped, 6)],
)
def test_the_first_wrong_record_is_named(damage: object, first_wrong: int) -> None:
    """A changed, missing, doubled or swapped record stops the walk there, the sound part before it comes out.

    A record that was given a new hash passes itself, and the next one tells on it.
    """
    found = stored(10)
    damage(5, found)  # type: ignore[operator]
    walk = walk_chain("ROOM234", 0, founding_hash(row()), found)
    assert [each.seq for each, _ in islice(walk, first_wrong - 1)] == list(range(1, first_wrong))
    with pytest.raises(Damaged) as caught:
        next(walk)
    assert caught.value.seq == first_wrong


@given(st.integers(0, 9), st.data())
def test_any_changed_byte_of_a_line_is_noticed(at: int, data: st.DataObject) -> None:
    """One flipped bit anywhere breaks the chain at that very record."""
    found = stored(10)
    seq, line, chain = found[at]
    where, bit = data.draw(st.integers(0, len(line) - 1)), data.draw(st.integers(0, 7))
    found[at] = (seq, line[:where] + bytes([line[where] ^ 1 << bit]) + line[where + 1 :], chain)
    with pytest.raises(Damaged) as caught:
        list(walk_chain("ROOM234", 0, founding_hash(row()), found))
    assert caught.value.seq == at + 1


# -- the head file


def head(seq: int, epoch: int = 1) -> Head:
    """Return a head with some hash."""
    return Head(epoch, seq, hashlib.sha256(b"%d" % seq).digest())


def test_the_newest_head_of_each_room_is_found_again(tmp_path: Path) -> None:
    """A room's last line counts, whatever stands before it, and a higher epoch beats a higher seq."""
    file = HeadFile(tmp_path / "heads")
    file.write({"A": head(1), "B": head(50)})
    file.write({"A": head(3)})
    file.write({"B": head(7, epoch=2)})
    file.close()
    assert read_heads(tmp_path / "heads").rooms == {"A": head(3), "B": head(7, epoch=2)}


@given(st.data())
def test_damaged_lines_are_left_out_and_the_others_stay(data: st.DataObject) -> None:
    """Cut or flipped anywhere, the file never says more than was written, and goes on working."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "heads")
        file = HeadFile(path)
        for seq in range(1, 6):
            file.write({"A": head(seq), "B": head(seq + 10)})
        file.close()
        written = bytearray(path.read_bytes())
        at = data.draw(st.integers(0, len(written) - 1))
        if data.draw(st.booleans()):
            del written[at:]
        else:
            written[at] ^= data.draw(st.integers(1, 255))
        path.write_bytes(written)
        for room, found in read_heads(path).rooms.items():
            assert found in [head(seq + 10 * (room == "B")) for seq in range(1, 6)]
        file = HeadFile(path)
        file.write({"A": head(6)})
        file.close()
        assert read_heads(path).rooms["A"] == head(6)


def test_a_full_disk_only_delays_the_heads(tmp_path: Path) -> None:
    """What could not be written goes with the next heads; nobody is refused for it."""
    file = HeadFile(tmp_path / "heads")
    real, file._file = file._file, FullDisk()  # type: ignore[assignment]
    file.write({"A": head(1), "B": head(1)})
    file._file = real
    file.write({"A": head(2)})
    file.close()
    assert read_heads(tmp_path / "heads").rooms == {"A": head(2), "B": head(1)}


class FullDisk:
    """A file that takes nothing."""

    def write(self, _: bytes) -> int:
        """Refuse."""
        raise OSError(28, "No space left on device")


def test_the_head_file_is_rewritten_when_it_has_grown(tmp_path: Path) -> None:
    """It stays small however long a server runs, and loses no head on the way."""
    file = HeadFile(tmp_path / "heads")
    file.write({f"ROOM{number}": head(number) for number in range(50)})
    line = 80
    for seq in range(REWRITE_AT_BYTES // line // 40):
        file.write({f"BUSY{number}": head(seq) for number in range(50)})
    assert (tmp_path / "heads").stat().st_size > REWRITE_AT_BYTES
    file.tidy()
    file.write({"LATE": head(1)})
    file.close()
    assert (tmp_path / "heads").stat().st_size < 50_000
    found = read_heads(tmp_path / "heads").rooms
    assert len(found) == 101
    assert found == file.known.rooms
