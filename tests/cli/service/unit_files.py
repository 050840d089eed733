"""The units of deploy/systemd as systemd reads them: what a program is started with, and where.

Answers settings and commands of a unit, its own marks taken away. Knows of systemd's language no more than is used.
"""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Final

__all__ = ["UNITS", "commands", "environment_of", "values"]

UNITS: Final = Path(__file__).resolve().parents[3] / "deploy/systemd"


def values(unit: str, setting: str) -> list[str]:
    """Return what a setting of a unit says, a line each."""
    lines = (UNITS / unit).read_text("utf-8").splitlines()
    return [line.partition("=")[2] for line in lines if line.partition("=")[0] == setting]


def environment_of(unit: str) -> dict[str, str]:
    """Return the variables that a unit's programs are started with."""
    return dict(word.split("=", 1) for line in values(unit, "Environment") for word in shlex.split(line))


def commands(unit: str) -> list[list[str]]:
    """Return the command lines of a service, in their order."""
    lines = values(unit, "ExecStart")
    return [[word.replace("$$", "$").replace("%%", "%") for word in shlex.split(line)] for line in lines]
