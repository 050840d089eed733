"""What a process and its children asked of the system, read from the output of `strace`.

Answers each call that touches files, names or sockets, in the order in which it began, with where it ended. Knows
nothing of disks or of the game: `disk.py` says what a call does to a disk, `told.py` what left a socket. A call that
was begun and never ended (the process was killed in it) has no end. Source: strace(1), the format of `-f -yy -xx`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import attrs

__all__ = ["Call", "command", "read_calls"]

_CALLS: Final = (
    "openat,creat,open,write,writev,pwrite64,pwritev,pwritev2,ftruncate,truncate,fallocate,fsync,fdatasync,"
    "sync_file_range,rename,renameat,renameat2,unlink,unlinkat,rmdir,link,linkat,symlink,mkdir,mkdirat,sendto,sendmsg,"
    "sendfile,copy_file_range,mmap"
)
_LONGEST: Final = 1 << 24  # bytes of one call that are written down
_BEGUN: Final = " <unfinished ...>"
_LINE: Final = re.compile(r"(\d+) +(?:<\.\.\. (\w+) resumed>|(\w+)\()")
_TEXT: Final = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_PLACE: Final = re.compile(r"(\d+)<((?:\\x[0-9a-f]{2})+|[A-Za-z](?:->|[^>])*)>")


def command(output: Path, delay_ms: int) -> list[str]:
    """Return what to put before a command, so that it is traced, and each sync takes so much longer."""
    slow = [f"--inject=fsync,fdatasync:delay_enter={delay_ms * 1000}"] if delay_ms else []
    traced = ["-f", "--seccomp-bpf", "-q", "-yy", "-xx", "-s", str(_LONGEST), f"--trace={_CALLS}"]
    return ["strace", *traced, *slow, "-o", str(output)]


@attrs.frozen
class Call:
    """One call.

    Attributes:
        begin: the number of the line where it began.
        end: the number of the line where it ended; None: it never did.
        name: of the call.
        place: what its file descriptor stands for: a path, "TCP:[here->there]", "pipe:[N]"; "" where it has none.
        texts: its strings: data or paths.
        args: all of them, as strace has written them; where they are long, those after the data.
        result: what it returned; None where it did not return; -1 where it failed.
        opened: the path that it has opened.
    """

    begin: int
    end: int | None
    name: str
    place: str
    texts: tuple[bytes, ...]
    args: str
    result: int | None
    opened: str = ""

    @property
    def last(self) -> int:
        """Return its last argument, a number."""
        return int(self.args.rpartition(", ")[2])


def read_calls(path: Path) -> Iterator[Call]:
    """Yield the calls of a trace in the order in which they began.

    Raises:
        ValueError: a line is not one of strace's.
    """
    begun: dict[tuple[str, str], tuple[int, str]] = {}  # by thread and name
    found: list[Call] = []
    with path.open(encoding="ascii") as lines:
        for number, line in enumerate(lines):
            text = line.rstrip("\n")
            start = _LINE.match(text)
            if start is None:
                if " +++ " in text or " --- " in text:
                    continue
                raise ValueError(f"{path.name} line {number + 1} is not strace's: {text[:80]}")
            thread, resumed, name = start.groups()
            rest = text[start.end() :]
            if resumed is not None:
                began, head = begun.pop((thread, resumed))
                found.append(_call(began, number, resumed, head + rest))
            elif rest.endswith(_BEGUN):
                begun[thread, name] = number, rest.removesuffix(_BEGUN)
            else:
                found.append(_call(number, number, name, rest))
    found += [_call(number, None, name, head) for (_, name), (number, head) in begun.items()]
    yield from sorted(found, key=lambda call: call.begin)


def _call(begin: int, end: int | None, name: str, text: str) -> Call:
    args, equals, returned = text.rpartition(" = ")
    if not equals:
        args, returned = text, "?"
    args = args.rstrip().removesuffix(")")
    word = returned.split("<", 1)[0].split(" ", 1)[0]
    result = None if word == "?" else int(word, 0)
    end = None if result is None else end
    place = _PLACE.match(args)
    opened = _PLACE.match(returned)
    return Call(
        *(begin, end, name),
        place=_plain(place[2]) if place else "",
        texts=tuple(bytes.fromhex(found.replace("\\x", "")) for found in _TEXT.findall(args)),
        args=args if len(args) < 1000 else args.rpartition('"')[2],
        result=result,
        opened=_plain(opened[2]) if opened else "",
    )


def _plain(place: str) -> str:
    return bytes.fromhex(place.replace("\\x", "")).decode() if place.startswith("\\x") else place
