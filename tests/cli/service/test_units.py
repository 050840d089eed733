"""The units of deploy/systemd: systemd's own tool reads them, and finds little that they leave open."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Final

import attrs
import pytest

from makersphere_server.settings import Settings
from tests.cli.service.unit_files import UNITS, commands, environment_of, values

_PROGRAM: Final = "/opt/makersphere/bin/makersphere"
_PAGE: Final = UNITS.parents[1] / "docs/deploying.md"


def _systemd_analyze(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    program = shutil.which("systemd-analyze")
    assert program, "there is no systemd-analyze here: install it (on Debian `sudo apt-get install systemd`)"
    return subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("service", ["makersphere.service", "makersphere-backup.service"])
def test_a_service_leaves_little_open(service: str) -> None:
    """At most 3.0 of the 10 that systemd counts for a service that is held by nothing."""
    done = _systemd_analyze("security", "--offline=true", "--threshold=30", "--no-pager", UNITS / service)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Overall exposure level" in done.stdout


def test_systemd_reads_every_unit(tmp_path: Path) -> None:
    """Without a word: a setting that it does not know would be passed over on the school's machine."""
    units = sorted(UNITS.iterdir())
    assert {unit.suffix for unit in units} == {".service", ".socket", ".timer"}
    for unit in units:
        (tmp_path / unit.name).write_text(unit.read_text("utf-8").replace(_PROGRAM, "/bin/true"), "utf-8")
    done = _systemd_analyze("verify", "--man=no", *(tmp_path / unit.name for unit in units))
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


def test_the_page_has_every_unit_and_where_things_are() -> None:
    """Whoever installs copies these files, and finds the folders that they name on the page."""
    text = _PAGE.read_text("utf-8")
    for unit in UNITS.iterdir():
        assert f"(../deploy/systemd/{unit.name})" in text
    folders = ("/opt/makersphere", "/var/lib/makersphere", "/etc/makersphere/server.env", "/var/backups/makersphere")
    assert [folder for folder in folders if folder not in text] == []


def test_what_the_service_sets_are_settings() -> None:
    """Each variable of ours is one that the server reads; an unknown name would be passed over."""
    named = {name.removeprefix("MAKERSPHERE_").lower() for name in environment_of("makersphere.service")}
    assert named == {"data", "host", "port", "proxies"}
    assert named <= {field.name for field in attrs.fields(Settings)}
    assert commands("makersphere.service") == [[_PROGRAM, "serve"]]
    assert values("makersphere.socket", "ListenStream") == ["127.0.0.1:8000"]
