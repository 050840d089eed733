"""The words that people read on a phone: none that students stumbled over, no raw key, per cent, full-width signs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from makersphere_protocol.texts import catalogue

ROOT = Path(__file__).resolve().parents[2]
WEB = ROOT / "clients/web/src"
LANGUAGES = ("en", "zh")
AGREEMENTS = (ROOT / "rules/makersphere_rules/ecosystem/table/agreements.py").read_text("utf-8")

# what students misread or did not know, and what is said instead
GIVEN_UP = {
    "zh": {
        "没得挑": "好得没话说",
        "门诊": "教一手",
        "外卡": "破格名额",
        "询问": "找 TA",
        "封存": "保密",
        "宁可不要": "下面的不要",
        "一级一级": "钱这样分",
        "触动": "起了作用",
        "36 分之": "百分数",
        "学不用": "只教不学",
    },
    "en": {
        "What does it cost?": "What will you charge?",
        "What moved you?": "What made the difference?",
        "misses the bar": "below the bar",
        "I get it": "Got it",
        "Wander": "Look around",
        "furthest ventures": "the most advanced ventures",
        "Seal my": "Lock my",
        "of 36": "per cent",
        "kept {": "= {kept}",
        "approaches first pays": "the one who asks pays",
    },
}
FULL_WIDTH = "\N{FULLWIDTH COLON}"
# two texts of one sentence, put together with a sign of one language
GLUED = re.compile(r"""\)\}(?:: |, |; )\$?\{|\.join\("[,;:] "\)""")
ENGLISH = re.compile("[A-Za-z]{2,}")
# names of things that have no other: formats, networks, keys, our own files and flags
NAMES = re.compile(
    r"""\{\w+\}|`[^`]*`|--?[a-z-]+|\b[A-Z][A-Z_a-z]*:[A-Z:]+|[\w./\[\]=@-]+\.(?:json|html|toml|md|zip|log|sqlite3|parquet)
    |Wi-Fi|CSV|csv|TOML|MQTT|JSON|WebSocket|HTTP|Upgrade|TA""",
    re.VERBOSE,
)


AREAS = ("debrief", "decks", "game", "log", "pages", "refusals", "ui")  # what a phone reads


def _texts(lang: str) -> Iterator[tuple[str, str]]:
    for area in AREAS:
        path = ROOT / f"server/makersphere_protocol/texts/{lang}/{area}.json"
        yield from json.loads(path.read_text("utf-8")).items()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_word_comes_back_over_which_students_stumbled(lang: str) -> None:
    """Each was read by somebody who played for the first time; beside it stands what is said instead."""
    texts = list(_texts(lang))
    found = [f"{key}: {word} (say {to})" for word, to in GIVEN_UP[lang].items() for key, text in texts if word in text]
    assert found == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("kind", "key"), [("Sheet", "ui.offer"), ("Proposal", "ui.proposal.state")], ids=["offers", "requests"]
)
def test_whatever_becomes_of_an_offer_or_a_request_has_words(lang: str, kind: str, key: str) -> None:
    """A status that a phone shows is never shown as its key."""
    entity = AGREEMENTS.partition(f"class {kind}(")[2]
    statuses = re.search(r"status: str = owner\(\"open\"\)  # ([a-z, ]+)", entity)
    assert statuses
    shown = [status for status in statuses[1].split(", ") if kind != "Sheet" or status != "open"]
    assert [status for status in shown if f"{key}.{status}" not in catalogue(lang)] == []


def test_a_phone_in_chinese_reads_no_english() -> None:
    """But names that have no Chinese."""
    of_computers = (
        "refusal.extra",
        "refusal.rules_no_toml",
        "refusal.id_too_short",
        "refusal.rest_key",
        "ui.check.it",
        "ui.networks",
        "ui.brand",
    )
    texts = [(key, NAMES.sub("", text)) for key, text in _texts("zh") if not key.startswith(of_computers)]
    assert [f"{key}: {text}" for key, text in texts if ENGLISH.search(text)] == []


def test_shares_are_counted_in_per_cent() -> None:
    """Nobody holds 1,000 of 10,000 shares: it is 10%."""
    counted = re.compile("1,000 (shares|股)")
    assert [f"{lang} {key}" for lang in LANGUAGES for key, text in _texts(lang) if counted.search(text)] == []


def test_no_screen_glues_texts_together_with_the_sign_of_one_language() -> None:
    """A colon or a comma between two texts is `about`, `listed` or `comma`, which know the language."""
    files = [path for path in WEB.rglob("*.tsx") if "host" not in path.parts]
    found = [
        f"{path.relative_to(WEB)}: {line.strip()}"
        for path in files
        for line in path.read_text("utf-8").splitlines()
        if GLUED.search(line)
    ]
    assert found == []
