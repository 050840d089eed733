"""What is stored otherwise once one person has been erased from a room.

Answers the private values that go or change. What the person chose in the game stays in the log under the seat's
number, so that the room still verifies and everybody else's game is what it was. What others wrote stays as well, but
for the person's name in it. Changes nothing by itself.
"""

from __future__ import annotations

from collections.abc import Mapping

import attrs
import msgspec

from makersphere_server.room.model.bookmarks import KEY as BOOKMARK_KEY
from makersphere_server.room.model.bookmarks import Bookmark
from makersphere_server.room.model.log.answers import REFUSED_KEY, author_of
from makersphere_server.room.model.log.retelling import TEXT_KEY
from makersphere_server.room.model.own_data.from_platform import from_platforms, sent_to_platforms
from makersphere_server.room.model.own_data.whose import Kept, Whose, named_in, texts_to, without_names
from makersphere_server.room.model.own_data.wiping import WIPING_KEY
from makersphere_server.room.model.people.consents import Consents
from makersphere_server.room.model.people.own_words import ASKED_KEY, AskedHosts, OwnQuestion
from makersphere_server.room.model.reflection.reflections import REFLECTION_KEY, Reflection, Reflections

__all__ = ["erased_values", "is_gone"]


def erased_values(kept: Kept, found: Whose) -> dict[str, bytes | None]:
    """Return the private values that are to be stored, so that nothing of some people is left; None: it goes.

    Their seat, their devices and what opens their seat are not among them: the room, or whoever keeps it, has these.
    """
    texts = {f"{TEXT_KEY}{record.seq}": None for record, _ in texts_to(kept, found)}
    return {
        **_without_their_name(kept.private, found.names),
        **_answers(kept, found),
        **_refused(kept, found),
        **texts,
        **dict.fromkeys(from_platforms(kept.private, found.seat, found.numbers)),
        **dict.fromkeys(sent_to_platforms(kept.private, found.seat, found.numbers)),
        WIPING_KEY: b"1",
    }


def is_gone(kept: Kept, found: Whose) -> bool:
    """Return whether nothing is left of some people: to erase them again would only wipe the files of all rooms."""
    return not found.is_known and set(erased_values(kept, found)) == {WIPING_KEY}


def _answers(kept: Kept, found: Whose) -> dict[str, bytes | None]:
    """Return their answers and what they asked the hosts as going, and what was picked of them as picked no more."""
    reflections, questions = Reflections.stored(kept.private), AskedHosts.stored(kept.private)
    consents = Consents.stored(kept.private)
    changed: dict[str, bytes | None] = {}
    for number in sorted(found.numbers):
        author = (found.seat, number)
        changed |= {one.key: None for one in reflections.of_author(author)}
        if author in reflections.picked.authors:
            changed |= reflections.unpick(author)
        left = (questions.find(author), consents.find(author))
        changed |= {one.key: None for one in left if one is not None}
    return changed


def _refused(kept: Kept, found: Whose) -> dict[str, bytes | None]:
    """Return as going what was refused to them, and what was refused to others with their name in it."""
    return {
        key: None
        for key, value in kept.private.items()
        if key.startswith(REFUSED_KEY) and (author_of(value) in found.authors or named_in(_as_text(value), found.names))
    }


def _as_text(stored: bytes) -> str:
    return " ".join(_strings(msgspec.json.decode(stored)))


def _strings(tree: object) -> list[str]:
    if isinstance(tree, str):
        return [tree]
    inside = tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ()
    return [text for each in inside for text in _strings(each)]


def _without_their_name(private: Mapping[str, bytes], names: frozenset[str]) -> dict[str, bytes | None]:
    """Return what else somebody wrote with their name in it, without the name."""
    changed: dict[str, bytes | None] = {}
    for key, value in private.items():
        if key.startswith(TEXT_KEY):
            new = without_names(value.decode(), names).encode()
        elif key.startswith(BOOKMARK_KEY):
            bookmark = msgspec.json.decode(value, type=Bookmark)
            word = without_names(bookmark.word, names)
            new = value if word == bookmark.word else msgspec.json.encode(msgspec.structs.replace(bookmark, word=word))
        elif key.startswith(REFLECTION_KEY):
            said = msgspec.json.decode(value, type=Reflection)
            text = without_names(said.text, names)
            new = value if text == said.text else msgspec.json.encode(attrs.evolve(said, text=text))
        elif key.startswith(ASKED_KEY):
            asked = msgspec.json.decode(value, type=OwnQuestion)
            put = attrs.evolve(asked, text=without_names(asked.text, names), answer=without_names(asked.answer, names))
            new = value if put == asked else msgspec.json.encode(put)
        else:
            continue
        if new != value:
            changed[key] = new
    return changed
