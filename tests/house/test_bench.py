"""What a bench's report looks like, and what it is compared with."""

import itertools
import json
import subprocess
import sys

import pytest

from tests.bench import harness, web, web_wall
from tests.bench.harness import Bench, CpuClock, at_least, at_most
from tests.house.checkout import ROOT


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.bench", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_the_report_is_one_json_object() -> None:
    """A program can read what is measured: standard output has the JSON and nothing else."""
    done = _run("yardstick")
    report = json.loads(done.stdout)
    assert done.returncode == 0
    assert set(report) == {"machine", "same_machine_as_last", "benches"}
    assert set(report["machine"]) == {"system", "architecture", "processor", "cores", "python"}
    assert report["benches"]["yardstick"]["figures"]["commands_per_cpu_s"] > 0


def test_an_unknown_bench_is_told_which_there_are() -> None:
    """A typo ends in one sentence and exit code 2."""
    done = _run("yardstik")
    assert (done.returncode, done.stdout) == (2, "")
    assert "yardstick" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_figure_is_the_median_of_three_rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """One slow round does not count; goals and the last result are held against the median."""
    numbers = iter([90.0, 10.0, 40.0])
    goals = {"games": at_least(30), "share": at_most(0.4)}
    one = Bench("some", "Counts.", lambda: {"games": next(numbers), "share": 0.5}, goals)
    monkeypatch.setattr(harness, "RESULTS", ROOT / "no such file")
    result = harness.run([one], tell=lambda _: None)["benches"]
    assert isinstance(result, dict)
    assert result["some"]["figures"] == {"games": 40.0, "share": 0.5}
    assert (result["some"]["lowest"]["games"], result["some"]["highest"]["games"]) == (10.0, 90.0)
    assert [goal["is_met"] for goal in result["some"]["goals"].values()] == [True, False]
    assert result["some"]["against_last"] == {}


def test_a_figure_is_compared_with_the_last_one() -> None:
    """The comparison is a multiple, for the figures that there were."""
    assert harness.compare({"games": 40.0, "new": 1.0}, {"games": 80.0, "old": 2.0}) == {"games": 0.5}


def test_the_clock_counts_work_and_not_waiting() -> None:
    """CPU seconds mean the same on a busy machine."""
    with CpuClock() as clock:
        sum(itertools.repeat(1, 200_000))
    assert 0 < clock.own_s < 1


def test_a_frame_of_the_wall_has_the_work_from_what_asks_for_it_to_its_end() -> None:
    """Four times as much as here; what a task before it or after it works is not the frame's."""
    of_page = {"pid": 1, "tid": 1}
    tasks = [
        {"name": web.TASK, "ph": "X", "ts": 1000.0 * at_ms, "dur": 2000.0 * ms, "tdur": 1000.0 * ms, **of_page}
        for at_ms, ms in ((0, 4), (100, 2), (105, 1), (120, 3), (200, 5))
    ]
    marks = ((100.5, "b"), (105.5, "e"), (200.5, "b"), (203, "e"))
    frames = [{"name": "AnimationFrame", "ph": ph, "ts": 1000.0 * at_ms, **of_page} for at_ms, ph in marks]
    assert web_wall._frames_ms([*tasks, *frames]) == [12.0, 20.0]
