"""Why the system or a library refused something: told in the person's language, and the rest in quotes."""

from __future__ import annotations

import errno
import os
import re
import socket
from pathlib import Path

import msgspec
import pytest

from makersphere_cli.main import run
from makersphere_cli.rooms.rooms_file import kept_rooms
from makersphere_cli.speech import words
from makersphere_cli.speech.causes import cause
from makersphere_cli.speech.trouble import Trouble
from makersphere_protocol import texts
from makersphere_server.storage.event_log import StoreUnavailable

FOUNDING = b'{"makersphere_log":2,"epoch":1,"state":"open","founding":{}}'
OF_SYSTEM = {
    errno.ENOENT: ("No such file or directory", "没有这个文件或文件夹"),
    errno.EACCES: ("Permission denied", "没有权限"),
    errno.EPERM: ("Permission denied", "没有权限"),
    errno.ENOSPC: ("No space left on device", "磁盘满了"),
    errno.EISDIR: ("It is a folder", "那是文件夹"),
    errno.ENOTDIR: ("A part of the path is no folder", "路径中有一段不是文件夹"),
    errno.EEXIST: ("Something else is there already", "那里已经有别的东西"),
    errno.EROFS: ("Nothing can be written on that disk", "那个磁盘只能读"),
    errno.ENAMETOOLONG: ("The name is too long", "名字太长"),
    errno.EADDRNOTAVAIL: ("This machine has no such address", "本机没有这个地址"),
}


@pytest.fixture(params=["en", "zh"])
def language(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Speak one language after the other."""
    monkeypatch.setenv("MAKERSPHERE_LANGUAGE", request.param)
    words.language.cache_clear()
    return str(request.param)


def told(language: str, english: str, chinese: str) -> str:
    """Return what is to be said."""
    return english if language == "en" else chinese


def of_json(text: bytes) -> msgspec.DecodeError:
    """Return what the library says of a text that is no object."""
    with pytest.raises(msgspec.DecodeError) as found:
        msgspec.json.decode(text, type=dict[str, int])
    return found.value


@pytest.mark.parametrize("number", OF_SYSTEM)
def test_the_system_speaks_the_persons_language(language: str, number: int) -> None:
    """Whatever words it has itself, and however deep it lies in what was made of it."""
    raw = OSError(number, "words of the system", "file")
    outer = StoreUnavailable("the store cannot be opened")
    outer.__cause__ = raw

    assert cause(raw) == cause(outer) == told(language, *OF_SYSTEM[number])


@pytest.mark.parametrize(
    ("error", "english", "chinese"),
    [
        (socket.gaierror(socket.EAI_NONAME, "x"), "Nobody knows a machine of that name", "找不到叫这个名字的机器"),
        (
            UnicodeDecodeError("utf-8", b"ab\xff", 2, 3, "x"),
            "No text in UTF-8 (byte 3)",
            "不是 UTF-8 文本（第 3 字节）",  # noqa: RUF001
        ),
        (of_json(b'{"a":}'), "Malformed JSON at byte 6", "第 6 字节处 JSON 格式有误"),
        (of_json(b'{"a":1'), "Its JSON breaks off", "JSON 没写完就断了"),
        (of_json(b"[]"), "“Expected `object`, got `array`”", "“Expected `object`, got `array`”"),
        (OSError(errno.EMFILE, "Too many open files"), "“Too many open files”", "“Too many open files”"),
        (OSError("no number"), "“no number”", "“no number”"),
        (ValueError("what it says"), "“what it says”", "“what it says”"),
    ],
)
def test_what_is_rare_is_quoted(language: str, error: Exception, english: str, chinese: str) -> None:
    """Frequent causes have words of their own; the rest is told as somebody else's."""
    assert cause(error) == told(language, english, chinese)


def test_every_cause_has_words_in_both_languages() -> None:
    """No key is spelt otherwise than its sentence."""
    for number in OF_SYSTEM:
        assert os.strerror(number)  # it is an error of this system
    keys = {key for key in texts.catalogue("en") if key.startswith("terminal.cause.")}
    assert keys == {key for key in texts.catalogue("zh") if key.startswith("terminal.cause.")}


@pytest.mark.parametrize(
    ("content", "english", "chinese"),
    [
        (b"", "log.jsonl is empty.", "log.jsonl 是空的。"),
        (b"hello\n", "log.jsonl is no log of a room: Malformed JSON at byte 1.", "第 1 字节处 JSON 格式有误。"),
        (FOUNDING + b"\n", "log.jsonl is no log of a room: “", "log.jsonl 不是房间日志"),
    ],
)
def test_a_file_that_is_no_log(
    language: str, content: bytes, english: str, chinese: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """What it is instead, and what to do."""
    Path("log.jsonl").write_bytes(content)

    assert run(["verify", "log.jsonl"]) == 2
    assert told(language, english, chinese) in capsys.readouterr().err


@pytest.mark.parametrize(
    "line",
    [
        "verify nowhere/log.jsonl",
        "rooms list --data nowhere",
        "experiment paths --report nowhere/x.html",
        "simulate nowhere/mine.toml",
    ],
)
def test_no_sentence_in_chinese_has_the_systems_words(
    line: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Names, flags and commands are all that stays in Latin letters."""
    monkeypatch.setenv("MAKERSPHERE_LANGUAGE", "zh")
    words.language.cache_clear()

    assert run(line.split()) == 2
    said = capsys.readouterr().err
    assert "没有这个文件或文件夹" in said
    assert not re.search(r"(?i)no such|errno|directory", said)


def test_a_damaged_file_of_ones_own_rooms(language: str, tmp_path: Path) -> None:
    """Where it is damaged, to the byte."""
    (tmp_path / "own-rooms.json").write_bytes(b'[{"room":}]')
    with pytest.raises(Trouble) as found:
        kept_rooms(tmp_path)

    assert told(language, "Malformed JSON at byte 10", "第 10 字节处 JSON 格式有误") in str(found.value)
