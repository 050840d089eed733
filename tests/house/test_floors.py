"""The import contracts of pyproject.toml bite: an arrow that leads up is found, in a copy that is broken on purpose."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.checkout import copy_packages

LINT = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"
SERVER = "makersphere_server"


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a copy of the packages."""
    return copy_packages(tmp_path_factory.mktemp("floors"))


def _lint(root: Path) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join(str(root / folder) for folder in ("rules", "server", "clients"))
    return subprocess.run(
        [sys.executable, "-c", LINT, "--no-cache", "--no-logo"],
        cwd=root,
        env={**os.environ, "PYTHONPATH": path, "COLUMNS": "400"},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def test_the_house_as_it_stands_keeps_its_floors(copy: Path) -> None:
    """What is found below is found because of the arrow that is added there."""
    done = _lint(copy)
    assert done.returncode == 0, done.stdout


def _lint_with(root: Path, module: str, reached_for: str) -> str:
    """Return what is said when one of the server's modules imports another module."""
    file = (root / "server" / SERVER).joinpath(*module.split(".")).with_suffix(".py")
    before = file.read_text("utf-8")
    file.write_text(f"{before}\nimport {reached_for}\n", "utf-8")
    try:
        done = _lint(root)
    finally:
        file.write_text(before, "utf-8")
    assert done.returncode == 1, done.stdout
    return done.stdout


@pytest.mark.parametrize(
    ("module", "reached_for"),
    [
        ("storage.chain", "clock"),
        ("limits", "settings"),
        ("room.model.seats", "room.commands.decisions"),
        ("room.commands.asked", "room.shown.preview"),
        ("room.shown.outbox", "room.connections"),
        ("afterwards.replay", "lobby.lobby"),
        ("lobby.class_size", "edge.session"),
        ("mqtt.acl", "edge.http"),
    ],
)
def test_an_arrow_that_leads_up_in_the_server_is_found(copy: Path, module: str, reached_for: str) -> None:
    """Each floor of the server knows what lies below it, and nothing above or beside."""
    said = _lint_with(copy, module, f"{SERVER}.{reached_for}")
    assert f"{SERVER}.{module} -> {SERVER}.{reached_for}" in said


def test_a_server_that_takes_a_policy_for_itself_is_found(copy: Path) -> None:
    """Policies are handed to the server: it imports none of the clients' packages."""
    said = _lint_with(copy, "room.stand_ins", "makersphere_bots.levels")
    assert f"{SERVER}.room.stand_ins -> makersphere_bots.levels" in said
