"""The page of guarantees: what it quotes is there, its figures are those of the kept runs, and no fault is left out."""

from __future__ import annotations

import ast
import fnmatch
import json
import re
from pathlib import Path
from string import Formatter
from typing import Any

from tests.faults import harness
from tests.faults.guarantees import results
from tests.faults.guarantees.page import PAGE, WORDS, faults_on, filled

ROOT = Path(__file__).parents[3]
_QUOTED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


def _whole(**changes: object) -> dict[str, Any]:
    one = {
        "verdict": "missed a goal",
        "seed": 7,
        "rounds": 200,
        "struck": 200,
        "counts": {"acknowledged": 12345, "kills": 200, "welcomes": 9},
        "goals": {"back_p95_s": {"figure": 3.25, "bound": 3.0, "is_met": False, "judged": True}},
    }
    run = {name: changes.pop(name) for name in list(changes) if name in one}
    told = {"tier": "long", "build": "product", "commit": "abc", "python": "3.11.7", "faults": {"kills": one | run}}
    return {**told, **changes}


def _whole_runs() -> dict[str, int]:
    return {name: one.rounds for name, one in harness.find_faults().items()}


def test_the_figures_on_the_page_are_those_of_the_kept_runs() -> None:
    """Nobody writes a figure by hand: `run.py faults NAME --save` makes the tables, also of runs that missed a goal."""
    text = PAGE.read_text("utf-8")
    assert filled(text, results.read(), _whole_runs()) == text


def test_each_fault_has_words_for_what_it_counts() -> None:
    """What stands first on the page are counts and goals that there are; all of them stand at its end."""
    assert WORDS.keys() == harness.find_faults().keys()
    whole = PAGE.read_text("utf-8").partition("<!-- all figures -->")[2]
    counted = "".join(path.read_text("utf-8") for path in (ROOT / "tests/faults").glob("**/*.py"))  # what may be 0 too
    for name, run in results.read().items():
        fields = {field for _, field, _, _ in Formatter().parse(WORDS[name]["did"]) if field}
        assert [field for field in fields - run.counts.keys() if f'"{field}"' not in counted] == []
        patterns = WORDS[name].get("figures", {})
        assert [pattern for pattern in patterns if not fnmatch.filter(run.goals, pattern)] == []
        (line,) = (line for line in whole.splitlines() if line.startswith(f"- `{name}`"))
        for figure in (*run.counts.values(), *(value for pair in run.goals.values() for value in pair)):
            assert f"{figure:,}" in line or f"{figure:g}" in line


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


_WHOLE_RUNS = {"kills": 200, "storm": 20, "fuzz": 100}
_BLANK = "<!-- figures of: kills, fuzz -->\nold\n<!-- end -->\n<!-- all figures -->\nold\n<!-- end -->\n"


def test_a_run_is_kept_as_it_was(tmp_path: Path) -> None:
    """A long run replaces the one before of the same fault; that it missed a goal is said."""
    file = tmp_path / "results.json"
    assert results.keep(_whole(), "2026-11-28", _WHOLE_RUNS, file) == ["kills"]
    file.write_text(json.dumps({**json.loads(file.read_text()), "storm": json.loads(file.read_text())["kills"]}))
    assert results.keep(_whole(commit="def"), "2026-12-01", _WHOLE_RUNS, file) == ["kills"]
    kept = results.read(file)
    assert (kept["kills"].commit, kept["storm"].commit, kept["kills"].verdict) == ("def", "abc", "missed a goal")
    page = filled(_BLANK, {"kills": kept["kills"]}, _WHOLE_RUNS)
    assert "| `kills` | missed a goal; whole: 200 of 200 kills; 2026-12-01, def | 200 kills; " in page
    assert "; 12,345 acknowledged commands found in the store" in page
    assert "**missed: 95 of 100 were back within 3.25 s (at most 3 s)**" in page
    assert "| `fuzz` | no long run is kept |" in page
    assert (
        "- `kills`, seed 7, Python 3.11.7: acknowledged 12,345, kills 200, welcomes 9; back p95 s 3.25 (at most 3)"
        in page
    )
    assert "old" not in page


def test_part_of_a_run_takes_no_whole_runs_place(tmp_path: Path) -> None:
    """Five kills say less than two hundred; where no more is kept they are, and the page says that it was a part."""
    file = tmp_path / "results.json"
    for struck, is_kept in ((5, True), (4, False), (7, True), (200, True), (199, False), (250, True), (200, True)):
        told = _whole(struck=struck, commit=f"c{struck}")
        assert results.keep(told, "2026-11-28", _WHOLE_RUNS, file) == (["kills"] if is_kept else [])
        if struck == 7:
            page = filled(_BLANK, results.read(file), _WHOLE_RUNS)
            assert "not whole: 7 of 200 kills" in page
    assert results.read(file)["kills"].commit == "c200"


def test_a_promise_that_was_found_broken_is_kept_however_soon(tmp_path: Path) -> None:
    """A run ends where it finds something wrong; the page tells it, and none of the words of a sound run."""
    file = tmp_path / "results.json"
    results.keep(_whole(), "2026-11-28", _WHOLE_RUNS, file)
    assert results.keep(_whole(struck=3, verdict="failed"), "2026-12-01", _WHOLE_RUNS, file) == ["kills"]
    page = filled(_BLANK, results.read(file), _WHOLE_RUNS)
    assert "| `kills` | failed; not whole: 3 of 200 kills; " in page
    assert "found in the store" not in page


def test_every_bound_that_was_missed_is_told_first() -> None:
    """Of many figures of a kind the page shows the one nearest to its bound, and each one that is beyond it."""
    goals = {
        "healthy_p99_s": (0.02, 0.03),
        "hung_p99_s": (0.09, 0.03),
        "huge_p99_s": (0.04, 0.03),
        "odd_s": (2.0, 1.0),
        "with_waiting_bytes": (2048.0, 1048576),
    }
    run = results.Kept(
        date="2026-12-01", commit="d", python="3", verdict="missed a goal", seed=1, rounds=1, counts={}, goals=goals
    )
    page = filled("<!-- figures of: broker -->\n<!-- end -->\n", {"broker": run}, {"broker": 1})
    figures = page.splitlines()[3].split(" | ")[-1]
    assert figures == (
        "**missed: 99 of 100 answers within 90 ms (at most 30 ms; hung, the worst of 3)**; "
        "**missed: huge p99 s 40 ms (at most 30 ms)**; **missed: odd s 2 s (at most 1 s)**; "
        "waiting for the broker in the end: 2 KiB (at most 1,024 KiB) |"
    )


def test_quick_runs_and_broken_builds_are_not_kept(tmp_path: Path) -> None:
    """Only a long run of the product says what the product does."""
    file = tmp_path / "results.json"
    assert results.keep(_whole(tier="quick"), "2026-11-28", _WHOLE_RUNS, file) == []
    assert results.keep(_whole(build="forgets_ids"), "2026-11-28", _WHOLE_RUNS, file) == []
    assert not file.exists()
