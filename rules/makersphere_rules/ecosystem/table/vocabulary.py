"""The words of the rulebook that stand in states, commands and views, each list in its printed order."""

from __future__ import annotations

from typing import Final

__all__ = [
    "AMBITIONS",
    "ANY",
    "BACKGROUNDS",
    "EFFECTS",
    "GARAGE",
    "GARAGE_NAME",
    "IDEA",
    "INVESTOR",
    "KINDS",
    "MAKER",
    "MEASURES",
    "OPERATOR",
    "PATHS",
    "PHASES",
    "PILOT",
    "PRICES",
    "PRODUCT",
    "PROTOTYPE",
    "REASONS",
    "ROLES",
    "SECTORS",
    "SKILLS",
    "SKILL_MOST",
    "SPIRIT_MOST",
    "STAGES",
    "TRACKS",
    "WHOLE",
]

MAKER: Final = "maker"
INVESTOR: Final = "investor"
OPERATOR: Final = "operator"
ROLES: Final = (MAKER, INVESTOR, OPERATOR)

PHASES: Final = ("policy", "admission", "exchange", "matching", "incubation", "market", "appraisal", "recap")

SECTORS: Final = ("health", "food", "energy", "learning", "city", "culture")
BACKGROUNDS: Final = ("student", "entrepreneur", "senior_manager", "returnee", "scientist", "technician")
KINDS: Final = ("angel", "fund", "mentor", "professional", "industry")
TRACKS: Final = ("technology", "customers", "business")
SKILLS: Final = ("technology", "network", "business")  # the skill that drives the track of the same place
STAGES: Final = ("idea", "prototype", "pilot", "product")
IDEA, PROTOTYPE, PILOT, PRODUCT = range(4)
PATHS: Final = ("community", "resources", "integration")
AMBITIONS: Final = ("control", "wealth", "craft")
PRICES: Final = ("low", "fair", "high")
MEASURES: Final = ("served", "growth", "rating", "competition")  # of an appraisal, and so the weights of a space
REASONS: Final = ("price", "spent", "taken")  # why somebody says no, who wants to say it
EFFECTS: Final = ("subsidy", "tax", "voucher", "quiet")

GARAGE: Final = 0  # the place of a venture at no space
GARAGE_NAME: Final = "garage"  # the same as the argument of a command
ANY: Final = "any"  # the speciality of a mentor, and whoever answers a call for capital
SKILL_MOST: Final = 10
SPIRIT_MOST: Final = 10
WHOLE: Final = 10_000  # the shares of a living venture
