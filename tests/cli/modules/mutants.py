"""Rule modules as they should not be: each is the pot with one thing wrong, and says what is to be found and where."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import attrs

__all__ = ["GOOD", "MUTANTS", "Mutant"]

GOOD: Final = (Path(__file__).parent / "pot.py").read_text("utf-8")


@attrs.frozen
class Mutant:
    """What is done to the good module.

    Attributes:
        name: what is wrong.
        swaps: what stands in place of what, each once.
        at: what the line holds that is to be pointed at.
        found: the keys of what may be found there, and nowhere else.
    """

    name: str
    swaps: tuple[tuple[str, str], ...]
    at: str
    found: frozenset[str]

    @property
    def source(self) -> str:
        """Return the module."""
        text = GOOD
        for old, new in self.swaps:
            assert text.count(old) == 1, f"{self.name}: {old} is there {text.count(old)} times"
            text = text.replace(old, new)
        return text

    @property
    def line(self) -> int:
        """Return the line that is to be pointed at."""
        (number,) = (n for n, line in enumerate(self.source.splitlines(), 1) if self.at in line)
        return number


def _mutant(name: str, *swaps: tuple[str, str], at: str, found: str) -> Mutant:
    return Mutant(name, swaps, at, frozenset(found.split()))


_DOOR: Final = "from makersphere_rules.author import ("
_SUM: Final = "sum(given.values()) * 3 // 2"
_PAID: Final = 'GOVERNMENT, sum_, "tax")'
_DEFAULT: Final = 'yield "chip_in", {"credits": 0}'
MUTANTS: Final = (
    _mutant(
        "an event that is not declared",
        ("events = (GoalRaised, PotShared)", "events = (PotShared,)"),
        at="draft.emit(GoalRaised(",
        found="event_undeclared",
    ),
    _mutant(
        "deciding changes the state",
        ('    draft.emit(GoalRaised(whole(args, "credits")))', '    draft.state.put(Goal(whole(args, "credits")))'),
        at="draft.state.put(Goal(",
        found="state_changed",
    ),
    _mutant(
        "a form reads a sealed choice",
        (
            "    most = state.scenario.params(PotParams).most\n",
            '    most = 1 if state.choice(seat, "chip_in") else state.scenario.params(PotParams).most\n',
        ),
        at="most = 1 if state.choice",
        found="form_reads",
    ),
    _mutant(
        "a form with bounds that no value fills",
        ('Form({"credits": Whole(goal.credits + 1, 40)})', 'Form({"credits": Whole(5000, 10)})'),
        at="Whole(5000, 10)",
        found="form_empty",
    ),
    _mutant("a negative posting", (_PAID, 'GOVERNMENT, -sum_ - 1, "tax")'), at="-sum_ - 1", found="amount_negative"),
    _mutant("an account of a new sort", (_PAID, '"crowd:3", sum_, "tax")'), at='"crowd:3"', found="account_unknown"),
    _mutant("a reason of its own", (_PAID, 'GOVERNMENT, sum_, "pledge_in")'), at="pledge_in", found="reason_unknown"),
    _mutant(
        "chance and time in the close",
        (_DOOR, f"import random\nimport time\n\n{_DOOR}"),
        (_SUM, f"{_SUM} + random.randint(0, 9) + int(time.time()) % 2"),
        at="random.randint(0, 9)",
        found="no_chance no_time",
    ),
    _mutant(
        "a number in the state that is not whole",
        ("raised=goal.raised + self.raised)", "raised=(goal.raised + self.raised) / 1)"),
        at="/ 1)",
        found="not_whole",
    ),
    _mutant(
        "a default that no form allows",
        (_DEFAULT, 'yield "chip_in", {"venture": 999, "credits": -7}'),
        at='"venture": 999',
        found="default_outside",
    ),
    _mutant(
        "a default of a command that is not sealed",
        (_DEFAULT, 'yield "raise_goal", {"credits": 9}'),
        at='yield "raise_goal"',
        found="default_at_once",
    ),
    _mutant(
        "an entity that is not declared",
        ("    entities = (Goal,)\n", ""),
        at="class Goal(Entity",
        found="entity_undeclared",
    ),
    _mutant(
        "a hook with a slip in its name",
        ("    def close(self", "    def closes(self"),
        at="def closes",
        found="unknown_attribute",
    ),
    _mutant(
        "an attribute with a slip in its name",
        ('    needs = ("world",)', '    need = ("world",)'),
        at="need = (",
        found="unknown_attribute",
    ),
    _mutant(
        "a refusal without a text",
        ('"rule", "goal_high")', '"rule", "goal_hihg")'),
        at="goal_hihg",
        found="text_missing",
    ),
    _mutant(
        "a field without a sight", ("raised: int = table(0)", "raised: int = 0"), at="raised: int = 0", found="no_sight"
    ),
)
