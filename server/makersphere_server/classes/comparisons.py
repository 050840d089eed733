"""One comparison of all tables of a class, for whoever may look on, once all of them are over.

Answers what a page shows, or why not: a table that goes on keeps all of it closed, since tables may have the same dice;
of an earlier game alone it may be had meanwhile. Of a class that has played several games it is of the latest one,
unless another is asked for, or all of them together.
Logs are gone through one after the other in a thread beside the loop, when somebody asks; what came of one is kept for
as long as its log stays as it is, and so is a comparison. While a table is played, no log is read. Codes of earlier
classes and rooms may be named, to be held beside. A line for each student is for hosts alone. How often one reader may
ask is bounded, together with replays.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from typing import Any, Final

import attrs

from makersphere_protocol.codec import encode_tree
from makersphere_protocol.errors import Refused
from makersphere_rules.ecosystem.table.ratings import Score
from makersphere_server.afterwards.downloads import (
    FindKept,
    KeptRoom,
    game_of,
    refusing_what_cannot_be_told,
)
from makersphere_server.afterwards.export_files import Download, csv_file
from makersphere_server.afterwards.export_tables import (
    Cell,
    FinishedRoom,
    NotOver,
    Table,
    finished_room,
    has_ended,
)
from makersphere_server.afterwards.reading_pace import ReadingPace
from makersphere_server.afterwards.take_home.game import Shown
from makersphere_server.classes.book import ClassBook
from makersphere_server.classes.book import Table as TableOfClass
from makersphere_server.classes.commands import MOST_TABLES
from makersphere_server.classes.compare_page import compare_page
from makersphere_server.classes.comparing import Group, PlayedTable, compared, played_table
from makersphere_server.classes.term import GameOfClass, over_the_term
from makersphere_server.codes import tidy_code
from makersphere_server.room.model.live_room import RoomSettings
from makersphere_server.storage.record import Record

__all__ = ["ALL_GAMES", "LATEST_GAME", "NO_GAME", "ClassComparisons"]

Tree = dict[str, Any]

LATEST_GAME: Final = 0  # in the place of a game's number: the latest that has been played
ALL_GAMES: Final = -1
NO_GAME: Final = -2  # what was asked for is no game's number
MOST_BESIDE: Final = 8  # classes and rooms beside one's own
FILES: Final = ("page", "tables", "students", "term")
_OF_PEOPLE: Final = ("students", "term")  # a line for each: for hosts alone
_KEPT: Final = (1 + MOST_BESIDE) * MOST_TABLES  # tables in memory, without their logs: of the largest comparison
_TOLD: Final = 8  # comparisons in memory
_DIGITS: Final = 2


class ClassComparisons:
    """Holds the tables of classes beside each other."""

    def __init__(
        self,
        find_class: FindKept,
        find_room: FindKept,
        is_class: Callable[[str], bool],
        goes_on: Callable[[str], bool],
        pace: ReadingPace,
    ) -> None:
        """Prepare.

        Args:
            find_class: returns what the store has of a class.
            find_room: returns what the store has of a room.
            is_class: whether a code is a class's.
            goes_on: whether a room is known to be played at this moment.
            pace: to which readers are held.
        """
        self._find_class, self._find_room = find_class, find_room
        self._is_class, self._goes_on = is_class, goes_on
        self._pace = pace
        self._one_at_a_time = asyncio.Lock()
        self._played: OrderedDict[str, tuple[object, PlayedTable | None]] = OrderedDict()
        self._told: OrderedDict[tuple[str, ...], tuple[list[Group], Tree]] = OrderedDict()

    async def shown(
        self, code: str, token: str, address: str, beside: Sequence[str] = (), game: int = LATEST_GAME
    ) -> bytes:
        """Return the comparison as JSON, of one of the class's games, or of all.

        Raises:
            ProtocolError: why not.
        """
        return encode_tree(await self._compared(code, token, address, beside, game))

    async def file(
        self,
        code: str,
        token: str,
        address: str,
        what: str,
        shown: Shown,
        beside: Sequence[str],
        game: int = LATEST_GAME,
    ) -> Download:
        """Return the comparison to take home: a page, a line for each table; for hosts a line for each student.

        Raises:
            ProtocolError: why not.
        """
        if what not in FILES:
            raise Refused("bad_args", "expected_one_of", "what", options=", ".join(FILES))
        if what in _OF_PEOPLE:
            return _lines(tidy_code(code), await self._of_people(what, code, token, address, shown, game))
        found = await self._compared(code, token, address, beside, game)
        if what == "tables":
            return _lines(tidy_code(code), _line_for_each_table(found))
        body = await asyncio.to_thread(compare_page, found, shown.language)
        return Download(f"makersphere-{tidy_code(code)}-tables.html", "text/html; charset=utf-8", body)

    async def _compared(self, code: str, token: str, address: str, beside: Sequence[str], game: int) -> Tree:
        kept = await self._find_class(code, token, address, anyone=True)
        self._pace.take_turn(kept.reader, address)
        codes = [other for other in dict.fromkeys(map(tidy_code, beside)) if other != kept.row.room]
        if len(codes) > MOST_BESIDE:
            raise Refused("bad_args", "too_many_beside", "with", max=MOST_BESIDE)
        found = [await self._found(other, address) for other in codes]  # before the turn: a wrong code waits
        async with self._one_at_a_time:
            with refusing_what_cannot_be_told():
                own = await self._class(kept, game)
                others = [await self._beside(other) for other in found]
            if not own.tables:
                raise Refused("rule", "no_table_over")
            return await self._tree([own, *others])

    async def _tree(self, groups: list[Group]) -> Tree:
        """Return the comparison of groups, the own one first; of the same tables it is made once."""
        codes = tuple(group.code for group in groups)
        known = self._told.pop(codes, None)
        if known is None or known[0] != groups:
            known = (groups, await asyncio.to_thread(compared, groups[0], groups[1:]))
        self._told[codes] = known
        if len(self._told) > _TOLD:
            self._told.popitem(last=False)
        return known[1]

    async def _found(self, code: str, address: str) -> KeptRoom:
        """Return what the store has of another class, or of a room by itself."""
        find = self._find_class if self._is_class(code) else self._find_room
        try:
            return await find(code, "", address, anyone=True)
        except Refused as refused:
            if refused.code == "moved":  # nobody is to be led there: the own class is here
                raise Refused("rule", "beside_elsewhere", "with") from None
            raise

    async def _beside(self, kept: KeptRoom) -> Group:
        if kept.row.is_class:
            return await self._class(kept)
        table = await self._table(kept)
        return Group(kept.row.room, "", () if table is None else (table,))

    async def _class(self, kept: KeptRoom, game: int = ALL_GAMES) -> Group:
        book = ClassBook.stored(kept.row.room, kept.private)
        found: list[PlayedTable] = []
        for tables in _asked_for(book, game):
            going_on = next((table.room for table in tables if self._goes_on(table.room)), "")
            if going_on:
                raise NotOver(going_on)
            found = [played for table in tables if (played := await self._of_class(table)) is not None]
            if found:
                break
        is_one_of_several = game != ALL_GAMES and len({table.game for table in book.tables.values()}) > 1
        return Group(book.code, book.settings.name, tuple(found), found[0].game if found and is_one_of_several else 0)

    async def _of_class(self, table: TableOfClass) -> PlayedTable | None:
        """Return what is compared of a class's table; None: it was never begun, or has been erased."""
        room = await self._room(table.room)
        played = await self._table(room) if room is not None else None
        return None if played is None else attrs.evolve(played, number=table.number, game=table.game)

    async def _room(self, code: str) -> KeptRoom | None:
        """Return a table's room; None: it has been erased."""
        try:
            return await self._find_room(code, "", None, anyone=True)
        except Refused as refused:
            if refused.code != "no_such_room":
                raise
            return None

    async def _table(self, kept: KeptRoom) -> PlayedTable | None:
        """Return what is compared of a table; None: it was never begun.

        Raises:
            NotOver: its game goes on.
        """
        code, state = kept.row.room, await kept.state_of_log()
        known = self._played.pop(code, None)
        if known is None or known[0] != state:
            records = await kept.records()
            known = (state, await asyncio.to_thread(_played, kept, records))
        self._played[code] = known
        if len(self._played) > _KEPT:
            self._played.popitem(last=False)
        return known[1]

    async def _of_people(self, what: str, code: str, token: str, address: str, shown: Shown, game: int) -> Table:
        """Return a line for each student of each table, or over the term: games that go on are left out of that."""
        kept = await self._find_class(code, token, address)
        self._pace.take_turn(kept.reader, address)
        if not kept.rank:
            raise Refused("unauthorised")
        if kept.names_nobody:
            raise Refused("not_your_role", "host_rank", "what")
        book = ClassBook.stored(kept.row.room, kept.private)
        is_term = what == "term"
        found: list[tuple[TableOfClass, Table, GameOfClass]] = []
        async with self._one_at_a_time:
            with refusing_what_cannot_be_told():
                for tables in _asked_for(book, ALL_GAMES if is_term else game):
                    found = [each async for each in self._of_tables(tables, shown, may_go_on=is_term)]
                    if found:
                        break
        if is_term:
            return await asyncio.to_thread(over_the_term, book, [each for *_, each in found], named=shown.names)
        return _line_for_each_student(book, found)

    async def _of_tables(
        self, tables: Iterable[TableOfClass], shown: Shown, *, may_go_on: bool
    ) -> AsyncIterator[tuple[TableOfClass, Table, GameOfClass]]:
        """Yield each table that was begun, with its gradebook and who took part.

        Raises:
            NotOver: a game goes on, and may not.
        """
        for table in tables:
            room = await self._room(table.room)
            records = await room.records() if room is not None else []
            if room is None or not _is_begun(records):
                continue
            try:
                yield table, *await asyncio.to_thread(_people, table.game, room, records, shown)
            except NotOver:
                if not may_go_on:
                    raise


def _asked_for(book: ClassBook, game: int) -> list[list[TableOfClass]]:
    """Return the tables of a game, or of all; for the latest those of each: the first that was played is it.

    Raises:
        Refused: the class has no such game.
    """
    there_are = sorted({table.game for table in book.tables.values()})
    if game not in {LATEST_GAME, ALL_GAMES, *there_are}:
        raise Refused("bad_args", "expected_one_of", "game", options=", ".join(("all", *map(str, there_are))))
    games = reversed(there_are) if game == LATEST_GAME else [game]
    return [[table for table in book.tables.values() if one in {ALL_GAMES, table.game}] for one in games]


def _lines(code: str, table: Table) -> Download:
    return Download(f"makersphere-{code}-{table.name}.csv", "text/csv; charset=utf-8", csv_file(table))


def _is_begun(records: Sequence[Record]) -> bool:
    return any(record.season for record in records)


def _played(kept: KeptRoom, records: Sequence[Record]) -> PlayedTable | None:
    if not _is_begun(records) and not has_ended(records):
        return None
    return played_table(finished_room(kept.row, records), RoomSettings.stored(kept.private).chosen)


def _people(number: int, kept: KeptRoom, records: Sequence[Record], shown: Shown) -> tuple[Table, GameOfClass]:
    """Return the gradebook of a room, with scores, and who took part in it, as one of the class's games."""
    finished = finished_room(kept.row, records)
    game = game_of(finished, records, kept.private, shown)
    found = game.rows
    scores = {seat: None if seat in game.withheld else _score(finished, seat) for seat in game.seats()}
    rows = [[*row, scores[part.seat]] for row, part in zip(found.rows, game.people, strict=True)]
    of_class = GameOfClass.of(number, finished, records, game.people, kept.private, game.scenario.grade)
    return Table(found.name, (*found.columns, "score"), rows), of_class


def _score(finished: FinishedRoom, seat: int) -> Cell:
    score = finished.state.find(Score, seat)
    return "" if score is None or score.final is None else score.final


def _line_for_each_student(book: ClassBook, found: Sequence[tuple[TableOfClass, Table, GameOfClass]]) -> Table:
    if not found:
        raise Refused("rule", "no_table_over")
    at = found[0][1].columns.index("id")
    rows: list[list[Cell]] = []
    for table, gradebook, game in found:
        numbers = game.numbers(book)
        about: list[Cell] = [book.code, table.game, table.number, table.room]
        rows += [[*about, numbers.get(str(row[at]), ""), *row] for row in gradebook.rows]
    return Table("students", ("class", "game", "table", "room", "person", *found[0][1].columns), rows)


def _line_for_each_table(found: Tree) -> Table:
    """Return the tables of a comparison, then the means of classes: a line each, figures as people read them."""
    figures = found["figures"]
    named = {one["table"]: one["figure"] for one in found["named"]}
    about = ("class", "game", "table", "room", "scenario", "seats", "seasons")
    columns = (*about, "people", "bots", "defaults", "named", *figures)
    rows: list[list[Cell]] = []
    code = found["groups"][0]["code"]
    for table in found["tables"]:
        decided = table["decided"]
        counts = [decided["person"], decided["bot"], decided["default"], named.get(table["table"], "")]
        values = [_said(table["figures"].get(name)) for name in figures]
        rows.append([code, *(table[name] for name in about[1:]), *counts, *values])
    for group in found["groups"]:
        means = [_said((group["figures"].get(name) or [None])[0]) for name in figures]
        rows.append([group["code"], "", "mean", "", group["scenario"], "", group["seasons"], *[""] * 4, *means])
    return Table("tables", columns, rows)


def _said(value: float | None) -> Cell:
    return "" if value is None else f"{value:.{_DIGITS}f}"
