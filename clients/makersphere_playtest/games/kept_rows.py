"""A file of JSON lines that keeps work: a line for each part as soon as it is done, so that the work can go on later.

The first line says which work it is; a file of other work is refused. A last line that was torn by a crash is dropped.
What a line means is not known here.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

__all__ = ["Kept", "OtherWork"]

Tree = dict[str, Any]


class OtherWork(Exception):
    """A file holds other work, or no lines of JSON at all."""


class Kept:
    """The lines of some work, and the file that keeps them, if any."""

    def __init__(self, head: Tree, file: Path | None) -> None:
        """Read the lines that a file has.

        Raises:
            OtherWork: the file holds other work.
            OSError: the file cannot be read or written.
        """
        self.lines: list[Tree] = []
        self._head = head
        self._file = file
        if file is None:
            return
        if not file.exists() or not file.stat().st_size:
            self._write(head)
            return
        kept = 0
        with file.open("rb") as lines:
            for number, line in enumerate(lines):
                tree = _whole(line)
                if tree is None:
                    break
                kept += len(line)
                if number == 0 and tree != head:
                    raise OtherWork(str(file))
                if number:
                    self.lines.append(tree)
        if not kept:
            raise OtherWork(str(file))
        with file.open("r+b") as whole:
            whole.truncate(kept)

    def add(self, line: Tree) -> None:
        """Add a line, in the file too."""
        self.lines.append(line)
        self._write(line)

    def clear(self) -> None:
        """Forget all lines, in the file too."""
        self.lines.clear()
        if self._file is not None:
            self._file.write_text("", "utf-8")
            self._write(self._head)

    def _write(self, tree: Tree) -> None:
        if self._file is not None:
            with self._file.open("a", encoding="utf-8", newline="\n") as file:
                file.write(json.dumps(tree, ensure_ascii=False) + "\n")


def _whole(line: bytes) -> Tree | None:
    """Return a line as a tree, or None if the line is torn."""
    try:
        tree = json.loads(line) if line.endswith(b"\n") else None
    except ValueError:
        return None
    return tree if isinstance(tree, dict) else None
