"""A server's moments are made in another process: the same as the command's, and ended with whoever asked."""

from __future__ import annotations

import asyncio
import json
import os
from pathlib import Path

import pytest

from makersphere_cli.main import run
from makersphere_cli.rooms import explained_apart
from makersphere_server.storage.log_file import read_jsonl

LOG = Path(__file__).resolve().parents[2] / "golden" / "quickstart-v1.jsonl"


async def test_another_process_makes_the_same_moments(capsys: pytest.CaptureFixture[str]) -> None:
    """In the same order, with the same numbers, as `makersphere why` prints them."""
    file = read_jsonl(LOG)
    found = [moment async for moment in explained_apart.explained_apart(file.row, file.records)]
    assert await asyncio.to_thread(run, ["why", str(LOG), "--jobs", "1", "--json"]) == 0
    assert found == [json.loads(line) for line in capsys.readouterr().out.splitlines()]


async def test_the_process_is_gone_when_nobody_waits_any_more(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Closing the iterator ends it in the middle of its work; no moment that was not asked for is made."""
    said = tmp_path / "pid"
    program = f"import os, sys, time; sys.stdin.buffer.read(); open({str(said)!r}, 'w').write(str(os.getpid()))"
    program += "; print('{}', flush=True); time.sleep(600)"
    python = explained_apart._COMMAND[0]
    monkeypatch.setattr(explained_apart, "_COMMAND", (python, "-c", program))
    file = read_jsonl(LOG)
    moments = explained_apart.explained_apart(file.row, file.records)
    assert await anext(moments) == {}
    await moments.aclose()
    with pytest.raises(ProcessLookupError):
        os.kill(int(said.read_text()), 0)
