"""Which room or class an activity of a platform belongs to: bound once by a host, and looked up at each launch.

Answers the code and what is kept of the activity. Whoever binds one has to show that they lead the room; a platform's
word that somebody teaches binds nothing.
"""

from __future__ import annotations

import attrs
import msgspec

from makersphere_protocol.errors import ProtocolError
from makersphere_server.afterwards.downloads import KeptRoom
from makersphere_server.classes.book import ClassBook
from makersphere_server.codes import digest, tidy_code, token_id
from makersphere_server.lobby.lobby import Lobby
from makersphere_server.lti.kept import Activity, Kept, activity_id, all_kept
from makersphere_server.lti.launching import Launched
from makersphere_server.lti.wrong import Wrong
from makersphere_server.room.model.people.hosts import LEAD, Hosts
from makersphere_server.room.model.room_settings import RoomSettings
from makersphere_server.storage.event_log import EventLog

__all__ = ["Activities"]


class Activities:
    """The activities that belong to rooms and classes of this server."""

    def __init__(self, lobby: Lobby, log: EventLog) -> None:
        """Begin with none; `start` reads which there are."""
        self._lobby, self._log = lobby, log
        self._codes: dict[str, str] = {}  # by id

    async def start(self) -> None:
        """Learn which activities the store has."""
        for code, kept in (await all_kept(self._log)).items():
            self._codes.update(dict.fromkeys(kept.activities, code))

    async def find(self, id: str) -> tuple[str, Activity] | None:
        """Return an activity with the code of its room or class, or None where there is none any more.

        Raises:
            StoreUnavailable: it cannot be read now.
        """
        code = self._codes.get(id, "")
        if not code or not self._lobby.state_of(code):
            return None
        activity = (await Kept.of(self._log, code)).activities.get(id)
        return None if activity is None else (code, activity)

    async def opened(self, launched: Launched) -> tuple[str, Activity] | None:
        """Return the activity that somebody has opened; where its grades go is kept as the platform says it now.

        Raises:
            StoreUnavailable: it cannot be read or kept now.
        """
        found = await self.find(activity_id(launched.issuer, launched.client, launched.deployment, launched.link))
        if found is None:
            return None
        code, activity = found
        now = attrs.evolve(activity, title=launched.title, grades=launched.grades or activity.grades)
        if now != activity:
            await self._log.put_private(code, {now.key: msgspec.json.encode(now)})
        return code, now

    async def bind(self, launched: Launched, address: str, own_link: str) -> tuple[str, Activity]:
        """Let an activity belong to a room or a class from now on.

        Args:
            launched: what a teacher has opened.
            address: where that teacher is.
            own_link: that opens the console: the host's own, or the class's.

        Raises:
            Wrong: it opens none, or not as one who leads.
            ProtocolError: nothing can be said of it now.
            StoreUnavailable: it cannot be kept now.
        """
        code, token = _code_and_token(own_link)
        found = await self._of_host(code, token, address)
        host = Hosts.stored(found.private).find(token_id(token))
        if host is None or not host.may(LEAD):
            raise Wrong("not_lead")
        code = found.row.room
        activity = Activity(
            issuer=launched.issuer,
            client=launched.client,
            deployment=launched.deployment,
            link=launched.link,
            title=launched.title,
            grades=launched.grades,
            salt="",
        )
        activity = attrs.evolve(activity, salt=digest(self._salt_of(found), "lti", activity.id))
        before = await self.find(activity.id)
        if before is not None and before[0] == code:
            return before
        await self._log.put_private(code, {activity.key: msgspec.json.encode(activity)})
        if before is not None:
            await self._log.put_private(before[0], {before[1].key: None})
        self._codes[activity.id] = code
        return code, activity

    def _salt_of(self, found: KeptRoom) -> str:
        """Return the secret of a room or class, from which its people are known again however often it is bound."""
        if self._lobby.is_class(found.row.room):
            return ClassBook.stored(found.row.room, found.private).settings.salt
        return RoomSettings.stored(found.private).salt

    async def _of_host(self, code: str, token: str, address: str) -> KeptRoom:
        find = self._lobby.kept_class if self._lobby.is_class(code) else self._lobby.kept_room
        try:
            return await find(code, token, address)
        except ProtocolError as error:
            if error.code in ("unauthorised", "no_such_room"):
                raise Wrong("own_link") from error
            raise


def _code_and_token(own_link: str) -> tuple[str, str]:
    """Return what stands in a link to a console: the code and the token.

    Raises:
        Wrong: it is no such link.
    """
    pieces = own_link.strip().rpartition("#")[2].strip("/").split("/")
    if len(pieces) != 3 or pieces[0] not in ("c", "class", "r"):
        raise Wrong("own_link")
    return tidy_code(pieces[1]), pieces[2]
