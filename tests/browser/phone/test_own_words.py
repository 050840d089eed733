"""A first season says few words that have a meaning of their own, in every role."""

from __future__ import annotations

import pytest

from tests.browser.conftest import OpenPage, OpenRoom
from tests.browser.rig.own_words import own_words
from tests.browser.rig.phone import MOST_TURNS, press_main
from tests.browser.rig.stage import SIX, take_seat, turn

_TWELVE = ("maker",) * 7 + ("investor",) * 4 + ("operator",)
_BEFORE_DICE = 12  # the dice fall when incubation closes
_IN_A_SEASON = 18


@pytest.mark.parametrize("role", ["maker", "investor", "operator"])
@pytest.mark.parametrize(("scenario", "roles"), [("classroom", _TWELVE), ("quickstart", SIX)])
def test_a_first_season_says_few_words_of_its_own(
    open_page: OpenPage, new_room: OpenRoom, scenario: str, roles: tuple[str, ...], role: str
) -> None:
    """At most 12 before the first dice and 18 in the season: of all that a phone shows which presses the main button.

    What stands in another tab or on a sheet is not counted: somebody has opened it to look something up.
    """
    others = list(roles)
    others.remove(role)
    host = new_room((role, *others), scenario=scenario)
    phone = open_page(f"j/{host.room}")
    take_seat(phone, "Mina")
    body = phone.locator("body")
    shown = [body.inner_text()]
    phone.get_by_role("button", name="Got it").click()
    host.send("start")
    phone.locator(".default").wait_for()
    before: list[str] = []
    for _ in range(MOST_TURNS):
        seen = body.inner_text()
        now = turn(phone)  # read last: what was seen is of this phase, or of the one before
        if now.startswith("2/"):
            break
        if "Market" in now:
            before = before or list(shown)
        shown.append(seen)
        press_main(phone)
    early, all_ = own_words(before), own_words(shown)
    assert "venture" in all_
    assert before
    assert len(early) <= _BEFORE_DICE, sorted(early)
    assert len(all_) <= _IN_A_SEASON, sorted(all_)
