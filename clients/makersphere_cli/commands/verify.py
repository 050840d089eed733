"""`makersphere verify`: replay a room's log and check all of it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import attrs
import msgspec
from cyclopts import Parameter

from makersphere_cli.flags import Json, Name
from makersphere_cli.kept import HERE, Kept, unreadable
from makersphere_cli.paths import file_at
from makersphere_cli.speech.causes import cause
from makersphere_cli.speech.trouble import Trouble
from makersphere_cli.speech.words import say
from makersphere_rules.written.notation import UnknownEvent
from makersphere_server.afterwards.verify import UNREAD, Report, verify_file, verify_stored
from makersphere_server.codes import tidy_code
from makersphere_server.settings import is_address
from makersphere_server.storage.event_log import StoreUnavailable
from makersphere_server.storage.log_file import NotALog, read_jsonl
from makersphere_server.storage.place import Place
from makersphere_server.storage.record import Record, RoomRow

if TYPE_CHECKING:
    from makersphere_server.afterwards.kept_rooms import Summary

__all__ = ["explained_log", "kept_log", "reports_on", "say_verified", "verify"]


_All = Annotated[bool, Parameter(name="--all", negative=())]


def verify(
    log: Annotated[Name, Parameter(name="LOG")] = "",
    /,
    *,
    all_rooms: _All = False,
    kept: Kept = HERE,
    as_json: Json = False,
) -> int:
    """Replay a room's log and check every command, draw, hash and balance, and the final state.

    Ends with exit code 1 when something is wrong, and names the first `seq` that is; with 2 when the log cannot
    be read.

    Args:
        log: a room's code, or a file that the room was exported to.
        all_rooms: check all rooms that there are, and say which are wrong.
        kept: where the rooms are.
        as_json: print one JSON object; with --all an array of them.
    """
    if all_rooms:
        return _verify_all(kept.place, as_json=as_json)
    if not log:
        raise Trouble("verify_which")
    report = _report(log, kept.place)
    if as_json:
        print(json.dumps(_as_told(report), ensure_ascii=False))
    else:
        _say(report)
    return 0 if report.is_right else 1


def _verify_all(place: Place, *, as_json: bool) -> int:
    reports = reports_on(place)
    if as_json:
        print(json.dumps([_as_told(report) for report in reports], ensure_ascii=False))
    else:
        say_verified(reports)
    return 0 if all(report.is_right for report in reports) else 1


def reports_on(place: Place) -> list[Report]:
    """Check all rooms of a folder or database; of a class, which has no log, what lies beside it."""
    from makersphere_cli.commands.rooms import explained  # noqa: PLC0415  (quick --help)
    from makersphere_server.afterwards.kept_rooms import list_rooms  # noqa: PLC0415

    with explained(place, ""):
        found = list_rooms(place)
    return [_report_among(one, place) for one in found]


def say_verified(reports: Sequence[Report]) -> None:
    """Say of many rooms which are wrong, and how many are right."""
    wrong = [report for report in reports if not report.is_right]
    for report in wrong:
        _say(report)
    print(say("rooms_verified", rooms=len(reports), right=len(reports) - len(wrong)))


def _report_among(one: Summary, place: Place) -> Report:
    """Return what is to say of a room; one that cannot be read, or was erased meanwhile, keeps none of the others."""
    if one.scenario == "class":
        return Report(one.room, "", reason=one.reason)
    try:
        return verify_stored(place, one.room)
    except KeyError:
        return Report(one.room, "", reason=say("verify_erased"), status=UNREAD)
    except (OSError, UnknownEvent) as error:
        return Report(one.room, "", reason=cause(error), status=UNREAD)


def _as_told(report: Report) -> dict[str, object]:
    return {**attrs.asdict(report), "is_right": report.is_right}


def _say(report: Report) -> None:
    if report.is_right:
        print(
            say(
                "log_right",
                room=report.room,
                records=report.records,
                draws=report.draws,
                balances=report.balances,
                hash=report.state_hash,
            )
        )
    elif report.status == UNREAD:
        print(say("room_unchecked", room=report.room, why=report.reason))
    elif report.wrong_seq is None:
        print(say("values_wrong", room=report.room, records=report.records, why=report.reason))
    else:
        print(say("log_wrong", room=report.room, seq=report.wrong_seq, why=report.reason, records=report.records))


def _report(log: str, place: Place) -> Report:
    if is_address(log):
        raise Trouble("log_is_address")
    path = Path(log)
    if file_at(path) or path.suffix or "/" in log or os.sep in log:
        return _of_file(path)
    try:
        return verify_stored(place, tidy_code(log))
    except KeyError:
        raise Trouble("no_room", room=log, folder=str(place)) from None
    except (OSError, StoreUnavailable, UnknownEvent) as error:
        raise unreadable(place, error) from None


def _of_file(path: Path) -> Report:
    with explained_log(path):
        return verify_file(path)


@contextmanager
def explained_log(path: Path) -> Iterator[None]:
    """Say what a person can mend of a file that is to be a room's log."""
    try:
        yield
    except NotALog as error:
        why = cause(error) if error.__cause__ is not None else ""
        raise Trouble(f"no_log.{error.text}", file=str(path), why=why, **error.values) from None
    except (UnknownEvent, msgspec.MsgspecError) as error:
        raise Trouble("no_log.damaged", file=str(path), why=cause(error)) from None
    except OSError as error:
        raise Trouble("log_unreadable", file=str(path), why=cause(error)) from None


def kept_log(log: str, rooms: Kept) -> tuple[RoomRow, Sequence[Record], Mapping[str, bytes]]:
    """Return a room with its records and private values; those of a file are verified first, and have no such values.

    Args:
        log: a room's code, or a file that the room was exported to.
        rooms: where they are.

    Raises:
        Trouble: it cannot be read, or is not right.
    """
    from makersphere_cli.commands.rooms import explained  # noqa: PLC0415  (quick --help)
    from makersphere_server.afterwards.kept_rooms import read_room  # noqa: PLC0415

    if is_address(log):
        raise Trouble("log_is_address")
    path = Path(log)
    if file_at(path) or path.suffix or "/" in log or os.sep in log:
        with explained_log(path):
            file, report = read_jsonl(path), verify_file(path)
        if not report.is_right:
            raise Trouble("room_beyond_help", room=file.row.room, why=report.reason)
        return file.row, file.records, {}
    with explained(rooms.place, log):
        return read_room(rooms.place, tidy_code(log))
