"""A class on the server in memory: opened, looked at once it has told what is new, and the codes of its tables."""

from typing import Any

from makersphere_protocol.messages import ClassOptions, Options
from tests.server.rig.fakes import Client, Rig

__all__ = ["open_class", "rooms_of", "seen"]


async def open_class(rig: Rig, people: int = 6, table: int = 3, **fields: Any) -> Client:  # noqa: ANN401
    """Return the host of a new class whose tables play `counter`."""
    options = fields.pop("options", Options(seats=3))
    laid = ClassOptions(people=people, table=table, name="10b", **fields.pop("laid", {}))
    return await rig.create("counter", options=options, class_=laid, **fields)


async def seen(client: Client) -> Client:
    """Return a client of a class once it has been told what is new."""
    await client.rig.pass_ms(1_100)
    client.read()
    return client


def rooms_of(host: Client) -> list[str]:
    """Return the codes of a class's tables, in order."""
    return [table["room"] for table in host.table["tables"].values()]
