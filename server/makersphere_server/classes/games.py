"""Which of a class's games a table is played in: those that are opened or begun while one of them goes on are one game.

Answers with a number from 1. A table that has not begun when all others of its game are over waits for the next one,
and is of that; so one that was opened to spare keeps no later lesson in an earlier game.
"""

from __future__ import annotations

from collections.abc import Callable

from makersphere_protocol.errors import ProtocolError
from makersphere_server.classes.book import ClassBook
from makersphere_server.lobby.lobby import Lobby

__all__ = ["game_of_now"]


async def game_of_now(book: ClassBook, lobby: Lobby, is_played_on: Callable[[int], bool]) -> int:
    """Return the game of a table that is opened now: the latest, or the next one where all that has begun is over.

    Tables that have not begun by then are put into the next one.

    Args:
        book: the class.
        lobby: where its tables are found.
        is_played_on: whether the game of a table, by its number, is not over yet.
    """
    latest = max((table.game for table in book.tables.values()), default=1)
    of_latest = [table for table in book.tables.values() if table.game == latest]
    played_on = [table for table in of_latest if is_played_on(table.number)]
    if len(played_on) == len(of_latest):
        return latest
    for table in played_on:
        try:
            room = await lobby.open_rooms.find(table.room)
        except ProtocolError:
            return latest  # nobody knows whether it has begun
        if room.glance()["status"] != "lobby":
            return latest
    for table in played_on:
        book.put_in_game(table, latest + 1)
    return latest + 1
