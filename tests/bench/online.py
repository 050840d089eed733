"""What a command costs online: `counter`, every acknowledgement durable, updates merged.

Loads: one room of 30 and twenty rooms of 10, where everybody sends the next command as soon as the last one is
answered, and one room of 200 where everybody sends one a second, by sockets and by events and posts. Beside each a bare
server in the same run (`servers`), in turns: what a machine that others share gives to one it gives to the other.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory

import trustme

from tests.bench.harness import Figures, at_least, at_most, bench
from tests.bench.players import (
    Answered,
    Player,
    PostingPlayer,
    Shown,
    Times,
    is_own_update,
    is_result,
    keep_time,
    play,
    seat_rooms,
)
from tests.bench.servers import Server, run_bare, run_broadcast, run_server

_WARM_UP = 2_000
_CLASS = 200
_TURNS, _TURN_S = 4, 5
_PARTS = 10  # of a closed loop, one a turn

Table = tuple[Server, list[Player], Answered]


@contextmanager
def _started(authority: trustme.CA | None = None) -> Iterator[Server]:
    """Give the game's server with nobody there, by TLS where there is an authority."""
    # a folder in memory would sync for nothing
    with TemporaryDirectory(dir=Path(__file__).parent, prefix=".store-") as folder:
        certificate, encrypted = _certified(authority, Path(folder)) if authority else ("", None)
        server = Server(run_server, folder, certificate, encrypted=encrypted)
        try:
            yield server
        finally:
            server.stop()


@contextmanager
def _ours(rooms: int, size: int, kind: type[Player] = Player) -> Iterator[Table]:
    """Give the game's server with everybody seated."""
    with _started() as server:
        yield server, seat_rooms(server, rooms, size, kind=kind), is_result


def _certified(authority: trustme.CA, folder: Path) -> tuple[str, ssl.SSLContext]:
    """Return the file of a certificate with its key, and what to trust."""
    file, trusting = folder / "both.pem", ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(file)
    authority.configure_trust(trusting)
    return str(file), trusting


@contextmanager
def _bare(rooms: int, size: int, run: Callable[[Connection, int], None] = run_bare) -> Iterator[Table]:
    """Give a bare server with everybody connected."""
    server = Server(run, size)
    try:
        yield server, [Player(server.port) for _ in range(rooms * size)], is_own_update
    finally:
        server.stop()


def _closed_loop(table: Table, commands: int) -> tuple[float, float]:
    """Return the server's CPU seconds for so many commands, and the seconds on the wall clock."""
    server, players, answered = table
    before = server.cpu_s()
    wall_s = play(players, commands, answered)
    return server.cpu_s() - before, wall_s


def _by_the_clock(table: Table, answered: Answered, others: list[Player]) -> tuple[float, Times]:
    """Return the server's CPU seconds for 1,000 commands of a class that sends one a second each, and the times."""
    server, players, _ = table
    before = server.cpu_s()
    times = keep_time(players, 1, _TURN_S, answered, others)
    return (server.cpu_s() - before) * 1000 / len(times.answers_s), times


def _p99_ms(values: list[float]) -> float:
    return 1000 * sorted(values)[len(values) * 99 // 100]


@bench("online", ratio_to_bare=at_most(0.40), commands_per_s=at_least(10_000))
def online() -> Figures:
    """Play `counter` online in a room of 30, durable and merged, beside a bare server."""
    return _beside_bare(1, 30, 20_000, 4_000)


@bench("online-20-rooms", ratio_to_bare=at_most(0.50))
def twenty_rooms() -> Figures:
    """Play `counter` online in 20 rooms of 10, closed loop, beside a bare server."""
    return _beside_bare(20, 10, 20_000, 8_000)


def _beside_bare(rooms: int, size: int, commands: int, bare_commands: int) -> Figures:
    """Return what a command costs and how many there are a second, of each server over all of its turns."""
    amounts = {"ours": commands // _PARTS, "bare": bare_commands // _PARTS, "broadcast": bare_commands // _PARTS}
    spent = {name: [0.0, 0.0] for name in amounts}
    with _bare(rooms, size) as bare, _bare(rooms, size, run_broadcast) as told, _ours(rooms, size) as ours:
        tables = {"ours": ours, "bare": bare, "broadcast": told}
        for _, players, answered in tables.values():
            play(players, _WARM_UP, answered)
        for _ in range(_PARTS):
            for name, table in tables.items():
                cpu_s, wall_s = _closed_loop(table, amounts[name])
                spent[name][0] += cpu_s
                spent[name][1] += wall_s
    cost = {name: cpu_s * 1000 / (amounts[name] * _PARTS) for name, (cpu_s, _) in spent.items()}
    return {
        "ratio_to_bare": cost["ours"] / cost["bare"],
        "ratio_to_broadcast": cost["ours"] / cost["broadcast"],  # the library's cheapest way to send
        "commands_per_s": amounts["ours"] * _PARTS / spent["ours"][1],
        "cpu_ms_per_1000": cost["ours"] * 1000,
        "bare_cpu_ms_per_1000": cost["bare"] * 1000,
        "bare_commands_per_s": amounts["bare"] * _PARTS / spent["bare"][1],
    }


@bench("online-class", ratio_to_bare=at_most(0.45), p99_ms=at_most(60))
def whole_class() -> Figures:
    """Play `counter` online in a room of 200 at one command a second each, beside a bare server, in turns."""
    costs: dict[str, list[float]] = {"bare": [], "ours": []}
    shown_s: dict[str, list[float]] = {"bare": [], "ours": []}
    late_s: list[float] = []
    with _bare(1, _CLASS) as bare:
        play(bare[1], _WARM_UP, bare[2])
        with _ours(1, _CLASS) as ours:
            play(ours[1], _WARM_UP, ours[2])
            turns = (("bare", bare, is_own_update, ours[1]), ("ours", ours, Shown(_CLASS), bare[1]))
            for name, table, is_shown, others in _TURNS * turns:
                cost, times = _by_the_clock(table, is_shown, others)
                costs[name].append(cost)
                shown_s[name] += times.answers_s
                late_s += times.late_s
    return {
        "ratio_to_bare": sum(costs["ours"]) / sum(costs["bare"]),
        "p99_ms": _p99_ms(shown_s["ours"]),  # from sending a command until its sender is shown what it changed
        "bare_p99_ms": _p99_ms(shown_s["bare"]),
        "sent_late_p99_ms": _p99_ms(late_s),  # of this process, which is not what is measured
        "cpu_ms_per_1000": sum(costs["ours"]) / _TURNS * 1000,
        "bare_cpu_ms_per_1000": sum(costs["bare"]) / _TURNS * 1000,
    }


@bench("online-tls", ratio_to_plain=at_most(1.35))
def by_tls() -> Figures:
    """Play `counter` online in a room of 200 at one command a second each, by TLS beside plain sockets, in turns."""
    costs: dict[str, list[float]] = {"plain": [], "tls": []}
    times_s: dict[str, list[float]] = {"plain": [], "tls": []}
    with _started() as server, _started(trustme.CA()) as other:
        people = seat_rooms(server, 1, _CLASS)
        plain: Table = server, people, is_result
        tls: Table = other, seat_rooms(other, 1, _CLASS, people), is_result
        turns = (("plain", plain, tls[1]), ("tls", tls, plain[1]))
        for _, table, others in turns:  # to warm up
            _by_the_clock(table, is_result, others)
        for name, table, others in _TURNS * turns:
            cost, times = _by_the_clock(table, is_result, others)
            costs[name].append(cost)
            times_s[name] += times.answers_s
    return {
        "ratio_to_plain": sum(costs["tls"]) / sum(costs["plain"]),
        "p99_ms": _p99_ms(times_s["tls"]),  # from sending a command until its answer, durable
        "plain_p99_ms": _p99_ms(times_s["plain"]),
        "cpu_ms_per_1000": sum(costs["tls"]) / _TURNS * 1000,
        "plain_cpu_ms_per_1000": sum(costs["plain"]) / _TURNS * 1000,
    }


@bench("online-posts", ratio_to_sockets=at_most(2.0), p99_ms=at_most(150))
def by_posts() -> Figures:
    """Play `counter` online in a room of 200 by events and posts, beside the same by sockets, in turns."""
    costs: dict[str, list[float]] = {"sockets": [], "posts": []}
    shown_s: dict[str, list[float]] = {"sockets": [], "posts": []}
    with _ours(1, _CLASS, PostingPlayer) as posts, _ours(1, _CLASS) as sockets:
        for table in (sockets, posts):
            play(table[1], _WARM_UP, table[2])
        turns = (("sockets", sockets, posts[1]), ("posts", posts, sockets[1]))
        for name, table, others in _TURNS * turns:
            cost, times = _by_the_clock(table, Shown(_CLASS), others)
            costs[name].append(cost)
            shown_s[name] += times.answers_s
    return {
        "ratio_to_sockets": sum(costs["posts"]) / sum(costs["sockets"]),
        "p99_ms": _p99_ms(shown_s["posts"]),
        "sockets_p99_ms": _p99_ms(shown_s["sockets"]),
        "cpu_ms_per_1000": sum(costs["posts"]) / _TURNS * 1000,
        "sockets_cpu_ms_per_1000": sum(costs["sockets"]) / _TURNS * 1000,
    }
