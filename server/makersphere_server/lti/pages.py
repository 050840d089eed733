"""The pages that a browser sees on its way from a platform: why it goes no further, and what a teacher does there.

Answers HTML in the reader's language. Everything in it that somebody else has written is text, never a part of the
page. No page needs a script, and none has a token in it but what its own form hands back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Final

import attrs

from makersphere_protocol.texts import joined, say
from makersphere_server.lti.kept import Sent

__all__ = ["CSS", "Line", "Shown", "addresses_page", "bind_page", "grades_page", "notice_page", "whose_page"]

CSS: Final = """:root{color-scheme:light dark;font:100%/1.5 system-ui,sans-serif}
body{margin:0 auto;max-width:44rem;padding:1.5rem 1rem}
h1{line-height:1.2}table{border-collapse:collapse;width:100%}
td,th{border-bottom:1px solid #8888;padding:.5rem .75rem .5rem 0;text-align:start;vertical-align:top}
code{overflow-wrap:anywhere}
form{margin-block:1.5rem}label,fieldset,button{display:block;margin-block:.75rem}
summary{cursor:pointer;min-height:2.75rem}
fieldset{border:1px solid #8888;border-radius:.5rem}
input[type=text]{box-sizing:border-box;font:inherit;min-height:2.75rem;width:100%}
button{font:inherit;min-height:2.75rem;padding:.25rem 1.25rem}
"""


@attrs.frozen
class Line:
    """One person in the table of grades.

    Attributes:
        points: of `most`; `without_idle` the same where phases without a choice count against nobody.
        sent: what the platform was sent last, or None.
    """

    name: str = attrs.field(repr=False)
    points: int
    without_idle: int
    most: int
    sent: Sent | None


def notice_page(language: str, title: str, sentences: Iterable[str]) -> str:
    """Return a page that says something."""
    return _page(language, title, "".join(f"<p>{escape(one)}</p>" for one in sentences))


def addresses_page(language: str, addresses: Mapping[str, str]) -> str:
    """Return what a platform's keeper has to enter there, by what it is called in the texts."""
    rows = "".join(
        f"<tr><th>{escape(say(language, f'lti.address.{name}', {}))}</th><td><code>{escape(address)}</code></td></tr>"
        for name, address in addresses.items()
    )
    said = escape(say(language, "lti.addresses.text", {}))
    return _page(language, say(language, "lti.addresses", {}), f"<p>{said}</p><table>{rows}</table>")


def bind_form(language: str, ticket: str, wrong: str = "") -> str:
    """Return the form by which a teacher says which room an activity belongs to.

    Args:
        language: of the reader.
        ticket: that the form hands back.
        wrong: why what was entered before did not do, or "".
    """
    complaint = f'<p role="alert">{escape(wrong)}</p>' if wrong else ""
    label = escape(say(language, "lti.bind.link", {}))
    return (
        f'{complaint}<form method="post" action="/lti/bind">{_hidden(ticket)}<label>{label}'
        f'<input type="text" name="link" required autocomplete="off" maxlength="400"></label>'
        f"<p>{escape(say(language, 'lti.bind.where', {}))}</p>"
        f"<button>{escape(say(language, 'lti.bind', {}))}</button></form>"
    )


def bind_page(language: str, title: str, ticket: str, wrong: str = "") -> str:
    """Return the page of a teacher whose activity belongs to no room yet."""
    said = escape(say(language, "lti.unbound.teacher", {}))
    return _page(
        language, title or say(language, "lti.title", {}), f"<p>{said}</p>{bind_form(language, ticket, wrong)}"
    )


def whose_page(language: str, name: str, ticket: str, wrong: str = "") -> str:
    """Return the page that asks somebody whether it is them who is there under their name without an account.

    Args:
        language: of the reader.
        name: of that one.
        ticket: that the forms hand back.
        wrong: why what was entered before did not do, or "".
    """
    complaint = f'<p role="alert">{escape(wrong)}</p>' if wrong else ""
    label, own, other = (escape(say(language, f"lti.whose.{key}", {"name": name})) for key in ("code", "mine", "other"))
    form = f'<form method="post" action="/lti/place">{_hidden(ticket)}'
    code = '<input type="text" name="code" required autocomplete="off" autocapitalize="characters" maxlength="40">'
    forms = (
        f"{form}<label>{label}{code}</label><button>{own}</button></form>"
        f'{form}<input type="hidden" name="other" value="1"><button>{other}</button></form>'
    )
    asked = escape(say(language, "lti.whose.text", {"name": name}))
    title = say(language, "lti.whose", {"name": name})
    return _page(language, title, f"<p>{asked}</p>{complaint}{forms}")


@attrs.frozen
class Shown:
    """What the page of grades shows.

    Attributes:
        title: of the activity, as the platform has it.
        code: of the room or class.
        playing: how many of its rooms are not over.
        stopped: how many stand still, so that nothing of them can be told.
        has_place: the platform has said where grades go.
        asks_consent: a room of those with grades asks people whether their data may leave the server.
    """

    title: str
    code: str
    lines: list[Line]
    playing: int
    stopped: int
    has_place: bool
    asks_consent: bool


def grades_page(language: str, shown: Shown, ticket: str) -> str:
    """Return the page of a teacher whose activity belongs to a room: what was sent of whom, and a button to send it."""
    parts = [f"<p>{escape(say(language, 'lti.belongs', {'code': shown.code}))}</p>"]
    if not shown.has_place:
        parts.append(f'<p role="alert">{escape(say(language, "lti.wrong.no_place", {}))}</p>')
    for key, count in (("lti.playing", shown.playing), ("lti.stopped", shown.stopped)):
        if count:
            said = say(language, f"{key}.one" if count == 1 else key, {"count": count})
            parts.append(f"<p>{escape(said)}</p>")
    if shown.lines:
        asked = f"<p>{escape(say(language, 'lti.consent', {}))}</p>" if shown.asks_consent else ""
        parts += [_table(language, shown.lines), asked, _send_form(language, ticket)]
    elif not shown.playing and not shown.stopped:
        parts.append(f"<p>{escape(say(language, 'lti.nobody', {}))}</p>")
    parts.append(_look_form(language, ticket))
    other = escape(say(language, "lti.bind.other", {}))
    parts.append(f"<details><summary>{other}</summary>{bind_form(language, ticket)}</details>")
    return _page(language, shown.title or say(language, "lti.title", {}), "".join(parts))


def _table(language: str, lines: Iterable[Line]) -> str:
    heads = ("lti.column.name", "lti.column.points", "lti.column.without_idle", "lti.column.sent")
    head = "".join(f"<th>{escape(say(language, key, {}))}</th>" for key in heads)
    rows = "".join(
        f"<tr><td>{escape(line.name)}</td><td>{line.points}/{line.most}</td><td>{line.without_idle}/{line.most}</td>"
        f"<td>{escape(_state(language, line.sent))}</td></tr>"
        for line in lines
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _state(language: str, sent: Sent | None) -> str:
    """Return how it stands with somebody's grade, in a sentence or two."""
    if sent is None:
        return say(language, "lti.state.none", {})
    values = {"points": sent.points, "most": sent.most}
    if not sent.text:
        return say(language, f"lti.state.{sent.status}", values)
    state = say(language, f"lti.state.{'again' if sent.status == 'waiting' else sent.status}", values)
    return joined(language, [state, say(language, f"lti.wrong.{sent.text}", sent.values)], "sentences")


def _send_form(language: str, ticket: str) -> str:
    ways = "".join(
        f'<label><input type="radio" name="idle" value="{way}" required> '
        f"{escape(say(language, f'lti.idle.{way}', {}))}</label>"
        for way in ("count", "leave")
    )
    legend = escape(say(language, "lti.idle", {}))
    return (
        f'<form method="post" action="/lti/send">{_hidden(ticket)}<fieldset><legend>{legend}</legend>{ways}</fieldset>'
        f"<button>{escape(say(language, 'lti.send', {}))}</button></form>"
    )


def _look_form(language: str, ticket: str) -> str:
    return (
        f'<form method="post" action="/lti/grades">{_hidden(ticket)}'
        f"<button>{escape(say(language, 'lti.look', {}))}</button></form>"
    )


def _hidden(ticket: str) -> str:
    return f'<input type="hidden" name="ticket" value="{escape(ticket)}">'


def _page(language: str, title: str, body: str) -> str:
    return (
        f'<!doctype html><html lang="{escape(language)}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width,initial-scale=1"><title>{escape(title)} · Makersphere'
        f'</title><link rel="stylesheet" href="/lti/page.css"></head>'
        f"<body><main><h1>{escape(title)}</h1>{body}</main></body></html>"
    )
