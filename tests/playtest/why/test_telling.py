"""Five moments of a game: which, with which cause, which question and which words; each number is in the log."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Generator, Mapping, Sequence
from functools import cache
from typing import Any

import pytest

from makersphere_playtest.games.worker_pools import Engine, cores
from makersphere_playtest.why.choosing import KINDS, choose
from makersphere_playtest.why.facts import FAMILIES
from makersphere_playtest.why.telling import Asked, tell
from makersphere_protocol.texts import catalogue
from tests.playtest.why.recorded_games import game, recorded

ASKED = Asked(seed=1, moments=5, futures=4)
PLACES = re.compile(r"\{(\w+)\}")
SEEDS = ("why", "five", "six")

PAIR = {"maker", "investor", "venture"}
TOLD = {  # what may be told of a fact of each family, since everybody may know it when a game is over
    "signed": PAIR | {"credits", "shares"},
    "missed": PAIR | {"appeal"},
    "roll": {"maker", "venture", "total", "needed", "stage", "other"},
    "bar": {"space", "maker", "venture", "bar"},
    "price": {"maker", "venture", "credits", "price", "other_price"},
    "level": {"space", "path", "level", "credits"},
}

Tree = dict[str, Any]


def told(seed: str, jobs: int = 1) -> list[Tree]:
    """Return the moments of a game in order of time, made anew."""
    found = tell(recorded(seed=seed), ASKED, cores(jobs), began=lambda _: None, done=lambda _: None)
    return sorted(found, key=lambda moment: moment["number"])


@cache
def moments(seed: str) -> list[Tree]:
    """Return the moments of a game in order of time."""
    return told(seed)


def events_of(seed: str, seq: int) -> Mapping[str, list[Tree]]:
    """Return the data of the events of a line of the log, by type."""
    line = recorded(seed=seed).lines[seq - 1]
    assert line.seq == seq
    found: dict[str, list[Tree]] = {}
    for event in json.loads(line.events):
        found.setdefault(event["type"], []).append(event["data"])
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_five_moments_differ_in_sort_in_whom_they_concern_and_in_what_is_asked(seed: str) -> None:
    """A maker, an investor and an operator each have one of their own; each kind of question comes once."""
    found = moments(seed)
    assert [moment["number"] for moment in found] == [1, 2, 3, 4, 5]
    assert len({FAMILIES[moment["sort"]] for moment in found}) == 5
    assert {moment["role"] for moment in found} == {"maker", "investor", "operator"}
    kinds = [moment["question"]["kind"] for moment in found]
    assert len(set(kinds)) == 5
    assert set(kinds) <= set(KINDS)


def test_they_come_the_quickest_first() -> None:
    """The last moment has the shortest future, so a class need not wait for the first to be told."""
    begun: list[int] = []
    shares: list[int] = []
    found = tell(recorded(), ASKED, cores(1), began=begun.append, done=shares.append)
    assert [moment["number"] for moment in found] == [5, 4, 3, 2, 1]
    assert begun == [sum(shares)] == [5 * ASKED.futures]


def test_two_processes_tell_the_same_as_one() -> None:
    """Where a future is played changes no digit."""
    assert told("why", jobs=2) == moments("why")


def test_three_moments_are_of_three_roles() -> None:
    """Whoever asks for few still hears of a maker, an investor and an operator."""
    found = choose(game(), 3)
    assert len(found) == 3
    assert {one.fact.role for one in found} == {"maker", "investor", "operator"}


@pytest.mark.parametrize("seed", SEEDS)
def test_each_number_of_a_cause_is_in_the_line_that_it_names(seed: str) -> None:
    """Recomputed from the log's own JSON, without the code that found it."""
    for moment in moments(seed):
        values, events = moment["cause"]["values"], events_of(seed, moment["seq"])
        CHECKS[moment["sort"]](values, events, seed, moment)


def check_roll(values: Tree, events: Mapping[str, list[Tree]], seed: str, moment: Tree) -> None:
    """The roll of that venture stands there, with its parts."""
    [rolled] = [one for one in events["rolled"] if one["venture"] == values["venture"]]
    roll = rolled["roll"]
    assert values["total"] == sum(rolled["dice"]) + roll["spirit"] + roll["help"] + roll["misses"]
    assert (values["needed"], values["maker"]) == (roll["needed"], rolled["maker"])
    assert rolled["success"] is (moment["sort"] == "roll_won")
    assert values["stage"] == rolled["stage"] + (not rolled["success"])
    assert (values["other"] >= values["needed"]) is not rolled["success"]


def check_signed(values: Tree, events: Mapping[str, list[Tree]], seed: str, moment: Tree) -> None:
    """The deal stands there."""
    deals = [one["deal"] for one in events["deal_signed"]]
    assert any(all(deal[name] == values[name] for name in values) for deal in deals)


def check_missed(values: Tree, events: Mapping[str, list[Tree]], seed: str, moment: Tree) -> None:
    """The sheet of these two was refused there, or has lapsed, and the appeal is the venture's."""
    refused = [(one["maker"], one["investor"]) for one in events.get("terms_refused", [])]
    if refused:
        assert (values["maker"], values["investor"]) in refused
    else:
        assert events["sheets_lapsed"]
    [appeal] = {
        one["venture"]["appeal"]
        for line in recorded(seed=seed).lines
        for one in events_of(seed, line.seq).get("venture_founded", [])
        if one["venture"]["id"] == values["venture"]
    }
    assert values["appeal"] >= appeal  # an idea that was turned away is worked over


def check_bar(values: Tree, events: Mapping[str, list[Tree]], seed: str, moment: Tree) -> None:
    """The pitch stands there, with its score and the bar."""
    pitches = [pitch for one in events["door_judged"] for pitch in one["pitches"]]
    [pitch] = [one for one in pitches if one["maker"] == values["maker"]]
    assert (pitch["bar"], pitch["space"]) == (values["bar"], values["space"])
    assert (pitch["score"] < pitch["bar"]) is (moment["sort"] == "bar_missed")


def check_price(values: Tree, events: Mapping[str, list[Tree]], seed: str, moment: Tree) -> None:
    """The price was said there, and consumers paid so much in that season's market."""
    said = [one for one in events["choice_made"] if one["command"] == "set_price"]
    assert {"venture": values["venture"], "price": values["price"]} in [one["args"] for one in said]
    paid = sum(
        posting["amount"]
        for line in recorded(seed=seed).lines
        if line.order is not None and line.order.name == "close" and abs(line.seq - moment["seq"]) < 40
        for events_ in events_of(seed, line.seq).values()
        for one in events_
        for posting in one.get("postings", [])
        if posting["reason"] == "sales" and posting["target"] == f"venture:{values['venture']}"
    )
    assert paid == values["credits"]


def check_level(values: Tree, events: Mapping[str, list[Tree]], seed: str, moment: Tree) -> None:
    """The level was bought there, for so much."""
    [bought] = events["level_bought"]
    assert (bought["space"], bought["path"], bought["level"]) == (values["space"], values["path"], values["level"])
    assert sum(posting["amount"] for posting in bought["postings"]) == values["credits"]


CHECKS = {
    "roll_lost": check_roll,
    "roll_won": check_roll,
    "signed": check_signed,
    "missed": check_missed,
    "bar_missed": check_bar,
    "bar_reached": check_bar,
    "price": check_price,
    "level": check_level,
}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_sentence_can_be_said(language: str) -> None:
    """Each text of every sort of fact, kind of question and difference is there, and asks for no value in vain."""
    texts = catalogue(language)
    for seed in SEEDS:
        for moment in moments(seed):
            for part in ("cause", "instead", "question"):
                sentence = texts[f"moment.{moment[part]['text']}"]
                assert set(PLACES.findall(sentence)) <= moment[part]["values"].keys()
            for difference in moment["differences"]:
                assert set(PLACES.findall(texts[f"moment.why.what.{difference['what']}"])) <= {"venture", "seat"}
    for sort in FAMILIES:
        assert f"moment.why.cause.{sort}" in texts
        assert f"moment.why.instead.{sort}" in texts
    for kind in KINDS:
        assert f"moment.why.kind.{kind}" in texts
        assert f"moment.why.ask.{kind}" in texts


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_is_told_that_stays_closed_when_a_game_is_over(seed: str) -> None:
    """Of each family what everybody may know: no rating, no terms that nobody signed, and not what a pitch scored."""
    for moment in moments(seed):
        assert moment["cause"]["values"].keys() <= TOLD[FAMILIES[moment["sort"]]], moment["sort"]


def test_moments_come_in_their_order_whichever_process_ends_first() -> None:
    """The last of the game first: an engine whose shares end backwards tells the same as one that keeps the order."""

    def backwards(work: Callable[..., Any], tasks: Sequence[tuple[Any, ...]]) -> Generator[Any]:
        yield from [work(*task) for task in tasks][::-1]

    def told(engine: Engine) -> list[Tree]:
        return [*tell(recorded(seed=SEEDS[0]), ASKED, engine, began=lambda _: None, done=lambda _: None)]

    assert told(backwards) == told(cores(1))
