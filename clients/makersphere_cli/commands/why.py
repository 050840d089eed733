"""`makersphere why`: five moments of a finished room, what made each of them, and what might have been."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Annotated

import attrs
from cyclopts import Parameter

from makersphere_cli.flags import Jobs, Json, Name, Seed, between
from makersphere_cli.kept import HERE, Kept
from makersphere_cli.many_games.progress_bar import progress_of
from makersphere_cli.speech.trouble import Trouble
from makersphere_cli.speech.words import say

if TYPE_CHECKING:
    from makersphere_playtest.why.recorded import Recorded
    from makersphere_playtest.why.telling import Asked

__all__ = ["why"]

Moments = Annotated[int, Parameter(validator=between(1, 12))]
Futures = Annotated[int, Parameter(validator=between(2, 10_000))]


def why(
    log: Annotated[Name, Parameter(name="ROOM")],
    /,
    *,
    moments: Moments = 5,
    futures: Futures = 60,
    seed: Seed = 1,
    jobs: Jobs | None = None,
    kept: Kept = HERE,
    as_json: Json = False,
) -> int:
    """Tell the moments of a finished room: what made each, what might have been, and a question to ask about it.

    A what-if changes one recorded fact: a signature, a bar, a roll, a price, a level. The rest of that phase stays, and
    from its end bots play so many futures twice on one set of dice. The same seed gives the same numbers.

    Args:
        log: a room's code, or a file that the room was exported to.
        moments: how many at most; they come as they are made, the last of the game first.
        futures: of each, which are played as it was and as it might have been.
        seed: of the futures; the dice of the room itself are not asked again.
        jobs: processes that play at once; all cores, if it is left out.
        kept: where the rooms are.
        as_json: print a line of JSON for each moment.
    """
    from makersphere_playtest.why.recorded import NotOver  # noqa: PLC0415  (quick --help)
    from makersphere_playtest.why.telling import Asked  # noqa: PLC0415
    from makersphere_rules.mistakes import ScenarioError  # noqa: PLC0415
    from makersphere_rules.written.notation import UnknownEvent  # noqa: PLC0415

    game = _found(log, kept)
    try:
        with progress_of() as (began, done):
            _print(game, Asked(seed, moments, futures), jobs or -1, _Bar(began, done), as_json=as_json)
    except NotOver:
        raise Trouble("why.not_over", room=game.room) from None
    except (UnknownEvent, ScenarioError) as error:
        raise Trouble("room_beyond_help", room=game.room, why=str(error)) from None
    return 0


@attrs.frozen
class _Game:
    """A room's code, its recorded game, and what the people at its seats are called, where that is known."""

    room: str
    recorded: Recorded = attrs.field(repr=False)
    names: Mapping[int, str]


@attrs.frozen
class _Bar:
    began: Callable[[int], None]
    done: Callable[[int], None]


def _print(game: _Game, asked: Asked, jobs: int, bar: _Bar, *, as_json: bool) -> None:
    """Print the moments of a game as they come."""
    from makersphere_cli.reports.why_text import WhyText  # noqa: PLC0415
    from makersphere_playtest.games.worker_pools import cores  # noqa: PLC0415
    from makersphere_playtest.why.recorded import lived  # noqa: PLC0415
    from makersphere_playtest.why.telling import tell  # noqa: PLC0415

    found = tell(game.recorded, asked, cores(jobs), began=bar.began, done=bar.done)
    if as_json:
        for moment in found:
            print(json.dumps(moment, ensure_ascii=False), flush=True)
        return
    said = WhyText(lived(game.recorded).end, game.names)
    told = 0
    for told, moment in enumerate(found, 1):
        if told == 1:
            print(said.head(game.room, moment))
        print("", *said.lines(moment), sep="\n", flush=True)
    if not told:
        print(say("why.none", room=game.room))


def _found(log: str, kept: Kept) -> _Game:
    """Return the game of a room or of a file."""
    from makersphere_cli.commands.verify import kept_log  # noqa: PLC0415
    from makersphere_cli.rooms.recorded_room import names_of, recorded_room  # noqa: PLC0415
    from makersphere_cli.rooms.rules_missing import say_if_rules_are_missing  # noqa: PLC0415
    from makersphere_server.afterwards.export_tables import has_begun  # noqa: PLC0415
    from makersphere_server.room.model.live_room import RoomSettings  # noqa: PLC0415

    row, records, private = kept_log(log, kept)
    say_if_rules_are_missing(row)
    if not has_begun(records):
        raise Trouble("room_not_begun", room=row.room)
    if RoomSettings.stored(private).keeps_seed:
        raise Trouble("why.seed_is_kept", room=row.room)
    return _Game(row.room, recorded_room(row, records), names_of(row, private) if private else {})
