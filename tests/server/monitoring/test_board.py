"""The board for Grafana: it is current, each query can be read, and has an answer where a server is played on."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Final

from prometheus_client.metrics import MetricWrapperBase

from makersphere_server import metrics
from makersphere_server.monitoring.board import PANELS, board
from makersphere_server.monitoring.names import shown
from makersphere_server.mqtt import broker_metrics
from tests.server.monitoring.promtool import RULES, failures, hour, names_shown, promtool

_FILE: Final = RULES.parents[1] / "grafana/makersphere.json"


def _asked() -> list[str]:
    """Return the queries of the file itself."""
    found: dict[str, Any] = json.loads(_FILE.read_text("utf-8"))
    return [target["expr"] for panel in found["panels"] for target in panel["targets"]]


def test_the_file_is_current() -> None:
    """`python -m makersphere_server.monitoring.board > deploy/grafana/makersphere.json` makes it anew."""
    assert _FILE.read_text("utf-8") == board()


def test_every_metric_is_on_it_and_none_that_there_is_not() -> None:
    """What is counted is shown to somebody."""
    asked = {name for query in _asked() for name in re.findall(r"\b(?:makersphere|process)_\w+", query)}
    assert asked <= names_shown()
    table = {
        shown(metric)
        for module in (metrics, broker_metrics)
        for metric in vars(module).values()
        if isinstance(metric, MetricWrapperBase)
    }
    assert {name for name in table if not any(each.startswith(name) for each in asked)} == set()


def test_prometheus_can_read_every_query(tmp_path: Path) -> None:
    """Each stands in a rule that its own tool reads."""
    rules = [{"record": f"of:board:{number}", "expr": query} for number, query in enumerate(_asked())]
    assert len(rules) > len(PANELS)
    file = tmp_path / "board.yml"
    file.write_text(json.dumps({"groups": [{"name": "board", "rules": rules}]}), "utf-8")
    done = promtool("check", "rules", file)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_query_has_an_answer_in_a_quiet_hour(tmp_path: Path) -> None:
    """A panel that stays empty is a label that is called otherwise."""
    devices = {
        'makersphere_mqtt_requests_total{came_to="answered"}': "0+1",
        'makersphere_mqtt_paired_total{how="used_code"}': "1",
        'makersphere_mqtt_corrected_total{how="forged"}': "1",
        'makersphere_mqtt_muted_total{whose="device"}': "1",
        "makersphere_mqtt_unread_total": "0",
    }
    assert failures(RULES, [hour("quiet", devices, answers=_asked())], tmp_path) == ""


def test_no_panel_lies_on_another() -> None:
    """Grafana moves those that do, each time in another way."""
    found = [panel["gridPos"] for panel in json.loads(board())["panels"]]
    cells = [(at["x"] + x, at["y"] + y) for at in found for x in range(at["w"]) for y in range(at["h"])]
    assert len(set(cells)) == len(cells)
    assert max(x for x, _ in cells) < 24
