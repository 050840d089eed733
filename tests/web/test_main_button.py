"""What a phone's main button sends beside *ready*: the policy `yellow` sends the same."""

from __future__ import annotations

import re
from pathlib import Path

SEAT = Path(__file__).resolve().parents[2] / "clients/web/src/seat"


def test_the_main_button_of_no_other_screen_sends_anything() -> None:
    """A screen whose main button does more than say *ready* has an `act`: for an idea, for levels, to lead on.

    The last buys what was tapped before, and nothing by itself, so that `yellow` has nothing to send for it. In a phase
    that is not the game's own it opens a form.
    If another gets one, `makersphere_bots.button_pressing` has to send it too.
    """
    acts = {
        str(path.relative_to(SEAT)) for path in SEAT.rglob("*.tsx") if re.search(r"\bact:", path.read_text("utf-8"))
    }
    own = {"phases/maker/admission.tsx", "phases/matching.tsx", "phases/operator/policy.tsx"}
    assert acts == {*own, "phases/plain.tsx"}
    ideas = (SEAT / "phases/maker/admission.tsx").read_text("utf-8")
    assert 'useSealed("keep_idea")' in ideas[ideas.index("function Ideas") : ideas.index("function IdeaCard")]
    for leads_on in ("phases/matching.tsx", "phases/plain.tsx"):
        screen = (SEAT / leads_on).read_text("utf-8")
        assert "room.send" not in screen
        assert "useAct" not in screen
    buys = (SEAT / "phases/operator/policy.tsx").read_text("utf-8")
    assert 'useKept<Path[]>("bought", [])' in buys
    assert buys.count("act(") == 1
