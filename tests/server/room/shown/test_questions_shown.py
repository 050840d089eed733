"""Questions beside the game as hosts have them: for how many each is, and who had left before it came."""

from typing import Any

from tests.server.rig.fakes import Client, Rig
from tests.server.room.commands.test_reflecting import answer_to, asked, opened, to_phase, told


def _of_host(host: Client, question: dict[str, Any]) -> tuple[int, list[int]]:
    shown = host.hand["question"][f"{question['season']}:{question['question']}"]
    return shown["asked"], shown.get("gone", [])


async def test_who_had_left_when_a_question_came_is_not_asked_it(rig: Rig) -> None:
    """Until they are back; who leaves later was asked."""
    host, (ann, ben) = await opened(rig)
    ben.leave()
    await to_phase(host, "over")
    await told(host, ann)
    question = next(one for one in asked(ann) if "choices" not in one)
    assert _of_host(host, question) == (1, [2])
    await ben.resume()
    await told(host, ben)
    assert _of_host(host, question) == (2, [])
    ann.leave()
    await told(host, ben)
    assert _of_host(host, question) == (2, [])


async def test_who_has_answered_was_asked(rig: Rig) -> None:
    """Also if they have been away when it came, and are away again."""
    host, (ann, ben) = await opened(rig)
    ben.leave()
    await to_phase(host, "over")
    await ben.resume()
    await told(host, ann, ben)
    question = next(one for one in asked(ben) if "choices" not in one)
    assert (await ben.command("reflect", **answer_to(question))).ok
    ben.leave()
    await told(host, ann)
    assert _of_host(host, question) == (2, [])
