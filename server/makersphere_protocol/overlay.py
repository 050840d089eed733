"""What the server lays over the game's table and hands, as types: names and presence, the clock, the room, the screen.

Answers what stands there besides the entities of the rules. None of it is an event of the game; each field is left
out where it has nothing to say. Source: the contract's "Table and hand".
"""

from __future__ import annotations

from typing import Any, Final, Literal, NotRequired, Required, TypedDict

from makersphere_protocol.messages import Level
from makersphere_protocol.schema import components

__all__ = [
    "OF_HAND",
    "OF_TABLE",
    "SINGLE",
    "Answered",
    "Answers",
    "AskedHost",
    "AskedNow",
    "Asking",
    "Clock",
    "Consented",
    "Dice",
    "Entry",
    "Lost",
    "OffWall",
    "OnScreen",
    "OnTheWay",
    "RoomFacts",
    "Sitter",
    "StillThere",
    "StoodIn",
    "Thing",
    "Why",
    "WhyProgress",
    "schema_of",
]


class Sitter(TypedDict, total=False):
    """Who sits on a seat; `seen` in milliseconds since the epoch, coarse; `pen` from 1, where one was chosen.

    `face` from 1 to 64, where it is another than the seat's own: seat n has face n, and 65 the first again. `here`: a
    bot plays although one of its people is here.
    """

    name: str
    by: Literal["person", "away", "bot"]
    here: bool
    seen: int
    pen: int
    face: int


class Clock(TypedDict, total=False):
    """When the phase closes, in milliseconds since the epoch, or what is left of it while the room is paused.

    `dated`: it closes at a date, which comes whether somebody is in the room or not.
    """

    dated: bool
    deadline: int
    paused: bool
    remaining_ms: int


class RoomFacts(TypedDict, total=False):
    """How the room was opened, whether its door is closed, and whether it stands still since the server may miss some.

    `behind`: somebody says to have seen more of the game than the server has, and no host has decided yet.
    `next`: the code of the room in which the people of a finished game play on. `next_fork`: that room was forked from
    this one, so that their tokens open their seats there. `last_season`: after which the game ends, by a host's word,
    before the scenario says so. `chosen`: in what the rules differ from those of the scenario, by the host's choice:
    each with its `name`, and its own words (`title`, `text`) by language where the texts have none.
    `consent`: people are asked whether their data may leave the server, with `consent_text` in place of the page's own
    words.
    `screened`: which names wait for a host before others read them, where any do.
    `pseudonyms`: people are called by two words of the server's own, whatever name they give.
    `table`: the number of the room among the tables of its class, where it is one.
    `waits`: the phase is over here, and ends with those of the class's other tables.
    `broken`: what broke in a rule in this phase: the rule `module`, its `hook` or command, and `what` it raised.
    `page`: everybody who sits here may take the page of the class home. `grade`: what points are given for, by
    term, as the scenario weighs it.
    """

    language: str
    pace: Literal["self", "host", "clock"]
    bots: Level
    locked: bool
    next: str
    next_fork: bool
    page: bool
    behind: bool
    broken: dict[str, str]
    teams: bool
    seed_chosen: bool
    origin: str
    sealed: bool
    rehearsal: bool
    pseudonyms: bool
    screened: str
    consent: bool
    consent_text: str
    last_season: int
    table: int
    waits: bool
    chosen: list[dict[str, str | dict[str, str]]]
    grade: dict[str, int]


class OnScreen(TypedDict, total=False):
    """What the projector shows.

    `since`: the wall clock in milliseconds when `step` began, of a scene that goes through its steps by itself.
    `opened`: how many roles' rankings stand open after the end, in the order makers, investors, operators.
    """

    scene: str
    step: int
    curtain: bool
    theme: Literal["light", "dark"]
    language: str
    calm: bool
    silent: bool
    talk: str
    since: int
    opened: int


class OnTheWay(TypedDict):
    """While a negotiation is open: how many offers are open and how many deals signed in the whole room.

    For one and two the word stands for the number; and for any number, none too, from the moment on when fewer than
    three investors or three leads are neither ready nor away, until the phase closes. Nothing is told by space, role or
    kind.
    """

    open: int | Literal["some"]
    signed: int | Literal["some"]


class Dice(TypedDict, total=False):
    """What opens the commitment to the dice, once the game is over."""

    seed: str
    nonce: str


class Entry(TypedDict):
    """What a seat's purse took in (or gave out, below 0) in a season for one reason; `other` is the other account."""

    season: int
    reason: str
    other: str
    amount: int


class Thing(TypedDict):
    """A thing bound to this seat, by what it calls itself: `thing` is its kind, `times` how often it was, from 2 on."""

    thing: str
    seat: int
    times: NotRequired[int]


class Asking(TypedDict):
    """Somebody who asks to be let into a seat, by the number with which `let_in` answers; of hosts, for every seat."""

    name: str
    seat: int


class Answers(TypedDict, total=False):
    """What the hosts have picked of one question, while the wall is to show it: `counts` of its `choices`, or `words`.

    Nobody's seat or name is in it; `season` 0: what was asked at the end. `choices` without `counts`: fewer than three
    have answered yet.
    """

    season: Required[int]
    question: Required[str]
    choices: list[str]
    counts: dict[str, int]
    words: list[str]


class AskedNow(TypedDict):
    """A question that this seat may answer now beside the game, by `SEASON:QUESTION`; no `choices`: in own words."""

    season: int
    question: str
    choices: NotRequired[list[str]]


class Answered(TypedDict):
    """What one of this seat's people has answered; where several share the seat, that they have and not what."""

    season: int
    question: str
    member: int
    text: NotRequired[str]
    choice: NotRequired[str]


class Lost(TypedDict, total=False):
    """Of a seat: that its people say to be lost in this phase. Of hosts: how many `seats` do, and never which."""

    on: bool
    seats: int


class Consented(TypedDict):
    """What one of this seat's people has answered to the page of welcome and consent: `at` in milliseconds."""

    member: int
    answer: Literal["yes", "no", "later"]
    at: int


class OffWall(TypedDict, total=False):
    """A name that only hosts read, and why: a `host` has said so, it may be `rude`, or it `waits` for a host.

    The table has what the face is called. Of a seat: that it is so with the name of this `member`. Of hosts: all by
    `SEAT:MEMBER`, each with its `seat` and `name`; `member` 0 is the name that a host has given the seat.
    """

    member: Required[int]
    why: Required[str]
    seat: int
    name: str


class StillThere(TypedDict, total=False):
    """The seat's people are here and have done nothing for long; any command of theirs says that they are there.

    A bot begins to play at `deadline` (milliseconds since the epoch) or `at_close` of the phase, or plays (`helped`).
    """

    deadline: int
    at_close: bool
    helped: bool


class StoodIn(TypedDict):
    """A command that a bot has sent for this seat while it had people; by the `seq` of its record."""

    season: int
    phase: str
    name: str
    args: dict[str, Any]


class AskedHost(TypedDict):
    """What one person has asked the hosts in own words; of hosts: of all seats, those that wait, by `SEAT:MEMBER`.

    `number` counts the questions of that person. `answered` without `answer`: in person.
    """

    seat: int
    member: int
    number: int
    text: str
    answered: NotRequired[bool]
    answer: NotRequired[str]


class Sentence(TypedDict):
    """A text key (`moment.` left out) and its values."""

    text: str
    values: dict[str, int | str]


class Question(Sentence):
    """A question of a kind: feelings, facts, learning, life, what_if, what_next."""

    kind: str


class Differs(TypedDict):
    """What differs between as it was and as it might have been: means over all futures, in hundredths.

    `mean` is the difference, `lo` to `hi` its 95 % interval over the futures; `seat` is 0 where it is no seat's.
    """

    what: str
    seat: int
    was: int
    might: int
    mean: int
    lo: int
    hi: int


class Why(TypedDict):
    """A moment of a game that is over: its cause, the record that proves it, what might have been, a question.

    `moment` is the number of the debrief's moment that it explains; 0: none. `seats` has each one's role.
    """

    number: int
    of: int
    season: int
    phase: str
    sort: str
    moment: int
    role: str
    seats: dict[str, str]
    venture: int
    seq: int
    cause: Sentence
    instead: Sentence
    question: Question
    futures: int
    alike: int
    differences: list[Differs]


class WhyProgress(TypedDict):
    """How far the telling of why is: `waiting`, `making`, `whole` or `failed`; `of` moments, 0: nobody knows yet."""

    status: str
    of: int


OF_TABLE: Final[dict[str, Any]] = {
    "seat": Sitter,
    "clock": Clock,
    "room": RoomFacts,
    "show": OnScreen,
    "answers": Answers,
    "on_the_way": OnTheWay,
    "dice": Dice,
    "module": dict[str, int | str],
    "introduced": int,
    "why": Why,
    "why_progress": WhyProgress,
}
OF_HAND: Final[dict[str, Any]] = {
    "clock": Clock,
    "entry": Entry,
    "device": Thing,
    "asks_in": Asking,
    "question": AskedNow,
    "reflection": Answered,
    "asked_host": AskedHost,
    "lost": Lost,
    "consent": Consented,
    "off_wall": OffWall,
    "still_there": StillThere,
    "stood_in": StoodIn,
}
SINGLE: Final = frozenset(
    {"clock", "room", "show", "answers", "on_the_way", "dice", "why_progress", "lost", "still_there"}
)


def schema_of(kind: Any) -> dict[str, Any]:  # noqa: ANN401  (any type that JSON can hold)
    """Return the JSON Schema of one kind of the overlay, whole: nothing in it is referred to."""
    (found,), definitions = components([kind])
    whole: dict[str, Any] = _whole(found, definitions)
    return whole


def _whole(part: Any, definitions: dict[str, Any]) -> Any:  # noqa: ANN401  (any part of a schema)
    """Return a part of a schema with what it refers to in its place."""
    if isinstance(part, list):
        return [_whole(each, definitions) for each in part]
    if not isinstance(part, dict):
        return part
    if "$ref" in part:
        return _whole(definitions[part["$ref"].rpartition("/")[2]], definitions)
    return {name: _whole(each, definitions) for name, each in part.items()}
