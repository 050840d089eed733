"""A fork: a new room that goes on from the start of a phase of another one, its origin: *what if*.

Answers the fork, founded with the origin's log up to that phase. It has the same seed, so the same dice fall. It has
the same seats, and the tokens of their people and of the hosts open them here too, so nobody sees another hand than
their own. A fork stands still until a host lets it go on. It begins with no ids of commands: those were the origin's.
A fork that is founded while its origin is still played opens nothing at its own end: its aims are those of the origin,
and its seed would tell the origin's dice. A host who sends the same command again gets the same fork, also one that was
founded, whole or without its log, before the store or the server failed and the origin knew of it.

A fork may be played by other rules from there on: other parameters, and other modules if they need nothing set up
before they are played. They stand in the fork's scenario as what is `changed`, and a record of its own puts them in
force.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from typing import Any, Final

import attrs
import msgspec
from msgspec.structs import replace

from makersphere_protocol.messages import Args
from makersphere_protocol.texts import known, say
from makersphere_rules import engine
from makersphere_rules.choices.named import contradiction, table_of
from makersphere_rules.forms import whole
from makersphere_rules.kit.beginnings import Beginning, beginnings
from makersphere_rules.kit.soundness import changes, set_up_before
from makersphere_rules.mistakes import Mistake
from makersphere_rules.refusals import Refusal, refuse
from makersphere_rules.runs import CHANGED, KEYS
from makersphere_rules.scenario import Choice, Scenario
from makersphere_rules.scenario_building import drafted
from makersphere_rules.shipped import modules
from makersphere_rules.written.notation import encode_events, event_types
from makersphere_server.codes import new_code
from makersphere_server.room.commands.founded_rules import scenario_of
from makersphere_server.room.model.chosen_rules import named_choices
from makersphere_server.room.model.forked import key_of
from makersphere_server.room.model.inbox import Sent
from makersphere_server.room.model.live_room import LiveRoom, RoomSettings
from makersphere_server.room.model.log.marks import Marks
from makersphere_server.room.model.log.timeline import CHANGE, Start, replayed, seq_of
from makersphere_server.room.model.people.hosts import KEY as HOSTS_KEY
from makersphere_server.room.model.people.hosts import hosts_in_a_fork
from makersphere_server.room.model.people.seats import SEAT_KEY
from makersphere_server.room.model.people.seats_of_a_fork import in_a_fork
from makersphere_server.room.model.standing import KEY as STANDING_KEY
from makersphere_server.room.model.standing import Standing
from makersphere_server.room.model.wall import Wall
from makersphere_server.storage.event_log import EventLog, Record, RoomRow, RoomTaken

__all__ = ["OtherRules", "fork_key", "found_fork", "other_rules"]

Tree = dict[str, Any]

_CHANGE: Final = engine.Order(CHANGE, {"at_once": True})


@attrs.frozen
class OtherRules:
    """What a fork plays.

    Attributes:
        scenario: its scenario as JSON.
        chosen: by which choices it differs from the one that was offered.
        later: what of it begins in the next season only: choices by name, and paths of what a host wrote.
    """

    scenario: bytes
    chosen: tuple[str, ...]
    later: tuple[str, ...] = ()


def other_rules(live: LiveRoom, args: Args, language: str = "") -> OtherRules | Refusal:
    """Return what a fork plays by the rules that its host asks for, or why they cannot be played.

    `choices` are names of those that the scenario declares; `rules` is TOML, as in a scenario's `[[run]]` table:
    `modules` by phase, and tables of parameters. Where both name one thing, the text counts.
    """
    source = msgspec.json.decode(live.row.scenario)
    text = args.get("rules", "")
    choices = named_choices(live.settings.choices, _names(args))
    if isinstance(choices, Refusal):
        return choices
    field = "choices" if choices else "rules"
    if not choices and (not isinstance(text, str) or not text.strip()):
        return OtherRules(live.row.scenario, live.settings.chosen)
    if CHANGED in source or any(source.get(key) for key in KEYS):
        return refuse("rule", "rules_change_once", field)
    try:
        written = tomllib.loads(str(text))
    except (tomllib.TOMLDecodeError, RecursionError) as error:  # the latter: brackets in brackets in brackets
        return refuse("bad_args", "rules_no_toml", "rules", why=str(error))
    table = _together(table_of(choices), written)
    changed = {**source, CHANGED: table}
    scenario, mistakes = drafted(changed, modules())
    if not mistakes and scenario.changed is not None:
        mistakes = changes(scenario, modules())
    if mistakes or scenario.changed is None:
        why = "; ".join(_said(each, language) for each in mistakes[:3])
        return refuse("bad_args", "rules_unplayable", field, why=why)
    start = whole(args, "season"), str(args["phase"])
    late = _too_late(scenario, scenario.changed, start, field)
    if late:
        return _by_title(late, [one for one in choices if _is_late(source, one, start[1])], language)
    found = beginnings(scenario.changed, scenario, start)
    never = next((each for each in found if not 0 < each.season <= live.state.game.seasons), None)
    if never:
        return _by_title(_never(never, field), [one for one in choices if _sets(one, never.path)], language)
    later = [_name(each.path, choices) for each in found if each.season > start[0]]
    return OtherRules(msgspec.json.encode(changed), _chosen(live, choices), tuple(dict.fromkeys(later)))


def _names(args: Args) -> list[int | str]:
    names = args.get("choices", [])
    return names if isinstance(names, list) else []


def _together(chosen: Tree, written: Tree) -> Tree:
    """Return what choices and a host's own text change; where both name one thing, the text counts."""
    both = dict(chosen)
    for name, table in written.items():
        both[name] = {**both[name], **table} if isinstance(table, dict) and name in both else table
    return both


def _chosen(live: LiveRoom, own: Sequence[Choice]) -> tuple[str, ...]:
    """Return the choices that a fork is played with: its own, and those of its origin that none of them contradicts."""
    kept = [choice.name for choice in live.settings.changes if not any(contradiction((choice, one)) for one in own)]
    return tuple(dict.fromkeys([*kept, *(choice.name for choice in own)]))


def _said(mistake: Mistake, language: str) -> str:
    """Return a mistake as a sentence; its place is the one in the text that the host wrote."""
    placed = attrs.evolve(mistake, path=mistake.path.removeprefix(f"{CHANGED}."))
    expected = say(language, f"terminal.expected.{placed.text}", placed.values, placed.expected)
    values = {"path": placed.path, "expected": expected, "near": placed.nearest}
    return say(language, "refusal.rules_near" if placed.nearest else "terminal.mistake", values, str(placed))


def _too_late(scenario: Scenario, rules: Scenario, start: Start, field: str) -> Refusal | None:
    """Return why other rules cannot begin at the start of a phase; it names the last earlier start where they can."""
    season, phase = start
    late = set_up_before(scenario, rules, phase)
    if not late:
        return None
    names = [each.name for each in scenario.phases]
    place = names.index(phase)
    before = [(season, name) for name in reversed(names[:place])]
    before += [(season - 1, name) for name in reversed(names[place + 1 :]) if season > 1]
    for earlier, name in before:
        if not set_up_before(scenario, rules, name):
            return refuse("rule", "rules_begin_earlier", field, module=late, phase=name, season=earlier)
    return refuse("rule", "rules_begin_never", field, module=late)


def _never(beginning: Beginning, field: str) -> Refusal:
    """Return why nothing of the game would be played by a change; it names the last start where it can begin."""
    if beginning.latest is None:
        return refuse("rule", "rules_dealt", field, path=beginning.path)
    season, phase = beginning.latest
    return refuse("rule", "rules_too_late", field, path=beginning.path, phase=phase, season=season)


def _sets(choice: Choice, path: str) -> bool:
    """Return whether a choice sets what has that path."""
    name, _, key = path.partition(".")
    return key in choice.table.get(name, {})


def _name(path: str, choices: Sequence[Choice]) -> str:
    """Return the name of the choice that sets what has that path, or the path."""
    return next((one.name for one in choices if _sets(one, path)), path)


def _is_late(source: Tree, choice: Choice, phase: str) -> bool:
    """Return whether it is by this choice that other rules cannot begin at the start of a phase."""
    scenario, _ = drafted({**source, CHANGED: table_of([choice])}, modules())
    return scenario.changed is not None and set_up_before(scenario, scenario.changed, phase) != ""


def _by_title(late: Refusal, choices: Sequence[Choice], language: str) -> Refusal:
    """Return a refusal in the words in which the host has chosen: of a module people know nothing."""
    text = {"rules_begin_earlier": "choice_begins_earlier", "rules_too_late": "choice_too_late"}.get(late.text)
    if not choices or text is None:
        return late
    name, titles = choices[0].name, choices[0].title
    title = titles.get(known(language)) or say(language, f"rule_choice.{name}", default=name)
    return replace(late, text=text, values={**late.values, "title": title})


async def found_fork(
    log: EventLog, live: LiveRoom, start: Start, rules: OtherRules, key: str, begin_with: str
) -> RoomRow | None:
    """Found a room that goes on from the start of a phase, or return None where the room has not been there.

    Args:
        log: the store.
        live: the origin.
        start: the phase.
        rules: what the fork plays.
        key: of the command that asks for it (`fork_key`); a room that it has founded before is gone on with.
        begin_with: with which of these symbols its code begins; "": with any.

    Raises:
        StoreUnavailable: the fork cannot be stored now.
    """
    records = await log.read(live.row.room)
    seq = seq_of(records, event_types(scenario_of(live.row)), start)
    if seq is None:
        return None
    row = await _found_before(log, live, key)
    if row is not None and await log.read(row.room):
        return row
    row = row or await _founded(log, live, records[:seq], rules, key, begin_with)
    marks = Marks(live.settings.mark_key(row.room), ())
    copied = [replace(record, command_id="", answer=b"", mark=marks.add()) for record in records[:seq]]
    if rules.scenario != live.row.scenario:
        copied.append(replace(await _change(row, copied, start), mark=marks.add()))
    await log.append(row.room, 0, copied)
    return row


async def _change(row: RoomRow, copied: Sequence[Record], start: Start) -> Record:
    """Return the record that puts a fork's own rules in force, as the rules decide it."""
    state = await replayed(row, scenario_of(row), copied)
    events = engine.decide(state, engine.ROOM, _CHANGE)
    assert isinstance(events, tuple), "a fork of other rules has them in its scenario"  # noqa: S101
    season, phase = start
    return Record(
        seq=len(copied) + 1,
        season=season,
        phase=phase,
        actor=engine.ROOM,
        by="host",
        command=msgspec.json.encode({"name": _CHANGE.name, "args": _CHANGE.args}),
        events=encode_events(events),
        at_ms=row.created_ms,
    )


async def _found_before(log: EventLog, live: LiveRoom, key: str) -> RoomRow | None:
    """Return the room that a command has founded already; a fork has the seed of its origin."""
    others = [row for row in await log.rooms() if row.seed == live.row.seed and row.room != live.row.room]
    for row in others:
        if row.state == "open" and RoomSettings.stored(await log.privates(row.room)).fork == key:
            return row
    return None


async def _founded(
    log: EventLog, live: LiveRoom, records: Sequence[Record], rules: OtherRules, key: str, begin_with: str
) -> RoomRow:
    """Found the room itself, with the people and the hosts of its origin; these of its records are to come."""
    private = await log.privates(live.row.room)
    is_over = live.state.game.status == "over"
    settings = attrs.evolve(
        live.settings,
        create="",
        of_class="",  # what the class does with its tables is no business of a fork
        table=0,
        origin=live.row.room,
        fork=key,
        chosen=rules.chosen,
        keeps_seed=live.settings.keeps_seed or not is_over,
        sealed=live.settings.sealed or not is_over,
    )
    kept = _seats(live.row, private, records)
    hosts = private.get(HOSTS_KEY)
    kept[HOSTS_KEY] = hosts_in_a_fork(hosts) if hosts else None
    kept["settings"] = msgspec.json.encode(settings)
    wall = Wall(is_led=live.standing.wall.is_led)
    kept[STANDING_KEY] = Standing(
        paused=True, locked=live.standing.locked, wall=wall, questions=live.standing.questions
    ).to_bytes()
    while True:
        row = attrs.evolve(
            live.row,
            room=new_code(begin_with),
            scenario=rules.scenario,
            epoch=1,
            created_ms=live.clock.wall_ms(),
            state="open",
            reason="",
        )
        try:
            await log.create(row, kept)
        except RoomTaken:
            continue
        return row


def _seats(row: RoomRow, private: Mapping[str, bytes], records: Sequence[Record]) -> dict[str, bytes | None]:
    """Return the people of the seats that a room has after its first records, as a fork has them."""
    added = [event["data"]["seat"] for record in records for event in _events(record) if event["type"] == "seat_added"]
    keys = [f"{SEAT_KEY}{seat}" for seat in range(1, max(len(row.roles), *added, 0) + 1)]
    return {key: in_a_fork(private[key], len(records)) for key in keys if private.get(key)}


def _events(record: Record) -> list[dict[str, Any]]:
    return msgspec.json.decode(record.events) if b'"seat_added"' in record.events else []


def fork_key(live: LiveRoom, sent: Sent) -> str:
    """Return the key by which a fork is found again when the command that asked for it is sent again."""
    return key_of(live.settings.salt, sent.author, sent.id)
