"""What a server can be told, in one class: flags, environment and file are made of it."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import attrs

from makersphere_server.folders import user_data_folder

__all__ = ["Settings"]


@attrs.frozen(kw_only=True)
class Settings:
    """Settings of a server.

    Attributes:
        host: Address to listen on. The default is every network that this machine is in, so that phones reach it.
        port: Port to listen on; 0 takes a free one.
        data: Folder of the rooms; by default the person's own. It is made if it is not there; one server at a time
            works in it.
        lab: For load tests: no rate limit per seat. Nothing else is changed.
        host_key: Only who knows this key may open rooms. Empty: everybody may.
        log_level: The least that is logged.
        log_json: Log as JSON lines; otherwise as text for people.
        most_rooms: How many rooms may be in memory at once.
        most_connections: How many connections may be open at once.
        origins: Web addresses whose pages may connect, besides the server's own.
        stall_s: Seconds after which a connection that reads nothing is cut.
        idle_s: Seconds after which a room that nobody is in is put away; it comes back when somebody does.
    """

    host: str = "0.0.0.0"  # noqa: S104  (phones have to reach it)
    port: int = 8000
    data: Path = attrs.field(factory=user_data_folder)
    lab: bool = False
    host_key: str = attrs.field(default="", repr=False)
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_json: bool = False
    most_rooms: int = 200
    most_connections: int = 2_000
    origins: tuple[str, ...] = ()
    stall_s: float = 10.0
    idle_s: float = 600.0
