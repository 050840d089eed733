"""What `/metrics` shows of now: bounds, rooms, the disk, the certificate and the last backup, as they are."""

from __future__ import annotations

import os
import shutil
from math import isnan
from pathlib import Path

from prometheus_client import REGISTRY

from makersphere_bots.stand_ins import StandIns
from makersphere_server.app import running
from makersphere_server.monitoring.gauges import STAMP, gauged
from tests.loopback import loopback
from tests.server.rig.fakes import Rig


def _value(name: str, **labels: str) -> float:
    found = REGISTRY.get_sample_value(name, labels)
    assert found is not None, name
    return found


async def test_a_server_that_runs_shows_how_it_stands(tmp_path: Path) -> None:
    """Ready, its rooms, its bounds and its disk; without a backup 0, with one when that was."""
    settings = loopback(data=tmp_path, most_rooms=7)
    async with running(settings, StandIns()):
        assert _value("makersphere_ready") == 1
        assert _value("makersphere_bound", bound="most_rooms") == 7
        assert _value("makersphere_disk_bytes") == shutil.disk_usage(tmp_path).total
        assert 0 < _value("makersphere_disk_free_bytes") < _value("makersphere_disk_bytes")
        assert _value("makersphere_backed_up_seconds") == 0
        (tmp_path / STAMP).touch()
        os.utime(tmp_path / STAMP, (1_700_000_000, 1_700_000_000))
        assert _value("makersphere_backed_up_seconds") == 1_700_000_000
    assert isnan(_value("makersphere_ready"))


async def test_rooms_are_counted_by_state(rig: Rig) -> None:
    """Those of the store; and one that was found damaged stands still until somebody does something about it."""
    async with gauged(rig.settings, rig.lobby):
        host, ann = await rig.started()
        await rig.started()
        assert (_value("makersphere_rooms", state="kept"), _value("makersphere_rooms", state="stopped")) == (2, 0)
        rig.log.fail_next()
        await ann.command("count", by=1)
        assert _value("makersphere_ready") == 0
        rig.log.damage(host.room, 1, "cut")
        await rig.pass_ms(62_000)
        assert (_value("makersphere_rooms", state="kept"), _value("makersphere_rooms", state="stopped")) == (2, 1)
        assert _value("makersphere_ready") == 1


async def test_a_disk_that_cannot_be_asked_is_no_number(rig: Rig, tmp_path: Path) -> None:
    """`/metrics` is answered all the same."""
    async with gauged(loopback(data=tmp_path / "gone"), rig.lobby):
        assert isnan(_value("makersphere_disk_free_bytes"))
        assert _value("makersphere_backed_up_seconds") == 0
