"""Prometheus' own tool, asked what fires: series go in, the names of the alerts that fire come out.

Answers with the exit code and the words of `promtool test rules`. The series are those of a server that is played on
in a quiet hour; a fault changes some of them.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from prometheus_client import REGISTRY

from makersphere_server.limits import BOUNDS

__all__ = ["QUIET", "RULES", "failures", "hour", "names_shown", "promtool"]

RULES: Final = Path(__file__).resolve().parents[3] / "deploy/prometheus/makersphere.rules.yml"
_STEPS: Final = 65  # of a minute each
_AT: Final = "62m"
_GIB: Final = 1 << 30
QUIET: Final[Mapping[str, str]] = {
    "up": "1",
    "process_start_time_seconds": "1000",
    "process_open_fds": "60",
    "process_max_fds": "1024",
    "process_resident_memory_bytes": "80000000",
    "process_cpu_seconds_total": "0+1",
    "makersphere_ready": "1",
    "makersphere_store_refusals_total": "0",
    'makersphere_commit_seconds_bucket{le="0.005"}': "0+9",
    'makersphere_commit_seconds_bucket{le="0.1"}': "0+10",
    'makersphere_commit_seconds_bucket{le="+Inf"}': "0+10",
    "makersphere_commit_seconds_count": "0+10",
    "makersphere_commit_seconds_sum": "0+0.02",
    "makersphere_batch_commands_count": "0+10",
    "makersphere_batch_commands_sum": "0+12",
    'makersphere_commands_total{outcome="ok"}': "0+12",
    'makersphere_commands_total{outcome="bad_args"}': "0+0.01",
    "makersphere_frames_refused_total": "0",
    "makersphere_connections_cut_total": "0+0.01",
    "makersphere_late_seconds": "0.003",
    "makersphere_connections": "40",
    'makersphere_rooms{state="open"}': "3",
    'makersphere_rooms{state="kept"}': "40",
    'makersphere_rooms{state="stopped"}': "0",
    "makersphere_rooms_erased_total": "0",
    "makersphere_disk_bytes": str(100 * _GIB),
    "makersphere_disk_free_bytes": str(50 * _GIB),
    "makersphere_certificate_until_seconds": str(90 * 86_400),
    "makersphere_backed_up_seconds": "1000",
    "makersphere_mqtt_connected": "1",
    'makersphere_mqtt_trouble_total{why="refused"}': "1",
    "makersphere_mqtt_broker_restarts_total": "0",
    "makersphere_mqtt_published_total": "0+20",
    "makersphere_mqtt_dropped_total": "0",
    'makersphere_mqtt_waiting_bytes{where="publishing"}': "0",
    'makersphere_webhooks_total{how="delivered"}': "0+0.1",
    'makersphere_webhooks_total{how="failed"}': "0",
    'makersphere_webhooks_total{how="given_up"}': "0",
    'makersphere_grades_total{how="sent"}': "0+0.1",
    'makersphere_grades_total{how="waiting"}': "0",
    'makersphere_grades_total{how="refused"}': "0",
    'makersphere_entries_total{outcome="ok"}': "0+0.2",
    'makersphere_entries_total{outcome="failed"}': "0",
    **{f'makersphere_limited_total{{bound="{bound}"}}': "0" for bound in BOUNDS},
    'makersphere_bound{bound="most_connections"}': "2000",
    'makersphere_bound{bound="most_rooms"}': "200",
    'makersphere_bound{bound="most_kept_rooms"}': "5000",
}


def names_shown() -> set[str]:
    """Return the names under which `/metrics` shows anything, or will when there is something to count."""
    parts = {"counter": ("_total",), "histogram": ("_bucket", "_count", "_sum")}
    return {f"{one.name}{part}" for one in REGISTRY.collect() for part in parts.get(one.type, ("",))}


def promtool(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run Prometheus' tool to its end."""
    program = shutil.which("promtool")
    assert program, "there is no promtool here: install it (on Debian `sudo apt-get install prometheus`)"
    return subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, check=False)


def hour(
    name: str,
    changed: Mapping[str, str] = {},
    fires: Collection[str] = (),
    answers: Iterable[str] = (),
    *,
    at: str = _AT,
    every: str = "1m",
) -> dict[str, Any]:
    """Return one test of `promtool test rules`: an hour of a server, which alerts fire then, and which queries answer.

    Args:
        name: what the hour is called.
        changed: the series that are other than in a quiet hour; those of "" are not there.
        fires: the names of the alerts that fire, and of no other.
        answers: queries that have an answer.
        at: when it is looked.
        every: how far apart the values of the series are.
    """
    firing = [{"labels": f'{{alertname="{alert}"}}', "value": 1} for alert in sorted(fires)]
    return {
        "name": name,
        "interval": every,
        "input_series": [
            {"series": _here(series), "values": _stretched(values)}
            for series, values in {**QUIET, **changed}.items()
            if values
        ],
        "promql_expr_test": [
            {
                "expr": 'count by (alertname) (count by (alertname, job) (ALERTS{alertstate="firing"}))',
                "eval_time": at,
                "exp_samples": firing,
            },
            *(
                {"expr": f"count({query}) > bool 0", "eval_time": at, "exp_samples": [{"labels": "{}", "value": 1}]}
                for query in answers
            ),
        ],
    }


def _here(series: str) -> str:
    name, _, labels = series.partition("{")
    own = 'instance="here",job="makersphere"'
    return f"{name}{{{own},{labels}" if labels else f"{name}{{{own}}}"


def _stretched(values: str) -> str:
    """Return how a series goes on: a value that stays, a value and its growth, or as it stands."""
    match values.split():
        case [value] if "x" not in value:
            return f"{value}{'' if '+' in value else '+0'}x{_STEPS}"
        case _:
            return values


def failures(rules: Path, hours: Sequence[dict[str, Any]], folder: Path) -> str:
    """Return what `promtool test rules` says of hours that are not as they should be; "" where all are.

    All have one interval.
    """
    file = folder / "hours.yml"
    file.write_text(
        json.dumps({"rule_files": [str(rules)], "evaluation_interval": hours[0]["interval"], "tests": hours}), "utf-8"
    )
    done = promtool("test", "rules", file)
    return "" if done.returncode == 0 else done.stdout + done.stderr
