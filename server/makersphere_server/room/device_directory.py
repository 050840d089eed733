"""Which devices a room knows: what the bridge to the broker asks before it puts anything into the room's inbox.

Answers whose a token is, whether a pairing code is the room's, and in which language a device is refused. It
only reads: whatever changes the devices goes through the inbox, and there it is checked again whether the sender may
speak.
"""

from __future__ import annotations

from makersphere_server.room.commands.device_pairing import knows_code
from makersphere_server.room.model.devices import Device
from makersphere_server.room.model.live_room import LiveRoom

__all__ = ["DeviceDirectory"]


class DeviceDirectory:
    """The devices of one room, as they stand in memory now."""

    def __init__(self, live: LiveRoom) -> None:
        """Read a live room; a room that was read again has another directory."""
        self._live = live

    @property
    def topic(self) -> str:
        """Return the room's id in the topics of the broker."""
        return self._live.topic

    @property
    def language(self) -> str:
        """Return in which language devices are answered: the room's."""
        return self._live.settings.language

    def ids(self) -> list[str]:
        """Return what each device that is paired calls itself."""
        return [device.id for device in self._live.devices.paired.values()]

    def of_token(self, token: str) -> Device | None:
        """Return the device that a token was given to, by the token's id."""
        return self._live.devices.paired.get(token)

    def knows_code(self, code: str) -> bool:
        """Return whether a pairing code is, or was, one of this room's."""
        return knows_code(self._live, code)
