"""What a report calls sure: at most one sound run in twenty says anything, and what is truly off is said."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any

import attrs
import pytest

from makersphere_playtest.measured.certainty import LIKELY, MET, MISSED, OPEN, holm, outside, verdict
from makersphere_playtest.measured.intervals import Estimate, Moments
from makersphere_playtest.plans.findings import Findings, findings
from makersphere_playtest.plans.playtests import Played
from makersphere_playtest.plans.sweeps import Plan, plan, source_of, sweep
from makersphere_rules import shipped
from tests.playtest.made_up_games import game, games

CLASSROOM = source_of(shipped.scenario_source("classroom"))
RUNS = 200


def _plan(number: int, **more: Any) -> Plan:  # noqa: ANN401  (whatever `plan` takes)
    return plan(CLASSROOM, 12, number, 1, **more)


def _says(found: Findings) -> bool:
    """Return whether a report says anything that chance can say."""
    marks = any(cell.is_sure for one in found.sensitivities for row in one.rows for cell in row.cells)
    return bool(found.warnings) or marks or any(one.verdict == MISSED for one in found.targets if one.name == "fair")


@pytest.mark.parametrize("number", [20, 60])
def test_of_twenty_sound_runs_at_most_one_says_anything(number: int) -> None:
    """Groups and seats that are all alike: warnings and missed targets are corrected for how many there are."""
    said = [_says(findings(Played(_plan(number), [*games(number, seed)]))) for seed in range(RUNS)]
    assert sum(said) <= RUNS / 20


def test_where_a_group_is_as_far_off_as_it_may_be_a_run_says_nothing_either() -> None:
    """Mentors are 8 % above their role, the most that is allowed."""
    alike = {"mentor": 0.08 * 5 / 4}  # of the mean of all, in which they are counted too
    said = [_says(findings(Played(_plan(60), [*games(60, seed, alike)]))) for seed in range(RUNS)]
    assert sum(said) <= RUNS / 20


def _swept(number: int, seed: int, values: Sequence[int]) -> Played:
    """Return a sweep in which no value changes anything but the luck of one game in ten."""
    rng = Random(seed)
    fees = sweep("market.outside_weight=" + ",".join(map(str, values)), shipped.scenario("classroom"))
    planned = _plan(number, sweeps=[fees])
    rows = []
    for at in range(number):
        base = game(rng, at)
        others = [game(rng, at) if rng.random() < 0.1 else base for _ in values]
        rows += [base, *({**row, "cell": cell.key} for row, cell in zip(others, planned.cells[1:], strict=True))]
    return Played(planned, rows)


def test_marks_of_a_sweep_are_corrected_for_their_number() -> None:
    """Three values and every outcome, none of which changes: at most one sweep in twenty has a mark."""
    said = [_says(findings(_swept(60, seed, (8, 10, 12)))) for seed in range(RUNS // 2)]
    assert sum(said) <= RUNS // 2 / 20


def test_what_is_truly_off_is_said() -> None:
    """Mentors 40 % above their role are named after 200 games, and nobody else is."""
    found = findings(Played(_plan(200), [*games(200, 1, {"mentor": 0.4})]))
    assert [(one.text, one.values["who"]) for one in found.warnings] == [("kind_above", "mentor")]
    missed = {one.of for one in found.targets if one.name == "fair" and one.verdict == MISSED}
    assert missed == {"kind.mentor"}


def test_holm_is_stricter_the_more_is_claimed() -> None:
    """What is sure among two claims may not be so among a hundred; of what is found sure the rest have the good."""

    def at(level: float) -> Any:  # noqa: ANN401  (a claim)
        return lambda confidence: 1 - confidence >= level

    assert holm([at(0.02), at(1)]) == [True, False]
    assert holm([at(0.02), *[at(1)] * 99]) == [False] * 100
    assert holm([at(0.02), at(0.04)]) == [True, True]
    assert holm([]) == []


def test_few_games_claim_nothing() -> None:
    """Nine games that all say the same are not enough, and twelve are."""
    assert not outside(Moments.of([5.0] * 9))(0.5)
    assert outside(Moments.of([5.0] * 12))(0.95)


@pytest.mark.parametrize(
    ("interval", "told"),
    [((-9, -1), MET), ((-9, 0.5), LIKELY), ((-9, 6), OPEN), ((-1, 9), OPEN), ((0, 0), OPEN)],
)
def test_a_target_is_met_when_its_whole_interval_is(interval: tuple[float, float], told: str) -> None:
    """Less than 0 is wanted: likely where an interval of 80 % is, else it takes more games to tell."""
    lo, hi = interval
    found = Estimate((lo + hi) / 2, lo, hi)
    assert verdict(found, float("-inf"), 0, is_missed=False) == told
    assert verdict(found, float("-inf"), 0, is_missed=True) == (MET if told == MET else MISSED)


def test_a_report_is_the_same_however_its_games_are_read() -> None:
    """One after the other, at once: the sums are those of all games."""
    rows = [*games(300, 4)]
    found = findings(Played(_plan(300), rows))
    course = found.section("course")
    assert course is not None
    births = next(line for line in course.lines if line.name == "births")
    known = Moments.of([row["outcomes"]["births"] for row in rows])
    assert attrs.astuple(births.estimate) == pytest.approx(attrs.astuple(known.estimate()))
    assert births.spread is not None
    assert births.spread.quantile(0.5) == sorted(row["outcomes"]["births"] for row in rows)[149]
