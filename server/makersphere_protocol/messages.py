"""Every frame of the contract, as frozen values.

Answers which fields a frame has. Optional fields have a default that is left out on the wire. A field that would be a
word of Python's own has an underscore behind it here, and none on the wire (`codec.on_wire`). The JSON
Schema (`schema.py`), the codec and the reference in the docs are all made from these classes. Source: the
contract's "From the client" and "From the server".
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Final, Literal, get_args

import attrs
from msgspec import Meta

__all__ = [
    "BESIDE",
    "CLIENT_FRAMES",
    "LEVELS",
    "MAX_WHOLE",
    "NORMAL",
    "PROTOCOL",
    "SERVER_FRAMES",
    "SUBPROTOCOL",
    "Arg",
    "Args",
    "At",
    "ClassOptions",
    "ClientFrame",
    "Command",
    "Create",
    "Dates",
    "Dealt",
    "DoorQuestion",
    "Error",
    "Join",
    "Level",
    "Line",
    "Options",
    "Preview",
    "Problem",
    "Result",
    "Resume",
    "Screened",
    "ServerFrame",
    "StandsIn",
    "Timers",
    "Tree",
    "Update",
    "Watch",
    "Welcome",
    "You",
]

PROTOCOL: Final = 1
SUBPROTOCOL: Final = "makersphere.v1"
MAX_WHOLE: Final = 2**53 - 1  # what JavaScript holds exactly
BESIDE: Final = frozenset(  # a seat's commands that are no moves of the game
    {
        *("ask", "ask_host", "change_face", "consent", "let_in", "lost", "pair", "reflect"),
        *("rejoin_code", "seat_pass", "shake", "still_here"),
    }
)

Whole = Annotated[int, Meta(ge=-MAX_WHOLE, le=MAX_WHOLE)]
Count = Annotated[int, Meta(ge=0, le=MAX_WHOLE)]
Text = Annotated[str, Meta(max_length=400)]
Page = Annotated[str, Meta(max_length=1200)]  # as much as somebody reads on a phone before a game
Word = Annotated[str, Meta(max_length=64)]
Pen = Annotated[int, Meta(ge=0, le=8)]  # the eight that a client may draw somebody with; 0 is none
Id = Annotated[str, Meta(min_length=1, max_length=64)]
Level = Literal["easy", "normal", "hard"]  # how well bots play
LEVELS: Final[tuple[Level, ...]] = get_args(Level)
StandsIn = Literal["minute", "close", "never"]  # when a bot plays for people who are away
TimeOfDay = Annotated[str, Meta(pattern="^([01][0-9]|2[0-3]):[0-5][0-9]$")]  # as clocks of 24 hours show it
Screened = Literal["none", "rude", "all"]  # which words of people wait for a host before others read them
Dealt = Literal["order", "proportion"]  # which free seat somebody gets who comes
NORMAL: Final = "normal"
Arg = Whole | str | bool | list[Whole | str]
Args = dict[Word, Arg]
Tree = dict[str, Any]


@attrs.frozen
class At:
    """The season and phase that a command is meant for."""

    season: Count
    phase: Word


@attrs.frozen
class Timers:
    """How long phases last: `scale` per cent of the scenario's limits, 0 for no clocks."""

    scale: Annotated[int, Meta(ge=0, le=1000)] = 100


@attrs.frozen
class Dates:
    """When the phases of a game end that lasts for days.

    Attributes:
        times: of the day, as "18:00".
        days: of the week, 1 for Monday; none: every day.
        zone: time zone of both, by its name in the tz database, as "Europe/Berlin".
    """

    times: Annotated[list[TimeOfDay], Meta(min_length=1, max_length=24)]
    days: Annotated[list[Annotated[int, Meta(ge=1, le=7)]], Meta(max_length=7)] = attrs.field(factory=list)
    zone: Word = "UTC"


@attrs.frozen
class Options:
    """What a new room may be given besides its scenario; left out, the scenario says it.

    Attributes:
        seats: how many seats; the scenario seats them.
        roles: the role of each seat in order, instead of `seats`.
        language: of the room, for people who name none.
        seed: of all dice, a whole number or a word; the room then says that it was chosen.
        timers: how long phases last.
        pace: phases close by themselves (`self`: when all are ready, or time is up), on a host's word alone (`host`,
            without clocks), or when time is up and not before (`clock`).
        practice: whether a season that does not count comes first.
        bots: how well the bots play that sit where nobody does.
        lesson: how many minutes the lesson lasts, talk included; 0: nobody said.
        teams: whether several people may share a seat: each more of them needs a pass, or is let in.
        names: for whom each seat is kept, in order, as a host could name it; "": for whoever comes.
        rehearsal: whether it is a host's trial, which the table says and no class plays.
        faces: the face of each seat, in order, from 1 to 64; 0: the seat's own.
        questions: whether people are asked a question after each season and two at the end, which nobody has to answer.
        choices: which of the scenario's choices its rules are changed by, by name.
        stand_in: when a bot plays for people who are away: after a `minute`, at the `close` of a phase (for that phase
            alone), or `never`.
        dealt: which free seat somebody gets who comes: the first (`order`), or one of the role with the smallest share
            of people (`proportion`), so that every role has people early.
        dates: when phases end instead of by their limits; they end then whether somebody is there or not. A bot that
            would stand in after a minute stands in at the close.
        pseudonyms: whether people are called by two words of the server's own, whatever name they give.
        screened: which names wait for a host before others read them: those with a `rude` word in it, or `all`.
        consent: whether people are shown a page of welcome, which asks them whether their data may leave the server.
        consent_text: what that page says instead of its own words.
    """

    seats: Annotated[int, Meta(ge=1, le=500)] | None = None
    roles: Annotated[list[Word], Meta(min_length=1, max_length=500)] | None = None
    language: Word = ""
    seed: Count | Word | None = None
    timers: Timers = Timers()
    pace: Literal["self", "host", "clock"] = "self"
    practice: bool | None = None
    lesson: Annotated[int, Meta(ge=0, le=600)] = 0
    bots: Level = NORMAL
    teams: bool = False
    names: Annotated[list[Text], Meta(max_length=500)] | None = None
    faces: Annotated[list[Annotated[int, Meta(ge=0, le=64)]], Meta(max_length=500)] | None = None
    rehearsal: bool = False
    questions: bool = True
    choices: Annotated[list[Word], Meta(max_length=24)] | None = None
    stand_in: StandsIn = "minute"
    dealt: Dealt = "order"
    dates: Dates | None = None
    pseudonyms: bool = False
    screened: Screened = "none"
    consent: bool = False
    consent_text: Page = ""


@attrs.frozen
class ClassOptions:
    """How a class is laid out, whose tables are rooms of one scenario with the same options.

    Attributes:
        people: how many are expected; tables are opened for so many at once.
        table: how many people sit at a table at most.
        name: what the class is called.
        same_dice: whether all tables play with the same dice.
    """

    people: Annotated[int, Meta(ge=0, le=1000)] = 0
    table: Annotated[int, Meta(ge=1, le=60)] = 24
    name: Text = ""
    same_dice: bool = False


@attrs.frozen
class Create:
    """Open a room, or a class of several, and become its host."""

    type: ClassVar[str] = "create"

    scenario: Word
    options: Options = Options()
    key: Text = ""
    id: Word = ""
    class_: ClassOptions | None = None


@attrs.frozen
class Join:
    """Take a seat: any, one of a role, or `seat`; `pen` is the colour to be drawn with.

    A seat that somebody has opens by a `pass`, or when its people or a host let somebody in. A class may ask first:
    `answer` 0 can be asked, n is the nth answer, and one more than there are says nothing; left out, nobody is asked.
    `wish` is the name of somebody to sit with. `program` says that a program plays here, and no person.
    """

    type: ClassVar[str] = "join"

    room: Word
    name: Text
    role: Word = ""
    language: Word = ""
    seat: Count | None = None
    id: Word = ""
    pen: Pen = 0
    pass_: Word = ""
    answer: Count | None = None
    wish: Text = ""
    program: bool = False


@attrs.frozen
class Resume:
    """Come back with a token, or with a short rejoin code; `seq`, its `mark` and `epoch` are the last seen."""

    type: ClassVar[str] = "resume"

    room: Word
    seat_token: Text = ""
    host_token: Text = ""
    code: Word = ""
    seq: Count | None = None
    epoch: Count | None = None
    mark: Word = ""


@attrs.frozen
class Watch:
    """See the table alone."""

    type: ClassVar[str] = "watch"

    room: Word


@attrs.frozen
class Command:
    """Do something; the same `id` again is answered again and done once.

    `saw` is the `seq` of the picture that was acted on: if what the command acts on has changed since, nothing happens.
    """

    type: ClassVar[str] = "command"

    id: Id
    name: Word
    args: Args = attrs.field(factory=dict)
    at: At | None = None
    saw: Count | None = None


@attrs.frozen
class Preview:
    """Ask what a command would change for this seat."""

    type: ClassVar[str] = "preview"

    id: Id
    name: Word
    args: Args = attrs.field(factory=dict)


ClientFrame = Create | Join | Resume | Watch | Command | Preview
CLIENT_FRAMES: Final = (Create, Join, Resume, Watch, Command, Preview)


@attrs.frozen
class You:
    """Who this connection is. `member` counts the people of a team from 1."""

    kind: str  # seat, host or watcher
    seat: int = 0
    role: str = ""
    member: int = 0


@attrs.frozen
class Line:
    """One thing that happened: a text key (`log.` left out), its values, and the `seq` that it came with."""

    text: str
    seq: int = 0
    values: dict[str, int | str] = attrs.field(factory=dict)


@attrs.frozen
class Welcome:
    """The first answer: who you are and how things stand. Where `resumed`, what was missed follows.

    `mark` belongs to `seq`; where `diverged`, the room's history is not the one that was seen.
    """

    type: ClassVar[str] = "welcome"

    room: str
    epoch: int
    seq: int
    now: int
    you: You
    protocol: int = 0
    seat_token: str = ""
    host_token: str = ""
    table: Tree | None = None
    hand: Tree | None = None
    resumed: bool = False
    mark: str = ""
    diverged: bool = False


@attrs.frozen
class Update:
    """What changed, as merge patches, and what happened. `seq` and its `mark` are what a client gives to resume."""

    type: ClassVar[str] = "update"

    seq: int
    now: int
    table: Tree | None = None
    hand: Tree | None = None
    log: list[Line] | None = None
    mark: str = ""


@attrs.frozen
class Problem:
    """Why a command was refused; to a request, with `to`, the socket's address of the server that has the room."""

    code: str
    message: str
    field: str = ""
    retry_after: int = 0
    to: str = ""


@attrs.frozen
class Result:
    """The answer to a command or a preview; `ok` true means that it is on disk."""

    type: ClassVar[str] = "result"

    id: str
    ok: bool
    now: int
    seq: int | None = None
    data: Tree | None = None
    preview: Tree | None = None
    error: Problem | None = None


@attrs.frozen
class DoorQuestion:
    """What a class asks at its door, of whoever joins: a `question` with its `answers`, with whom one wants to sit."""

    question: str = ""
    answers: list[str] = attrs.field(factory=list)
    wish: bool = False


@attrs.frozen
class Error:
    """The connection is about to be closed, and why; where it is worth trying again, after how many seconds.

    With `asks` the same frame is to come again with an `answer`; with `to` at the address that it names, whose server
    has the room.
    """

    type: ClassVar[str] = "error"

    code: str
    message: str
    now: int = 0
    retry_after: int = 0
    asks: DoorQuestion | None = None
    to: str = ""


ServerFrame = Welcome | Update | Result | Error
SERVER_FRAMES: Final = (Welcome, Update, Result, Error)
