"""Sentences for people, by key and language, from the catalogues that web, terminal and server share.

Answers what a refusal or a log line reads like. A catalogue is a flat JSON object in
`texts/<language>/<area>.json`, and a folder there is a language; its `language.json` says what it is called and what
it puts between words and sentences. `{name}` stands for a value, and a value that has a name of its own in the
catalogue (`{phase}` with `policy`: `phase.policy`) is shown by it. Rule modules of other people bring sentences of
their own (`learn`), which never take the place of the game's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Final

import msgspec

from makersphere_protocol.free_text import shown

__all__ = ["DEFAULT", "catalogue", "joined", "known", "languages", "learn", "learnt", "say", "shipped"]

DEFAULT: Final = "en"
_STOPS: Final = (".", "\N{IDEOGRAPHIC FULL STOP}")
_PLACE: Final = re.compile(r"\{(\w+)\}")
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_LATIN: Final = re.compile(r"[A-Za-z0-9]")
_LEARNT: Final[dict[str, dict[str, str]]] = {}  # by language and key, for as long as this process runs


@cache
def languages() -> tuple[str, ...]:
    """Return the languages there are, in order."""
    folder = files("makersphere_protocol") / "texts"
    return tuple(sorted(entry.name for entry in folder.iterdir() if entry.is_dir()))


def learn(sentences: Mapping[str, Mapping[str, str]]) -> None:
    """Add sentences, by language and key; what the game says itself stays as it is."""
    for language, new in sentences.items():
        own = shipped(language)
        _LEARNT.setdefault(language, {}).update((key, text) for key, text in new.items() if key not in own)
    catalogue.cache_clear()


def learnt(language: str) -> Mapping[str, str]:
    """Return the sentences that were added, in a language; what it lacks in English."""
    return {**_LEARNT.get(DEFAULT, {}), **_LEARNT.get(language, {})}


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """Return all sentences of a language by key; empty for a language that there is not."""
    return {**_LEARNT.get(language, {}), **shipped(language)} if language in languages() else {}


@cache
def shipped(language: str) -> Mapping[str, str]:
    """Return the sentences that the game brings itself, in a language; empty for one that there is not."""
    found: dict[str, str] = {}
    if language in languages():
        folder = files("makersphere_protocol") / "texts" / language
        for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
            if entry.name.endswith(".json"):
                found.update(msgspec.json.decode(entry.read_bytes(), type=dict[str, str]))
    return found


def known(language: str) -> str:
    """Return the language to speak to somebody who asks for `language` (`zh-CN` is `zh`)."""
    for candidate in (language.lower(), language.lower().partition("-")[0]):
        if candidate in languages():
            return candidate
    return DEFAULT


def joined(language: str, parts: Iterable[str], by: str = "list") -> str:
    """Return words or sentences in a row, with what a language puts between them.

    Args:
        language: in which they are; one that there is not is English.
        parts: what stands in the row.
        by: `list` of words, `comma` between parts of a sentence, `sentences`.
    """
    return say(language, f"language.{by}").removeprefix("{a}").removesuffix("{b}").join(parts)


def say(language: str, key: str, values: Mapping[str, int | str] | None = None, default: str = "") -> str:
    """Return the sentence `key` in a language, else in English, else `default`, with its values filled in."""
    texts = catalogue(known(language))
    template = texts.get(key) or catalogue(DEFAULT).get(key) or default
    if not values or "{" not in template:
        return template

    def fill(place: re.Match[str]) -> str:
        name = place[1]
        value = values.get(name, place[0])
        if isinstance(value, str):
            said = texts.get(f"{name.rpartition('_')[2]}.{value}") or shown(value)
        else:
            said = _written(value)
        after = template[place.end() : place.end() + 1]
        if after in _STOPS and said.endswith(_STOPS):
            said = said[:-1]  # "Ana L." ends the sentence as it is
        return _apart(template[place.start() - 1 : place.start()], said, after)

    return _PLACE.sub(fill, template)


def _written(value: int) -> str:
    return str(value).replace("-", "\N{MINUS SIGN}")


def _apart(before: str, value: str, after: str) -> str:
    """Return a value with a space where a letter or digit of it would stand against a Chinese character of the text."""
    leading = " " if _HAN.match(before) and _LATIN.match(value) else ""
    trailing = " " if _HAN.match(after) and _LATIN.match(value[-1:]) else ""
    return f"{leading}{value}{trailing}"
