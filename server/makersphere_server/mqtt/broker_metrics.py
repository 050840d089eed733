"""What is counted of the broker and the devices, for `GET /metrics`; labels are words of ours."""

from __future__ import annotations

from typing import Final

from prometheus_client import Counter, Gauge

__all__ = [
    "CONNECTED",
    "CORRECTED",
    "DROPPED",
    "MUTED",
    "PUBLISHED",
    "REQUESTS",
    "RESTARTED",
    "TROUBLE",
    "UNREAD",
    "WAITING",
]

CONNECTED: Final = Gauge("makersphere_mqtt_connected", "Whether the server is connected to its MQTT broker.")
TROUBLE: Final = Counter("makersphere_mqtt_trouble_total", "Tries and connections that ended, by why.", ["why"])
PUBLISHED: Final = Counter("makersphere_mqtt_published_total", "Messages that the broker has confirmed.")
DROPPED: Final = Counter("makersphere_mqtt_dropped_total", "Events and answers that no broker was there to take.")
WAITING: Final = Gauge("makersphere_mqtt_waiting_bytes", "What waits for the broker, by where.", ["where"])
CORRECTED: Final = Counter("makersphere_mqtt_corrected_total", "Messages on our topics that were not ours.", ["how"])
REQUESTS: Final = Counter("makersphere_mqtt_requests_total", "Requests of devices, by what came of it.", ["came_to"])
RESTARTED: Final = Counter("makersphere_mqtt_broker_restarts_total", "Starts of an embedded broker that had ended.")
MUTED: Final = Counter("makersphere_mqtt_muted_total", "Floods that were not listened to for a while.", ["whose"])
UNREAD: Final = Counter("makersphere_mqtt_unread_total", "Messages of floods that were not even read.")
