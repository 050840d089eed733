"""`makersphere serve`: the server alone."""

from __future__ import annotations

import asyncio
from typing import Annotated

from cyclopts import Parameter

from makersphere_cli.rooms.local_server import check_port, run_server
from makersphere_cli.rooms.way_for_phones import say_which_network, warn_of_network, web_address
from makersphere_cli.speech.words import say
from makersphere_server.app import Running
from makersphere_server.edge.lan_address import reach
from makersphere_server.settings import Settings

__all__ = ["serve"]


def serve(*, settings: Annotated[Settings, Parameter(name="*")] = Settings()) -> int:  # noqa: B008  (frozen)
    """Start the server alone, until Ctrl-C or SIGTERM."""
    check_port(settings.port)
    asyncio.run(run_server(settings, _say_where))
    return 0


def _say_where(server: Running) -> None:
    found = reach(server.host)
    base = web_address(server, found)
    print(say("listening", url=server.url, folder=str(server.settings.place)), flush=True)
    if server.names:
        print(say("tls_names", names=", ".join(server.names)), flush=True)
    if found.address and base != server.url:
        print(say("network.found", url=base), flush=True)
    say_which_network(found)
    if found.why != "own":
        warn_of_network(found, base)
