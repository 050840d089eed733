"""What people may be called in a room.

Answers which name is shown for what somebody typed, whether two names look alike, and which names are nobody's.
A name is mended rather than refused: what cannot be seen is taken out, what is long is cut between letters as
people see them. Chinese, Arabic and Devanagari names keep the joiners that they are written with. Refused is what
would pass for the host (`reserved_names.toml`), at the door a name with such a word in it as well, and a word that
mixes scripts which look alike. Sources: RFC 8266
(nicknames); Unicode Technical Standard 39, "Confusable Detection" and "Restriction-Level Detection", whose moderate
level this is, word by word; Unicode Standard Annex 29, "Grapheme Clusters".

The look-alikes and the scripts are Unicode's lists as `confusable-homoglyphs` carries them; they hardly change, so that
package hardly does. Clusters are `wcwidth`'s.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from itertools import groupby
from typing import Any, Final

from wcwidth import iter_graphemes

__all__ = ["BLANK", "LONGEST", "MOST_MARKS", "alike", "clean", "host_word", "is_reserved", "looks", "why_not"]

LONGEST: Final = 40
_LONGEST_CLUSTER: Final = 16  # the longest emoji has 10 code points
MOST_MARKS: Final = 3  # on one letter: Thai, Hebrew and Arabic need no more
_LONGEST_LIGATURE: Final = 3  # one sign that stands for more letters is spelt out

_ZWNJ, _ZWJ, _AS_EMOJI = "\u200c", "\u200d", "\ufe0f"
_JOINING: Final = range(0x0600, 0x0E00)  # scripts from Arabic to Sinhala, whose spelling needs joiners
_HIDDEN: Final = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Me"})
BLANK: Final = frozenset(  # ignorable or without ink, though their categories don't say so
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
_ACCENTS: Final = re.compile(  # and the vowel points of Hebrew and Arabic
    "[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u0652\u0656-\u065f\u0670]"
)
_STROKES: Final = re.compile("[\u0300-\u0337\u0339-\u036f]")  # as the list spells ħ, ɵ and ɦ; ø and ł are other letters
_AS_LETTERS: Final = str.maketrans("134578@$!€†+", "ieastbasiett")  # 0 for o and 1 for l are look-alikes
_NAMED: Final = re.compile(r"\bLATIN(?: SMALL| CAPITAL)? LETTER (?:SMALL CAPITAL )?([A-Z])$")
_WORDS: Final = re.compile(r"(?:[^\W\d_]|[\u0300-\u036f])+")
_UNSPACED: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]+")  # words follow each other without a blank
_KATAKANA: Final = "[\u30a1-\u30fa\u30fc]"  # a word of these ends where they end
_AS_IN_A_NAME: Final = (" ", "-")  # between a first name and a surname
_MOST_WORDS: Final = 4  # of one entry of the list
_DIGITS: Final = "0123456789"
_TOGETHER: Final = (  # scripts that one language is written with
    frozenset({"LATIN", "HAN", "HIRAGANA", "KATAKANA"}),
    frozenset({"LATIN", "HAN", "BOPOMOFO"}),
    frozenset({"LATIN", "HAN", "HANGUL"}),
)
_UNLIKE: Final = frozenset(  # scripts that nobody takes for Latin
    "ARABIC BENGALI DEVANAGARI ETHIOPIC GEORGIAN GUJARATI GURMUKHI HEBREW KANNADA KHMER LAO MALAYALAM MYANMAR ORIYA "
    "SINHALA TAMIL TELUGU THAANA THAI TIBETAN".split()
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
        elif letter in BLANK or category in _HIDDEN:
            continue
        elif category == "Mn":
            marks += 1
            if marks <= MOST_MARKS and last != " ":
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
    inked = "".join(_plain(letter) for letter in inked if letter not in BLANK)
    return frozenset({_skeleton(inked).casefold(), _skeleton(inked.casefold()).casefold()})


def alike(one: str, other: str) -> bool:
    """Return whether two names share a reading: nobody at a table could tell their people apart."""
    return not looks(one).isdisjoint(looks(other))


def _plain(letter: str) -> str:
    """Return the Latin letter that a letter is another form of, as its name says: a small capital, one in a box."""
    if letter.isascii() or unicodedata.category(letter)[0] not in "LS":
        return letter
    found = _NAMED.search(unicodedata.name(letter, ""))
    return found[1].lower() if found else letter


def why_not(name: str) -> str:
    """Return why nobody may have a name, as the key of a refusal: `reserved_name`, `mixed_scripts`, or "".

    Args:
        name: as `clean` has made it.
    """
    if is_reserved(name):
        return "reserved_name"
    return "mixed_scripts" if any(map(_mixes, _WORDS.findall(name))) else ""


def is_reserved(name: str) -> bool:
    """Return whether a name would pass for the host or the room, with or without a number or a word before it."""
    first, *others = re.split(r"[\s'\u2019]+", name)
    words = [name]
    if others and _listed_as("before", first):
        words.append("".join(others))
    return any(not _reserved().isdisjoint(_readings(word)) for word in words)


def host_word(name: str) -> str:
    """Return what in a longer name stands for whoever leads the room, in plain letters, or "".

    Args:
        name: as `clean` has made it.
    """
    words = _words(name)
    for place, (gap, word) in enumerate(words):
        joined = _joined_words().search(word.strip(_DIGITS))
        if joined is not None:
            return joined[0]
        is_surname = gap in _AS_IN_A_NAME and place > 0 and not _listed_as("before", words[place - 1][1])
        for count in range(1, _MOST_WORDS + 1):
            run = [one for _, one in words[place : place + count]]
            is_led = any((len(run), reading) in _leading() for reading in _readings("".join(run)))
            if is_led and not (is_surname and _listed_as("surnames", "".join(run))):
                return " ".join(run)
    return ""


def _words(name: str) -> list[tuple[str, str]]:
    """Return the words of a name in plain letters, each with what stands before it."""
    found, gap = [], ""
    for is_word, letters in groupby(_in_plain_letters(name), _is_of_word):
        if is_word:
            found.append((gap, "".join(letters)))
        else:
            gap = "".join(letters)
    return found


def _is_of_word(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "LMN" or letter in "'\u2019\u200c\u200d"


def _readings(word: str) -> frozenset[str]:
    """Return how a word may be read by somebody who overlooks accents and strokes, and reads digits as letters."""
    spelt = (_bare(word), _bare(word.translate(_AS_LETTERS)))
    seen = (look for one in spelt for look in looks(one) | looks(one.strip(_DIGITS)))
    return frozenset(_STROKES.sub("", look) for look in seen)


def _in_plain_letters(name: str) -> str:
    return "".join(map(_plain, unicodedata.normalize("NFKC", name)))


def _listed_as(kind: str, word: str) -> bool:
    """Return whether a word, however it is written, is in one of the lists that are of no language."""
    return not _readings(word).isdisjoint(_readings_of(kind))


@cache
def _readings_of(kind: str) -> frozenset[str]:
    return frozenset().union(*map(_readings, _listed()[kind]))


def _leading_words() -> list[str]:
    alone = {*_listed()["alone"]}
    return [word for words in _listed()["words"].values() for word in words if word not in alone]


@cache
def _leading() -> frozenset[tuple[int, str]]:
    """Return the words for people who lead that may be in no name: of how many words each is made, and how it reads."""
    return frozenset((len(word.split()), reading) for word in _leading_words() for reading in _readings(word))


@cache
def _joined_words() -> re.Pattern[str]:
    """Return what finds such a word where words follow each other without a blank: at the beginning, at the end."""
    words = sorted(filter(_UNSPACED.fullmatch, _leading_words()), key=len, reverse=True)
    first = "|".join(_up_to_its_end(word) for word in words if word not in _listed()["endings"])
    last = "|".join(_from_its_start(word) for word in words)
    return re.compile(f"^(?:{first})|(?:{last})$")


def _up_to_its_end(word: str) -> str:
    return f"{word}(?!{_KATAKANA})" if re.fullmatch(f"{_KATAKANA}+", word) else word


def _from_its_start(word: str) -> str:
    return f"(?<!{_KATAKANA}){word}" if re.fullmatch(f"{_KATAKANA}+", word) else word


def _bare(name: str) -> str:
    """Return the letters and digits of a name, plain and without accents."""
    apart = _ACCENTS.sub("", unicodedata.normalize("NFD", _in_plain_letters(name)))
    return "".join(letter for letter in apart if unicodedata.category(letter)[0] in "LMN")


@cache
def _reserved() -> frozenset[str]:
    words = (word for words in _listed()["words"].values() for word in words)
    return frozenset().union(*map(_readings, words))


@cache
def _listed() -> dict[str, Any]:
    return tomllib.loads((files("makersphere_protocol") / "reserved_names.toml").read_text("utf-8"))


def _mixes(word: str) -> bool:
    """Return whether a word has letters of scripts that look alike; Unicode calls such names less than moderate."""
    from confusable_homoglyphs.categories import alias  # type: ignore[import-untyped]  # noqa: PLC0415  (large, and not always needed)

    scripts = {alias(letter) for letter in word if not letter.isascii()} - {"COMMON", "INHERITED", "Unknown"}
    if any("a" <= letter <= "z" for letter in word.casefold()):
        scripts.add("LATIN")
    others = scripts - {"LATIN"}
    is_one_language = any(scripts <= together for together in _TOGETHER)
    return len(scripts) > 1 and not is_one_language and not (len(others) == 1 and others <= _UNLIKE)


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
