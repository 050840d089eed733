"""The tests are tried themselves: one small thing is made wrong in the corridor, the ledger or the views, and they run.

Each mutant meets the tests that touch its file, the nearest first, as many as fit into half a minute of CPU when
nothing is wrong. It is killed when one of them fails, or hangs. Which mutants are tried is drawn from the seed. Those
that survive for a reason stand with it in `survivors.toml`; all others are told in the run's notes.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import tomllib
from asyncio.subprocess import PIPE, Process
from pathlib import Path
from typing import Any, Final

import attrs

from house.touching import Imports
from tests.faults.harness import Run, fault
from tests.faults.mutants.mutants import Mutant, count, mutant
from tests.faults.rig.server import ROOT

MUTATED: Final = (
    "server/makersphere_protocol/codec.py",
    "server/makersphere_server/edge/session.py",
    "server/makersphere_server/room/room.py",
    "server/makersphere_server/room/handling.py",
    "server/makersphere_server/room/telling.py",
    "server/makersphere_server/room/commands/decisions.py",
    "server/makersphere_server/room/model/log/answers.py",
    "server/makersphere_server/room/model/inbox.py",
    "server/makersphere_server/storage/chain.py",
    "server/makersphere_server/storage/store.py",
    "server/makersphere_server/storage/transaction.py",
    "rules/makersphere_rules/engine.py",
    "rules/makersphere_rules/entity.py",
    "rules/makersphere_rules/ledger.py",
    "rules/makersphere_rules/split.py",
    "rules/makersphere_rules/state.py",
    "rules/makersphere_rules/seen/views.py",
)
SURVIVORS: Final = ROOT / "tests/faults/mutants/survivors.toml"
_QUICK: Final = ("rules/makersphere_rules/split.py",)
_TESTS: Final = ("tests/protocol/", "tests/rules/", "tests/server/", "tests/golden/")  # that stay in one process
_WHILE_CPU_S: Final = 30.0  # what the tests of one file may take when nothing is wrong, and each of them half
_QUICK_WHILE_CPU_S: Final = 12.0
_HANGS_S: Final = 300.0
_AT_ONCE: Final = 2


@attrs.define
class _Mutator:
    """A process that tries tests, with a mutant or without (`mutator.py`)."""

    process: Process

    @classmethod
    async def start(cls) -> _Mutator:
        """Start one."""
        command = (sys.executable, "-m", "tests.faults.mutants.mutator")
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONDONTWRITEBYTECODE": "1"}
        return cls(await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE, env=environment, cwd=ROOT))

    async def run(self, tests: list[str], wrong: Mutant | None = None) -> dict[str, Any]:
        """Return pytest's code and what it took."""
        order = {"tests": tests, "most_s": _HANGS_S, "module": "", "source": ""}
        if wrong is not None:
            order |= {"module": _module(wrong.path), "source": wrong.source}
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(order).encode() + b"\n")
        found: dict[str, Any] = json.loads(await self.process.stdout.readline())
        return found

    async def end(self) -> None:
        """End it."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        await self.process.wait()


def _module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts[1:])


@attrs.define
class _Chosen:
    """The tests of each file: the nearest that pass, within a while."""

    imports: Imports
    most_cpu_s: float
    cpu_s: dict[str, float | None] = attrs.field(factory=dict)  # by test; None: it does not pass as it is
    by_file: dict[Path, list[str]] = attrs.field(factory=dict)
    _lock: asyncio.Lock = attrs.field(factory=asyncio.Lock)  # two that time tests at once would both be slow

    async def of(self, path: Path, mutator: _Mutator) -> list[str]:
        """Return a file's tests."""
        async with self._lock:
            if path not in self.by_file:
                self.by_file[path] = await self._choose(path, mutator)
        return self.by_file[path]

    async def _choose(self, path: Path, mutator: _Mutator) -> list[str]:
        chosen, spent = list[str](), 0.0
        for test in self._nearest(path):
            took = await self._measure(test, mutator)
            if took is not None and took <= self.most_cpu_s / 2 and spent + took <= self.most_cpu_s:
                chosen.append(test)
                spent += took
            if spent > self.most_cpu_s * 0.8:
                break
        return chosen

    def _nearest(self, path: Path) -> list[str]:
        """Return the tests that lead to a file: by imports, and of those the ones whose folder is most like its own."""
        mine = set(path.relative_to(ROOT).parts)
        found = [
            (steps, -len(mine & {part.removeprefix("test_") for part in test.relative_to(ROOT).parts}), test)
            for test, steps in self.imports.distances({path}).items()
            if test.name.startswith("test_")
        ]
        names = [test.relative_to(ROOT).as_posix() for *_, test in sorted(found)]
        return [name for name in names if name.startswith(_TESTS)]

    async def _measure(self, test: str, mutator: _Mutator) -> float | None:
        if test not in self.cpu_s:
            found = await mutator.run([test])
            self.cpu_s[test] = None if found["code"] else found["cpu_s"]
        return self.cpu_s[test]


@fault("mutants", rounds=600, quick_rounds=4)
async def mutation(run: Run) -> None:
    """One small thing is made wrong in the corridor, the ledger or the views: the tests that touch it have to fail."""
    run.expect("tried", "killed")
    if run.build:
        run.problem("the tests are tried here, so no build of the server")
    files = [ROOT / name for name in (_QUICK if run.is_quick else MUTATED)]
    everything = [(path, number) for path in files for number in range(count(path))]
    queue = run.chance("mutants").sample(everything, min(run.rounds, len(everything)))
    explained = tomllib.loads(SURVIVORS.read_text("utf-8")) if SURVIVORS.exists() else {}
    chosen = _Chosen(Imports(ROOT), _QUICK_WHILE_CPU_S if run.is_quick else _WHILE_CPU_S)
    mutators = [await _Mutator.start() for _ in range(_AT_ONCE)]
    try:
        await asyncio.gather(*(_work(run, queue, chosen, explained, one) for one in mutators))
    finally:
        for one in mutators:
            await one.end()
    for path in files:
        name = path.relative_to(ROOT).as_posix()
        if run.counts[f"tried {name}"]:
            run.figure(f"killed of {name}", run.counts[f"killed {name}"] / run.counts[f"tried {name}"])
    run.figure("survived_share", 1 - run.counts["killed"] / max(1, run.counts["tried"]), at_most=0.1)


async def _work(
    run: Run, queue: list[tuple[Path, int]], chosen: _Chosen, explained: dict[str, dict[str, str]], mutator: _Mutator
) -> None:
    """Try mutants until there are no more."""
    while queue and run.goes_on(run.counts["tried"]):
        one = mutant(*queue.pop())
        name = one.path.relative_to(ROOT).as_posix()
        tests = await chosen.of(one.path, mutator)
        if not tests:
            run.problem(f"{name}: no test that touches it passes as it is")
            return
        found = await mutator.run(tests, one)
        run.counts["tried"] += 1
        run.counts[f"tried {name}"] += 1
        if found["code"]:
            run.counts["killed"] += 1
            run.counts[f"killed {name}"] += 1
        elif one.says in explained.get(name, {}):
            run.counts["survived_for_a_reason"] += 1
        else:
            run.notes.append(f"survived: {name}:{one.line}: {one.says}")
