"""What a verdict is worth: a run that checked nothing has failed, and the checker sees what is wrong in a store."""

from __future__ import annotations

import ast
import hashlib
import json
import shutil
import socket
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.faults import harness
from tests.faults.harness import Fault, Run
from tests.faults.rig import checker
from tests.faults.rig.journal import Journal
from tests.server.rig.broker import Mosquitto


def _perform(does: Callable[[Run], None], *, is_quick: bool = False) -> Run:
    async def one(run: Run) -> None:
        does(run)

    return harness.perform(Fault("some", "Does something.", one, 1, 1), seed=1, is_quick=is_quick)


def _count(run: Run) -> None:
    run.expect("kills")
    run.counts["kills"] += 1


def test_a_run_that_checked_nothing_has_failed() -> None:
    """Neither a run that expects nothing nor one that found nothing of what it expects passes."""
    assert _perform(_count).verdict == "passed"
    assert _perform(lambda _: None).verdict == "checked nothing"
    assert _perform(lambda run: run.expect("kills")).verdict == "checked nothing"


def test_an_error_is_a_problem() -> None:
    """A fault that falls over has failed, with the error in its report and its files kept."""

    def fall(run: Run) -> None:
        _count(run)
        raise ConnectionError("gone")

    run = _perform(fall)
    assert (run.verdict, run.problems) == ("failed", ["ConnectionError: ConnectionError gone"])
    assert harness.report(run)["evidence"] == str(run.folder)
    assert run.folder.is_dir()
    run.folder.rmdir()


def test_a_fault_that_falls_over_leaves_no_broker_behind() -> None:
    """Its broker is ended with it, also one that hangs."""
    ports = []

    async def fall(run: Run) -> None:
        async with Mosquitto(run.folder) as broker:
            ports.append(broker.port)
            broker.suspend()
            raise ConnectionError("gone")

    run = harness.perform(Fault("some", "Does something.", fall, 1, 1), seed=1, is_quick=True)
    assert run.problems == ["ConnectionError: ConnectionError gone"]
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", ports[0])) != 0
    shutil.rmtree(run.folder)


@pytest.mark.parametrize(("ends", "struck"), [("", 5), ("time", 2), ("a problem", 2)])
def test_a_run_says_how_often_it_has_struck(ends: str, struck: int) -> None:
    """Asked for five rounds and ended by time or a problem after two, it was one of two."""

    async def strike(run: Run) -> None:
        run.expect("kills")
        while run.goes_on(run.counts["kills"]):
            run.counts["kills"] += 1
            if run.counts["kills"] == struck and ends:
                run.seconds = 0 if ends == "time" else None
                run.problems += ["it hurts"] * (ends == "a problem")

    run = harness.perform(Fault("some", "Does something.", strike, 5, 1), seed=1)
    assert (run.struck, harness.report(run)["struck"]) == (struck, struck)
    shutil.rmtree(run.folder, ignore_errors=True)
    assert _perform(_count).struck == 1


@pytest.mark.parametrize(("is_quick", "verdict"), [(False, "missed a goal"), (True, "passed")])
def test_time_is_judged_in_long_runs_alone(is_quick: bool, verdict: str) -> None:  # noqa: FBT001
    """On a busy machine a slow moment says nothing; the figure is told all the same."""

    def slow(run: Run) -> None:
        _count(run)
        run.figure("back_p95_s", 4.0, at_most=3)

    run = _perform(slow, is_quick=is_quick)
    assert run.verdict == verdict
    assert harness.report(run)["goals"]["back_p95_s"]["is_met"] is False


def test_the_same_seed_gives_the_same_chance() -> None:
    """Whatever a run has tried can be tried again."""
    runs = [_perform(_count) for _ in range(2)]
    assert runs[0].chance("kills").random() == runs[1].chance("kills").random() != runs[0].chance("seat").random()


def test_the_checker_imports_nothing_of_the_game() -> None:
    """Whoever checks the server shares no line with it."""
    tree = ast.parse(Path(checker.__file__).read_text("utf-8"))
    imported = {
        name.partition(".")[0]
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert imported <= sys.stdlib_module_names


# -- the checker against stores made by hand


def _line(seq: int, id_: str, by: int, count: int) -> dict[str, Any]:
    fact = {"type": "counted", "data": {"seat": 1, "by": by, "count": count, "total": count}}
    command = {"name": "count", "args": {"by": by}}
    return {"seq": seq, "actor": 1, "by": "person", "token": "t", "id": id_, "command": command, "events": [fact]}


def _store(folder: Path, lines: list[dict[str, Any]]) -> None:
    founding = b'{"scenario":{"name":"counter"}}'
    chain = hashlib.sha256(founding).digest()
    database = sqlite3.connect(folder / "rooms.sqlite3")
    database.execute("CREATE TABLE rooms (room, founding, seq, hash, state, reason)")
    database.execute("CREATE TABLE records (room, seq, token, id, line, hash)")
    for content in lines:
        line = json.dumps(content).encode()
        chain = hashlib.sha256(chain + line).digest()
        row = ("R", content["seq"], content["token"], content["id"], line, chain)
        database.execute("INSERT INTO records VALUES (?, ?, ?, ?, ?, ?)", row)
    database.execute("INSERT INTO rooms VALUES ('R', ?, ?, ?, 'open', '')", (founding, len(lines), chain))
    database.commit()
    database.close()


def _journal(folder: Path) -> None:
    """Write the journal of a seat that has counted 3 and then 4, and sent the first command twice."""
    with Journal(folder / "journals", "R", 1, "secret-token") as journal:
        journal.note("here", 1, 0, False)  # noqa: FBT003
        for id_, by, seq, total in (("a", 3, 1, 3), ("b", 4, 2, 7)):
            journal.note("sent", id_, "count", {"by": by})
            journal.result({"id": id_, "ok": True, "seq": seq, "now": 5})
            journal.note("line", seq, "counted", {"seat": 1, "by": by, "total": total})
            journal.note("seen", seq, total, total)
        journal.note("sent", "a", "count", {"by": 3})
        journal.result({"id": "a", "ok": True, "seq": 1, "now": 9})
        journal.note("end", 2)


_RIGHT = [_line(1, "a", 3, 3), _line(2, "b", 4, 7)]


def test_a_store_that_is_right_has_no_problem(tmp_path: Path) -> None:
    """What was acknowledged is there, and the counts say what was compared."""
    _store(tmp_path, _RIGHT)
    _journal(tmp_path)
    found = checker.check(tmp_path, tmp_path / "journals")
    assert found.problems == []
    assert (found.counts["acknowledged"], found.counts["same_answers"], found.counts["views"]) == (2, 1, 2)


@pytest.mark.parametrize(
    ("lines", "word"),
    [
        (_RIGHT[:1], "lost"),
        ([*_RIGHT, _line(3, "a", 3, 10)], "twice"),
        ([*_RIGHT, _line(3, "c", 1, 8)], "never sent"),
        ([_RIGHT[0], _line(2, "b", 5, 8)], "not what was sent"),
        ([_RIGHT[0], _line(3, "b", 4, 7)], "says that it is 3"),
        ([_line(1, "b", 4, 4), _line(2, "a", 3, 7)], "acknowledged at 1 and is at 2"),
        ([_RIGHT[0], _line(2, "b", 4, 9)], "by half"),
    ],
)
def test_the_checker_sees(tmp_path: Path, lines: list[dict[str, Any]], word: str) -> None:
    """A record that is lost, doubled, invented, changed, misplaced, swapped or half there is told."""
    _store(tmp_path, lines)
    _journal(tmp_path)
    found = checker.check(tmp_path, tmp_path / "journals")
    assert any(word in problem for problem in found.problems), found.problems


def test_a_changed_record_breaks_the_chain(tmp_path: Path) -> None:
    """A line that was written over does not fit its hash."""
    _store(tmp_path, _RIGHT)
    database = sqlite3.connect(tmp_path / "rooms.sqlite3")
    database.execute("UPDATE records SET line = ? WHERE seq = 1", (json.dumps(_line(1, "a", 3, 3)).encode() + b" ",))
    database.commit()
    database.close()
    _journal(tmp_path)
    assert any("chain breaks at 1" in one for one in checker.check(tmp_path, tmp_path / "journals").problems)
