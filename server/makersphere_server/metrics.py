"""What is counted for `GET /metrics`: how much, how fast, how often refused; never who.

Labels are the codes of the contract and a few words more, so their number is bounded whatever people send.
"""

from __future__ import annotations

from typing import Final

from prometheus_client import REGISTRY, Counter, Gauge, Histogram, generate_latest

from makersphere_server.limits import BOUNDS

__all__ = [
    "BACKED_UP",
    "BATCHES",
    "BOUND",
    "CERTIFICATE_UNTIL",
    "COMMANDS",
    "COMMITS",
    "CONNECTIONS",
    "CONTENT_TYPE",
    "CUT",
    "DISK",
    "DISK_FREE",
    "ENTRIES",
    "FRAMES_REFUSED",
    "GRADES",
    "LATE",
    "LIMITED",
    "PAIRED",
    "READY",
    "ROOMS",
    "ROOMS_ERASED",
    "STORE_REFUSALS",
    "WEBHOOKS",
    "exposition",
]

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
COMMANDS: Final = Counter("makersphere_commands_total", "Commands handled, by outcome.", ["outcome"])
BATCHES: Final = Histogram(
    "makersphere_batch_commands", "Commands stored by one write.", buckets=(1, 2, 5, 10, 20, 50, 100, 256)
)
COMMITS: Final = Histogram(
    "makersphere_commit_seconds",
    "From handing a batch to the store until it is durable.",
    buckets=(0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1, 5),
)
CONNECTIONS: Final = Gauge("makersphere_connections", "Open connections, by whichever way.")
ENTRIES: Final = Counter("makersphere_entries_total", "First frames answered, by outcome.", ["outcome"])
STORE_REFUSALS: Final = Counter("makersphere_store_refusals_total", "Batches that the store did not take.")
READY: Final = Gauge("makersphere_ready", "Whether rooms can be entered and played, as /readyz says it: 1 or 0.")
ROOMS: Final = Gauge(
    "makersphere_rooms", "Rooms in memory (open), of the store (kept), and unable to go on (stopped).", ["state"]
)
CUT: Final = Counter("makersphere_connections_cut_total", "Connections cut because they stopped reading.")
FRAMES_REFUSED: Final = Counter("makersphere_frames_refused_total", "Frames that kept not to the contract.")
LATE: Final = Gauge("makersphere_late_seconds", "How late the event loop was when it was last looked at.")
LIMITED: Final = Counter(
    "makersphere_limited_total", "How often a bound of the settings was met, by its name.", ["bound"]
)
BOUND: Final = Gauge("makersphere_bound", "How much a bound of the settings allows, by its name.", ["bound"])
DISK: Final = Gauge("makersphere_disk_bytes", "Size of the disk that the data folder is on.")
DISK_FREE: Final = Gauge("makersphere_disk_free_bytes", "What is free of it for the server.")
CERTIFICATE_UNTIL: Final = Gauge(
    "makersphere_certificate_until_seconds",
    "When the server's own certificate is over, in seconds since 1970; 0 where it has none.",
)
BACKED_UP: Final = Gauge(
    "makersphere_backed_up_seconds",
    "When the nightly backup was last made and verified, in seconds since 1970; 0 where it never was.",
)
ROOMS_ERASED: Final = Counter("makersphere_rooms_erased_total", "Rooms erased because their time was over.")
PAIRED: Final = Counter("makersphere_mqtt_paired_total", "Devices that came with a code, by how it went.", ["how"])
WEBHOOKS: Final = Counter("makersphere_webhooks_total", "News sent to the webhook, by how it went.", ["how"])
GRADES: Final = Counter("makersphere_grades_total", "Tries to send a grade, by how it stands with it then.", ["how"])
for counter, words in (
    (LIMITED, BOUNDS),
    (ENTRIES, ("ok", "failed")),
    (WEBHOOKS, ("delivered", "failed", "given_up")),
    (GRADES, ("sent", "waiting", "refused")),
):
    for word in words:
        counter.labels(word)  # shown from the start, so that the first one counts in a rate


def exposition() -> bytes:
    """Return everything in Prometheus' text format."""
    return generate_latest(REGISTRY)
