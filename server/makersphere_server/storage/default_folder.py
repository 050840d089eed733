"""Where this system keeps a person's data of this program."""

from __future__ import annotations

import os
import sys
from pathlib import Path

__all__ = ["user_data_folder"]


def user_data_folder() -> Path:
    """Return the folder; it need not be there yet."""
    home = Path.home()
    match sys.platform:
        case "win32":
            base = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
        case "darwin":
            base = home / "Library" / "Application Support"
        case _:
            base = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    return base / "makersphere"
