"""How a room is founded: what a create frame asks for, checked, and stored as a row with its first private values.

Answers the code of a create frame's room. The same frame again names the same room, after a restart too, and founds
none. Never opens a room and lets nobody in: that is the lobby's. Source: the contract's "create"; the rulebook's
"Seats".
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Container
from typing import Final

import attrs
import msgspec
import structlog

from makersphere_protocol.errors import Refused
from makersphere_protocol.free_text import shown
from makersphere_protocol.messages import Create, Dates, Options
from makersphere_protocol.texts import known
from makersphere_rules import engine
from makersphere_rules.choices.named import taken
from makersphere_rules.kit.soundness import checked
from makersphere_rules.mistakes import ScenarioError
from makersphere_rules.refusals import Refusal
from makersphere_rules.scenario import Scenario
from makersphere_rules.scenario_building import build
from makersphere_rules.shipped import modules, scenario_names
from makersphere_server import metrics
from makersphere_server.clock import Clock
from makersphere_server.codes import check_proof, digest, is_same, new_code, new_token, seed_of, token_id
from makersphere_server.room.commands.founded_rules import packages_of
from makersphere_server.room.model.chosen_rules import named_choices
from makersphere_server.room.model.dates import is_zone
from makersphere_server.room.model.live_room import RoomSettings
from makersphere_server.room.model.people.hosts import Host, Hosts
from makersphere_server.room.model.people.kept_seats import kept_seats
from makersphere_server.room.model.people.playable_roles import faults, known_roles
from makersphere_server.settings import Settings
from makersphere_server.storage.event_log import EventLog, Private, RoomRow, RoomTaken, StoreUnavailable

__all__ = ["Founding", "check_key"]

_CAME_LATER: Final = frozenset(
    {
        *("teams", "names", "faces", "rehearsal", "questions", "choices", "stand_in", "dealt", "dates", "pseudonyms"),
        *("screened", "consent", "consent_text"),
    }
)

_log = structlog.get_logger("makersphere.lobby")


def check_key(frame: Create, key: str) -> None:
    """See that a create frame has the key that the server wants, if it wants one.

    Raises:
        Refused: it has none, or a wrong one.
    """
    if key and not is_same(frame.key, key):
        raise Refused("unauthorised", "wrong_key" if frame.key else "key_wanted", "key")


class Founding:
    """Founds the rooms of one server, one after the other."""

    def __init__(
        self,
        log: EventLog,
        clock: Clock,
        settings: Settings,
        find_scenario: Callable[[str], Scenario],
        check_space: Callable[[], None],
        find_founded: Callable[[str, str], Awaitable[None]],
    ) -> None:
        """Prepare.

        Args:
            log: the store.
            clock: what time it is.
            settings: of the server.
            find_scenario: finds a scenario by name; a KeyError says that there is none.
            check_space: raises `Refused` where the server has as many rooms as it may have.
            find_founded: has the room of a create frame, by its digest and id, remembered here if another server has
                founded it; raises `Refused` where that one has it.
        """
        self._log = log
        self._clock = clock
        self._settings = settings
        self._find_scenario = find_scenario
        self._check_space = check_space
        self._find_founded = find_founded
        self._by_frame: dict[str, str] = {}  # digest of a create frame: the code of its room
        self._lock = asyncio.Lock()  # the same frame may come twice at once

    def remember(self, room: str, settings: RoomSettings) -> None:
        """Remember by which create frame a room was founded."""
        if settings.create:
            self._by_frame[settings.create] = room

    def forget(self, rooms: Container[str]) -> None:
        """Forget the create frames of rooms that are here no more; that of one that was erased founds another one."""
        self._by_frame = {frame: code for frame, code in self._by_frame.items() if code not in rooms}

    async def found(self, frame: Create, host_token: str) -> tuple[str, RoomRow | None]:
        """Found the room of a create frame, unless the frame has come before.

        Args:
            frame: what is asked for.
            host_token: opens the founder's chair of a new room.

        Returns:
            The room's code, and its row if it is new.

        Raises:
            Refused: why there is no such room.
        """
        check_key(frame, self._settings.host_key)
        known_by = _digest_of(frame)
        async with self._lock:
            if known_by not in self._by_frame:
                await self._find_founded(known_by, frame.id)
            if known_by in self._by_frame:
                check_proof(frame.id)
                return self._by_frame[known_by], None
            founder = Host(token_id(host_token), known(frame.options.language), is_founder=True)
            row = await self._new(frame, known_by, Hosts([founder]))
            if known_by:
                self._by_frame[known_by] = row.room
            return row.room, row

    def check(self, frame: Create) -> None:
        """See that what a frame names can be played, as far as no seat is asked for yet.

        Raises:
            Refused: it cannot.
        """
        _with_options(self._scenario(frame.scenario), frame.options)

    async def for_class(self, frame: Create, hosts: Hosts, of_class: str, table: int) -> RoomRow:
        """Found a room that is a table of a class, by its number there; the hosts of the class host it; return its row.

        Raises:
            Refused: why there is no such room.
        """
        return await self._new(frame, "", hosts, of_class, table)

    async def _new(self, frame: Create, known_by: str, hosts: Hosts, of_class: str = "", table: int = 0) -> RoomRow:
        offered = self._scenario(frame.scenario)
        chosen = _with_options(offered, frame.options)
        language = known(frame.options.language)
        settings = attrs.evolve(
            self._room_settings(frame.options, language, known_by),
            choices=offered.choices,
            chosen=tuple(frame.options.choices or ()),
            of_class=of_class,
            table=table,
            keeps_seed=bool(of_class) and frame.options.seed is not None,  # others may play with the same dice yet
        )
        roles = self._checked_roles(frame.options, chosen)
        kept = kept_seats(len(roles), frame.options.names or (), frame.options.faces or ())
        private = {"settings": msgspec.json.encode(settings), **hosts.to_store(), **kept}
        row = await self._store(roles, frame.options, chosen, private)
        _log.info("room_created", room=row.room, scenario=chosen.name, seats=len(row.roles))
        return row

    def _scenario(self, name: str) -> Scenario:
        try:
            return self._find_scenario(name)
        except KeyError:
            options = ", ".join(scenario_names())
            raise Refused("bad_args", "expected_one_of", "scenario", options=options) from None
        except ScenarioError as error:
            _log.warning("scenario_unplayable", scenario=name, reason=str(error))
            raise Refused("bad_args", "scenario_unplayable", "scenario") from None

    def _room_settings(self, options: Options, language: str, known_by: str) -> RoomSettings:
        """Return what a new room is given besides its scenario."""
        server = self._settings
        return RoomSettings(
            language=language,
            scale=options.timers.scale,
            salt=new_token(),
            create=known_by,
            pace=options.pace,
            lesson_min=options.lesson,
            drop_share=server.drop_share,
            drop_ms=int(server.drop_s * 1000),
            bots=options.bots,
            teams=options.teams,
            rehearsal=options.rehearsal,
            questions=options.questions,
            stand_in=options.stand_in,
            dealt=options.dealt,
            dates=_checked_dates(options.dates),
            pseudonyms=options.pseudonyms,
            screened=options.screened,
            consent=options.consent,
            consent_text=shown(options.consent_text).strip(),
        )

    def _checked_roles(self, options: Options, chosen: Scenario) -> tuple[str, ...]:
        """Return the roles of a new room's seats, in order.

        Raises:
            Refused: the server has no space, or the scenario cannot be played by so many or in these roles.
        """
        self._check_space()
        most = self._settings.most_seats
        if (len(options.roles) if options.roles else options.seats or chosen.seats) > most:
            metrics.LIMITED.labels("most_seats").inc()
            raise Refused("bad_args", "expected_whole", "seats", lo=1, hi=most)
        roles = tuple(options.roles or engine.seating(chosen, options.seats or chosen.seats))
        playable = known_roles(chosen, len(roles))
        if not playable.issuperset(roles):
            raise Refused("bad_args", "expected_one_of", "options", options=", ".join(sorted(playable)))
        fault = next(faults(chosen, roles), None)
        if fault is not None:
            raise Refused("bad_args", fault.text, "options", **fault.values)
        return roles

    async def _store(self, roles: tuple[str, ...], options: Options, chosen: Scenario, private: Private) -> RoomRow:
        """Store a new room under a code that no other room has."""
        while True:
            row = RoomRow(
                room=new_code(self._settings.codes_begin_with),
                scenario=msgspec.json.encode(chosen.source),
                roles=roles,
                seed=seed_of(options.seed),
                nonce=seed_of(None)[:16],
                seed_chosen=options.seed is not None,
                epoch=1,
                created_ms=self._clock.wall_ms(),
                packages=packages_of(chosen),
            )
            try:
                await self._log.create(row, private)
            except RoomTaken:
                continue
            except StoreUnavailable as error:
                raise Refused("unavailable") from error
            return row


def _checked_dates(dates: Dates | None) -> Dates | None:
    """Return the dates of a new room.

    Raises:
        Refused: they are in a time zone that is not known here.
    """
    if dates is not None and not is_zone(dates.zone):
        raise Refused("bad_args", "expected_zone", "zone")
    return dates


def _with_options(offered: Scenario, options: Options) -> Scenario:
    """Return a scenario as a room plays it: with its choices taken, and a practice season where one is asked for.

    Raises:
        Refused: there is no such choice, two contradict each other, or nobody could play what comes of them.
    """
    choices = named_choices(offered.choices, options.choices or ())
    if isinstance(choices, Refusal):
        raise Refused(choices.code, choices.text, choices.field, **choices.values)
    source = taken(offered.source, choices)
    if options.practice is not None:
        source["practice"] = options.practice
    found, mistakes = checked(source, modules()) if choices else (build(source, modules()), [])
    if mistakes:
        raise Refused("rule", "choices_unplayable", "choices")
    return found


def _digest_of(frame: Create) -> str:
    """Return the digest by which a create frame is known again, or "" where its sender gave it no id.

    An option that came later counts only where it is given: a frame of before is known again by a later version.
    """
    tree = attrs.asdict(
        frame.options, filter=lambda field, value: field.name not in _CAME_LATER or value not in (field.default, [])
    )
    options = msgspec.json.encode(tree).decode()
    return digest("", frame.id, frame.scenario, options) if frame.id else ""
