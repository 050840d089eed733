"""Alerts for Prometheus, made of the metrics' own names: `python -m makersphere_server.monitoring.alerts`.

Answers the text of deploy/prometheus/makersphere.rules.yml: what is asked, for how long it has to be so, how bad it is,
and why the threshold is where it is. What to do about each stands in docs/alerts.md, under its name.
"""

from __future__ import annotations

import json
import sys
import textwrap
from typing import Final, Literal

import attrs

from makersphere_server.metrics import (
    BACKED_UP,
    BOUND,
    CERTIFICATE_UNTIL,
    COMMITS,
    CONNECTIONS,
    DISK_FREE,
    ENTRIES,
    GRADES,
    LATE,
    LIMITED,
    READY,
    ROOMS,
    STORE_REFUSALS,
    WEBHOOKS,
)
from makersphere_server.monitoring.names import JOB, shown
from makersphere_server.mqtt.broker_metrics import CONNECTED, RESTARTED, TROUBLE

__all__ = ["ALERTS", "Alert", "rules"]

_INTRODUCTION: Final = """\
# Alerts of a Makersphere server: `rule_files` of Prometheus. What to do about each: docs/alerts.md.
# Made by `python -m makersphere_server.monitoring.alerts`; the words stand in server/makersphere_server/monitoring.
groups:
  - name: makersphere
    rules:
"""
_GIB: Final = 1 << 30


@attrs.frozen
class Alert:
    """One alert.

    Attributes:
        name: without `Makersphere` in front.
        query: what is asked; it fires where this has an answer.
        lasts: for how long it has to have one, "" for at once.
        severity: `critical` where a class stands still or what was acknowledged is at stake, else `warning`.
        says: one sentence for whoever is told; `{{ }}` is Prometheus' own.
        why: why the threshold is where it is.
    """

    name: str
    query: str
    lasts: str
    severity: Literal["critical", "warning"]
    says: str
    why: str

    @property
    def full_name(self) -> str:
        """Return what it is called in Prometheus."""
        return f"Makersphere{self.name}"


def _share(used: str, bound: str) -> str:
    """Return a query for how much of a bound is used, as a share."""
    return f'{used} / ignoring (bound, state) {shown(BOUND)}{{bound="{bound}"}}'


_SLOW: Final = (
    f'1 - sum without (le) (rate({shown(COMMITS)}_bucket{{le="0.1"}}[5m])) / rate({shown(COMMITS)}_count[5m]) > 0.05'
)

ALERTS: Final = (
    Alert(
        "Down",
        f'up{{job="{JOB}"}} == 0 or absent(up{{job="{JOB}"}})',
        "1m",
        "critical",
        "The server does not answer.",
        "A minute is four looks of 15 s: a restart takes seconds and stays below it.",
    ),
    Alert(
        "Restarts",
        f'changes(process_start_time_seconds{{job="{JOB}"}}[30m]) > 1',
        "",
        "warning",
        "The server has started {{ $value }} times in half an hour.",
        "One start in half an hour is an upgrade; two are none.",
    ),
    Alert(
        "NotReady",
        f"{shown(READY)} == 0",
        "1m",
        "critical",
        "Nobody can come in or play: the server has not opened its rooms, or a room waits for the store.",
        "A store that refuses is tried again by the second, so a minute is no hiccup.",
    ),
    Alert(
        "StoreRefuses",
        f"increase({shown(STORE_REFUSALS)}[5m]) > 0",
        "",
        "critical",
        "The store did not take what people did; they were told so, and nothing that was acknowledged is lost.",
        "Each one is a class that read “unavailable”. A sound disk refuses nothing.",
    ),
    Alert(
        "StoreSlow",
        _SLOW,
        "5m",
        "warning",
        "{{ $value | humanizePercentage }} of the commits take longer than 0.1 s.",
        "A command is promised an answer within 0.15 s at p99, and a sound disk takes some ms for it. One in twenty for"
        " five minutes is no moment of a shared disk.",
    ),
    Alert(
        "Late",
        f"avg_over_time({shown(LATE)}[5m]) > 0.1",
        "5m",
        "warning",
        "The event loop is {{ $value | humanizeDuration }} late on average.",
        "A quiet server is late by a few ms. At `late_ms`, 1 s by default, it lets nobody new in: a tenth of that"
        " leaves time to look.",
    ),
    Alert(
        "TurnsAway",
        f'sum without (bound) (increase({shown(LIMITED)}{{bound=~"late_ms|entries_per_s"}}[5m])) > 50',
        "",
        "warning",
        "{{ $value | humanize }} tries to come in were put off in five minutes.",
        "Clients try again by themselves, so some are nothing. More than fifty is a class that looks at a busy server.",
    ),
    Alert(
        "Full",
        "sum without (bound) (increase("
        f'{shown(LIMITED)}{{bound=~"most_connections|most_per_address|most_rooms|most_kept_rooms"}}[5m])) > 0',
        "",
        "critical",
        "Somebody could not come in or open a room: a bound of the settings is reached.",
        "These bounds are far above what a school needs: whoever meets one is turned away for as long as it is met.",
    ),
    Alert(
        "ConnectionsNearBound",
        _share(shown(CONNECTIONS), "most_connections") + " > 0.8",
        "5m",
        "warning",
        "{{ $value | humanizePercentage }} of `most_connections` are open.",
        "The last fifth is, by default, 400 phones: time enough to raise the bound before the next class.",
    ),
    Alert(
        "RoomsNearBound",
        f'{_share(f"""{shown(ROOMS)}{{state="open"}}""", "most_rooms")} > 0.8'
        f' or {_share(f"""{shown(ROOMS)}{{state="kept"}}""", "most_kept_rooms")} > 0.8',
        "5m",
        "warning",
        "{{ $value | humanizePercentage }} of the rooms that may be {{ $labels.state }} are.",
        "The last fifth is, by default, 40 rooms in memory or 1,000 kept. Kept ones go after `keep_days`.",
    ),
    Alert(
        "RoomsStopped",
        f'{shown(ROOMS)}{{state="stopped"}} > 0',
        "",
        "critical",
        "{{ $value }} rooms stand still.",
        "A room stops only where it cannot be what people were told. Each is somebody's lesson.",
    ),
    Alert(
        "DiskNearlyFull",
        f"{shown(DISK_FREE)} < {_GIB}",
        "10m",
        "warning",
        "{{ $value | humanize1024 }}B are free on the disk of the data folder.",
        "A lesson of 30 takes some 1.5 MB, and each nightly copy as much as all rooms: 1 GiB is time to look, not to"
        " wait. Ten minutes, because a copy under way comes and goes.",
    ),
    Alert(
        "DiskFull",
        f"{shown(DISK_FREE)} < {_GIB // 10}",
        "1m",
        "critical",
        "{{ $value | humanize1024 }}B are free on the disk of the data folder: soon nothing is taken any more.",
        "A tenth of the warning: some lessons, or one copy.",
    ),
    Alert(
        "CertificateExpires",
        f"0 < {shown(CERTIFICATE_UNTIL)} < time() + 14 * 86400",
        "1h",
        "warning",
        "The server's own certificate holds for less than two weeks.",
        "Renewals come a month before the end where they come by themselves: at two weeks one has failed.",
    ),
    Alert(
        "BrokerAway",
        f"{shown(CONNECTED)} == 0 and ignoring (why) sum without (why) ({shown(TROUBLE)}) > 0",
        "2m",
        "warning",
        "The MQTT broker is away: lamps and scoreboards stand still, phones play on.",
        "The server comes back to a broker within seconds. Without a broker in the settings it never fires.",
    ),
    Alert(
        "BrokerRestarts",
        f"increase({shown(RESTARTED)}[30m]) > 1",
        "",
        "warning",
        "The embedded MQTT broker has ended more than once in half an hour.",
        "It is started again by itself, so once is nothing.",
    ),
    Alert(
        "WebhookFails",
        f'increase({shown(WEBHOOKS)}{{how="failed"}}[15m]) > 2'
        f' unless ignoring (how) increase({shown(WEBHOOKS)}{{how="delivered"}}[15m]) > 0'
        f' or increase({shown(WEBHOOKS)}{{how="given_up"}}[15m]) > 0',
        "5m",
        "warning",
        "The webhook takes no news, or some were given up.",
        "Each is tried six times within an hour. Three tries, and none taken for five minutes, is no mere restart.",
    ),
    Alert(
        "GradesRefused",
        f'increase({shown(GRADES)}{{how="refused"}}[15m]) > 0',
        "",
        "warning",
        "The learning platform refused grades for good.",
        "A grade that is refused is not tried again, and a teacher waits for it. Those that wait are tried for"
        " more than a day.",
    ),
    Alert(
        "EntriesFail",
        f'increase({shown(ENTRIES)}{{outcome="failed"}}[15m]) > 0',
        "",
        "warning",
        "Somebody could not come in by a mistake of the program; its trace stands in the log.",
        "There is no right number of mistakes but none.",
    ),
    Alert(
        "Guessing",
        f'sum without (bound) (increase({shown(LIMITED)}{{bound=~"failures_per_address|failures_per_s"}}[10m])) > 100',
        "",
        "warning",
        "Somebody goes on guessing codes: {{ $value | humanize }} tries beyond the budget in ten minutes.",
        "A class that mistypes stays within its budget, 1,000 an address. Beyond it nobody mistypes a hundred times.",
    ),
    Alert(
        "FilesNearBound",
        f'process_open_fds{{job="{JOB}"}} / process_max_fds{{job="{JOB}"}} > 0.8',
        "5m",
        "warning",
        "{{ $value | humanizePercentage }} of the files that the system lets the server open are.",
        "A connection is one. Without a free one the server can take no phone and write no room.",
    ),
    Alert(
        "BackupOld",
        f"0 < {shown(BACKED_UP)} < time() - 36 * 3600",
        "",
        "warning",
        "No backup was made and verified for a day and a half.",
        "One night may fail, for a power cut say; at noon after it, somebody should look. Without backups it never"
        " fires: it begins with the first one.",
    ),
)


def rules() -> str:
    """Return the file of rules, as YAML."""
    return _INTRODUCTION + "\n".join(_rule(alert) for alert in ALERTS)


def _rule(alert: Alert) -> str:
    why = textwrap.fill(alert.why, 108, initial_indent=" " * 6 + "# ", subsequent_indent=" " * 6 + "# ")
    lines = [
        f"      - alert: {alert.full_name}",
        f"        expr: '{alert.query}'",  # none has a single quote in it
        *([f"        for: {alert.lasts}"] if alert.lasts else []),
        f"        labels: {{severity: {alert.severity}}}",
        "        annotations:",
        f"          summary: {json.dumps(alert.says, ensure_ascii=False)}",
        f"          runbook_url: docs/alerts.md#{alert.full_name.lower()}",
    ]
    return "\n".join([why, *lines, ""])


if __name__ == "__main__":
    sys.stdout.write(rules())
