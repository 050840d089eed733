"""Asking to be let into a seat, and answering it: by a wish, or by a pass."""

from typing import Any

from makersphere_protocol.messages import Error
from tests.server.rig.fakes import Client, Rig


def told_by(error: Error) -> tuple[Any, ...]:
    """Return what there is to be compared of an error."""
    return error.code, error.message, error.retry_after


async def asks(rig: Rig, room: str, name: str, id: str = "", **fields: Any) -> Error:  # noqa: ANN401
    """Return what somebody is told who asks to be let in; none of the game is told to them."""
    asking = await rig.join(room, name, id=id or name, **fields)
    (frame,) = asking.connection.got
    assert isinstance(frame, Error), frame
    return frame


async def wishes(client: Client) -> dict[str, dict[str, Any]]:
    """Return who asks to come in, as a host or a seat reads it, by the name."""
    await client.rig.pass_ms(50)
    client.read()
    return {wish["name"]: {**wish, "join": int(number)} for number, wish in client.hand.get("asks_in", {}).items()}


async def answer(client: Client, name: str, **args: Any) -> bool:  # noqa: ANN401
    """Answer somebody who asks to come in, as a host or a seat; return whether that was taken."""
    command = "host.let_in" if client.you.kind == "host" else "let_in"
    return (await client.command(command, join=(await wishes(client))[name]["join"], **args)).ok


async def give_pass(client: Client, id: str = "", **args: Any) -> str:  # noqa: ANN401
    """Return a pass that a host or a seat gives out."""
    given = await client.command("host.seat_pass" if client.you.kind == "host" else "seat_pass", id, **args)
    assert given.data is not None, given
    return str(given.data["code"])
