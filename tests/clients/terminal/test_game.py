"""Whole games at a terminal, by keyboard alone: each role with bots in the other seats."""

from __future__ import annotations

from pathlib import Path

import pytest

from makersphere_clients.terminal.words.describe import SHAPES
from makersphere_protocol.messages import Join
from tests.clients.terminal.driver import seated


@pytest.mark.parametrize("role", ["maker", "investor", "operator"])
async def test_a_role_plays_a_whole_game_by_keyboard(tmp_path: Path, role: str) -> None:
    """Every command that is offered is opened and sent as it stands; the end shows one's place and one's parts."""
    async with seated(tmp_path, lambda room: Join(room, "Mina", role)) as at:
        assert (await at.host.command("host.start")).ok
        await at.until(lambda: at.phase[0] > 0)
        done: dict[tuple[int, str], set[str]] = {}
        while at.view.status == "running":
            await at.turn(done.setdefault(at.phase, set()))
            await at.until(lambda: at.view.status == "over" or not at.view.is_ready)

        end = await at.until_shown("What will you remember?")
        assert f"of 100 standard {role}s" in end
        assert f"{SHAPES[role]} Mina" in end
        assert sum(len(commands) for commands in done.values()) >= 4
