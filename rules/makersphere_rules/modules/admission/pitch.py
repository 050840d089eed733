"""What a pitch scores at a door, and what its maker can work out of that beforehand.

A door judges skills, the appeal as its space sees it, how easy the idea is, and spirit. A maker knows all of it but
the space's look, which its own range bounds. Never draws, and never says who else knocks.
Source: the rulebook's "2. Admission".
"""

from __future__ import annotations

from makersphere_rules.ecosystem.formulas.pitch import pitch_score
from makersphere_rules.ecosystem.formulas.spirit import spirit_bonuses
from makersphere_rules.ecosystem.table import tenancy
from makersphere_rules.ecosystem.table.entities import Idea, Maker, Space, Venture
from makersphere_rules.ecosystem.table.looks import extreme, look_width
from makersphere_rules.ecosystem.table.vocabulary import GARAGE_NAME, MAKER, OPERATOR
from makersphere_rules.forms import whole
from makersphere_rules.module import Foreseen
from makersphere_rules.modules.admission.commands import ideas_of
from makersphere_rules.state import State

__all__ = ["bonuses_at_opening", "foreseen_at_door"]

_UNFOUNDED = 0  # what is foreseen of an idea that is not a venture yet


def bonuses_at_opening(state: State) -> dict[int, int]:
    """Return each space's spirit bonus with its tenants as they were when admission opened."""
    bonuses = spirit_bonuses(state, settled=True)
    return {space: bonuses.get(space, 0) for space in state.seats(OPERATOR)}


def foreseen_at_door(state: State, seat: int, *, most: bool) -> Foreseen:
    """Return the score that a maker's pitch reaches at its worst or best, beside the bar of its door."""
    pitch, pitched = state.choice(seat, "pitch"), _pitched(state, seat)
    if pitch is None or pitch["space"] == GARAGE_NAME or pitched is None:
        return {}
    space = whole(pitch, "space")
    seen = extreme((pitched.lo, pitched.hi), look_width(state, space, 0), most=most)
    score = pitch_score(state.one(Maker, seat).skills, pitched.difficulty, seen, bonuses_at_opening(state)[space])
    number = pitched.id if isinstance(pitched, Venture) else _UNFOUNDED
    return {number: {"score": score, "bar": state.one(Space, space).maker_bar}}


def _pitched(state: State, seat: int) -> Venture | Idea | None:
    """Return the venture that a maker leads away from its desk, or the idea that it keeps."""
    if state.role(seat) != MAKER:
        return None
    venture = tenancy.led_venture(state, seat)
    if venture is not None:
        return venture
    kept = state.choice(seat, "keep_idea")
    return next((idea for idea in ideas_of(state, seat) if kept is not None and idea.number == kept["card"]), None)
