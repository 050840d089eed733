"""A server in memory for every test that asks for one."""

from collections.abc import AsyncIterator

import pytest

from tests.server.fakes import Rig


@pytest.fixture
async def rig() -> AsyncIterator[Rig]:
    """Give a started server, and see that every room still runs at the end, save those that a test has stopped."""
    rig = await Rig().start()
    yield rig
    await rig.stop()
