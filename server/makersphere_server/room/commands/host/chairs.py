"""Who else hosts: a chair for one more, what its host may do and is called, a code for one's own, and who is let go.

The founder leads, always. Those who host the class that the room is a table of are the class's to change.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import attrs

from makersphere_protocol.errors import Close
from makersphere_protocol.messages import Args
from makersphere_protocol.names import LONGEST, clean, why_not
from makersphere_rules.forms import Form, OneOf, whole
from makersphere_rules.refusals import Refusal, refuse
from makersphere_server import metrics
from makersphere_server.codes import digest, new_rejoin_code, new_token, token_id
from makersphere_server.room.commands.asked import Asked, Outcome, Tree
from makersphere_server.room.commands.host.command import FreeText, HostCommand
from makersphere_server.room.model.people.hosts import LEAD, RANKS, VISITOR, Host, Hosts

__all__ = [
    "APPOINT",
    "INVITE",
    "LET_GO",
    "REJOIN_CODE",
    "appoint_form",
    "appointed",
    "bad_name",
    "chair_for",
    "give_code",
    "invite_form",
    "let_go_form",
    "too_many",
]

_RANK: Final = OneOf(RANKS, "rank")
_TEXTS: Final = {"name": FreeText(LONGEST)}


def invite_form() -> Form:
    """Return what opens a chair for one more host: a lead's, where nothing is said."""
    return Form({"rank": _RANK}, optional=frozenset({"rank", "name"}))


def appoint_form(hosts: Hosts) -> Form | None:
    """Return what says of somebody who hosts what they may do, and what they are called; anybody may get a name."""
    numbers = tuple(host.number for host in hosts if not host.of_class)
    fields = {"host": OneOf(numbers, "host_number"), "rank": _RANK}
    return Form(fields, optional=frozenset({"rank", "name"})) if numbers else None


def let_go_form(hosts: Hosts) -> Form | None:
    """Return what lets somebody host no more; not the founder, and not who hosts by the class."""
    numbers = tuple(host.number for host in hosts if not host.is_founder and not host.of_class)
    return Form({"host": OneOf(numbers, "host_to_let_go")}) if numbers else None


def too_many(hosts: Hosts, most: int) -> Refusal | None:
    """Return why nobody more can host where `most` may."""
    if len(hosts) < most:
        return None
    metrics.LIMITED.labels("most_hosts").inc()
    return refuse("rule", "too_many_hosts", max=most)


def bad_name(args: Args) -> Refusal | None:
    """Return why a name that is given to a host cannot be shown; an empty one takes the name away."""
    name = clean(str(args.get("name", "")))
    wrong = why_not(name)
    is_hosts_own = wrong == "reserved_name"  # so are words for a host, which nobody else may be called
    return refuse("bad_args", wrong, "name", name=name) if wrong and not is_hosts_own else None


def chair_for(hosts: Hosts, args: Args, invitation: str, language: str) -> tuple[str, str]:
    """Give a token to a further host, a fresh one where the same invitation is sent again.

    Returns:
        The token, and the id of the one that it replaces; both "" where that host was let go meanwhile.
    """
    token, known = new_token(), hosts.invited(invitation)
    if known is None:
        name, rank = clean(str(args.get("name", ""))), str(args.get("rank", LEAD))
        hosts.invite(Host(token_id(token), language, invitation=invitation, rank=rank, name=name))
        return token, ""
    return (token, hosts.renew(known, token_id(token))) if known.token else ("", "")


def appointed(hosts: Hosts, args: Args) -> Refusal | None:
    """Have somebody be called so, or be allowed so much; return why not."""
    host = hosts.get(whole(args, "host"))
    rank = str(args.get("rank", host.rank if host is not None else LEAD))
    if host is None or (host.is_founder and rank != LEAD):
        return refuse("rule", "founder_leads", "rank")
    name = clean(str(args["name"])) if "name" in args else host.name
    hosts.change(attrs.evolve(host, rank=rank, name=name))
    return None


def give_code(hosts: Hosts, token: str, salt: str, changed: Callable[[], None]) -> Tree:
    """Give a host a code that takes the chair to another device, instead of an older one; a thing has no chair."""
    host, code = hosts.find(token), new_rejoin_code()
    if host is None:
        return {}
    hosts.change(attrs.evolve(host, code=digest(salt, code)))
    changed()
    return {"code": code}


def _invite(asked: Asked) -> Outcome:
    live = asked.live
    return too_many(live.hosts, live.limits.most_hosts) or bad_name(asked.args) or ()  # the token comes with the answer


def _give_token(asked: Asked) -> Tree:
    live, sent = asked.live, asked.sent
    token, replaced = chair_for(live.hosts, sent.args, digest(live.settings.salt, sent.author, sent.id), sent.language)
    if replaced:
        asked.batch.cut_tokens[replaced] = Close.REPLACED
    _changed(asked)
    return {"host_token": token} if token else {}


def _appoint(asked: Asked) -> Outcome:
    refusal = bad_name(asked.args) or appointed(asked.live.hosts, asked.args)
    if refusal is not None:
        return refusal
    _changed(asked)
    return ()


def _let_go(asked: Asked) -> Outcome:
    host = asked.live.hosts.get(whole(asked.args, "host"))
    assert host is not None  # noqa: S101  (the form lets nobody else through)
    asked.batch.cut_tokens[asked.live.hosts.let_go(host)] = Close.REMOVED
    _changed(asked)
    return ()


def _code(asked: Asked) -> Outcome:
    """See that the chair is the room's own: the class takes back whatever else opens one of its hosts' chairs."""
    host = asked.live.hosts.find(asked.sent.token)
    return refuse("rule", "chair_of_class") if host is not None and host.of_class else ()


def _give_code(asked: Asked) -> Tree:
    """Give whoever asks a code for the own chair, instead of an older one."""
    live = asked.live
    return give_code(live.hosts, asked.sent.token, live.settings.salt, lambda: _changed(asked))


def _changed(asked: Asked) -> None:
    asked.batch.private.update(asked.live.hosts.to_store())
    asked.live.dirty.table = True


INVITE: Final = HostCommand(
    name="host.invite", form=lambda _: invite_form(), act=_invite, gives=_give_token, texts=_TEXTS, least=LEAD
)
APPOINT: Final = HostCommand(
    name="host.appoint", form=lambda live: appoint_form(live.hosts), act=_appoint, texts=_TEXTS, least=LEAD
)
LET_GO: Final = HostCommand(name="host.let_go", form=lambda live: let_go_form(live.hosts), act=_let_go, least=LEAD)
REJOIN_CODE: Final = HostCommand(
    name="host.rejoin_code", form=lambda _: Form(), act=_code, gives=_give_code, least=VISITOR
)
