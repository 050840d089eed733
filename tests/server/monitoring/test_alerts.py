"""Each alert fires in its fault and no other does; none fires in a quiet hour, or where something is not in use."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

import pytest

from makersphere_server.monitoring.alerts import ALERTS, rules
from tests.server.monitoring.promtool import QUIET, RULES, failures, hour, names_shown, promtool

_PAGE: Final = Path(__file__).resolve().parents[3] / "docs/alerts.md"
_FAULTS: Final[dict[str, dict[str, str]]] = {
    "Down": {"up": "1x50 0x15"},
    "Restarts": {"process_start_time_seconds": "1000x50 4000x5 4300x10"},
    "NotReady": {"makersphere_ready": "1x50 0x15"},
    "StoreRefuses": {"makersphere_store_refusals_total": "0x60 1x5"},
    "StoreSlow": {'makersphere_commit_seconds_bucket{le="0.1"}': "0+9"},
    "Late": {"makersphere_late_seconds": "0.3"},
    "TurnsAway": {'makersphere_limited_total{bound="entries_per_s"}': "0x60 200x5"},
    "Full": {'makersphere_limited_total{bound="most_rooms"}': "0x60 1x5"},
    "ConnectionsNearBound": {"makersphere_connections": "1700"},
    "RoomsNearBound": {'makersphere_rooms{state="kept"}': "4100"},
    "RoomsStopped": {'makersphere_rooms{state="stopped"}': "1"},
    "DiskNearlyFull": {"makersphere_disk_free_bytes": "900000000"},
    "DiskFull": {"makersphere_disk_free_bytes": "90000000"},
    "CertificateExpires": {"makersphere_certificate_until_seconds": "900000"},
    "BrokerAway": {"makersphere_mqtt_connected": "1x50 0x15"},
    "BrokerRestarts": {"makersphere_mqtt_broker_restarts_total": "0x45 1x8 3x12"},
    "WebhookFails": {
        'makersphere_webhooks_total{how="delivered"}': "7",
        'makersphere_webhooks_total{how="failed"}': "0x50 2x2 5x13",
    },
    "GradesRefused": {'makersphere_grades_total{how="refused"}': "0x57 1x8"},
    "EntriesFail": {'makersphere_entries_total{outcome="failed"}': "0x57 1x8"},
    "Guessing": {'makersphere_limited_total{bound="failures_per_address"}': "0+20"},
    "FilesNearBound": {"process_open_fds": "900"},
}
_AT_ONCE: Final = {"DiskFull": ("DiskNearlyFull",)}  # what fires besides
_QUIET: Final[dict[str, dict[str, str]]] = {
    "a quiet hour": {},
    "a server for the lessons of one laptop": {
        "makersphere_mqtt_connected": "0",
        'makersphere_mqtt_trouble_total{why="refused"}': "",
        "makersphere_certificate_until_seconds": "0",
        "makersphere_backed_up_seconds": "0",
        'makersphere_webhooks_total{how="delivered"}': "0",
        'makersphere_grades_total{how="sent"}': "0",
    },
    "an upgrade": {
        "up": "1x60 0 1x5",
        "process_start_time_seconds": "1000x60 _ 4600x5",
        "makersphere_ready": "1x60 _ 0 1x4",
    },
    "nobody plays": {
        "makersphere_commit_seconds_count": "7",
        'makersphere_commit_seconds_bucket{le="0.1"}': "7",
    },
    "a busy morning": {
        "makersphere_connections": "1590",
        'makersphere_rooms{state="open"}': "159",
        'makersphere_limited_total{bound="entries_per_s"}': "0x60 40x5",
        'makersphere_limited_total{bound="failures_per_address"}': "0x60 40x5",
        "makersphere_mqtt_broker_restarts_total": "0x57 1x8",
        'makersphere_webhooks_total{how="failed"}': "0x57 6x8",
        'makersphere_commit_seconds_bucket{le="0.1"}': "0+9.6",
        "makersphere_late_seconds": "0.003x60 0.4 0.003x5",
    },
}


def _in_the_fault(name: str) -> dict[str, Any]:
    return hour(name, _FAULTS[name], {f"Makersphere{one}" for one in (name, *_AT_ONCE.get(name, ()))})


def test_the_file_is_current() -> None:
    """`python -m makersphere_server.monitoring.alerts > deploy/prometheus/makersphere.rules.yml` makes it anew."""
    assert RULES.read_text("utf-8") == rules()


def test_prometheus_reads_the_rules_and_how_they_are_scraped() -> None:
    """Its own tool finds nothing wrong, neither in the alerts nor in the recipe that names them."""
    for what in (("rules", RULES), ("config", RULES.with_name("prometheus.yml"))):
        done = promtool("check", *what)
        assert done.returncode == 0, done.stdout + done.stderr
    assert f"{len(ALERTS)} rules found" in promtool("check", "rules", RULES).stdout


def test_each_metric_that_an_alert_asks_for_is_shown() -> None:
    """None is asked for under a name that `/metrics` has not got."""
    asked = {name for alert in ALERTS for name in re.findall(r"\b(?:makersphere|process)_\w+", alert.query)}
    assert len(asked) > 10
    assert asked <= names_shown()


def test_every_alert_fires_in_its_fault_and_no_other_does(tmp_path: Path) -> None:
    """There is no alert without a fault here."""
    assert [*_FAULTS, "BackupOld"] == [alert.name for alert in ALERTS]
    assert failures(RULES, [_in_the_fault(name) for name in _FAULTS], tmp_path) == ""


def test_a_backup_that_is_too_old_is_told_after_a_day_and_a_half(tmp_path: Path) -> None:
    """Not at 36 hours after it, and then at once."""
    changed = {**dict.fromkeys(QUIET, ""), "up": "1x150", "makersphere_backed_up_seconds": "900x150"}
    soon = hour("36 hours", changed, at="36h15m", every="15m")
    late = hour("later", changed, {"MakersphereBackupOld"}, at="36h30m", every="15m")
    assert failures(RULES, [soon, late], tmp_path) == ""


def test_nothing_fires_where_nothing_is_wrong(tmp_path: Path) -> None:
    """A keeper who is woken for nothing turns alerts off."""
    assert failures(RULES, [hour(name, changed) for name, changed in _QUIET.items()], tmp_path) == ""


@pytest.mark.parametrize(("before", "after"), [("_ready == 0", "_ready == 2"), ("> 0.8", "> 0.7")])
def test_an_alert_that_is_made_deaf_or_shrill_is_found(before: str, after: str, tmp_path: Path) -> None:
    """What holds the alerts would see one that never fires, and one that fires too soon."""
    worse = tmp_path / RULES.name
    worse.write_text(rules().replace(before, after), "utf-8")
    hours = [_in_the_fault("NotReady"), hour("busy", _QUIET["a busy morning"])]
    assert failures(worse, hours, tmp_path)


def test_the_page_says_of_each_alert_what_to_do() -> None:
    """One heading for each, in the file's order, and what it means, where to look and what to do below it."""
    parts = re.split(r"^## ", _PAGE.read_text("utf-8"), flags=re.MULTILINE)[1:]
    assert [part.partition("\n")[0] for part in parts] == [alert.full_name for alert in ALERTS]
    for part in parts:
        assert re.findall(r"^- \*\*(.+?)\*\*: ", part, re.MULTILINE) == ["It means", "Look here", "Do this"]
    anchors = re.findall(r"runbook_url: docs/alerts\.md#(\w+)$", RULES.read_text("utf-8"), re.MULTILINE)
    assert anchors == [alert.full_name.lower() for alert in ALERTS]
