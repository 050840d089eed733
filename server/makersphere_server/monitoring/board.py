"""A board for Grafana, made of the metrics' own names: `python -m makersphere_server.monitoring.board`.

Answers the text of deploy/grafana/makersphere.json: from above, how the server stands now, how it is played on, what is
turned away, and how what stands around it does. Every metric that `/metrics` counts is on it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from typing import Any, Final, Literal

import attrs
from prometheus_client.metrics import MetricWrapperBase

from makersphere_server import metrics
from makersphere_server.monitoring.names import JOB, shown
from makersphere_server.mqtt import broker_metrics

__all__ = ["PANELS", "Panel", "board"]

_SOURCE: Final = {"type": "prometheus", "uid": "${datasource}"}
_ACROSS: Final = 24  # columns of a board, as Grafana counts them


@attrs.frozen
class Panel:
    """One picture of the board.

    Attributes:
        title: above it.
        queries: each with what its lines are called; `{{ }}` is Grafana's own.
        unit: as Grafana names it.
        says: what to read off it.
        kind: `stat` is one number of now.
    """

    title: str
    queries: tuple[tuple[str, str], ...]
    unit: str = "short"
    says: str = ""
    kind: Literal["timeseries", "stat"] = "timeseries"


def _now(title: str, query: str, says: str, unit: str = "short") -> Panel:
    return Panel(title, ((query, ""),), unit, says, "stat")


def _per_s(metric: MetricWrapperBase, by: str = "") -> str:
    rate = f"rate({shown(metric)}[5m])"
    return f"sum by ({by}) ({rate})" if by else rate


def _quantile(share: float) -> str:
    return f"histogram_quantile({share}, sum by (le) (rate({shown(metrics.COMMITS)}_bucket[5m])))"


def _rooms(state: str) -> str:
    return f'{shown(metrics.ROOMS)}{{state="{state}"}}'


def _bound(name: str) -> str:
    return f'{shown(metrics.BOUND)}{{bound="{name}"}}'


_BATCHES: Final = shown(metrics.BATCHES)
_COMMITS: Final = shown(metrics.COMMITS)
_NOW: Final = (
    _now("Answers", f'up{{job="{JOB}"}}', "1 where Prometheus reaches it."),
    _now("Ready", shown(metrics.READY), "1 where rooms can be entered and played."),
    _now("Connections", shown(metrics.CONNECTIONS), "Phones, walls and consoles, by whichever way."),
    _now("Rooms open", _rooms("open"), "In memory; they are put away when nobody is there."),
    _now("Rooms that stand still", _rooms("stopped"), "0 where all is well; docs/alerts.md says what to do."),
    _now("Free on the disk", shown(metrics.DISK_FREE), "Of the disk that the data folder is on.", "bytes"),
    _now("Since the last backup", f"time() - ({shown(metrics.BACKED_UP)} > 0)", "Empty where none was made.", "s"),
    _now(
        "Certificate holds for",
        f"({shown(metrics.CERTIFICATE_UNTIL)} > 0) - time()",
        "Empty where a proxy has it.",
        "s",
    ),
)
_PLAY: Final = (
    Panel("Commands a second", ((_per_s(metrics.COMMANDS, "outcome"), "{{outcome}}"),), says="By how they ended."),
    Panel("People coming in, a second", ((_per_s(metrics.ENTRIES, "outcome"), "{{outcome}}"),)),
    Panel(
        "Until a command is durable",
        ((_quantile(0.5), "p50"), (_quantile(0.99), "p99")),
        "s",
        "Above 0.1 s people feel it.",
    ),
    Panel("How late the event loop is", ((shown(metrics.LATE), "late"),), "s", "From `late_ms` on newcomers wait."),
    Panel(
        "Commands in one write",
        ((f"rate({_BATCHES}_sum[5m]) / (rate({_BATCHES}_count[5m]) > 0)", "on average"),),
        says="More than one: the store takes several at once.",
    ),
    Panel(
        "Writes a second",
        ((f"rate({_COMMITS}_count[5m])", "taken"), (_per_s(metrics.STORE_REFUSALS), "refused")),
        says="Refused ones are never acknowledged.",
    ),
)
_BOUNDS: Final = (
    Panel(
        "Connections and how many may be",
        ((shown(metrics.CONNECTIONS), "open"), (_bound("most_connections"), "most_connections")),
    ),
    Panel("Rooms, by state", ((shown(metrics.ROOMS), "{{state}}"), (_bound("most_rooms"), "most_rooms"))),
    Panel(
        "Bounds that were met, a second",
        ((f"{_per_s(metrics.LIMITED, 'bound')} > 0 or sum ({_per_s(metrics.LIMITED)})", "{{bound}}"),),
        says="The line without a name is all of them together.",
    ),
    Panel(
        "Cut, refused, erased, a second",
        (
            (_per_s(metrics.CUT), "connections cut"),
            (_per_s(metrics.FRAMES_REFUSED), "frames refused"),
            (_per_s(metrics.ROOMS_ERASED), "rooms erased"),
        ),
    ),
)
_AROUND: Final = (
    Panel(
        "CPU", ((f'rate(process_cpu_seconds_total{{job="{JOB}"}}[5m])', "cores"),), says="The game takes one at most."
    ),
    Panel("Memory", ((f'process_resident_memory_bytes{{job="{JOB}"}}', "resident"),), "bytes"),
    Panel("Disk", ((shown(metrics.DISK_FREE), "free"), (shown(metrics.DISK), "all")), "bytes"),
    Panel(
        "Open files",
        (
            (f'process_open_fds{{job="{JOB}"}}', "open"),
            (f'process_max_fds{{job="{JOB}"}}', "may be"),
        ),
    ),
    Panel("News to the webhook, a second", ((_per_s(metrics.WEBHOOKS, "how"), "{{how}}"),)),
    Panel("Grades to the learning platform, a second", ((_per_s(metrics.GRADES, "how"), "{{how}}"),)),
    Panel(
        "The MQTT broker",
        (
            (shown(broker_metrics.CONNECTED), "connected"),
            (f"increase({shown(broker_metrics.RESTARTED)}[1h])", "started again within an hour"),
        ),
        says="0 all the time where none is in the settings.",
    ),
    Panel(
        "Messages of the broker, a second",
        (
            (_per_s(broker_metrics.PUBLISHED), "confirmed"),
            (_per_s(broker_metrics.DROPPED), "that nobody took"),
            (_per_s(broker_metrics.UNREAD), "not read"),
        ),
    ),
    Panel("What waits for the broker", ((shown(broker_metrics.WAITING), "{{where}}"),), "bytes"),
    Panel(
        "Devices and strangers on the broker, a second",
        (
            (_per_s(broker_metrics.REQUESTS, "came_to"), "request: {{came_to}}"),
            (_per_s(metrics.PAIRED, "how"), "pairing: {{how}}"),
            (_per_s(broker_metrics.CORRECTED, "how"), "put right: {{how}}"),
            (_per_s(broker_metrics.MUTED, "whose"), "muted: {{whose}}"),
            (_per_s(broker_metrics.TROUBLE, "why"), "trouble: {{why}}"),
        ),
    ),
)
PANELS: Final = (*_NOW, *_PLAY, *_BOUNDS, *_AROUND)


def board() -> str:
    """Return the board, as Grafana imports it."""
    found = {
        "title": "Makersphere",
        "uid": "makersphere",
        "description": "Made by `python -m makersphere_server.monitoring.board`.",
        "tags": ["makersphere"],
        "schemaVersion": 39,
        "refresh": "30s",
        "time": {"from": "now-6h", "to": "now"},
        "templating": {"list": [{"name": "datasource", "type": "datasource", "query": "prometheus"}]},
        "panels": [
            *_laid_out(_NOW, width=3, height=4, top=0),
            *_laid_out((*_PLAY, *_BOUNDS, *_AROUND), width=12, height=8, top=4),
        ],
    }
    return json.dumps(found, indent=1) + "\n"


def _laid_out(panels: Iterable[Panel], *, width: int, height: int, top: int) -> list[dict[str, Any]]:
    """Return panels side by side, row after row."""
    in_a_row = _ACROSS // width
    return [
        _panel(panel, {"x": at % in_a_row * width, "y": top + at // in_a_row * height, "w": width, "h": height})
        for at, panel in enumerate(panels)
    ]


def _panel(panel: Panel, place: dict[str, int]) -> dict[str, Any]:
    return {
        "title": panel.title,
        "description": panel.says,
        "type": panel.kind,
        "gridPos": place,
        "datasource": _SOURCE,
        "fieldConfig": {"defaults": {"unit": panel.unit}, "overrides": []},
        "targets": [
            {"refId": chr(ord("A") + number), "datasource": _SOURCE, "expr": query, "legendFormat": called}
            for number, (query, called) in enumerate(panel.queries)
        ],
    }


if __name__ == "__main__":
    sys.stdout.write(board())
