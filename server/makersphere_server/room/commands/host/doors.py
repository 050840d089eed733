"""Whom a host lets in: the lock for people who are new, and a token for one more host."""

from __future__ import annotations

from typing import Final

from makersphere_protocol.errors import Close
from makersphere_rules.forms import Flag, Form
from makersphere_rules.refusals import refuse
from makersphere_server import metrics
from makersphere_server.codes import digest, new_token, token_id
from makersphere_server.room.commands.asked import Asked, Outcome, Tree
from makersphere_server.room.commands.host.command import HostCommand, is_over
from makersphere_server.room.model.live_room import LiveRoom

__all__ = ["INVITE", "LOCK"]


def _lock_form(live: LiveRoom) -> Form | None:
    return None if is_over(live) else Form({"joining": Flag()})


def _lock(asked: Asked) -> Outcome:
    asked.live.standing.locked = not asked.args["joining"]
    asked.live.standing_changed()
    return ()


def _invite(asked: Asked) -> Outcome:
    most = asked.live.limits.most_hosts
    if len(asked.live.hosts) >= most:
        metrics.LIMITED.labels("most_hosts").inc()
        return refuse("rule", "too_many_hosts", max=most)
    return ()  # the token itself is given with the answer


def _give_token(asked: Asked) -> Tree:
    """Give a token to a further host, a fresh one if the same invitation is sent again."""
    live, sent, batch = asked.live, asked.sent, asked.batch
    token, invitation = new_token(), digest(live.settings.salt, sent.author, sent.id)
    for replaced in live.hosts.invite(token_id(token), sent.language, invitation):
        batch.cut_tokens[replaced] = Close.REPLACED
    batch.private.update(live.hosts.to_store())
    return {"host_token": token}


LOCK: Final = HostCommand(name="host.lock", form=_lock_form, act=_lock)
INVITE: Final = HostCommand(name="host.invite", form=lambda _: Form(), act=_invite, gives=_give_token)
