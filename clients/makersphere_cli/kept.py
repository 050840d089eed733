"""Where a command finds the rooms: the flags `--data` and `--database`, the same for every command.

Answers with the place that they name, and why its rooms cannot be read.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import attrs
from cyclopts import Parameter

from makersphere_cli.flags import Data
from makersphere_cli.paths import folder_at
from makersphere_cli.speech.causes import cause
from makersphere_cli.speech.trouble import Trouble
from makersphere_cli.speech.words import say
from makersphere_server.storage.event_log import DatabaseRefused
from makersphere_server.storage.place import Database, Misread, Place

__all__ = ["HERE", "Kept", "unreadable"]


def _is_database(_: object, value: object) -> None:
    if isinstance(value, str) and value:
        _read(value)


def _read(typed: str) -> Database:
    try:
        return Database.read(typed)
    except Misread as error:
        raise Trouble(f"setting_needs_{error.needs}", flag="--database") from None


@Parameter(name="*")
@attrs.frozen(kw_only=True)
class Kept:
    """Where the rooms are.

    Attributes:
        data: folder of the rooms; by default the person's own.
        database: address of the PostgreSQL that keeps them instead; a password is best left to a variable.
    """

    data: Data = None
    database: Annotated[str, Parameter(validator=_is_database)] = attrs.field(default="", repr=False)

    @property
    def place(self) -> Place:
        """Return the place that was named, or the person's own folder."""
        from makersphere_server.settings import user_data_folder  # noqa: PLC0415  (quick --help)

        return _read(self.database) if self.database else self.data or user_data_folder()

    def place_there(self) -> Place:
        """Return the place; a folder that a person names has to be there, since looking into it makes none.

        Raises:
            Trouble: the folder is not there.
        """
        if not self.database and self.data is not None and not folder_at(self.data):
            raise Trouble("store_unreadable", folder=str(self.data), why=say("cause.not_found"))
        return self.place


HERE: Final = Kept()


def unreadable(place: Path | Database, error: BaseException) -> Trouble:
    """Return why the rooms of a place cannot be read or changed."""
    if isinstance(error, DatabaseRefused):
        text = "stop_the_server" if error.text == "in_use" else error.text
        return Trouble(f"database.{text}", database=str(place), **error.values)
    if isinstance(place, Path):
        return Trouble("store_unreadable", folder=str(place), why=cause(error))
    if isinstance(error, FileNotFoundError):
        return Trouble("no_rooms", folder=str(place))
    return Trouble("database.away", database=str(place), why=cause(error))
