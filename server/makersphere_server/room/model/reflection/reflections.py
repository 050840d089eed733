"""What people have answered in a room, and which of it the hosts have picked for the wall.

Answers what stands in the private values: one value for each answer, so that it is durable with its command, goes with
its author's name, and stands in no log. An answer that its author changes is picked no more, because nobody has read
what it says now. Never decides who may answer: that is `commands/reflecting.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, Self

import attrs
import msgspec

from makersphere_server.room.model.reflection.questions import END

__all__ = [
    "FEWEST_COUNTED",
    "MOST_PICKED",
    "PICKED_KEY",
    "REFLECTION_KEY",
    "Picked",
    "Reflection",
    "Reflections",
    "answers_of",
]

REFLECTION_KEY: Final = "reflection:"  # of private values
PICKED_KEY: Final = "picked"
MOST_PICKED: Final = 6  # what a wall shows in letters that the last row can read
FEWEST_COUNTED: Final = 3  # answers to a question of which counts are shown without names: of fewer they tell whose

Tree = dict[str, Any]
Author = tuple[int, int]  # a seat, and which of its people


@attrs.frozen
class Reflection:
    """One person's answer to one question.

    Attributes:
        season: of the question; 0: asked at the end.
        seat: of whoever answered.
        member: which of the seat's people.
        text: in their own words, or "".
        choice: what they chose, or "".
        times: how often they have said it by now, the first time included.
        was_shown: these very words have been on the wall.
        off_wall: why they stay off it, and off the pages of the class; "": they may be picked for it.
    """

    season: int
    question: str
    seat: int
    member: int
    text: str = attrs.field(default="", repr=False)
    choice: str = attrs.field(default="", repr=False)
    times: int = 1
    was_shown: bool = False
    off_wall: str = ""

    @property
    def key(self) -> str:
        """Return the key of the private value."""
        return f"{REFLECTION_KEY}{self.season}:{self.question}:{self.seat}:{self.member}"

    @property
    def author(self) -> Author:
        """Return who wrote it."""
        return self.seat, self.member

    def said(self) -> Tree:
        """Return what was said."""
        return {"text": self.text} if self.text else {"choice": self.choice}


@attrs.frozen
class Picked:
    """What of one question the hosts have picked: its chart, or some of the answers, in the order of picking.

    Attributes:
        charts: of which questions, by season and key, the chart has been on the wall so far.
    """

    season: int = 0
    question: str = ""
    is_chart: bool = False
    authors: tuple[Author, ...] = ()
    charts: tuple[tuple[int, str], ...] = ()

    def __bool__(self) -> bool:
        """Return whether there is something to show."""
        return self.is_chart or bool(self.authors)


class Reflections:
    """The answers of one room.

    Attributes:
        picked: what the hosts have picked.
        asked: of which season people are asked now, and since when on the monotonic clock; None: of none yet.
    """

    def __init__(self, given: Iterable[Reflection] = (), picked: Picked = Picked()) -> None:
        """Begin with some."""
        self._given: dict[str, Reflection] = {}
        self._by_author: dict[Author, dict[str, Reflection]] = {}  # every hand is shown its own
        self.picked = picked
        self.asked: tuple[int | None, int] = (None, 0)
        for one in given:
            self._keep(one)

    def _keep(self, one: Reflection) -> Reflection:
        self._given[one.key] = self._by_author.setdefault(one.author, {})[one.key] = one
        return one

    @classmethod
    def stored(cls, private: Mapping[str, bytes]) -> Self:
        """Return what a room's private values have."""
        given = (
            msgspec.json.decode(value, type=Reflection)
            for key, value in sorted(private.items())
            if key.startswith(REFLECTION_KEY)
        )
        return cls(given, msgspec.json.decode(private.get(PICKED_KEY, b"{}"), type=Picked))

    def ask(self, season: int | None, now_ms: int) -> None:
        """Take note of which season people are asked now; what was asked before is asked since then."""
        if season != self.asked[0]:
            self.asked = season, now_ms

    def find(self, season: int, question: str, author: Author) -> Reflection | None:
        """Return somebody's answer to a question, if there is one."""
        return self._given.get(Reflection(season, question, *author).key)

    def give(self, said: Reflection) -> dict[str, bytes | None]:
        """Take an answer in place of its author's earlier one; return what is to be stored.

        If it was picked and says something else now, it is picked no more.
        """
        before = self._given.get(said.key)
        times = before.times + 1 if before is not None else 1
        was_shown = before is not None and before.was_shown and before.said() == said.said()
        is_same = before is not None and before.said() == said.said()
        off_wall = before.off_wall if before is not None and is_same else said.off_wall
        given = self._keep(attrs.evolve(said, times=times, was_shown=was_shown, off_wall=off_wall))
        unsaved: dict[str, bytes | None] = {given.key: msgspec.json.encode(given)}
        if before is not None and before.said() != given.said() and self._is_picked(given):
            unsaved |= self.unpick(given.author)
        return unsaved

    def pick_chart(self, season: int, question: str) -> dict[str, bytes | None]:
        """Have the chart of a question shown; return what is to be stored."""
        charts = tuple(dict.fromkeys((*self.picked.charts, (season, question))))
        return self._now(Picked(season, question, is_chart=True, charts=charts))

    def pick(self, said: Reflection) -> dict[str, bytes | None]:
        """Have one more answer shown, beside others to the same question alone; return what is to be stored."""
        same = not self.picked.is_chart and (self.picked.season, self.picked.question) == (said.season, said.question)
        others = tuple(author for author in self.picked.authors if author != said.author) if same else ()
        shown = self._keep(attrs.evolve(said, was_shown=True, off_wall=""))
        picked = attrs.evolve(self.picked, season=said.season, question=said.question, is_chart=False)
        unsaved = self._now(attrs.evolve(picked, authors=(*others, said.author)))
        return {shown.key: msgspec.json.encode(shown), **unsaved}

    def take_off(self, said: Reflection, why: str) -> dict[str, bytes | None]:
        """Keep an answer off the wall and the pages of the class, with "" no more; return what is to be stored."""
        kept = self._keep(attrs.evolve(said, off_wall=why))
        unsaved: dict[str, bytes | None] = {kept.key: msgspec.json.encode(kept)}
        return unsaved | (self.unpick(kept.author) if why and self._is_picked(kept) else {})

    def unpick(self, author: Author | None = None) -> dict[str, bytes | None]:
        """Have somebody's answer shown no more, or without one nothing at all; return what is to be stored."""
        left = tuple(one for one in self.picked.authors if one != author) if author else ()
        return self._now(attrs.evolve(self.picked, authors=left) if left else Picked(charts=self.picked.charts))

    def _now(self, picked: Picked) -> dict[str, bytes | None]:
        self.picked = picked
        return {PICKED_KEY: msgspec.json.encode(picked) if picked or picked.charts else None}

    def _is_picked(self, said: Reflection) -> bool:
        picked = self.picked
        return (picked.season, picked.question) == (said.season, said.question) and said.author in picked.authors

    def of_author(self, author: Author) -> list[Reflection]:
        """Return what somebody has answered, in no particular order."""
        return list(self._by_author.get(author, {}).values())

    def host_tree(self, *, is_shown: bool) -> Tree:
        """Return all answers as the hosts' hand has them, by the end of their key; `picked`: the wall shows it."""
        return {key.removeprefix(REFLECTION_KEY): self._host_sees(one, is_shown) for key, one in self._given.items()}

    def _host_sees(self, one: Reflection, is_shown: bool) -> Tree:  # noqa: FBT001
        where = {"season": one.season, "question": one.question, "seat": one.seat, "member": one.member}
        marks = {"picked": is_shown and self._is_picked(one), "off_wall": one.off_wall}
        return {**where, **one.said(), **{name: mark for name, mark in marks.items() if mark}}

    def wall_tree(self, choices: Sequence[str]) -> Tree:
        """Return what is picked as everybody may see it: words, or counts of the question's choices; never whose.

        The counts are left out until so many have answered that they tell of nobody.
        """
        picked = self.picked
        tree: Tree = {"season": picked.season, "question": picked.question}
        if not picked.is_chart:
            found = (self.find(picked.season, picked.question, author) for author in picked.authors)
            return tree | {"words": [one.text for one in found if one is not None]}
        where = (picked.season, picked.question)
        chosen = Counter(one.choice for one in self._given.values() if (one.season, one.question) == where)
        tree["choices"] = list(choices)
        return tree | {"counts": dict(sorted(chosen.items()))} if chosen.total() >= FEWEST_COUNTED else tree

    def debrief_list(self) -> list[Tree]:
        """Return all answers as a debrief has them: `season` (None: asked at the end), `question`, `seat`, and so on.

        `member` is which of the seat's people answered, from 1.
        `kind` is `text` or `choice`, and the field of that name has what was said; the other is None. `picked`: it has
        been on the wall.
        """
        in_order = sorted(self._given.values(), key=lambda one: (one.season or 1 << 30, one.question, one.author))
        return [
            {
                "season": None if one.season == END else one.season,
                "question": one.question,
                "seat": str(one.seat),
                "member": one.member,
                "kind": "text" if one.text else "choice",
                "text": one.text or None,
                "choice": one.choice or None,
                "picked": (one.was_shown and not one.off_wall) or (one.season, one.question) in self.picked.charts,
            }
            for one in in_order
        ]


def answers_of(private: Mapping[str, bytes]) -> list[Tree]:
    """Return what was answered in a stored room, as `debrief_list` has it."""
    return Reflections.stored(private).debrief_list()
