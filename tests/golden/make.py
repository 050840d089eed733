"""Play a game and keep its log for ever: `python -m tests.golden.make NAME`, say `quickstart-v1`.

NAME is a shipped scenario and a number. A log that is there is never written again: a new one gets the next
number. `--accept NAME` keeps the log and takes over the hash of its final state, after a change that gives
entities another shape; whoever does that says so in the CHANGELOG.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import msgspec

from makersphere_rules import engine, shipped
from makersphere_rules.dice import SeededDice, commitment
from makersphere_rules.kit import conformance
from makersphere_rules.refusals import Refusal
from makersphere_rules.state import State
from makersphere_rules.written.notation import encode_events
from makersphere_server.afterwards.verify import verify_room
from makersphere_server.storage.log_file import export_jsonl, read_jsonl
from makersphere_server.storage.record import Record, RoomRow

FOLDER: Final = Path(__file__).parent
SEATS: Final = {"counter": 3, "quickstart": 6}
_FOUNDED_MS: Final = 1_795_000_000_000
_encode = msgspec.json.Encoder(order="sorted").encode


def founding(scenario: str, seats: int, name: str) -> RoomRow:
    """Return the row of a room for a scenario; its seed and nonce follow from a name."""
    seed = hashlib.sha256(f"golden:{name}".encode()).digest()
    return RoomRow(
        room="KEEP234",
        scenario=msgspec.json.encode(shipped.scenario(scenario).source),
        roles=engine.seating(shipped.scenario(scenario), seats),
        seed=seed,
        nonce=seed[:16],
        seed_chosen=True,
        epoch=1,
        created_ms=_FOUNDED_MS,
    )


def game(scenario: str, seats: int, name: str) -> tuple[RoomRow, list[Record]]:
    """Return a room and the log of a whole game of legal orders; the same for the same name."""
    row = founding(scenario, seats, name)
    state = engine.new(shipped.scenario(scenario), SeededDice(row.seed), row.roles)
    records: list[Record] = []
    for actor, by, stored, order in _orders(row, state, conformance.picker(name)):
        season, phase = state.game.season, state.game.phase
        events = engine.step(state, actor, order)
        if isinstance(events, Refusal):
            continue
        seq = len(records) + 1
        records.append(
            Record(
                seq=seq,
                season=season,
                phase=phase,
                actor=actor,
                by=by,
                token=f"token{actor}" if actor else "",
                command_id=f"{seq:06}" if actor else "",
                command=_encode({"name": stored, "args": {} if by == "host" else order.args}),
                events=encode_events(events),
                answer=_encode({"ok": True, "seq": seq}) if actor else b"",
                at_ms=_FOUNDED_MS + 1000 * seq,
            )
        )
    return row, records


def _orders(row: RoomRow, state: State, pick: conformance.Pick) -> Iterator[tuple[int, str, str, engine.Order]]:
    """Yield actor, who moved it, the command's name in the log, and what it asks of the rules."""
    published: dict[str, Any] = {"commitment": commitment(row.seed, row.nonce)}
    yield engine.ROOM, "host", "host.start", engine.Order("start", published)
    while state.game.status == "running":
        for _ in range(3):
            for seat in state.seats():
                forms = engine.legal(state, seat)
                name = sorted(forms)[pick(len(forms))]
                at = engine.At(state.game.season, state.game.phase)
                order = engine.Order(name, conformance.sample(forms[name], pick), at)
                yield seat, ("person", "bot")[seat % 2], name, order
        yield engine.ROOM, "clock", "close", engine.Order("close")


def make(name: str) -> str:
    """Write a new log and return a sentence about it."""
    path = FOLDER / f"{name}.jsonl"
    scenario = name.partition("-")[0]
    if path.exists():
        raise SystemExit(f"{path.name} is there and stays as it is: take the next number, or --accept")
    if scenario not in shipped.scenario_names():
        raise SystemExit(f"there is no scenario {scenario!r}: name one of {', '.join(shipped.scenario_names())}")
    row, records = game(scenario, SEATS.get(scenario, 6), name)
    report = verify_room(row, records)
    if not report.is_right:
        raise SystemExit(f"the game does not verify at {report.wrong_seq}: {report.reason}")
    export_jsonl(row, records, path, report.state_hash)
    return f"{path.name}: {report.records} records, {report.draws} draws, chain {report.hash}"


def accept(name: str) -> str:
    """Take over the hash of a log's final state as it is now, and return a sentence about it."""
    path = FOLDER / f"{name}.jsonl"
    file = read_jsonl(path)
    report = verify_room(file.row, file.records, decides=False)
    if file.damage or not report.is_right:
        raise SystemExit(f"{path.name} does not replay: {file.damage or report.reason}")
    export_jsonl(file.row, file.records, path, report.state_hash)
    return f"{path.name}: the final state was {file.state_hash}, it is {report.state_hash} now"


def main() -> None:
    """Answer one command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.golden.make")
    parser.add_argument("name", metavar="NAME", help="a shipped scenario and a number: quickstart-v1")
    parser.add_argument("--accept", action="store_true", help="take over the hash of the final state")
    asked = parser.parse_args()
    sys.stdout.write((accept if asked.accept else make)(asked.name) + "\n")


if __name__ == "__main__":
    main()
