"""A file that a command writes is whole under its name, or it is not there, or what stood there stands there still."""

import os
import stat
from pathlib import Path

import pytest

from makersphere_server.storage.whole_file import whole_file, write_whole
from tests.server.rig.bad_disk import small_files


def test_a_disk_that_is_full_leaves_nothing(tmp_path: Path) -> None:
    """No file of half a room under the name of a whole one, and nothing beside it."""
    with small_files(100), pytest.raises(OSError, match="too large"):
        write_whole(tmp_path / "room.zip", b"x" * 1_000)
    assert [*tmp_path.iterdir()] == []


def test_what_stood_there_stands_there_still(tmp_path: Path) -> None:
    """A file that could not be replaced is the one that it was."""
    (tmp_path / "room.zip").write_bytes(b"before")
    with small_files(100), pytest.raises(OSError, match="too large"):
        write_whole(tmp_path / "room.zip", b"x" * 1_000)
    assert [each.read_bytes() for each in tmp_path.iterdir()] == [b"before"]


def test_a_sync_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What may not be on the disk does not get the name."""

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="No space"):
        write_whole(tmp_path / "room.zip", b"x")
    assert [*tmp_path.iterdir()] == []


def test_a_file_that_is_not_to_be_replaced_is_not(tmp_path: Path) -> None:
    """Also where it came while the other was written."""
    writing = whole_file(tmp_path / "a", replaces=False)
    writing.__enter__().write(b"mine")
    (tmp_path / "a").write_bytes(b"yours")
    with pytest.raises(FileExistsError):
        writing.__exit__(None, None, None)
    with pytest.raises(FileExistsError):
        write_whole(tmp_path / "a", b"mine", replaces=False)
    assert [each.read_bytes() for each in tmp_path.iterdir()] == [b"yours"]


def test_a_replaced_file_keeps_its_rights_and_a_link_its_target(tmp_path: Path) -> None:
    """As if it had been written in place."""
    (tmp_path / "real").write_bytes(b"before")
    (tmp_path / "real").chmod(0o640)
    (tmp_path / "link").symlink_to("real")
    write_whole(tmp_path / "link", "after")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text() == "after"
    assert stat.S_IMODE((tmp_path / "real").stat().st_mode) == 0o640


def test_a_private_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    """Whatever the rights of what stood there."""
    (tmp_path / "tokens").write_bytes(b"before")
    write_whole(tmp_path / "tokens", b"after", is_private=True)
    assert stat.S_IMODE((tmp_path / "tokens").stat().st_mode) == 0o600


def test_what_is_no_file_is_written_as_it_is(tmp_path: Path) -> None:
    """A pipe stays a pipe."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write_whole(pipe, b"through")
    assert os.read(reader, 100) == b"through"
    os.close(reader)
    assert pipe.is_fifo()
