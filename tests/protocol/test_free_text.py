"""What people write to each other: nothing in it moves a cursor, turns a line or hides; every script stays."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from makersphere_protocol.free_text import is_blank, shown
from makersphere_protocol.texts import say
from tests.protocol import names_corpus as corpus

GOOD = (
    "Five minutes left: sign, or go home!",
    "Zeile eins\nZeile zwei",
    "还有五分钟。签字吧。",
    "あと5分です。ｻｲﾝしてください",
    "남은 시간은 5분입니다",
    "می‌خواهم پنج دقیقه بیشتر باشد",
    "נשארו 5 דקות\u200f!",
    "क्षितिज और श्री",
    "👩‍👩‍👧 ❤️ 👍🏽",
    "Łukasz, Ñandú und Çağla: gut gemacht",
)
BAD = {
    "pay \u202eevil\u202c me": "pay evil me",
    "\u2067turned\u2069": "turned",
    "ding\x07dong": "dingdong",
    "\x1b[2J\x1b]0;title\x07gone": "[2J]0;titlegone",
    "\x9b31mred": "31mred",
    "a\rb": "a b",
    "one\r\ntwo": "one\ntwo",
    "tab\there": "tab here",
    "line\u2028apart\u2029": "line apart ",
    "hid\u2060den\ufeff\u00ad": "hidden",
    "tag\U000e0041\U000e0042": "tag",
    "back\x08space\x7f": "backspace",
    "\ud800alone": "alone",
    "\ue000own": "own",
    "\u061cturned": "turned",
    "e\u0301\u0302\u0303\u0304\u0305\u20ddx\u0301": "e\u0301\u0302\u0303x\u0301",
    "e" + "\u0301\x07\u200d" * 9: "e" + "\u0301\u200d" * 3 + 6 * "\u200d",
}


@pytest.mark.parametrize("text", [*GOOD, *(name for name in corpus.FAIR if unicodedata.is_normalized("NFC", name))])
def test_what_is_well_written_stays(text: str) -> None:
    """No script loses a letter, a joiner or a direction mark."""
    assert shown(text) == text


@pytest.mark.parametrize(("written", "seen"), BAD.items())
def test_what_would_act_on_the_reader_is_taken_out(written: str, seen: str) -> None:
    """A cursor, a bell, a turned line, an order to a terminal: none of them reaches anybody."""
    assert shown(written) == seen


def test_what_nobody_can_read_is_blank() -> None:
    """Blanks, marks alone and signs without ink; a sign, a digit or an emoji can be read."""
    inkless = [text for text in corpus.BLANK if not any(unicodedata.category(letter)[0] == "P" for letter in text)]
    assert [text for text in inkless if not is_blank(shown(text))] == []
    assert [text for text in ("!", "?", "5", "👍🏽", "❤️", *GOOD) if is_blank(shown(text))] == []


@given(st.text(max_size=80))
def test_whatever_is_written_is_shown_safely(written: str) -> None:
    """What is shown holds no control, no override, and shows itself."""
    seen = shown(written)
    assert shown(seen) == seen
    assert not any(unicodedata.category(letter) in {"Cc", "Cs", "Co", "Zl", "Zp"} for letter in seen.replace("\n", ""))
    assert not set(seen) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def test_a_sentence_is_filled_with_what_may_be_shown() -> None:
    """Whoever makes a sentence of a key and values, the terminal too, shows no more than that."""
    assert say("en", "log.announced", {"text": "a\x1b[2Jb\u202ec"}) == say("en", "log.announced", {"text": "a[2Jbc"})
