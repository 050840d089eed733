"""What the close would bring, told at a terminal before a command is sent."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from makersphere_clients.terminal.forms.form_screen import FormScreen
from makersphere_clients.terminal.view import View
from makersphere_clients.terminal.words.outlook import outlook
from makersphere_clients.terminal.words.texts import Words
from makersphere_protocol.messages import Join, You
from tests.clients.terminal.driver import Seated, seated, shown

VIEW = View({"venture": {"3": {"id": 3, "card": "rice-robot", "born": False}}}, {}, You("seat", 1, "maker"))
WORDS = Words("en")
TRACKS = {"tracks": (12, 9, 6), "wanted": (10, 14, 6)}


def said(least: Mapping[str, object], most: Mapping[str, object] | None = None, venture: object = None) -> list[str]:
    """Return what is told of a venture between two bounds."""
    return outlook(VIEW, {"least": {"3": least}, "most": {"3": least if most is None else most}}, WORDS, venture)


async def play_to(at: Seated, phase: str) -> None:
    """Get ready, phase by phase, until one is reached."""
    assert (await at.host.command("host.start")).ok
    await at.until(lambda: at.phase[0] > 0)
    while at.phase[1] != phase:
        before = at.phase
        await at.press("r")
        await at.until(lambda before=before: at.phase != before)  # type: ignore[misc]


async def test_hours_show_their_progress_and_the_odds_before_they_are_sealed(tmp_path: Path) -> None:
    """The form of the plan says where the tracks would stand, as the server says, and anew after each change."""
    async with seated(tmp_path, lambda room: Join(room, "Mina", "maker")) as at:
        await play_to(at, "incubation")
        await at.open("plan")
        assert isinstance(at.app.screen, FormScreen)
        first = foreseen(await at.until_shown("Materials cost"))
        assert "of 24" in first

        await at.press("left")
        await at.until_drawn(lambda: foreseen(shown(at.app)) not in ("", first))


def foreseen(text: str) -> str:
    """Return the line that says where technology would stand."""
    return next((line.strip() for line in text.splitlines() if "→" in line and "Technology" in line), "")


def test_a_pitch_is_held_against_the_bar_of_its_door() -> None:
    """Surely above, surely below, or it hangs on how the space sees it; of an idea that is no venture yet as well."""
    bounds = {"score": 30, "bar": 36}
    for bar, line in (
        (30, "You pass the bar of 30: your pitch scores 30\N{EN DASH}42."),
        (36, "It could work: your pitch scores 30\N{EN DASH}42, the bar is 36."),
        (43, "Below the bar of 43: your pitch scores 30\N{EN DASH}42."),
    ):
        told = {"least": {"0": {**bounds, "bar": bar}}, "most": {"0": {"score": 42, "bar": bar}}}
        assert outlook(VIEW, told, WORDS) == [line]


async def test_a_door_says_whether_the_pitch_will_do_before_it_is_sent(tmp_path: Path) -> None:
    """The form of a pitch says what the server foresees of it."""
    async with seated(tmp_path, lambda room: Join(room, "Mina", "maker")) as at:
        await play_to(at, "admission")
        await at.open("pitch")
        assert "your pitch scores" in await at.until_shown("the bar")


def test_tracks_say_what_the_next_stage_wants_and_what_promises_would_add() -> None:
    """Enough, not enough, and more with promised hours; only a born venture rolls for the next stage."""
    tracks, roll = said(TRACKS, {"tracks": (12, 14, 6), "wanted": (10, 14, 6)})
    assert tracks.split(" · ") == [
        "Rice Robot: Technology 12, enough for the next stage (10)",
        "Customers 9 of 14, 14 with promised hours",
        "Business 6, enough for the next stage (6)",
    ]
    assert roll == "Enough progress, but only a born venture rolls for the next stage."


def test_the_odds_are_sure_or_hang_on_promises() -> None:
    """Of 36 ways to roll: how many, and how many if promises are kept."""
    rolls = {**TRACKS, "ways": 15, "added": 3, "needed": 9}
    assert "Chance of success: 42%. Two dice + 3 must reach 9." in said(rolls)
    assert "Chance of success: 42%, or 72% if promises are kept." in said(rolls, {**rolls, "ways": 26})
    assert any("the chance of success is 42%" in line for line in said(TRACKS, rolls))


def test_the_payout_is_told_step_by_step_from_least_to_most() -> None:
    """Only steps in which something may move; of another venture than the one that is asked for nothing."""
    least, most = {"sales": 80, "goods": 24, "wage": 8, "rent": 0, "yours": 8}, {"sales": 1200, "goods": 36, "wage": 8}
    (told,) = said(least, {**most, "yours": 20})
    assert [told.replace("\N{MINUS SIGN}", "-").replace("\N{EN DASH}", "-")] == [
        "What the sales would bring: Sold 80-1,200 · - cost of goods 24-36 · - wages 8 · For you in all 8-20"
    ]
    assert said(least, most, venture=4) == []


def test_what_cannot_be_paid_is_said() -> None:
    """Materials that are too dear say how much is missing; kept hours and fees say what they bring."""
    lines = said({**TRACKS, "materials": 14, "credits": 10, "resold": 6, "fee": 7})
    assert "Materials cost 14, the venture has 10. Without 4 more there is no progress." in lines
    assert "Hours kept back are sold for 6 credits." in lines
    assert "Your fee would be 7 credits." in lines
