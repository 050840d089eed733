"""Questions beside the game as hosts have them: for how many each is, and who had left before it came."""

from typing import Any

from tests.server.rig.classes import seen
from tests.server.rig.fakes import Client, Rig
from tests.server.rig.finished_rooms import begun, on_to, to_the_end

AT_THE_END = "0:end_outside"
AFTER_ONE: dict[str, Any] = {"season": 1, "question": "maker_lacked"}


async def _asked(host: Client, key: str = AT_THE_END) -> tuple[int, list[int]]:
    """Return for how many a question is, and which seats had left."""
    shown: dict[str, Any] = (await seen(host)).hand["question"][key]
    return shown["asked"], shown.get("gone", [])


async def test_who_had_left_when_a_question_came_is_not_asked_it(rig: Rig) -> None:
    """Until they are back; who leaves later was asked."""
    host, ann, ben = await begun(rig, "quickstart", 6, ("Ann", "Ben"))
    ben.leave()
    await to_the_end(rig, host)
    assert await _asked(host) == (1, [2])
    await ben.resume()
    assert await _asked(host) == (2, [])
    ann.leave()
    assert await _asked(host) == (2, [])


async def test_who_has_answered_was_asked(rig: Rig) -> None:
    """Although they are gone when it comes once more, after a rewind."""
    host, _, ben = await begun(rig, "quickstart", 6, ("Ann", "Ben"))
    await on_to(host, 1, "recap")
    assert (await ben.command("reflect", **AFTER_ONE, choice="money")).ok
    ben.leave()
    assert (await host.command("host.rewind", season=1, phase="market")).ok
    await rig.pass_ms(1_000)
    host.read()
    await on_to(host, 1, "recap")
    assert await _asked(host, "1:maker_lacked") == (2, [])
