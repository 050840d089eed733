"""`makersphere mqtt`: what a broker of one's own has to be told."""

from __future__ import annotations

from typing import Annotated

from cyclopts import App, Parameter

from makersphere_cli.flags import Name
from makersphere_cli.speech.words import say
from makersphere_protocol.mqtt import PREFIX, Topics
from makersphere_server.broker_address import PREFIX_FORM
from makersphere_server.mqtt.acl import acl as rules

__all__ = ["app"]

app = App(name="mqtt", help="Settings for an MQTT broker: who may read and write what.")


def _is_prefix(_: object, value: object) -> None:
    if isinstance(value, str) and not PREFIX_FORM.fullmatch(value):
        raise ValueError(say("mqtt_needs_prefix"))


def _is_user(_: object, value: object) -> None:
    if isinstance(value, str) and (not value or not value.isprintable() or " " in value):
        raise ValueError(say("mqtt_needs_user"))


@app.command(name="acl")
def acl(
    *,
    user: Annotated[Name, Parameter(validator=_is_user)] = "makersphere",
    prefix: Annotated[Name, Parameter(validator=_is_prefix)] = PREFIX,
    by_client_id: Annotated[bool, Parameter(negative=())] = False,
) -> int:
    """Print an ACL file for Mosquitto: all read what rooms show, the server alone writes it, devices ask.

    Args:
        user: the name that the server logs in with.
        prefix: what the server's topics begin with.
        by_client_id: tell devices apart by their client id, for a broker that asks nobody's name.
    """
    print(rules(Topics(prefix), user, by_client_id=by_client_id), end="")
    return 0
