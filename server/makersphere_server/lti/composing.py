"""Puts together what answers platforms; the one file that knows all the others, and needs the library."""

from __future__ import annotations

from pathlib import Path

from makersphere_server.clock import Clock
from makersphere_server.lobby.lobby import Lobby
from makersphere_server.lti.activities import Activities
from makersphere_server.lti.door import Door
from makersphere_server.lti.grades import Grades
from makersphere_server.lti.kept import Activity
from makersphere_server.lti.launching import Launching
from makersphere_server.lti.own_key import own_key
from makersphere_server.lti.platforms import Platforms
from makersphere_server.lti.scores import Scores
from makersphere_server.lti.seals import Seals
from makersphere_server.lti.sending import Sending
from makersphere_server.storage.event_log import EventLog

__all__ = ["composed"]


async def composed(
    platforms: Platforms, folder: Path, lobby: Lobby, log: EventLog, clock: Clock
) -> tuple[Door, Sending]:
    """Return what answers requests and what sends grades, which is to be started.

    Raises:
        CannotStart: the key cannot be used.
    """
    key, seals, activities = own_key(folder), Seals(clock), Activities(lobby, log)
    await activities.start()

    async def find(id: str) -> Activity | None:
        found = await activities.find(id)
        return None if found is None else found[1]

    sending = Sending(log, clock, Scores(platforms, key), find)
    launching = Launching(platforms, key, seals)
    return Door(platforms, key, launching, seals, activities, Grades(log), sending, lobby, log, clock), sending
