"""What a metric is called where Prometheus asks for it."""

from __future__ import annotations

from typing import Final

from prometheus_client import Counter
from prometheus_client.metrics import MetricWrapperBase

__all__ = ["JOB", "shown"]

JOB: Final = "makersphere"  # the job's name in deploy/prometheus/prometheus.yml


def shown(metric: MetricWrapperBase) -> str:
    """Return the name of a metric as `/metrics` shows it: a counter's ends in `_total`."""
    (family,) = metric.describe()
    return f"{family.name}_total" if isinstance(metric, Counter) else family.name
