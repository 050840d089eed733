"""Names: what is shown for what somebody typed, which look alike, and which are nobody's."""

import itertools
import tomllib
import unicodedata
from importlib.resources import files

from hypothesis import example, given
from hypothesis import strategies as st
from wcwidth import iter_graphemes

from makersphere_protocol.names import LONGEST, clean, host_word, is_reserved, looks, why_not
from tests.protocol import names_corpus as corpus

TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def _alike(one: str, other: str) -> bool:
    return not looks(one).isdisjoint(looks(other))


def _typed() -> list[str]:
    pairs = [*corpus.ALIKE, *corpus.APART]
    mended = (typed for typed, _ in corpus.MENDED)
    return [*corpus.FAIR, *corpus.BLANK, *mended, *itertools.chain(*pairs), *corpus.RESERVED]


def test_the_corpus_is_no_handful() -> None:
    """More than four hundred strings, each looked at once."""
    assert len(set(_typed())) >= 400
    assert len(set(corpus.FAIR)) == len(corpus.FAIR)


def test_a_fair_name_is_shown_as_it_is() -> None:
    """Whatever the script, nothing is taken away and nobody is refused."""
    assert {name: clean(name) for name in corpus.FAIR if clean(name) != unicodedata.normalize("NFC", name)} == {}
    assert {name: why_not(name) for name in corpus.FAIR if why_not(name)} == {}


def test_what_cannot_be_seen_is_no_name() -> None:
    """Blanks, what only looks blank, and mere dots are nobody's name."""
    assert {name: clean(name) for name in corpus.BLANK if clean(name)} == {}


def test_names_are_mended() -> None:
    """Nothing is hidden, turned around or towering; what is long is cut between letters as people see them."""
    assert {typed: clean(typed) for typed, _ in corpus.MENDED} == dict(corpus.MENDED)


def test_look_alikes_are_told() -> None:
    """Another script, case, width, style, blank or digit does not make another name."""
    assert [(one, other) for one, other in corpus.ALIKE if not _alike(clean(one), clean(other))] == []


def test_different_names_are_different() -> None:
    """What people can tell apart is told apart."""
    assert [(one, other) for one, other in corpus.APART if _alike(clean(one), clean(other))] == []


def test_fair_names_do_not_collide() -> None:
    """In a room with all of them, nobody is told that somebody has that name."""
    seen: dict[str, str] = {}
    for name in corpus.FAIR:
        for look in looks(clean(name)):
            assert seen.setdefault(look, name) == name


def test_nobody_is_called_host_or_bot() -> None:
    """A name that passes for the host, the server or a bot is nobody's, however it is written."""
    assert [name for name in corpus.RESERVED if why_not(clean(name)) != "reserved_name"] == []


def test_no_word_of_a_name_is_one_for_who_leads() -> None:
    """In brackets, behind a dash, before or after a name such a word is seen; a name that only begins so is a name."""
    assert [name for name in corpus.LEADING if not host_word(clean(name))] == []
    assert {name: host_word(clean(name)) for name in corpus.FAIR if host_word(clean(name))} == {}
    assert host_word(clean("Ann (H0st)")) == "H0st"
    assert host_word(clean("Game  Master Ann")) == "Game Master"
    assert host_word(clean("王老师")) == "老师"


def test_each_word_for_who_leads_is_found_in_a_longer_name() -> None:
    """Whatever its language; the lists of exceptions hold nothing but words of the list."""
    listed = tomllib.loads((files("makersphere_protocol") / "reserved_names.toml").read_text("utf-8"))
    words = {word for words in listed["words"].values() for word in words}
    for kind in ("alone", "surnames", "endings"):
        assert [word for word in listed[kind] if word not in words] == []
    leading = words - {*listed["alone"]}
    assert [word for word in leading if not host_word(clean(f"🌻 ({word})"))] == []
    assert [word for word in leading - {*listed["endings"]} if not host_word(clean(f"{word} 7 Zed"))] == []


def test_a_word_has_letters_of_one_alphabet() -> None:
    """Latin, Greek and Cyrillic letters never stand in one word; what a language is written with does."""
    assert [name for name in corpus.MIXED if why_not(clean(name)) != "mixed_scripts"] == []


def test_twenty_languages_have_words_for_who_leads() -> None:
    """Each of them has a host and a teacher at least, and none of the words is left out by how it is written."""
    listed = tomllib.loads((files("makersphere_protocol") / "reserved_names.toml").read_text("utf-8"))
    assert len(listed["words"]) >= 20
    assert {language for language, words in listed["words"].items() if len(set(words)) < 10} == set()
    words = [word for words in listed["words"].values() for word in words]
    assert [word for word in words if not is_reserved(clean(word.upper()))] == []
    assert [word for word in words if not is_reserved(clean(f"{listed['before'][0]} {word}"))] == []


@given(st.text(max_size=80))
@example("\u1100" * 41)
@example("क\u094d" * 40)
@example("🧑\u200d" * 40)
@example("ﷺ" * 10)
@example("\u0643\u064e\u200d\u0643")
def test_whatever_is_typed_is_shown_safely(typed: str) -> None:
    """A shown name is a name, fits, holds nothing invisible but what its script needs, and no towers."""
    for shown in (clean(typed), clean("".join(_typed()) + typed)):
        assert clean(shown) == shown
        assert len(shown) <= LONGEST
        assert shown == unicodedata.normalize("NFC", shown).strip()
        assert TURNING.isdisjoint(shown)
        assert not any(unicodedata.category(letter) in {"Cc", "Cn", "Co", "Cs", "Zl", "Zp"} for letter in shown)
        for cluster in iter_graphemes(shown):
            assert sum(unicodedata.category(letter) == "Mn" for letter in cluster) <= 16
            assert len(cluster) <= 16


def test_each_of_the_corpus_is_safe() -> None:
    """What holds for chance strings holds for wicked ones."""
    shown = {typed: clean(typed) for typed in _typed()}
    assert {typed: name for typed, name in shown.items() if clean(name) != name} == {}
    assert {typed: name for typed, name in shown.items() if not _alike(name, name)} == {}
    assert {typed: name for typed, name in shown.items() if not TURNING.isdisjoint(name)} == {}
