"""The page about the settings, made of the class that has them: `python -m makersphere_server.settings_page`.

Answers the text of docs/settings.md. What a setting means is said once, in the class's docstring.
"""

from __future__ import annotations

import inspect
import re
import sys
from typing import Any, Final

import attrs

from makersphere_server.limits import BOUNDS, Limits
from makersphere_server.settings import Settings

__all__ = ["page"]

Fields = tuple["attrs.Attribute[Any]", ...]

_INTRODUCTION: Final = """# Settings

<!-- Made by `python -m makersphere_server.settings_page`; the words stand in settings.py and limits.py. -->

`makersphere serve` and `makersphere play` take each setting as a flag (`--most-rooms 50`), as a variable
(`MAKERSPHERE_MOST_ROOMS=50`) or from the table `[server]` of `makersphere.toml` (`most_rooms = 50`); the first that is
given counts. A value out of its range is refused when the server starts.
"""
_BOUNDS: Final = """## Bounds

Nothing grows without a bound. How often each one was met is told by `GET /metrics` as
`makersphere_limited_total{bound="..."}`, under the setting's name; a burst is counted with its rate.

"""
_OVERLOAD: Final = """
## When there is too much to do

People who are in keep playing; people who are new wait. A server that is late with its own work by `late_ms`, that has
let in too many people in the last seconds, or that has no room left answers `create`, `join` and `watch` with the error
`unavailable` and `retry_after` in seconds, and closes with 1013. Clients try again after that time and a little more,
each a different bit, so that they do not all come back at once. Coming back with a token (`resume`) is never held up.
A connection too many hears the same, whatever it comes for. A seat that sends too much hears `rate_limited`, is read no
faster than it may send, and is closed with 4429 if it goes on. Many connections that come back to one seat are let in
one after the other. A connection that does not read is cut, and resumes when it can.

## Guessing codes

A room's code is one of 28^7. Wrong codes and tokens have budgets of their own: `failures_per_address` for each address
(a class of 200 behind one address can mistype five times each), and `failures_per_s` with `failure_burst` for all
addresses together. With 200 rooms, an hour of guesses from any number of addresses finds one with a chance of
(3,600 x 10 + 4,000) x 200 / 28^7 = 0.0006. With more rooms each wrong code costs as much more. Where the budget is
spent, right and wrong codes get the same answer; tokens still open their seats. So newcomers wait while somebody goes
on guessing at the address that they come from, or at dozens of addresses at once.

Codes that begin with some symbols alone (`codes_begin_with`) are fewer: of 33.7 bits half of the symbols cost one, a
quarter two, a single symbol 4.8. Each wrong code costs as much more there, so that the chance stays as small.

## What is kept, and for how long

A room is erased `keep_days` after its last command: its log, its names and free texts, its tokens' hashes, on the disk
too. A clock that is wrong when the server starts has ten minutes to be put right: a room is erased when it has been due
for ten minutes, and goes on being kept while no server runs. A room that had to stop because its log is damaged stays
until somebody opens it again or erases it.
While the server is stopped, `makersphere rooms erase ROOM` does it at once, after the code was typed again (or with
`--yes`). In a [PostgreSQL](postgresql.md#what-is-erased) it is deleted and not overwritten.
`--names` erases the names alone, and lets the devices of these people go; the log still verifies afterwards.
`erase-person ROOM SEAT` erases one person; while the server runs a host does. What there is of people stands field by
field in [school/data.md](school/data.md).
The server's own log holds no name, no token, no address and nothing that anybody wrote, except what devices in a room
call themselves: call none after a person.
Addresses are counted in memory and never stored. Backups are yours to erase.

## What is taken home

`makersphere export ROOM` gives a room that is over. So do `/api/rooms/CODE/export` and `/debrief` over HTTP, to people
who show a host's token. Seats are numbers; the names of their people stand in one column of one table where they are
asked for (`--names`, `names=1`), and nowhere else. No token and no address is in any of it. The log (`jsonl`) is what
`makersphere verify` checks: it holds the seed and everybody's choices, ratings too.

## A damaged or missing file of rooms

At each start the file of the rooms is asked whether it is sound. A damaged one is put aside untouched, as
`damaged-1/` in the data folder, and what is sound of each room goes on in a new one; a missing one is begun
anew. Either way the server says so when it starts, and how many rooms cannot go on. `makersphere rooms list` says which
rooms and why, and `makersphere rooms reopen ROOM` lets one go on from what is left of it. `makersphere backup FOLDER`
makes a copy for such a day, with the tokens of the rooms that `makersphere play` has opened.

A server that is started on a backup has lost what came after it: take it as a whole folder, in place of the damaged
one. Its rooms have a higher epoch, so every phone that comes back gets the whole picture, and the hosts read how many
commands are missing as soon as somebody comes back who has seen them. A folder that you copy by yourself looks like the
original: nobody is told before somebody comes back who has seen more, and the room then waits for its host.

`rooms.sqlite3` has the rooms, `heads.log` says up to where each of them was acknowledged; both carry the same number.
A `rooms.sqlite3` that was copied without its `heads.log`, or lies beside another one, may be older than what people
were told. So its rooms stand still, and the server says so when it starts. Stop it and copy the `heads.log` that
belongs to it. Where that is lost, `makersphere rooms reopen --all` lets the rooms go on as they are: their epoch rises,
and every client is told to forget what it had seen.

Names, tokens and how a room stands lie beside its log, so that they can be erased. Each has a checksum, and `heads.log`
knows which were written last. A room in which one of them was changed, or is older than people were told, stands
still; `makersphere verify ROOM` and `rooms list` name its key, never what it is. `makersphere rooms reopen ROOM` goes
on without what is in doubt, so that no token in doubt opens anything. A bot plays such a seat until a host lets
somebody in. Where the hosts are in doubt, the command prints a link for a new one. Where it is not known what was lost,
all seats and hosts come back in this way. All others come back with their tokens.

A disk that fails for a while stops no room: what cannot be stored is refused (`unavailable`), and when the disk is back
every room goes on by itself. Who opens the data folder is its owner. A server that has lost it, because its lock was
deleted or it stood still on a network disk, writes nothing any more and says that it was taken over.

## Another version on the same folder

A newer version goes on with the rooms of an older one. `rooms.sqlite3` says its format (`PRAGMA user_version`), and a
version that does not know that format does not start on it, reads nothing of it and changes no byte: it says both
formats, and to start the newer version again or to take a backup from before it. Versions from before formats had
numbers cannot say so; do not go back to them.
"""


def page() -> str:
    """Return the page, as Markdown."""
    bounds: Fields = attrs.fields(Limits)
    settings: Fields = attrs.fields(Settings)
    own = tuple(field for field in settings if field.name not in BOUNDS)
    return "\n".join(
        (
            _INTRODUCTION,
            _table(own, Settings),
            _BOUNDS + _table(bounds, Limits),
            _OVERLOAD.strip(),
            "",
        )
    )


def _table(fields: Fields, cls: type) -> str:
    meanings = _meanings(cls)
    rows = ["| setting | default | range | meaning |", "|---|---|---|---|"]
    rows += [f"| `{field.name}` | {_default(field)} | {_range(field)} | {meanings[field.name]} |" for field in fields]
    return "\n".join(rows) + "\n"


def _meanings(cls: type) -> dict[str, str]:
    _, _, listed = inspect.cleandoc(cls.__doc__ or "").partition("Attributes:\n")
    found = re.findall(r"^    (\w+): (.+(?:\n {8}.+)*)", listed, re.MULTILINE)
    return {name: " ".join(text.split()) for name, text in found}


def _default(field: attrs.Attribute[Any]) -> str:
    match field.default:
        case bool() as flag:
            return "on" if flag else "off"
        case int() | float() as number:
            return _number(number)
        case str() as text if text:
            return f"`{text}`"
        case "" | () | None:
            return "none"
        case _:
            return "your own"


def _range(field: attrs.Attribute[Any]) -> str:
    if "least" not in field.metadata:
        return ""
    return f"{_number(field.metadata['least'])} to {_number(field.metadata['most'])}"


def _number(number: float) -> str:
    return f"{number:,}".removesuffix(".0")


if __name__ == "__main__":
    sys.stdout.write(page())
