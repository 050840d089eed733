"""A server with a broker, for as long as it runs: what the settings say of MQTT, put together.

Answers with nothing where the settings name no broker. What cannot be right (a missing file of certificates, no broker
to start) is refused at the start; a broker that is not there is no reason not to play.
"""

from __future__ import annotations

import ssl
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Final

from makersphere_protocol.mqtt import Topics
from makersphere_server.broker_address import Address
from makersphere_server.clock import Clock
from makersphere_server.lobby.lobby import Lobby
from makersphere_server.mqtt.bridge import Bridge
from makersphere_server.mqtt.embedded_broker import running_broker
from makersphere_server.mqtt.link import Login
from makersphere_server.settings import CannotStart, Settings

__all__ = ["mirrored"]

_SWITCH_S: Final = 0.0005


@asynccontextmanager
async def mirrored(settings: Settings, lobby: Lobby, clock: Clock) -> AsyncIterator[None]:
    """Mirror all rooms of a lobby to the broker that the settings name, if they name one.

    Raises:
        CannotStart: the settings cannot be right.
    """
    if not settings.mqtt:
        yield
        return
    address = Address.read(settings.mqtt)
    login = Login(settings.mqtt_user, settings.mqtt_password, _tls(address, settings), settings.mqtt_version)
    topics = Topics(settings.mqtt_prefix)
    async with running_broker(address, login, topics) as (found, login):
        bridge = Bridge(found, login, topics, lobby, clock, settings, devices=settings.mqtt_devices)
        bridge.start()
        try:
            with _game_first():
                yield
        finally:
            await lobby.stop()  # which ends every room, and so empties its topics
            await bridge.stop()


@contextmanager
def _game_first() -> Iterator[None]:
    """Have the game wait less long for the interpreter while the broker's thread has it.

    Python lets a thread work for 5 ms while others wait. With them, one answer in a hundred came 7 ms later than
    without a broker. It is not shortened where there is none: the store's thread would be interrupted more often too.
    It is the process's, in which one server runs.
    """
    before = sys.getswitchinterval()
    sys.setswitchinterval(_SWITCH_S)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


def _tls(address: Address, settings: Settings) -> ssl.SSLContext | None:
    if not address.is_tls:
        return None
    file = settings.mqtt_ca
    try:
        return ssl.create_default_context(cafile=None if file is None else str(file))
    except (OSError, ssl.SSLError) as error:
        raise CannotStart(
            f"The certificates in {file} cannot be read.", "mqtt_ca_unreadable", file=str(file)
        ) from error
