"""The order between people: a right history has no problem, and whatever is wrong in one is told."""

from __future__ import annotations

import ast
import json
import random
import sqlite3
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.faults.rig import histories, order

SENT_THEN_SENT: Sequence[Sequence[Any]] = [
    ("R-1", ["sent", 10, "a", "count", {}], ["result", 20, "a", {"ok": True, "seq": 5}]),
    ("R-2", ["sent", 30, "b", "count", {}]),
]


def _write(folder: Path, *journals: Sequence[Any]) -> Path:
    for name, *lines in journals:
        first = ["who", 0, "R", int(name[-1]), "token"]
        folder.joinpath(f"{name}.jsonl").write_text("\n".join(map(json.dumps, [first, *lines])), "utf-8")
    return folder


def test_the_checker_of_the_order_imports_nothing_of_the_game() -> None:
    """Whoever checks the server shares no line with it."""
    nodes = list(ast.walk(ast.parse(Path(order.__file__).read_text("utf-8"))))
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}
    assert names
    assert {name.partition(".")[0] for name in names} <= sys.stdlib_module_names


@pytest.mark.parametrize("seed", range(5))
def test_a_right_history_has_no_problem(tmp_path: Path, seed: int) -> None:
    """Commands that overlap, lost answers and views that come late are no anomaly."""
    histories.write(tmp_path, "R", histories.make(random.Random(seed), 5, 400))
    found = order.check(tmp_path)
    assert found.problems == []
    assert all(found.counts[f"{kind}_ordered"] for kind in ("commands", "welcomes", "views"))


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("name", histories.ANOMALIES)
def test_a_planted_anomaly_is_found(tmp_path: Path, name: str, seed: int) -> None:
    """One operation of a long history that was told something wrong is enough."""
    chance = random.Random(seed)
    history = histories.make(chance, 5, 400)
    histories.ANOMALIES[name](chance, history)
    histories.write(tmp_path, "R", history)
    assert order.check(tmp_path).problems


def test_what_two_ask_for_at_once_may_come_in_any_order(tmp_path: Path) -> None:
    """Nothing is claimed of commands of which neither was answered before the other was sent."""
    first = ("R-1", ["sent", 10, "a", "count", {}], ["result", 40, "a", {"ok": True, "seq": 6}])
    second = ("R-2", ["sent", 20, "b", "count", {}], ["result", 30, "b", {"ok": True, "seq": 5}])
    assert order.check(_write(tmp_path, first, second)).problems == []


@pytest.mark.parametrize(("seq", "is_right"), [(4, False), (6, True)])
def test_a_command_without_an_answer_counts_where_the_store_has_it(
    tmp_path: Path,
    seq: int,
    is_right: bool,  # noqa: FBT001
) -> None:
    """Nobody was told where it stands, and still it may not stand before what was told when it was sent."""
    _write(tmp_path, *SENT_THEN_SENT)
    assert order.check(tmp_path).problems == []
    with sqlite3.connect(tmp_path / "rooms.sqlite3") as database:
        database.execute("CREATE TABLE records (room, id, line)")
        line = json.dumps({"seq": seq, "actor": 2, "id": "b", "by": "person"})
        database.execute("INSERT INTO records VALUES ('R', 'b', ?)", (line,))
    database.close()
    found = order.check(tmp_path, tmp_path)
    assert (found.problems == []) is is_right
    assert found.counts["never_told"] == 1


def test_a_refusal_that_passes_leaves_open_when_a_command_counts(tmp_path: Path) -> None:
    """Whoever was told `unavailable` and sent again may be stored behind what was sent later."""
    lines = [
        ["here", 1, 1, 0, False],
        ["sent", 10, "a", "count", {}],
        ["sent", 11, "b", "count", {}],
        ["result", 12, "a", {"ok": False, "error": {"code": "unavailable"}}],
        ["result", 13, "b", {"ok": True, "seq": 1}],
        ["sent", 14, "a", "count", {}],
        ["result", 15, "a", {"ok": True, "seq": 2}],
    ]
    assert order.check(_write(tmp_path, ("R-1", *lines))).problems == []


def test_commands_of_one_connection_keep_their_order(tmp_path: Path) -> None:
    """Two that were sent one after the other, without waiting, are stored in that order."""
    lines = [
        ["here", 1, 1, 0, False],
        ["sent", 10, "a", "count", {}],
        ["sent", 11, "b", "count", {}],
        ["result", 12, "b", {"ok": True, "seq": 1}],
        ["result", 13, "a", {"ok": True, "seq": 2}],
    ]
    assert any("stands behind it" in one for one in order.check(_write(tmp_path, ("R-1", *lines))).problems)


def test_another_epoch_is_another_history(tmp_path: Path) -> None:
    """Numbers of a room that was restored from an older folder say nothing about those of before."""
    before = ("R-1", ["asked", 1], ["here", 2, 1, 9, False])
    after = ("R-2", ["asked", 3], ["here", 4, 2, 5, False])
    assert order.check(_write(tmp_path, before, after)).problems == []
