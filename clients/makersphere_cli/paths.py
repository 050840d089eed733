"""Whether a file or a folder is where a person says; at a name that no disk takes (one too long) there is none."""

from __future__ import annotations

from pathlib import Path

__all__ = ["file_at", "folder_at"]


def file_at(path: Path | str) -> bool:
    """Return whether a file stands there that can be found."""
    try:
        return Path(path).is_file()
    except OSError:
        return False


def folder_at(path: Path | str) -> bool:
    """Return whether a folder stands there that can be found."""
    try:
        return Path(path).is_dir()
    except OSError:
        return False
