"""The way of programs into a room: the link that was typed, and why no seat was had by it."""

from __future__ import annotations

from collections.abc import Sequence

from makersphere_cli.speech.not_reached import not_reached
from makersphere_cli.speech.trouble import Trouble
from makersphere_cli.speech.words import language
from makersphere_clients.connection import ConnectionEnded
from makersphere_clients.terminal.address import Address, NoAddress, address
from makersphere_clients.terminal.app import ended_text
from makersphere_clients.terminal.words.texts import Words

__all__ = ["not_seated", "room_at"]


def room_at(link: Sequence[str]) -> Address:
    """Return where a room is, by its link or `HOST:PORT CODE` as typed.

    Raises:
        Trouble: nothing was typed, or what was typed names no room.
    """
    typed = " ".join(link)
    if not typed.strip():
        raise Trouble("bots_no_room")
    try:
        return address(typed)
    except NoAddress as wrong:
        raise Trouble(f"join_no_{wrong.why}", typed=typed) from None


def not_seated(ended: ConnectionEnded, where: Address) -> Trouble:
    """Return what to say where a connection ended before the game did."""
    if ended.code == "no_answer" and not ended.message:
        return not_reached(where)
    return Trouble("join_refused", why=ended_text(ended, Words(language()), is_host=False))
