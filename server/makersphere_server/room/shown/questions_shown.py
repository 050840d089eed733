"""What is shown of the questions beside the game: to each seat its own, to hosts all of it, on the wall what is picked.

Answers parts of the overlay. A seat's hand has the words of its people only where nobody shares the seat: teammates
read one hand, and an answer is its author's. The table has counts and words, and only while the wall is to show them.
"""

from __future__ import annotations

from typing import Any

from makersphere_server.room.model.live_room import LiveRoom
from makersphere_server.room.model.reflection.questions import Question, open_season, questions_asked, questions_of

__all__ = ["questions_for", "questions_for_hosts", "wall_answers"]

Tree = dict[str, Any]


def questions_for(live: LiveRoom, seat: int) -> Tree:
    """Return what a seat is asked now, and what its people have answered."""
    people, tree = live.seats[seat], {}
    season = open_season(live.state)
    if season is not None and live.asks_questions and people.members and not people.is_watching:
        asked = questions_of(live.state.role(seat), season)
        tree["question"] = {_key(season, question): _asked(season, question) for question in asked}
    given: Tree = {}
    for member in people.members:
        for one in live.reflections.of_author((seat, member.number)):
            words = one.said() if len(people.members) == 1 else {}
            own = {"season": one.season, "question": one.question, "member": one.member, **words}
            given[f"{one.season}:{one.question}:{one.member}"] = own
    return {kind: found for kind, found in (*tree.items(), ("reflection", given)) if found}


def questions_for_hosts(live: LiveRoom) -> Tree:
    """Return all that was asked so far, for how many it is now, and all that was answered."""
    now = open_season(live.state)
    asked: Tree = {}
    for (season, _), (role, question) in questions_asked(live.state).items():
        shown = {**_asked(season, question), **({"role": role} if role else {})}
        if season == now and live.asks_questions:
            shown |= _for_whom(live, season, role, question)
        asked[_key(season, question)] = shown
    about: Tree = {"question": asked} if asked else {}
    given = live.reflections.host_tree(is_shown=live.standing.wall.answers)
    if given:
        about["reflection"] = given
    return about


def wall_answers(live: LiveRoom) -> Tree:
    """Return what the hosts have picked, while the wall is to show it: nobody's name or seat is in it."""
    if not live.standing.wall.answers or not live.reflections.picked:
        return {}
    picked = live.reflections.picked
    found = questions_asked(live.state).get((picked.season, picked.question))
    return {"answers": live.reflections.wall_tree(found[1].choices)} if found else {}


def _for_whom(live: LiveRoom, season: int, role: str, question: Question) -> Tree:
    """Return how many people are asked: who play seats of a role, or any; and the seats that had left by then.

    Whoever is back is asked, and so was whoever has answered, wherever they are now.
    """
    asked, gone = 0, list[int]()
    for people in live.seats:
        if people.is_watching or role not in ("", live.state.role(people.seat)):
            continue
        heard = [live.reflections.find(season, question.key, (people.seat, one.number)) for one in people.members]
        if people.members and people.had_left(live.reflections.asked[1]) and not any(heard):
            gone.append(people.seat)
        else:
            asked += len(people.members)
    return {"asked": asked, **({"gone": gone} if gone else {})}


def _key(season: int, question: Question) -> str:
    return f"{season}:{question.key}"


def _asked(season: int, question: Question) -> Tree:
    tree: Tree = {"season": season, "question": question.key}
    return {**tree, "choices": list(question.choices)} if question.choices else tree
