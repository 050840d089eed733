"""Elimination cures idleness, in a few real games: what the account says of metabolism is what pays."""

from __future__ import annotations

from makersphere_playtest.measured.intervals import Estimate
from makersphere_playtest.plans.arms import compare
from makersphere_playtest.plans.experiments import EXPERIMENTS


def test_elimination_cures_idleness() -> None:
    """With idle investors and a free rider bars bring more products and vitality than nobody out; idlers lose."""
    arms = [arm for arm in EXPERIMENTS["idlers"].arms(12) if arm.name in ("none", "threshold")]
    rows = {row.outcome: row.cells for row in compare(arms, 80, 160003).rows()}
    differences = {name: cells[1].difference or Estimate(0, 0, 0) for name, cells in rows.items()}
    assert differences["vitality"].lo > 5
    assert differences["products"].lo > 0
    assert rows["idle_investor"][1].estimate.hi < -50
    assert differences["idle_maker"].hi < 0
    assert rows["idle_maker"][1].estimate.hi < 0
