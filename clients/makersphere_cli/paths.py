"""Whether a file or a folder is where a person says; at a name that no disk takes (one too long) there is none.

And what the file of settings is called where nobody says.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

__all__ = ["CONFIG_FILE", "file_at", "folder_at"]

CONFIG_FILE: Final = "makersphere.toml"


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
