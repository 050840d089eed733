"""What the model of a power cut is worth: it reads a trace as it was, keeps what was synced and loses what was not."""

import json
import random
from pathlib import Path

import pytest

from tests.faults.rig.disk import KINDS, SECTOR, Disk, Image, record, surviving
from tests.faults.rig.strace import read_calls
from tests.faults.rig.told import Told, read_told

ROOT = Path("/run/disk")


def _hex(text: bytes | str) -> str:
    data = text.encode() if isinstance(text, str) else text
    return "".join(f"\\x{byte:02x}" for byte in data)


def _place(path: str) -> str:
    return f"7<{_hex(f'{ROOT}/{path}' if path else str(ROOT))}>"


def _made(path: str) -> str:
    return f'1 openat(AT_FDCWD<{_hex("/")}>, "{_hex(f"{ROOT}/{path}")}", O_RDWR|O_CREAT, 0644) = {_place(path)}'


def _written(path: str, at: int, data: bytes) -> str:
    return f'1 pwrite64({_place(path)}, "{_hex(data)}", {len(data)}, {at}) = {len(data)}'


def _synced(path: str) -> str:
    return f"1 fdatasync({_place(path)}) = 0"


def _renamed(old: str, new: str) -> str:
    return f'1 rename("{_hex(f"{ROOT}/{old}")}", "{_hex(f"{ROOT}/{new}")}") = 0'


def _disk(folder: Path, *lines: str) -> Disk:
    trace = folder / "lines"
    trace.write_text("\n".join(lines) + "\n", "ascii")
    return record(read_calls(trace), ROOT)


def _images(disk: Disk, cut: int, kind: str, times: int = 200) -> list[Image]:
    return [surviving(disk, cut, kind, random.Random(number)) for number in range(times)]


def test_calls_that_others_interrupt_are_put_together(tmp_path: Path) -> None:
    """A call of one thread has its begin and its end, whatever stands between; one that was killed has no end."""
    trace = tmp_path / "trace"
    trace.write_text(
        f"1 fdatasync({_place('a')} <unfinished ...>\n"
        f'2 sendto(9<TCP:[127.0.0.1:1->127.0.0.1:2]>, "{_hex("ok")}", 2, 0, NULL, 0) = 2\n'
        "1 <... fdatasync resumed>) = 0 (DELAYED)\n"
        "2 --- SIGUSR2 {si_signo=SIGUSR2} ---\n"
        f'1 pwrite64({_place("a")}, "{_hex("half")}", 4, 8 <unfinished ...>\n'
        "1 +++ killed by SIGKILL +++\n"
    )
    sync, sent, write = read_calls(trace)
    assert (sync.name, sync.begin, sync.end, sync.result, sync.place) == ("fdatasync", 0, 2, 0, f"{ROOT}/a")
    assert (sent.begin, sent.end, sent.place, sent.texts) == (1, 1, "TCP:[127.0.0.1:1->127.0.0.1:2]", (b"ok",))
    assert (write.end, write.result, write.texts, write.last) == (None, None, (b"half",), 8)


def test_a_line_that_is_no_call_is_an_error(tmp_path: Path) -> None:
    """What strace says in between would else be passed over, and with it what was asked of the disk."""
    (tmp_path / "trace").write_text("strace: something went wrong\n")
    with pytest.raises(ValueError, match="line 1 is not strace's"):
        list(read_calls(tmp_path / "trace"))


def test_what_was_synced_is_there_and_nothing_else_is_sure(tmp_path: Path) -> None:
    """A write is sure from when a sync of its file has returned, its name from when one of its folder has."""
    lines = [_made("a"), _written("a", 0, b"one"), _synced("a"), _synced(""), _written("a", 3, b"two"), _synced("a")]
    disk = _disk(tmp_path, *lines)
    kept = [_images(disk, cut, "nothing", 1)[0].files for cut in range(len(lines) + 1)]
    assert kept == [{}, {}, {}, {}, {"a": b"one"}, {"a": b"one"}, {"a": b"onetwo"}]


def test_a_sync_that_has_not_returned_makes_nothing_sure(tmp_path: Path) -> None:
    """Neither does one that began before the write had ended."""
    begun = [_made("a"), _synced(""), _written("a", 0, b"one"), f"1 fdatasync({_place('a')} <unfinished ...>"]
    late = [_written("a", 3, b"two").replace("1 ", "2 ", 1), "1 <... fdatasync resumed>) = 0"]
    disk = _disk(tmp_path, *begun, *late)
    assert _images(disk, 5, "nothing", 1)[0].files == {"a": b""}
    assert _images(disk, 6, "nothing", 1)[0].files == {"a": b"one"}


def test_a_torn_write_is_torn_between_sectors(tmp_path: Path) -> None:
    """Each sector is old or new as a whole, and both come up."""
    old, new = b"o" * 2 * SECTOR, b"n" * 2 * SECTOR
    disk = _disk(tmp_path, _made("a"), _written("a", 0, old), _synced("a"), _synced(""), _written("a", 0, new))
    found = {image.files["a"] for image in _images(disk, 5, "torn")}
    assert found == {old, new, old[:SECTOR] + new[SECTOR:], new[:SECTOR] + old[SECTOR:]}
    assert {image.files["a"] for image in _images(disk, 5, "up_to")} == {old, new, new[:SECTOR] + old[SECTOR:]}


def test_a_write_that_a_kill_cut_short_has_happened_as_far_as_the_next_process_found_it(tmp_path: Path) -> None:
    """What the next one wrote there may be lost; what the killed one never came to write cannot come up instead."""
    old, new = b"o" * SECTOR, b"n" * SECTOR
    unwritten = _written("a", SECTOR, old).rpartition(") =")[0] + " <unfinished ...>"
    lines = [_made("a"), _synced(""), _written("a", 0, old), unwritten, "1 +++ killed by SIGKILL +++"]
    trace = tmp_path / "trace"
    trace.write_text("\n".join([*lines, _written("a", SECTOR, new)]) + "\n", "ascii")
    for found, may_be in ((old, {old, old + new}), (old + old, {old, old + old, old + new})):
        left = tmp_path / "left"
        left.mkdir(exist_ok=True)
        left.joinpath("a").write_bytes(found)
        images = _images(record(read_calls(trace), ROOT, left), 6, "up_to")
        assert {image.files["a"] for image in images} - {b""} == may_be


def test_a_file_that_has_grown_without_its_data_holds_zeros(tmp_path: Path) -> None:
    """A later sector may be there without an earlier one."""
    disk = _disk(tmp_path, _made("a"), _synced(""), _written("a", 0, b"n" * 2 * SECTOR))
    assert bytes(SECTOR) + b"n" * SECTOR in {image.files["a"] for image in _images(disk, 3, "torn")}


def test_a_name_may_be_lost_until_its_folder_is_synced(tmp_path: Path) -> None:
    """A file that was renamed into another's place may have its old name, and the place its old file."""
    put = [_made("a"), _written("a", 0, b"old"), _synced("a"), _synced("")]
    new = [_made("a.new"), _written("a.new", 0, b"new"), _synced("a.new"), _renamed("a.new", "a")]
    disk = _disk(tmp_path, *put, *new, _synced(""))
    before = {tuple(sorted(image.files.items())) for image in _images(disk, 8, "names_lost")}
    assert before == {(("a", b"old"),), (("a", b"old"), ("a.new", b"new")), (("a", b"new"),)}
    assert {tuple(image.files.items()) for image in _images(disk, 9, "names_lost")} == {(("a", b"new"),)}


def test_a_folder_that_is_lost_takes_everything_with_it(tmp_path: Path) -> None:
    """What lies in a new folder is there only with the folder's own name."""
    made = f'1 mkdir("{_hex(f"{ROOT}/data")}", 0700) = 0'
    lines = [made, _made("data/a"), _written("data/a", 0, b"one"), _synced("data/a"), _synced("data"), _synced("")]
    disk = _disk(tmp_path, *lines)
    assert _images(disk, 5, "nothing", 1)[0] == Image({}, frozenset())
    assert _images(disk, 6, "nothing", 1)[0] == Image({"data/a": b"one"}, frozenset({"data"}))


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_chance_leaves_the_same_folder(tmp_path: Path, kind: str) -> None:
    """What was found once can be laid down again."""
    lines = [_made("a"), *(_written("a", 700 * number, bytes([number]) * 700) for number in range(20)), _made("b")]
    disk = _disk(tmp_path, *lines)
    assert surviving(disk, 22, kind, random.Random(5)) == surviving(disk, 22, kind, random.Random(5))


def test_what_the_model_does_not_have_is_an_error(tmp_path: Path) -> None:
    """A call that changes a file in another way would else be a hole in every image."""
    with pytest.raises(ValueError, match="fallocate at line 2 is not in the model"):
        _disk(tmp_path, _made("a"), f"1 fallocate({_place('a')}, 0, 0, 4096) = 0")


def test_promises_are_read_from_the_sockets(tmp_path: Path) -> None:
    """An answer, a welcome and an update are promises, wherever a frame is cut; a refusal is none."""
    frames: list[dict[str, object]] = [
        {"type": "welcome", "room": "R", "seq": 4, "you": {"seat": 2}, "seat_token": "t"},
        {"type": "update", "seq": 5},
        {"type": "result", "id": "a", "ok": True, "seq": 6},
        {"type": "result", "id": "b", "ok": False, "error": {}},
    ]
    texts = [json.dumps(frame).encode() for frame in frames]
    data = b"HTTP/1.1 101 Switching Protocols\r\n\r\n" + b"".join(b"\x81" + bytes([len(text)]) + text for text in texts)
    place = "9<TCP:[127.0.0.1:1->127.0.0.1:2]>"
    lines = [f'1 sendto({place}, "{_hex(part)}", 9, 0, NULL, 0) = {len(part)}' for part in (data[:50], data[50:])]
    (tmp_path / "trace").write_text("\n".join(lines) + "\n")
    assert read_told(read_calls(tmp_path / "trace")) == [
        Told(1, "R", seq=4, token="t"),  # noqa: S106
        Told(1, "R", seq=5),
        Told(1, "R", seq=6, seat=2, id="a"),
    ]
