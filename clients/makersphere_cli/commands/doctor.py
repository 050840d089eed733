"""`makersphere doctor`: what is wrong with this machine, or on the way to a server elsewhere, in sentences."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from typing import Annotated, Final

import attrs
from cyclopts import Parameter
from rich.console import Console
from rich.table import Table

from makersphere_cli.flags import Json, Name, between
from makersphere_cli.kept import HERE, Kept
from makersphere_cli.paths import CONFIG_FILE
from makersphere_cli.rooms.machine import Finding, Needs, examined
from makersphere_cli.rooms.way_there import examined_there
from makersphere_cli.speech.words import say
from makersphere_server.settings import Settings

__all__ = ["doctor"]

_SIGNS: Final = {"well": ("✓", "green"), "note": ("!", "yellow"), "wrong": ("✗", "red")}
_PLAIN: Final = {"well": "ok", "note": "note", "wrong": "wrong"}


def doctor(
    *,
    kept: Kept = HERE,
    host: str = Settings().host,
    port: Annotated[int, Parameter(validator=between(0, 65_535))] = Settings().port,
    at: Name | None = None,
    as_json: Json = False,
) -> int:
    """Say what is wrong with this machine, before a class waits for it.

    Looks at Python, the web client, the file of settings, the folder of the rooms or the database, the disk, the port,
    the network, the sockets that a process may hold, and the terminal; with --at at a server's name, port, certificate,
    pages, live connection and clock, as they are from here. The exit code is 1 where no game can be played.

    Args:
        kept: where the rooms are.
        host: where the server would listen.
        port: the port that it would take.
        at: a server that runs, `https://game.school.example`: the way there is looked at, and not this machine.
        as_json: print one JSON object for each need.
    """
    named = os.environ.get("MAKERSPHERE_CONFIG", "")
    needs = Needs(kept.place, host, port, named or CONFIG_FILE, bool(named))
    findings = list(examined_there(at) if at is not None else examined(needs))
    if as_json:
        for finding in findings:
            print(json.dumps(attrs.asdict(finding), ensure_ascii=False))
    else:
        _show(findings, "doctor.well" if at is None else "doctor.well_there")
    return int(any(finding.state == "wrong" for finding in findings))


def _show(findings: Sequence[Finding], well: str) -> None:
    console = Console(highlight=False)
    signs = _SIGNS if console.encoding.lower().startswith("utf") else {}
    rows = Table.grid(padding=(0, 2))
    for finding in findings:
        sign, colour = signs.get(finding.state, (_PLAIN[finding.state], ""))
        rows.add_row(sign, say(f"doctor.need.{finding.need}"), finding.sentence, style=colour if sign != "✓" else "")
    console.print(rows)
    counts = [sum(finding.state == state for finding in findings) for state in ("wrong", "note")]
    console.print(say(_verdict(counts[0], counts[1], well), wrong=counts[0], notes=counts[1]), style="bold")


def _verdict(wrong: int, notes: int, well: str) -> str:
    if wrong:
        return "doctor.wrong.one" if wrong == 1 else "doctor.wrong"
    return "doctor.notes" if notes else well
