"""Two servers that share a database, for the tests of a shared log."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import attrs
import pytest

from makersphere_server.storage.place import Database
from makersphere_server.storage.shared.owners import Server
from makersphere_server.storage.shared.shared_log import SharedLog
from tests.server.rig.made_up_logs import records, row

ONE = Server("one", "wss://one.example/ws")
TWO = Server("two", "wss://two.example/ws")


@attrs.frozen
class Pair:
    """Two servers on one database, and a room of the first one's with two records."""

    database: Database
    one: SharedLog
    two: SharedLog


@pytest.fixture
async def pair(database: Database) -> AsyncIterator[Pair]:
    """Return two servers that work side by side."""
    one, two = await asyncio.gather(SharedLog.join(database, ONE), SharedLog.join(database, TWO))
    await one.create(row())
    await one.append("ROOM234", 0, records(1, 2))
    yield Pair(database, one, two)
    await asyncio.gather(one.close(), two.close())
