"""The import contracts of pyproject.toml bite: each refuses a copy of the source in which it is broken on purpose."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.house.checkout import ROOT, copy_packages

LINT = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"
PACKAGES = ("rules", "server", "clients")


class Break(NamedTuple):
    """An import that may not be: the contract that forbids it, who is made to import, and what."""

    contract: str
    module: str
    reached_for: str


SERVER, ROOM = "the server's floors", "a room's floors"
HANDED = "the server imports protocol and rules"
CLIENTS, PLAYTESTS = "clients import protocol and bots", "playtests import rules and bots"
BREAKS = [
    Break("the rules import nothing of ours", "makersphere_rules.dice", "makersphere_bots.levels"),
    Break("the protocol imports nothing of ours", "makersphere_protocol.names", "makersphere_rules.dice"),
    Break("bots import nothing of ours", "makersphere_bots.levels", "makersphere_protocol.names"),
    Break(HANDED, "makersphere_server.room.stand_ins", "makersphere_bots.levels"),
    Break(SERVER, "makersphere_server.storage.chain", "makersphere_server.clock"),
    Break(SERVER, "makersphere_server.limits", "makersphere_server.settings"),
    Break(SERVER, "makersphere_server.afterwards.replay", "makersphere_server.lobby.lobby"),
    Break(SERVER, "makersphere_server.lobby.class_size", "makersphere_server.edge.session"),
    Break(SERVER, "makersphere_server.lobby.lobby", "makersphere_server.classes.classes"),
    Break(SERVER, "makersphere_server.mqtt.acl", "makersphere_server.edge.http"),
    Break(ROOM, "makersphere_server.room.model.people.seats", "makersphere_server.room.commands.decisions"),
    Break(ROOM, "makersphere_server.room.commands.asked", "makersphere_server.room.shown.preview"),
    Break(ROOM, "makersphere_server.room.shown.outbox", "makersphere_server.room.connections"),
    Break("no circle in the server", "makersphere_server.storage.record", "makersphere_server.storage.store"),
    Break(CLIENTS, "makersphere_clients.connection", "makersphere_server.clock"),
    Break(CLIENTS, "makersphere_clients.connection", "makersphere_rules.split"),
    Break(PLAYTESTS, "makersphere_playtest.measured.outcomes", "makersphere_protocol.names"),
    Break("rules know no time, chance, I/O or log", "makersphere_rules.split", "time"),
    Break(
        "a rule module imports no other",
        "makersphere_rules.modules.exchange.commands",
        "makersphere_rules.modules.market",
    ),
    Break("the rules' floors", "makersphere_rules.ledger", "makersphere_rules.modules.counter"),
    Break(
        "the ecosystem's floors",
        "makersphere_rules.ecosystem.table.accounts",
        "makersphere_rules.ecosystem.shared_steps.grant",
    ),
    Break("protocol and bots do no I/O and read no clock", "makersphere_protocol.names", "socket"),
    Break("protocol and bots do no I/O and read no clock", "makersphere_bots.levels", "time"),
]


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return what import-linter says of each broken contract, by its name, of one copy that has all of the imports."""
    copy = copy_packages(tmp_path_factory.mktemp("contracts"))
    for one in BREAKS:
        path = Path(*one.module.split(".")).with_suffix(".py")
        (file,) = (copy / folder / path for folder in PACKAGES if (copy / folder / path).is_file())
        file.write_text(f"{file.read_text('utf-8')}\nimport {one.reached_for}\n", "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", LINT, "--no-cache", "--no-logo"],
        cwd=copy,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(str(copy / folder) for folder in PACKAGES), "COLUMNS": "400"},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    _, *parts = re.split(r"^(.+)\n-{3,}\n", done.stdout.partition("Broken contracts")[2], flags=re.MULTILINE)
    return dict(zip(parts[::2], parts[1::2], strict=True))


@pytest.mark.parametrize("broken", BREAKS, ids=lambda one: f"{one.module} -> {one.reached_for}")
def test_an_import_that_may_not_be_is_found(broken: Break, said: dict[str, str]) -> None:
    """The contract that forbids it names that very import; of a circle, the last part of both names."""
    whole = f"{broken.module} -> {broken.reached_for} "
    in_circle = f".{broken.module.rpartition('.')[2]} -> .{broken.reached_for.rpartition('.')[2]} "
    (found,) = (text for name, text in said.items() if name.startswith(broken.contract))
    assert whole in found or in_circle in found, found


def test_each_contract_is_broken_by_an_import_above() -> None:
    """A new contract wants a line in the list, so that one that holds nothing is found."""
    table = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    names = {contract["name"] for contract in table["tool"]["importlinter"]["contracts"]}
    assert {name for name in names if not any(name.startswith(one.contract) for one in BREAKS)} == set()
    assert {one.contract for one in BREAKS if not any(name.startswith(one.contract) for name in names)} == set()
