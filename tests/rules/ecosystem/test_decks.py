"""The decks: what the rulebook asks of the cards, and that every card can be read in both languages."""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from itertools import chain
from pathlib import Path

import pytest

from makersphere_rules import engine, shipped
from makersphere_rules.dice import SeededDice
from makersphere_rules.ecosystem.shared_steps.setup import take
from makersphere_rules.ecosystem.table import printed_decks
from makersphere_rules.ecosystem.table.entities import Deck, Idea
from makersphere_rules.ecosystem.table.vocabulary import MAKER
from makersphere_rules.module import Draft

ROOT = Path(__file__).resolve().parents[3]
DATA = ROOT / "rules" / "makersphere_rules" / "data"
TEXTS = ROOT / "server" / "makersphere_protocol" / "texts"
LANGUAGES = ("en", "zh")
SECTORS = ("health", "food", "energy", "learning", "city", "culture")
EFFECTS = ("subsidy", "tax", "voucher", "quiet")
ROUND = len(SECTORS)

Card = dict[str, str | int]
Decks = dict[str, list[Card]]
Texts = dict[str, dict[str, str]]


@pytest.fixture(scope="module")
def decks() -> Decks:
    """Return the cards of each deck in the order of its file."""
    files = {"idea": "ideas", "policy": "policies", "market": "markets"}
    read = {kind: (DATA / f"{name}.toml").read_text("utf-8") for kind, name in files.items()}
    return {kind: tomllib.loads(text)[kind] for kind, text in read.items()}


@pytest.fixture(scope="module")
def texts() -> Texts:
    """Return the decks' texts by language."""
    return {lang: json.loads((TEXTS / lang / "decks.json").read_text("utf-8")) for lang in LANGUAGES}


def rounds(cards: list[Card]) -> list[list[Card]]:
    """Return the cards six by six."""
    return [cards[first : first + ROUND] for first in range(0, len(cards), ROUND)]


def test_idea_deck_holds_sixty_cards_ten_for_each_sector(decks: Decks) -> None:
    """No sector is richer in ideas than another."""
    assert Counter(card["sector"] for card in decks["idea"]) == dict.fromkeys(SECTORS, 10)


def test_idea_deck_holds_difficulties_6_7_7_8_8_9_in_equal_parts(decks: Decks) -> None:
    """The deck is as hard as the rulebook says."""
    assert Counter(card["difficulty"] for card in decks["idea"]) == {6: 10, 7: 20, 8: 20, 9: 10}


def test_no_sector_is_harder_than_another(decks: Decks) -> None:
    """Every sector has a mean difficulty of 7.5, and at least one card of each difficulty."""
    for sector in SECTORS:
        found = [int(card["difficulty"]) for card in decks["idea"] if card["sector"] == sector]
        assert 2 * sum(found) == 15 * len(found), sector
        assert set(found) == {6, 7, 8, 9}, sector


def test_any_six_ideas_in_a_row_of_the_file_are_a_fair_deck(decks: Decks) -> None:
    """A shorter deck, cut after 6k cards, keeps the mix of sectors and difficulties."""
    for cards in rounds(decks["idea"]):
        assert sorted(str(card["sector"]) for card in cards) == sorted(SECTORS)
        assert sorted(int(card["difficulty"]) for card in cards) == [6, 7, 7, 8, 8, 9]


def test_policy_deck_holds_three_cards_for_each_effect(decks: Decks) -> None:
    """Each effect is as likely as another."""
    assert Counter(card["effect"] for card in decks["policy"]) == dict.fromkeys(EFFECTS, 3)


def test_market_deck_moves_every_sector_three_times_up_and_three_times_down(decks: Decks) -> None:
    """No sector is the darling of the deck, and no pair of sectors comes twice."""
    cards = decks["market"]
    assert Counter(card["up"] for card in cards) == dict.fromkeys(SECTORS, 3)
    assert Counter(card["down"] for card in cards) == dict.fromkeys(SECTORS, 3)
    assert len({(card["up"], card["down"]) for card in cards}) == len(cards) == 18
    assert all(card["up"] != card["down"] for card in cards)
    for six in rounds(cards):
        assert {card["up"] for card in six} == {card["down"] for card in six} == set(SECTORS)


def test_there_are_at_least_24_events(decks: Decks) -> None:
    """Policy and market cards together are as many as the rulebook asks."""
    assert len(decks["policy"]) + len(decks["market"]) >= 24


def test_ids_are_short_slugs_and_unique(decks: Decks) -> None:
    """An id names one card, in logs and on the wire."""
    ids = [str(card["id"]) for card in chain.from_iterable(decks.values())]
    assert len(set(ids)) == len(ids)
    assert [id for id in ids if len(id) > 24 or not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", id)] == []


def test_cards_say_nothing_but_what_the_rules_read(decks: Decks) -> None:
    """A card is its id and its rule; a misspelt field would be a rule that never happens."""
    fields = {
        "idea": {"id", "sector", "difficulty"},
        "policy": {"id", "effect"},
        "market": {"id", "up", "down"},
    }
    for kind, cards in decks.items():
        assert all(set(card) == fields[kind] for card in cards), kind


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_card_has_its_texts_and_every_text_its_card(decks: Decks, texts: Texts, lang: str) -> None:
    """No card is mute, and no text belongs to a card that cannot be drawn."""
    second = {"idea": "pitch", "policy": "text", "market": "text"}
    wanted = {
        f"{kind}.{card['id']}.{part}"
        for kind, cards in decks.items()
        for card in cards
        for part in ("name", second[kind])
    }
    wanted |= {f"effect.{effect}" for effect in (*EFFECTS, "market")}
    assert set(texts[lang]) == wanted


@pytest.mark.parametrize(("lang", "longest"), [("en", 24), ("zh", 8)])
def test_names_fit_their_card_and_are_unique(texts: Texts, lang: str, longest: int) -> None:
    """A name fits the card's head, and two people who say it mean one card."""
    names = [text for key, text in texts[lang].items() if key.endswith(".name")]
    assert [name for name in names if len(name) > longest] == []
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_pitches_and_events_are_one_sentence(texts: Texts, lang: str) -> None:
    """A card is read while standing: one sentence, closed by its own stop."""
    stop = {"en": ".", "zh": "\N{IDEOGRAPHIC FULL STOP}"}[lang]
    told = {key: text for key, text in texts[lang].items() if not key.endswith(".name")}
    assert [key for key, text in told.items() if not text.endswith(stop)] == []
    longest = {"en": 120, "zh": 32}[lang]
    stories = {key: text for key, text in told.items() if not key.startswith("effect.")}
    assert [key for key, text in stories.items() if len(text) > longest] == []


# -- in play


def deck_in_play(seats: int) -> Draft:
    """Return a draft of a game that has just been dealt."""
    state = engine.new(shipped.scenario("classroom"), SeededDice(b"d" * 32), seats)
    engine.step(state, engine.ROOM, engine.Order("start"))
    return Draft(state, applies=True)


def printed_id(deck: str, card: str) -> str:
    """Return the printed card that a card of any edition is a copy of, as the rules find it."""
    match deck:
        case "ideas":
            return printed_decks.idea(card).id
        case "policies":
            return printed_decks.policy(card).id
        case _:
            return printed_decks.market(card).id


@pytest.mark.parametrize("name", printed_decks.DECKS)
def test_every_card_can_be_drawn_and_every_drawn_card_is_known(name: str, decks: Decks) -> None:
    """A deck that has just been dealt gives each printed card once, and what a card says is found by its name."""
    draft = deck_in_play(6)
    printed = sorted(
        str(card["id"]) for card in decks[{"ideas": "idea", "policies": "policy", "markets": "market"}[name]]
    )
    drawn, rest = take(draft, draft.state.one(Deck, name), len(printed))
    assert sorted(drawn) == printed == sorted(printed_decks.names(name))
    assert rest.cards == ()
    assert [printed_id(name, card) for card in drawn] == list(drawn)


@pytest.mark.parametrize("name", printed_decks.DECKS)
def test_a_refill_holds_every_card_again_under_a_name_of_its_own(name: str) -> None:
    """Three editions later no name has come twice, each card has come three times, and each still says what it said."""
    draft, size = deck_in_play(6), len(printed_decks.names(name))
    drawn, rest = take(draft, Deck(name), 3 * size)
    assert len(set(drawn)) == 3 * size
    assert Counter(card.partition("#")[0] for card in drawn) == dict.fromkeys(printed_decks.names(name), 3)
    assert {card.partition("#")[2] for card in drawn} == {"2", "3", "4"}
    assert rest == Deck(name, (), 4)
    assert {printed_id(name, card) for card in drawn} == set(printed_decks.names(name))


def test_five_hundred_seats_have_three_ideas_each_and_no_two_the_same() -> None:
    """305 makers draw 915 cards from a deck of 60 through refills; every hand is whole and every card one's own."""
    state = engine.new(shipped.scenario("classroom"), SeededDice(b"5" * 32), 500)
    engine.step(state, engine.ROOM, engine.Order("start"))
    while state.game.phase != "admission":
        engine.step(state, engine.ROOM, engine.Order("close"))
    makers = state.seats(MAKER)
    ideas = state.all(Idea).values()
    assert Counter(idea.seat for idea in ideas) == dict.fromkeys(makers, 3)
    assert len({idea.card for idea in ideas}) == len(ideas) == 3 * len(makers) > 900
    assert Counter(idea.card.partition("#")[0] for idea in ideas).keys() == set(printed_decks.names("ideas"))
