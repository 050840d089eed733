"""What is one seat's alone changes no byte that anybody else gets, in real games over real sockets.

Two rooms of one seed on one server are played in lockstep, alike but for one seat, which seals something else in the
one than in the other. After every command each connection asks something that is answered, so that whatever was
told stands before that answer; then the frames of both rooms have to be the same, in bytes, lengths and number, for
everybody but that seat. Only what differs by its nature is masked, by as many characters: codes, tokens, times.
The build `lockstep` tells at once instead of every 50 ms, or the merging of frames would be up to the clock.

Then the marks: names, tokens and texts, each unique, are searched for in the server's log, its metrics, its store and
in what others were told.
"""

from __future__ import annotations

import asyncio
import json
import random
import re
from typing import Any, Final

import attrs

from makersphere_bots.legal import forms_from_schema
from makersphere_bots.random_moves import fill
from tests.faults.harness import Run, fault
from tests.faults.rig.crowd import look_at_log
from tests.faults.rig.raw import Plain
from tests.faults.rig.seat import merge
from tests.faults.rig.server import Server, serving

_SEATS = 6
_TIMES = re.compile(rb'"(now|started|due|ends)":\d{13}')  # the plan's are counted from when the room was started
_SCENARIO = "quickstart"
_FAST: Final[dict[str, Any]] = {
    "lab": True,
    "commands_per_s": 1_000,
    "command_burst": 10_000,
}  # who watches is counted in the lab, too


@attrs.define(eq=False)
class _Hand:
    """One connection of one room: a seat, the host (0) or a watcher (-1)."""

    connection: Plain
    number: int
    masks: list[bytes]
    got: list[bytes] = attrs.field(factory=list)
    table: dict[str, Any] = attrs.field(factory=dict)
    hand: dict[str, Any] = attrs.field(factory=dict)
    everything: list[bytes] = attrs.field(factory=list)

    async def until_answered(self, id_: str) -> dict[str, Any]:
        """Take frames in up to the answer to `id_`, and return that."""
        while True:
            frame = json.loads(await self._next())
            if frame["type"] == "result" and frame["id"] == id_:
                return frame  # type: ignore[no-any-return]

    async def _next(self) -> bytes:
        async with asyncio.timeout(20):
            data = await self.connection.receive()
        frame = json.loads(data)
        merge(self.table, frame.get("table", {}))
        merge(self.hand, frame.get("hand", {}))
        self.everything.append(data)
        for mask in self.masks:
            data = data.replace(mask, b"*" * len(mask))
        self.got.append(_TIMES.sub(rb'"\1":*************', data))
        return data

    async def ask(self, frame: dict[str, Any]) -> dict[str, Any]:
        """Send a command or a preview and return the answer."""
        self.connection.send(frame)
        return await self.until_answered(frame["id"])

    async def enter(self, frame: dict[str, Any], secret: str) -> dict[str, Any]:
        """Come in, and know what to mask."""
        self.connection.send(frame)
        while True:
            data = await self.connection.receive()
            welcome: dict[str, Any] = json.loads(data)
            if welcome["type"] != "update":
                break
        if welcome["type"] != "welcome":
            raise RuntimeError(f"not let in: {welcome}")
        self.masks.append(welcome["room"].encode())
        if secret:
            self.masks.append(welcome[secret].encode())
        self.table, self.hand = welcome["table"], welcome.get("hand", {})
        return welcome


@attrs.define(eq=False)
class _Twin:
    """One of the two rooms."""

    code: str
    hands: list[_Hand]
    sent: int = 0
    tokens: list[str] = attrs.field(factory=list)

    def seat(self, number: int) -> _Hand:
        """Return a seat's connection."""
        return next(hand for hand in self.hands if hand.number == number)

    async def do(self, number: int, name: str, args: dict[str, Any], kind: str = "command") -> dict[str, Any]:
        """Let somebody send a command, and everybody ask something after it."""
        self.sent += 1
        answer = await self.seat(number).ask({"type": kind, "id": f"c{self.sent:05}", "name": name, "args": args})
        for _ in range(1 if number else 2):  # after a host's command the room may go on by itself
            for hand in self.hands:
                await hand.ask(
                    {"type": "command", "id": f"b{self.sent:05}", "name": "host.none" if hand.number else "none"}
                )
        return answer

    @property
    def where(self) -> tuple[str, int, str]:
        """Return status, season and phase."""
        game = self.seat(0).table["game"]
        return game["status"], game["season"], game["phase"]

    def close(self) -> None:
        """Let everybody go."""
        for hand in self.hands:
            hand.connection.close()


async def _open(server: Server, seed: int, marks: str) -> _Twin:
    host = _Hand(await Plain.open(server.port), 0, [])
    options = {"seats": _SEATS, "seed": seed, "timers": {"scale": 0}}
    made = await host.enter({"type": "create", "scenario": _SCENARIO, "options": options}, "host_token")
    twin = _Twin(made["room"], [host])
    twin.tokens.append(made["host_token"])
    for number in range(1, _SEATS + 1):
        hand = _Hand(await Plain.open(server.port), number, [])
        joined = await hand.enter({"type": "join", "room": twin.code, "name": f"{marks} {number}"}, "seat_token")
        twin.tokens.append(joined["seat_token"])
        twin.hands.append(hand)
    watcher = _Hand(await Plain.open(server.port), -1, [])
    await watcher.enter({"type": "watch", "room": twin.code}, "")
    twin.hands.append(watcher)
    for hand in twin.hands:
        hand.masks.append(twin.code.encode())
    await twin.do(0, "host.start", {})
    for hand in twin.hands:
        hand.got.clear()  # how the frames of coming in are cut is up to the clock
    return twin


@fault("secrecy", rounds=50, quick_rounds=3)
async def secrecy(run: Run) -> None:
    """One seat seals something else: everybody else gets the same bytes; no mark stands where it should not."""
    run.expect("games", "sealed_otherwise", "refused_otherwise", "frames_compared", "marks_searched", "places_searched")
    async with serving(run.folder, build=run.build or "lockstep", **_FAST) as server:
        done = 0
        while run.goes_on(done):
            await _game(run, server, done)
            done += 1
            run.counts["games"] += 1
        await server.stop()
        look_at_log(run, server)


async def _game(run: Run, server: Server, number: int) -> None:
    chance = run.chance(f"game {number}")
    mark = f"Zq{chance.randrange(10**6):06}"
    seed = chance.randrange(10**9)
    one, two = await _open(server, seed, mark), await _open(server, seed, mark)
    try:
        for _ in range(4 if run.is_quick else 12):  # phases
            if one.where[0] != "running" or run.problems:
                break
            odd = chance.randint(1, _SEATS)
            if not await _phase(run, one, two, odd, chance):
                break
        await _search(run, server, (one, two), mark)
    finally:
        one.close()
        two.close()


async def _phase(run: Run, one: _Twin, two: _Twin, odd: int, chance: random.Random) -> bool:
    """Play one phase in both rooms: `odd` seals two different things first and the same in the end.

    Returns:
        Whether both rooms are alike again, and the next phase can be played in step.
    """
    _forget(one, two)
    phase = one.where[2]
    sealed = await _two_sealed(one, two, odd, chance)
    if sealed is not None:
        name, first, second, costs = sealed
        results = [await one.do(odd, name, first), await two.do(odd, name, second)]
        if results[0]["ok"] and results[1]["ok"] and one.seat(odd).hand != two.seat(odd).hand:
            run.counts["sealed_otherwise"] += 1
        _compare(run, one, two, odd, f"{name} {first} or {second}")
        for seat in chance.sample(range(1, _SEATS + 1), 3):
            if seat != odd:
                await _anything(one, two, seat, chance)
                _compare(run, one, two, odd, f"{name}, then seat {seat}")
        await _refused_otherwise(run, one, two, odd, (name, first))
        await asyncio.gather(one.do(odd, name, first), two.do(odd, name, first))
        _compare(run, one, two, odd, f"{name}, then {first} in both")
        if costs or one.seat(odd).hand != two.seat(odd).hand:
            run.counts["pairs_apart"] += 1  # what was sealed first still stands, or has cost something: the close tells
            return False
    await asyncio.gather(one.do(0, "host.advance", {}), two.do(0, "host.advance", {}))
    _compare(run, one, two, odd, f"the close of {phase}, {sealed}")
    if one.where != two.where:
        run.problem(f"the rooms part: {one.where}, {two.where}")
    return one.where == two.where


async def _refused_otherwise(run: Run, one: _Twin, two: _Twin, odd: int, sealed: tuple[str, dict[str, Any]]) -> None:
    """Let `odd` be refused for unlike reasons: nobody else is told of either."""
    name, args = sealed
    answers = [await one.do(odd, name, {}), await two.do(odd, name, {**args, "no_such": 1})]
    if not (answers[0]["ok"] or answers[1]["ok"]) and answers[0]["error"] != answers[1]["error"]:
        run.counts["refused_otherwise"] += 1
    _compare(run, one, two, odd, f"{name}, refused for {answers[0]['error']} or {answers[1]['error']}")


def _forms(hand: _Hand) -> dict[str, Any]:
    return dict(forms_from_schema(hand.hand.get("legal", {}), hand.hand.get("choices", {})))


async def _two_sealed(
    one: _Twin, two: _Twin, odd: int, chance: random.Random
) -> tuple[str, dict[str, Any], dict[str, Any], bool] | None:
    """Find a command that a hand shows as a sealed choice, and two ways to fill it, of unlike length if there are."""
    forms = _forms(one.seat(odd))
    for name in chance.sample(sorted(forms), len(forms)):
        if name in ("ready", "ask", "rejoin_code", "lost"):
            continue
        found: list[dict[str, Any]] = []
        costs = False
        for _ in range(10):
            args = fill(forms[name], chance)
            if args is None or args in found:
                continue
            answers = await asyncio.gather(*(twin.do(odd, name, dict(args), "preview") for twin in (one, two)))
            tells = answers[0].get("preview", {}).get("hand", {})
            if answers[0]["ok"] and "choice" in tells:
                found.append(dict(args))
                costs |= "account" in tells
            if len({len(json.dumps(args)) for args in found}) == 2:
                break
        if len(found) > 1:
            found.sort(key=lambda args: len(json.dumps(args)))
            return name, found[0], found[-1], costs
    return None


async def _anything(one: _Twin, two: _Twin, seat: int, chance: random.Random) -> None:
    """Let another seat do the same in both rooms."""
    forms = {
        name: form for name, form in _forms(one.seat(seat)).items() if name not in ("ready", "rejoin_code", "lost")
    }
    if not forms:
        return
    name = chance.choice(sorted(forms))
    args = fill(forms[name], chance)
    if args is not None:
        await asyncio.gather(one.do(seat, name, dict(args)), two.do(seat, name, dict(args)))


def _forget(one: _Twin, two: _Twin) -> None:
    for hand in (*one.hands, *two.hands):
        hand.got.clear()


def _compare(run: Run, one: _Twin, two: _Twin, odd: int, after: str) -> None:
    for mine, other in zip(one.hands, two.hands, strict=True):
        if mine.number == odd:
            continue
        run.counts["frames_compared"] += len(mine.got)
        if mine.got == other.got:
            continue
        where = f"{after}: seat {odd}'s secret shows to {mine.number}"
        for a, b in zip(mine.got, other.got, strict=False):
            if a != b:
                run.problem(f"{where}: {len(a)}/{len(b)} bytes, {_around(a, b)}")
                break
        else:
            run.problem(f"{where}: {len(mine.got)} and {len(other.got)} frames")
    _forget(one, two)


def _around(a: bytes, b: bytes) -> str:
    at = next((n for n, pair in enumerate(zip(a, b, strict=False)) if pair[0] != pair[1]), min(len(a), len(b)))
    return f"{a[max(0, at - 60) : at + 30]!r} and {b[max(0, at - 60) : at + 30]!r}"


# -- marks


async def _search(run: Run, server: Server, twins: tuple[_Twin, _Twin], mark: str) -> None:
    """Search for names, tokens and texts where they must not be."""
    whisper, public = f"{mark}-whisper", await server.page("/metrics") + await server.page("/api/schema")
    one = twins[0]
    for hand in one.hands:
        hand.everything.clear()
    await one.do(0, "host.message", {"seat": 1, "text": whisper})
    for hand in one.hands:
        if hand.number not in (0, 1):
            _must_not(run, whisper, b"".join(hand.everything), f"what {hand.number} was told")
    log = server.logged().encode()
    store = b"".join(path.read_bytes() for path in sorted(server.folder.glob("rooms.sqlite3*")))
    tokens = [token for twin in twins for token in twin.tokens]
    for secret in (mark, *tokens):
        _must_not(run, secret, log, "the log")
        _must_not(run, secret, public, "metrics and schema")
    for token in tokens:
        _must_not(run, token, store, "the store")
        for hand in (*twins[0].hands, *twins[1].hands):
            _must_not(run, token, b"".join(hand.everything), "what somebody was told")


def _must_not(run: Run, secret: str, place: bytes, name: str) -> None:
    run.counts["marks_searched"] += 1
    run.counts["places_searched"] += bool(place)
    if secret.encode() in place:
        run.problem(f"a mark ({secret[:4]}...) stands in {name}")
