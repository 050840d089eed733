"""What people are told whom something did not go well for: a heading, what it was, and what to do."""

from __future__ import annotations

from makersphere_protocol.errors import MEANINGS, ProtocolError
from makersphere_protocol.texts import say
from makersphere_server.lti.wrong import Wrong

__all__ = ["sentence_of"]


def sentence_of(language: str, error: Wrong | ProtocolError) -> tuple[str, list[str]]:
    """Return a heading and sentences, in a language."""
    if isinstance(error, Wrong):
        said = say(language, f"lti.wrong.{error.text}", error.values)
    else:
        said = say(language, f"refusal.{error.text}", {"field": error.field, **error.values}, MEANINGS[error.code])
    return say(language, "lti.not_in", {}), [said, say(language, "lti.nothing_lost", {})]
