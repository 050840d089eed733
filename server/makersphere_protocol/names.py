"""What people may be called in a room.

Answers which name is shown for what somebody typed, whether two names look alike, and which names are nobody's.
A name is mended rather than refused: what cannot be seen is taken out, what is long is cut between letters as
people see them. Chinese, Arabic and Devanagari names keep the joiners that they are written with. Sources: RFC 8266
(nicknames); Unicode Technical Standard 39, "Confusable Detection"; Unicode Standard Annex 29, "Grapheme Clusters".

The look-alikes are Unicode's list as `confusable-homoglyphs` carries it; the list hardly changes, so that package
hardly does. Clusters are `wcwidth`'s.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from typing import Final

from wcwidth import iter_graphemes

__all__ = ["LONGEST", "clean", "is_reserved", "looks"]

LONGEST: Final = 40
_LONGEST_CLUSTER: Final = 16  # the longest emoji has 10 code points
_MOST_MARKS: Final = 3  # on one letter: Thai, Hebrew and Arabic need no more
_LONGEST_LIGATURE: Final = 3  # one sign that stands for more letters is spelt out

_ZWNJ, _ZWJ, _AS_EMOJI = "\u200c", "\u200d", "\ufe0f"
_JOINING: Final = range(0x0600, 0x0E00)  # scripts from Arabic to Sinhala, whose spelling needs joiners
_HIDDEN: Final = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Me"})
_BLANK: Final = frozenset(  # ignorable or without ink, though their categories don't say so
    map(
        chr,
        (
            *(0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFDFD, 0xFFA0, 0xFFFC, 0xFFFD, 0x16FE4, 0x1D159),
            *range(0x180B, 0x1810),
            *range(0xFE00, 0xFE10),
            *range(0xE0100, 0xE01F0),
        ),
    )
)
_RESERVED: Final = (
    *("host", "hosts", "the host", "facilitator", "moderator", "admin", "administrator", "server", "system"),
    *("makersphere", "everyone", "nobody"),
    *("主持人", "主持", "管理员", "服务器", "系统", "所有人", "没有人"),
)


def clean(name: str) -> str:
    """Return the name as it is shown, or "" where nothing can be shown."""
    before = ""
    shown = name
    while shown != before:  # what is taken out may bring together what makes one letter
        before = shown
        shown = _cut(" ".join(_visible(_spelt(shown)).split()))
    return shown if any(unicodedata.category(letter)[0] in "LN" or _is_emoji(letter) for letter in shown) else ""


def _spelt(name: str) -> str:
    letters = (unicodedata.normalize("NFKC", letter) for letter in name)
    spelt = (long if len(long) > _LONGEST_LIGATURE else letter for letter, long in zip(name, letters, strict=True))
    return unicodedata.normalize("NFC", "".join(spelt))


def _visible(name: str) -> str:
    """Return a name without what has no ink, turns the line around, or towers over it."""
    kept: list[str] = []
    marks = 0
    for place, letter in enumerate(name):
        category = unicodedata.category(letter)
        last = kept[-1] if kept else " "
        following = name[place + 1 : place + 2]
        if letter.isspace() or category[0] == "Z":
            kept.append(" ")
        elif letter in (_ZWNJ, _ZWJ, _AS_EMOJI):
            if _joins(last, letter, following):
                kept.append(letter)
        elif letter in _BLANK or category in _HIDDEN:
            continue
        elif category == "Mn":
            marks += 1
            if marks <= _MOST_MARKS and last != " ":
                kept.append(letter)
            continue
        else:
            kept.append(letter)
        marks = 0 if letter not in (_ZWNJ, _ZWJ, _AS_EMOJI) else marks
    return "".join(kept)


def _joins(last: str, joiner: str, following: str) -> bool:
    """Return whether an invisible sign changes what is seen between its neighbours."""
    if joiner == _AS_EMOJI:
        return _is_emoji(last)
    if not following:
        return False
    if joiner == _ZWJ and (_is_emoji(last) or last == _AS_EMOJI):
        return _is_emoji(following)
    return ord(last) in _JOINING and ord(following) in _JOINING


def _is_emoji(letter: str) -> bool:
    return unicodedata.category(letter) == "So" or "\U0001f3fb" <= letter <= "\U0001f3ff"


def _cut(name: str) -> str:
    """Return as many whole letters, as people see them, as fit."""
    kept, length = [], 0
    for cluster in iter_graphemes(name):
        fitting = cluster[:_LONGEST_CLUSTER]
        length += len(fitting)
        if length > LONGEST:
            break
        kept.append(fitting)
    return "".join(kept).strip()


@lru_cache(maxsize=4_096)
def looks(name: str) -> frozenset[str]:
    """Return how a name may be read; names that share a reading look alike."""
    plain = unicodedata.normalize("NFKC", name)
    inked = "".join(letter for letter in plain if letter not in (_ZWNJ, _ZWJ) and not letter.isspace())
    inked = "".join(letter for letter in inked if letter not in _BLANK)
    return frozenset({_skeleton(inked).casefold(), _skeleton(inked.casefold()).casefold()})


def is_reserved(name: str) -> bool:
    """Return whether a name would pass for the host or the server, with or without a number."""
    words = "".join(letter for letter in name if unicodedata.category(letter)[0] in "LN")
    return not _reserved_looks().isdisjoint(looks(words) | looks(words.rstrip("0123456789")))


@cache
def _reserved_looks() -> frozenset[str]:
    return frozenset(look for word in _RESERVED for look in looks(word))


def _skeleton(name: str) -> str:
    prototypes = _prototypes()
    apart = unicodedata.normalize("NFD", name)
    return unicodedata.normalize("NFD", "".join(prototypes.get(letter, letter) for letter in apart))


@cache
def _prototypes() -> dict[str, str]:
    """Return for each sign that looks like others what stands for all of them.

    The list goes both ways; the sign that has the most look-alikes is the one that Unicode maps the others to.
    """
    from confusable_homoglyphs.confusables import confusables_data  # type: ignore[import-untyped]  # noqa: PLC0415  (large, and not always needed)

    listed: dict[str, list[str]] = {sign: [one["c"] for one in found] for sign, found in confusables_data.items()}
    found: dict[str, str] = {}
    for sign, others in listed.items():
        if len(sign) == 1:
            found[sign] = min((sign, *others), key=lambda one: (-len(listed.get(one, ())), one))
    return found
