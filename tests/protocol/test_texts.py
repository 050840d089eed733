"""The texts: the same keys and placeholders in every language, in the tone of the house."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from makersphere_protocol.texts import DEFAULT, languages, say

ROOT = Path(__file__).resolve().parents[2]
TEXTS = ROOT / "server" / "makersphere_protocol" / "texts"
LANGUAGES = languages()
AREAS = sorted({path.stem for lang in LANGUAGES for path in (TEXTS / lang).glob("*.json")})

PLACEHOLDER = re.compile(r"\{[a-z][a-z0-9_]*\}")
HAN = re.compile("[\u3400-\u9fff]")
# a half-width mark that touches a Chinese character: the sentence was typed with the wrong keyboard
HALF_WIDTH = re.compile("[\u3400-\u9fff][,;:!?()\"']|[,;:!?()\"'][\u3400-\u9fff]|[\u3400-\u9fff]\\.(?![A-Za-z0-9])")
BLUNT = re.compile(r"\b(errors?|invalid|oops)\b", re.IGNORECASE)


def words(text: str) -> list[str]:
    """Return the words of a list that is easier to read as a paragraph."""
    return text.split()


COMMANDS = words("""
    set_terms buy_level keep_idea pitch ask_to_join answer_join leave_space close_venture leave_team apply
    hear_pitch wild_card propose_exchange propose_lending propose_swap answer study clinic introduce
    send_terms answer_terms set_floor rank look post_package grant plan put_in mentor_track deliver scout
    workshop set_price set_reserve forecast rate ready count
""")
REASONS = words("""
    endowment platform badge search look lend escrow release capital subsidy birth_grant backer_grant
    product_grant grant_back space_grant own_money day_job resale materials sales goods wage fee rent tax dividend
    preference liquidation clearing upkeep rescue
""")
CODES = words("""
    bad_frame unauthorised no_such_room room_full joining_closed name_taken bad_name not_your_phase
    not_your_role unknown_command bad_args cannot_afford rule id_reused paused over rate_limited
    unavailable server_behind
""")
PHASES = words("policy admission exchange matching incubation market appraisal recap")
ROLES = words("maker investor operator")
BACKGROUNDS = words("student entrepreneur senior_manager returnee scientist technician")
KINDS = words("angel fund mentor professional industry")
AMBITIONS = words("control wealth craft")


def catalogue(lang: str, area: str) -> dict[str, str]:
    """Return one area's texts; the same key twice in a file is a mistake of its own."""

    def once(pairs: list[tuple[str, str]]) -> dict[str, str]:
        keys = [key for key, _ in pairs]
        assert len(set(keys)) == len(keys), sorted(key for key in keys if keys.count(key) > 1)
        return dict(pairs)

    text = (TEXTS / lang / f"{area}.json").read_text("utf-8")
    found: dict[str, str] = json.loads(text, object_pairs_hook=once)
    return found


def each(lang: str, area: str) -> list[tuple[str, str]]:
    """Return one area's keys and texts, for a language."""
    return list(catalogue(lang, area).items())


def refusals_in_the_rules() -> Iterator[tuple[str, str, set[str]]]:
    """Yield where the rules refuse with a literal text: the place, the text's key, the values given."""
    for path in sorted((ROOT / "rules" / "makersphere_rules").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.Call(func=ast.Name("refuse"), args=[_, ast.Constant(str(text)), *rest]):
                    names = {keyword.arg for keyword in node.keywords}
                    if None not in names:  # else it passes on what it was given: nothing to read here
                        given = {name for name in names if name} | ({"field"} if rest else set())
                        yield f"{path.name}:{node.lineno}", text, given
                case _:
                    pass


def test_there_are_texts() -> None:
    """The areas that every client needs are there."""
    assert {"decks", "game", "refusals"} <= set(AREAS)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("area", AREAS)
def test_languages_hold_the_same_keys(lang: str, area: str) -> None:
    """Nobody meets a bare key because their language was forgotten."""
    assert set(catalogue(lang, area)) == set(catalogue(DEFAULT, area))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("area", AREAS)
def test_languages_hold_the_same_placeholders(lang: str, area: str) -> None:
    """What one language says of the numbers, the others say too."""
    own = catalogue(lang, area)
    found = {key: (PLACEHOLDER.findall(text), PLACEHOLDER.findall(own[key])) for key, text in each(DEFAULT, area)}
    assert {key: both for key, both in found.items() if set(both[0]) != set(both[1])} == {}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("area", AREAS)
def test_placeholders_are_plain_names(lang: str, area: str) -> None:
    """A placeholder is a lower-case name in braces, with no index, attribute or format."""
    for key, text in each(lang, area):
        names = [name for _, name, spec, conversion in Formatter().parse(text) if name is not None]
        assert [f"{{{name}}}" for name in names] == PLACEHOLDER.findall(text), key
        assert text.count("{") == text.count("}") == len(names), key


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("area", AREAS)
def test_texts_are_neither_empty_nor_padded(lang: str, area: str) -> None:
    """Every key says something, without blanks at its ends."""
    assert [key for key, text in each(lang, area) if not text or text != text.strip()] == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("area", AREAS)
def test_files_are_sorted_and_readable(lang: str, area: str) -> None:
    """Sorted by key, indented by two, written without escapes: a diff reads well."""
    written = (TEXTS / lang / f"{area}.json").read_bytes().decode("utf-8").replace("\r\n", "\n")
    expected = json.dumps(catalogue(lang, area), ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    assert written == expected


@pytest.mark.parametrize("area", AREAS)
def test_chinese_texts_are_chinese(area: str) -> None:
    """A Chinese text holds Chinese characters, unless it is all placeholders, numbers and marks."""
    bare = [(key, PLACEHOLDER.sub("", text)) for key, text in each("zh", area) if key != "language.tag"]
    assert [key for key, text in bare if not HAN.search(text) and re.search(r"[^\W\d_]", text)] == []


@pytest.mark.parametrize("area", AREAS)
def test_chinese_texts_use_full_width_punctuation(area: str) -> None:
    """No half-width comma, colon, quote or stop stands beside a Chinese character."""
    assert [key for key, text in each("zh", area) if HALF_WIDTH.search(PLACEHOLDER.sub("\u4e00", text))] == []


@pytest.mark.parametrize("area", AREAS)
@pytest.mark.parametrize(
    ("key", "name", "other"),
    [
        ("phase.recap", "小结", "回顾"),
        ("phase.appraisal", "考核", "评议"),
        ("term.badge", "驻场资格", "徽章"),
    ],
    ids=["recap", "appraisal", "badge"],
)
def test_a_thing_has_one_name_in_chinese(area: str, key: str, name: str, other: str) -> None:
    """As the phase or the term is called on every page, and by no other word that means it."""
    assert say("zh", key) == name
    assert [found for found, text in each("zh", area) if other in text] == []


@pytest.mark.parametrize("area", AREAS)
def test_english_texts_are_kind(area: str) -> None:
    """A good host never says error, invalid or oops."""
    assert [key for key, text in each("en", area) if BLUNT.search(text)] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_rule_that_people_meet_has_its_words(lang: str) -> None:
    """Commands, ledger reasons, questions and defaults, and the sheet of every role, background and kind are there."""
    wanted = {f"command.{name}" for name in COMMANDS} | {f"command.{name}.help" for name in COMMANDS}
    wanted |= {f"reason.{name}" for name in REASONS}
    turns = [f"{phase}.{role}" for phase in PHASES for role in ROLES]
    wanted |= {f"{kind}.{turn}" for kind in ("question", "default") for turn in turns}
    wanted |= {f"sheet.{role}.{part}" for role in ROLES for part in ("aim", "means", "limits", "first_step")}
    own = [f"background.{name}" for name in BACKGROUNDS] + [f"kind.{name}" for name in KINDS]
    wanted |= {f"{who}{part}" for who in own for part in ("", ".blurb")}
    wanted |= {f"sheet.{who}.{part}" for who in own for part in ("means", "limits", "first_step")}
    wanted |= {f"ambition.{name}{part}" for name in AMBITIONS for part in ("", ".text")} | {"thesis.text"}
    assert wanted - set(catalogue(lang, "game")) == set()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_refusal_code_has_its_sentence(lang: str) -> None:
    """Whatever the server refuses, it can say why in the seat's language."""
    assert {f"refusal.{code}" for code in CODES} - set(catalogue(lang, "refusals")) == set()


@pytest.mark.parametrize(("lang", "mark"), [("en", "?"), ("zh", "\N{FULLWIDTH QUESTION MARK}")])
def test_questions_are_short_and_are_questions(lang: str, mark: str) -> None:
    """The heading of a screen is a question of at most 9 words, or 14 Chinese characters."""
    found = [(key, text) for key, text in each(lang, "game") if key.startswith("question.")]
    assert [key for key, text in found if not text.endswith(mark)] == []
    assert [key for key, text in found if (len(text.split()) > 9 if lang == "en" else len(text) > 14)] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_a_package_holds_is_no_number_in_a_sentence(lang: str) -> None:
    """It is a parameter of the scenario: 60 credits or 4 hours are true at one table, and not at another."""
    found = [(key, text) for area in ("game", "log") for key, text in each(lang, area)]
    sizes = re.compile(r"(?<!\d)(60 (credits|创币)|4 (hours|小时|个小时|工时))")
    assert [key for key, text in found if sizes.search(text)] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_sum_stands_right_after_a_name(lang: str) -> None:
    """Names may end in a number: who pays Maker 12 3 credits?"""
    collision = re.compile(r"\{\w+\} \{(credits|hours|points|shares)\}")
    assert [key for area in AREAS for key, text in each(lang, area) if collision.search(text)] == []


def test_button_labels_are_at_most_four_words() -> None:
    """A verb on a button fits the button."""
    found = [(key, text) for key, text in each("en", "game") if re.fullmatch(r"command\.\w+", key)]
    assert [key for key, text in found if len(text.split()) > 4] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_defaults_name_nothing_but_the_idea_and_the_space(lang: str) -> None:
    """The line "If time runs out" can always be filled in."""
    found = [(key, text) for key, text in each(lang, "game") if key.startswith("default.")]
    assert [key for key, text in found if not set(PLACEHOLDER.findall(text)) <= {"{idea}", "{space}"}] == []


def test_every_refusal_of_the_rules_can_be_said() -> None:
    """A refusal in the code has its sentence, and brings every value that the sentence needs."""
    sentences = catalogue("en", "refusals")
    for place, text, given in refusals_in_the_rules():
        assert f"refusal.{text}" in sentences, place
        needed = {name.strip("{}") for name in PLACEHOLDER.findall(sentences[f"refusal.{text}"])}
        assert needed <= given, place


@pytest.mark.parametrize(
    ("maker", "sentence"),
    [
        ("创客 5", "创客 5 独自钻研技术。"),
        ("小俊", "小俊独自钻研技术。"),
        ("Mina", "Mina 独自钻研技术。"),
        ("🦊", "🦊独自钻研技术。"),
    ],
)
def test_letters_and_digits_stand_apart_from_chinese(maker: str, sentence: str) -> None:
    """A name that ends in a digit does not run into the verb; a Chinese one needs no space."""
    assert say("zh", "log.studied", {"maker": maker, "skill": "technology"}) == sentence


def test_a_value_stands_apart_on_both_sides() -> None:
    """Also inside a sentence, and never twice where the text has a space itself."""
    assert say("zh", "log.introduced", {"space": "North Hall", "maker": "Mina", "investor": "投资人 5"}) == (
        "North Hall 把 Mina 介绍给投资人 5。"
    )
    assert say("zh", "log.roll_failed", {"venture": "米", "total": 5, "needed": 8, "misses": 2}) == (
        "“米”掷出 5，需要 8，没过，下次 +2。"  # noqa: RUF001  (Chinese commas)
    )


@pytest.mark.parametrize(
    ("lang", "sentence"), [("en", "Ann studies Technology alone with Ana L."), ("zh", "有人来了 Ana L。")]
)
def test_a_name_that_ends_with_a_stop_ends_the_sentence(lang: str, sentence: str) -> None:
    """No two stops follow each other."""
    template = {"en": "Ann studies Technology alone with {seat}.", "zh": "有人来了 {seat}。"}[lang]
    assert say(lang, "no.such.text", {"seat": "Ana L."}, template) == sentence


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_term_has_a_line_that_says_what_it_means(lang: str) -> None:
    """Any word of the game is one tap from one line: what has a name as a term has a `word.` of at most 20 words."""
    texts = dict(each(lang, "game"))
    terms = {key.removeprefix("term.") for key in texts if key.startswith("term.")}
    lines = {key.removeprefix("word."): text for key, text in texts.items() if key.startswith("word.")}
    assert lines.keys() == terms
    assert [word for word, line in lines.items() if len(line.split()) > 20 or len(line) > 120] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_rehearsal_names_buttons_as_they_are_called(lang: str) -> None:
    """Whoever is led by the hand finds each quoted name on the page; a name may go on after it."""
    called = [re.sub(r"\{\w+\}", "", text).rstrip(" ….") for area in AREAS for _, text in each(lang, area)]
    steps = [text for key, text in each(lang, "lesson") if key.startswith("lesson.rehearsal.")]
    named = [name.rstrip(" ….") for text in steps for name in re.findall("“(.+?)”", text)]
    lengths = {"+ 30 s", "+ 30 秒"}  # made of a number
    assert len(set(named)) > 10
    assert [name for name in named if name not in {*called, *lengths}] == []
