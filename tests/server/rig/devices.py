"""Devices in a room without a broker: their codes, what they press, and what they are answered."""

from __future__ import annotations

import json
from typing import Any

from makersphere_server.codes import token_id
from makersphere_server.room.model.devices import Broker
from makersphere_server.room.model.inbox import BrokerChanged, Pair, Sent
from tests.server.rig.fakes import Client, MemoryConnection, Rig, long_id

__all__ = ["BROKER", "pair", "pairing_code", "press", "show_broker", "start_with_devices", "token_in"]

BROKER = Broker("mqtt://127.0.0.1:1883", takes_devices=True)


async def start_with_devices(rig: Rig, seats: int = 3) -> tuple[Client, Client]:
    """Return the host and the person of a game whose server takes devices."""
    host, ann = await rig.started("counter", seats)
    await show_broker(rig, host, ann)
    return host, ann


async def show_broker(rig: Rig, *clients: Client) -> None:
    """Have the broker seen in the clients' room."""
    room = rig.room(clients[0].room)
    room.inbox.put(BrokerChanged(BROKER))
    await rig.pass_ms(2_000)
    for client in clients:
        client.read()


async def pair(rig: Rig, room: str, device: str, typed: str, id: str = "1") -> dict[str, object]:
    """Return what a device hears that pairs by a code; the id of its request is made long."""
    connection = MemoryConnection()
    rig.room(room).inbox.put(
        Pair(device=device, id=long_id(id), code=typed, topic="topic", language="en", connection=connection)
    )
    await rig.pass_ms(50)
    found: dict[str, object] = json.loads(connection.sent[0])
    return found


async def press(rig: Rig, room: str, seat: int, token: str, id: str = "a") -> dict[str, object]:
    """Return what a seat's device hears that counts."""
    connection = MemoryConnection()
    sent = Sent(
        actor=seat,
        by="person",
        token=token_id(token),
        author=token_id(token),
        id=id,
        name="count",
        args={"by": 1},
        language="en",
        connection=connection,
        since_ms=rig.clock.now_ms(),
    )
    rig.room(room).inbox.put(sent)
    await rig.pass_ms(50)
    found: dict[str, object] = json.loads(connection.sent[0])
    return found


async def pairing_code(client: Client, name: str = "pair", id: str = "", **args: Any) -> str:  # noqa: ANN401
    """Return a fresh code."""
    result = await client.command(name, id, **args)
    assert result.data is not None
    return str(result.data["code"])


def token_in(answer: dict[str, object]) -> str:
    """Return the token that a device was given."""
    data = answer["data"]
    assert isinstance(data, dict)
    return str(data["token"])
