"""The page of guarantees: what it quotes is there, its figures are those of the kept runs, and no fault is left out."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import Any

from tests.faults import harness
from tests.faults.guarantees import results
from tests.faults.guarantees.page import PAGE, faults_on, filled

ROOT = Path(__file__).parents[3]
_QUOTED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


def _whole(**changes: object) -> dict[str, Any]:
    one = {
        "verdict": "missed a goal",
        "seed": 7,
        "rounds": 200,
        "counts": {"kills": 200, "acknowledged_commands": 12345},
        "goals": {"back_p95_s": {"figure": 3.25, "bound": 3.0, "is_met": False, "judged": True}},
    }
    whole = {"tier": "long", "build": "product", "commit": "abc", "python": "3.11.7", "faults": {"kills": one}}
    return {**whole, **changes}


def test_the_figures_on_the_page_are_those_of_the_kept_runs() -> None:
    """Nobody writes a figure by hand: `run.py faults NAME --save` makes the tables, also of runs that missed a goal."""
    text = PAGE.read_text("utf-8")
    assert filled(text, results.read()) == text


def test_every_fault_stands_under_a_promise() -> None:
    """A fault that nobody promises anything by would be run for nothing, and an unknown name would promise air."""
    assert faults_on(PAGE.read_text("utf-8")) == set(harness.find_faults())


def test_every_test_that_the_page_quotes_is_there() -> None:
    """A promise is held by a test that runs: renaming or deleting it changes the page."""
    quoted = _QUOTED.findall(PAGE.read_text("utf-8"))
    assert len(quoted) > 20
    missing = []
    for path, name in quoted:
        tree = ast.parse((ROOT / path).read_text("utf-8")) if (ROOT / path).is_file() else ast.Module([], [])
        functions = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
        if name not in functions:
            missing.append(f"{path}::{name}")
    assert missing == []


def test_every_promise_is_held_by_something() -> None:
    """Under each promise stands a test, a fault, or both."""
    promises = re.split(r"^### ", PAGE.read_text("utf-8").partition("## The promises")[2], flags=re.MULTILINE)[1:]
    assert promises
    assert [one.partition("\n")[0] for one in promises if not _QUOTED.search(one) and not faults_on(one)] == []


def test_a_run_is_kept_as_it_was(tmp_path: Path) -> None:
    """A long run replaces the one before of the same fault; that it missed a goal is said."""
    file = tmp_path / "results.json"
    assert results.keep(_whole(), "2026-11-28", file) == ["kills"]
    file.write_text(json.dumps({**json.loads(file.read_text()), "storm": json.loads(file.read_text())["kills"]}))
    assert results.keep(_whole(commit="def"), "2026-12-01", file) == ["kills"]
    kept = results.read(file)
    assert (kept["kills"].commit, kept["storm"].commit, kept["kills"].verdict) == ("def", "abc", "missed a goal")
    page = filled("<!-- figures of: kills, fuzz -->\nold\n<!-- end -->\n", kept)
    assert "| `kills` | missed a goal, 2026-12-01, def | kills 200, acknowledged commands 12,345 " in page
    assert "back p95 s 3.25 (≤ 3)" in page
    assert "| `fuzz` | no long run is kept |" in page
    assert "old" not in page


def test_quick_runs_and_broken_builds_are_not_kept(tmp_path: Path) -> None:
    """Only a long run of the product says what the product does."""
    file = tmp_path / "results.json"
    assert results.keep(_whole(tier="quick"), "2026-11-28", file) == []
    assert results.keep(_whole(build="forgets_ids"), "2026-11-28", file) == []
    assert not file.exists()
