"""What was decided about a seat, told at a terminal from the facts of its hand."""

from __future__ import annotations

from typing import Any

from makersphere_clients.terminal.view import View
from makersphere_clients.terminal.words.decided import decided
from makersphere_clients.terminal.words.outlook import outlook
from makersphere_clients.terminal.words.texts import Words
from makersphere_protocol.messages import You

MINA, BO, OLGA = 1, 2, 3
TABLE: dict[str, Any] = {
    "game": {"season": 2, "seasons": 4, "phase": "appraisal", "status": "running"},
    "seat": {
        "1": {"id": MINA, "role": "maker", "name": "Mina"},
        "2": {"id": BO, "role": "investor", "name": "Bo"},
        "3": {"id": OLGA, "role": "operator", "name": "Olga"},
    },
    "space": {"3": {"id": OLGA}},
    "investor": {"2": {"seat": BO, "credential": 50}},
    "venture": {"5": {"id": 5, "card": "rice-robot", "lead": MINA, "cofounders": []}},
}
WORDS = Words("en")
PITCH = {"maker": MINA, "space": OLGA, "season": 2, "venture": 5, "score": 34, "bar": 36, "desks": 2, "outcome": "full"}
ASKED = {"investor": BO, "space": OLGA, "season": 2, "score": 40, "bar": 55, "outcome": "below"}


def told(seat: int, **hand: Any) -> list[str]:  # noqa: ANN401  (facts by kind)
    """Return what a seat reads of these facts."""
    role = TABLE["seat"][str(seat)]["role"]
    return decided(View(TABLE, {kind: {"x": fact} for kind, fact in hand.items()}, You("seat", seat, role)), WORDS)


def test_a_pitch_and_an_application_are_read_from_both_sides() -> None:
    """Whoever asked reads its own score; the operator reads whose it was."""
    assert "your pitch scored 34, over the bar of 36. Free desks: 2" in told(MINA, pitch=PITCH)[0]
    assert told(OLGA, pitch=PITCH) == ["Mina pitched: 34, the bar is 36. No desk was left."]
    assert "judged 40, the bar is 55" in told(BO, application=ASKED)[0]
    assert told(OLGA, application=ASKED) == ["Bo asked for a badge: judged 40, the bar is 55. Turned away."]


def test_the_credential_that_counts_is_told_beside_the_printed_one() -> None:
    """Where appraisals have moved it."""
    fact = {"investor": BO, "season": 2, "score": 40, "bars": {"3": 55}}
    assert told(BO, credential=fact) == ["Your credential counts 40: 50 as printed, and your appraisals."]
    assert told(BO, credential={**fact, "score": 50}) == ["Your credential: 50"]


def test_a_list_for_hours_says_from_whom_none_came_and_why() -> None:
    """Nothing of those that came, which the deals tell, nor of those that were not asked."""
    lead = {"seat": MINA, "season": 2, "venture": 5, "answers": {"2": "full", "4": "given", "6": "unasked"}}
    (line,) = told(MINA, list_answer=lead)
    assert line.startswith("Bo gave all hours to others")
    investor = {"seat": BO, "season": 2, "venture": 0, "answers": {"5": "free"}}
    assert "room for more hours, but took none from Bo" in told(BO, list_answer=investor)[0]


def test_an_appraisal_a_danger_and_a_standing_are_told_by_their_numbers() -> None:
    """Four measures and the bar; what was sold and had to be; the parts of the sum."""
    measures = {"investor": BO, "space": OLGA, "season": 2, "served": 60, "growth": 0, "competition": 83, "score": 30}
    assert "served 60, growth 0, rating 70, competition 83" in told(BO, appraisal={**measures, "rating": 70})[0]
    alone, bar = told(BO, appraisal={**measures, "bar": 34})
    assert "One lead rated you" in alone
    assert "under 34: you have 30" in bar
    danger = {"venture": 5, "season": 2, "sold": 20, "bar": 25, "reason": "unsold"}
    assert "sold for 20 credits; the bar is 25. It closes" in told(MINA, danger=danger)[0]
    assert "the bar is 25: it goes on" in told(MINA, danger={**danger, "sold": 30, "reason": ""})[0]
    assert told(MINA, danger={**danger, "season": 1}) == []
    assert told(MINA, standing={"season": 2, "parts": {"credits": 22, "shares": 0, "spirit": 24}}) == [
        "Credits 22 · Spirit 24"
    ]


def test_what_has_to_be_sold_is_told_before_a_price_is_sealed() -> None:
    """Beside what may be sold, where a bar takes the venture."""
    view = View(TABLE, {}, You("seat", MINA, "maker"))
    bounds = {"least": {"5": {"sales": 5, "must_sell": 8}}, "most": {"5": {"sales": 7, "must_sell": 8}}}
    assert outlook(view, bounds, WORDS)[-1] == "It has to sell 8 this season, or it closes."
