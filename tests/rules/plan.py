"""What can be played: every shipped scenario, and every registered module in one that plays it.

Whoever registers a module gives it a scenario, shipped or in `variants.py`; a test holds that none is left out.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from makersphere_rules import shipped
from makersphere_rules.scenario import Scenario
from tests.rules.variants import VARIANTS, variant

__all__ = ["PLAYED", "scenario_of"]

PLAYED: Final = (*shipped.scenario_names(), *VARIANTS)


@cache
def scenario_of(name: str) -> Scenario:
    """Return a shipped scenario or a variant by name."""
    return variant(*VARIANTS[name]) if name in VARIANTS else shipped.scenario(name)
