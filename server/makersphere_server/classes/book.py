"""What is kept of one class: how it was opened, who hosts it, its tables, and the people of it.

Answers whose a personal code is, who a name belongs to, and what of it all is stored. Names stand in private values,
beside the log, so that they can be erased. A personal code is made of the class's salt and stored nowhere: the hosts
can print it again, and a new one takes its place by a higher `serial`.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, Self

import attrs
import msgspec

from makersphere_protocol.messages import Options
from makersphere_protocol.names import alike
from makersphere_server.codes import ALPHABET, digest, is_same, tidy_code
from makersphere_server.room.model.own_data.wiping import WIPING_KEY
from makersphere_server.room.model.people.hosts import Hosts

__all__ = ["BESIDE_EACH_OTHER", "ClassBook", "ClassSettings", "Grouping", "Person", "Table"]

BESIDE_EACH_OTHER: Final = -1  # in the place of a table that the wall shows: the comparison of all
_SETTINGS_KEY: Final = "class"  # of the private values
_PERSON_KEY: Final = "person:"
_TABLE_KEY: Final = "table:"
_SHOWN_KEY: Final = "shown"
_GONE_KEY: Final = "gone"
_ERASED: Final = "erased "  # before the join frame of whom the hosts have erased, among those who are gone
_GROUPING_KEY: Final = "grouping"
_IN_STEP_KEY: Final = "in_step"
_LINK: Final = "link "  # before the number and the serial of whom a personal code is
_LINK_LENGTH: Final = 12  # letters of a personal code: 28^12 of them


@attrs.frozen
class ClassSettings:
    """How a class was opened.

    Attributes:
        scenario: of its tables, where nobody chooses another one.
        options: with which its tables are opened.
        size: how many people sit at a table at most.
        seed: of the dice of all tables, or "": each has its own.
        create: digest of the create frame that opened it, or "".
    """

    name: str = attrs.field(default="", repr=False)
    language: str = "en"
    scenario: str = "classroom"
    options: Options = attrs.field(factory=Options)
    size: int = 24
    seed: str = attrs.field(default="", repr=False)
    salt: str = attrs.field(default="", repr=False)
    create: str = attrs.field(default="", repr=False)


@attrs.define(eq=False)
class Person:
    """Somebody of a class.

    Attributes:
        number: counts the people of a class from 1; nobody gets another one's. 0: at the door, and of it no more than
            that.
        is_listed: a host has given the name; otherwise it is as its person typed it.
        serial: of the personal code; a higher one makes those of before open nothing.
        join: digest of the join frame by which the phone is known that has the place, or "".
        has_account: that frame is of their account of a platform, which alone opens the place.
        table: the number of the table that the person is dealt to; 0: none yet.
        seat: the seat there, as far as it is known; 0: none yet.
        called: what the table calls them that let them in last, such as two words; "": by their own name.
        has_sat: they have had a seat, at this table or another one.
        mark: what the list of names says of the person besides, or an answer at the door; "": nothing.
        wants: the name of somebody with whom the person wants to sit, or "".
        is_removed: a host has removed them from the class after they had a seat; what they did counts over the term.
        still_of: `join` and `has_account` of whom the place still is, while a table lets in an account that has shown
            its code; None: it is theirs who have it.
    """

    number: int
    name: str = attrs.field(repr=False)
    is_listed: bool = False
    serial: int = 1
    join: str = attrs.field(default="", repr=False)
    table: int = 0
    seat: int = 0
    has_sat: bool = False
    mark: str = attrs.field(default="", repr=False)
    wants: str = attrs.field(default="", repr=False)
    is_removed: bool = False
    has_account: bool = False
    called: str = attrs.field(default="", repr=False)
    still_of: tuple[str, bool] | None = attrs.field(default=None, repr=False)

    def give_back(self) -> None:
        """Give the place back to whom it still is of: the account that has shown its code is not let in."""
        if self.still_of is not None:
            self.join, self.has_account = self.still_of
            self.still_of = None

    def written_out(self) -> dict[str, Any]:
        """Return what the class keeps of somebody that says anything to that person."""
        told = {"number": self.number, "name": self.name, "is_listed": self.is_listed, "table": self.table}
        more = (("mark", self.mark), ("wants", self.wants), ("called", self.called))
        return told | {name: said for name, said in more if said}


@attrs.frozen
class Grouping:
    """How people of a class are grouped, and what each is asked at the door before.

    Attributes:
        by: one of `grouping.WAYS`.
        question: what is asked, or "".
        answers: what can be answered to it.
        asks_wish: whether each is asked with whom they want to sit.
    """

    by: str = "size"
    question: str = ""
    answers: tuple[str, ...] = ()
    asks_wish: bool = False

    @property
    def asks(self) -> bool:
        """Return whether anything is asked."""
        return bool(self.question) or self.asks_wish


@attrs.frozen
class Table:
    """A room of the class.

    Attributes:
        number: counts the tables of a class from 1.
        room: its code.
        seats: for how many people it was opened.
        own_rules: it is played by other rules or dice than the class's.
        game: which of the class's games it is played in, from 1, see `games.py`.
    """

    number: int
    room: str
    seats: int
    own_rules: bool = False
    game: int = 1


class ClassBook:
    """One class as it stands in memory; everything in it is stored.

    Attributes:
        code: by which people come in.
        settings: how it was opened.
        hosts: who may host it.
        tables: its rooms by number.
        shown: the number of the table that the wall shows; 0: all of them; `BESIDE_EACH_OTHER`: their comparison.
        grouping: how people are grouped.
        in_step: whether its tables keep together: a phase ends at all of them once the last is done.
        writes: how often what had changed was taken to be stored.
        writes_stored: how many of these went through; each takes along what others wait to store.
    """

    def __init__(self, code: str, settings: ClassSettings, hosts: Hosts) -> None:
        """Begin without tables and people."""
        self.code = code
        self.settings = settings
        self.hosts = hosts
        self.tables: dict[int, Table] = {}
        self.shown = 0
        self.grouping = Grouping()
        self.in_step = False
        self._people: dict[int, Person] = {}
        self._removed: dict[int, Person] = {}
        self._came = 0
        self._gone: set[str] = set()  # by what the phones of those are known whom the hosts have removed, or erased
        self._unsaved: dict[str, bytes | None] = {}
        self.writes = self.writes_stored = 0

    @classmethod
    def stored(cls, code: str, private: Mapping[str, bytes]) -> Self:
        """Return a class as its private values have it."""
        settings = msgspec.json.decode(private[_SETTINGS_KEY], type=ClassSettings)
        book = cls(code, settings, Hosts.stored(private))
        for key, value in private.items():
            if key.startswith(_PERSON_KEY):
                person = msgspec.json.decode(value, type=Person)
                person.give_back()  # it was never stored that the account is in
                if person.is_listed and not (person.seat or person.has_sat or person.is_removed):
                    person.join = ""  # who was let in nowhere holds no name; their phone knocks again
                    person.has_account = False
                (book._removed if person.is_removed else book._people)[person.number] = person
            elif key.startswith(_TABLE_KEY):
                table = msgspec.json.decode(value, type=Table)
                book.tables[table.number] = table
        book._people = dict(sorted(book._people.items()))
        book.tables = dict(sorted(book.tables.items()))
        book._gone = set(msgspec.json.decode(private.get(_GONE_KEY, b"[]"), type=list[str]))
        if _GROUPING_KEY in private:
            book.grouping = msgspec.json.decode(private[_GROUPING_KEY], type=Grouping)
        book.in_step = _IN_STEP_KEY in private
        book._came, book.shown = msgspec.json.decode(private.get(_SHOWN_KEY, b"[0,0]"), type=tuple[int, int])
        return book

    def founding(self) -> dict[str, bytes]:
        """Return the private values that the class is founded with."""
        return {_SETTINGS_KEY: msgspec.json.encode(self.settings), **self.hosts.to_store()}

    def take_unsaved(self) -> dict[str, bytes | None]:
        """Return the private values that are to be stored with the next write, once."""
        self.writes += 1
        unsaved, self._unsaved = self._unsaved, {}
        return unsaved

    # -- people

    def __iter__(self) -> Iterator[Person]:
        """Yield the people in the order in which they came or were named."""
        return iter(self._people.values())

    def __len__(self) -> int:
        """Return how many people there are."""
        return len(self._people)

    def get(self, number: int) -> Person | None:
        """Return a person by number, a removed one too, or None."""
        return self._people.get(number) or self._removed.get(number)

    @property
    def removed(self) -> Iterable[Person]:
        """Return who was removed after they had a seat: nobody comes in as them, and their name is anybody's."""
        return self._removed.values()

    def add(self, name: str, *, is_listed: bool, mark: str = "") -> Person:
        """Add somebody; return the person."""
        person = Person(0, name, is_listed, mark=mark)
        self.admit(person)
        return person

    def admit(self, person: Person) -> None:
        """Give somebody new the next number, by which they are of the class from now on."""
        self._came += 1
        person.number = self._came
        self._people[person.number] = person
        self._save_counts()
        self.changed(person)

    def remove(self, person: Person, *, for_good: bool = True) -> None:
        """Forget somebody and their code; for good means that their phone does not come back by itself.

        Who had a seat is kept for the term's lines, by name, until they are erased.
        """
        del self._people[person.number]
        if for_good:
            self._gone.update(_known_by(person))
            self._unsaved[_GONE_KEY] = msgspec.json.encode(sorted(self._gone))
        self._unsaved[f"{_PERSON_KEY}{person.number}"] = None
        if (person.seat or person.has_sat) and for_good:
            kept = Person(person.number, person.name, person.is_listed, person.serial, person.join, is_removed=True)
            self._removed[person.number] = kept
            self.changed(kept)

    def erase(self, person: Person) -> None:
        """Forget somebody, whom others wanted to sit with too, and have the files be wiped of them."""
        if person.number in self._people:
            self.remove(person)
        known_by = _known_by(person)
        self._gone = self._gone.difference(known_by).union(_ERASED + each for each in known_by)
        self._unsaved[_GONE_KEY] = msgspec.json.encode(sorted(self._gone))
        self._removed.pop(person.number, None)
        self._unsaved[f"{_PERSON_KEY}{person.number}"] = None
        for other in self:
            if other.wants and alike(other.wants, person.name):
                other.wants = ""
                self.changed(other)
        self._unsaved[WIPING_KEY] = b"1"

    def changed(self, person: Person) -> None:
        """Have somebody stored anew."""
        self._unsaved[f"{_PERSON_KEY}{person.number}"] = msgspec.json.encode(person)

    def who_joined(self, join: str) -> Person | None:
        """Return who came by a join frame of this digest, or None; whoever has had a seat before who only knocks."""
        found = (person for person in self if join and person.join == join)
        return min(found, key=lambda one: not (one.seat or one.has_sat), default=None)

    def is_erased(self, known_by: str) -> bool:
        """Return whether the hosts have erased whoever came by a join frame of this digest, or whom a link is of."""
        return _ERASED + known_by in self._gone

    def is_gone(self, join: str) -> bool:
        """Return whether the hosts have removed or erased whoever came by a join frame of this digest."""
        return join in self._gone or self.is_erased(join)

    def named(self, name: str) -> Person | None:
        """Return who is called like that, or looks as if, or None.

        Of several, as an older version let them be listed: that very name comes first, then who has not come yet.
        """
        found = (person for person in self if alike(person.name, name))
        return min(found, key=lambda one: (one.name != name, bool(one.join or one.table)), default=None)

    def has_alike_at(self, table: int, person: Person, but: Person | None = None) -> bool:
        """Return whether somebody of a table looks like a person, whom its room would lock out, besides one other."""
        others = (other for other in self.at(table) if other is not person and other is not but)
        return any(alike(other.name, person.name) for other in others)

    def whose_link(self, typed: str) -> Person | None:
        """Return whose personal code was typed, or None; how long that takes says nothing about any."""
        code = tidy_code(typed)
        found = [person for person in self if is_same(code, self.link(person))]
        return found[0] if found else None

    def whose_gone_link(self, typed: str) -> str:
        """Return what stands for somebody gone whose personal code was typed, as `is_erased` takes it, or ""."""
        code, links = tidy_code(typed), (each.removeprefix(_ERASED) for each in self._gone)
        found = [link for link in links if link.startswith(_LINK) and is_same(code, self._code(link))]
        return found[0] if found else ""

    def link(self, person: Person) -> str:
        """Return somebody's personal code."""
        return self._code(_link_of(person))

    def _code(self, link: str) -> str:
        made = hmac.digest(self.settings.salt.encode(), link.encode(), hashlib.sha256)
        return "".join(ALPHABET[byte % len(ALPHABET)] for byte in made[:_LINK_LENGTH])

    def join_id(self, person: Person) -> str:
        """Return the id of the join frames by which a room knows somebody again; nobody can guess it."""
        return digest(self.settings.salt, "join", str(person.number))

    # -- tables

    @property
    def next_table(self) -> int:
        """Return the number of the table that is opened next."""
        return max(self.tables, default=0) + 1

    def open_table(self, room: str, seats: int, *, own_rules: bool, game: int = 1) -> Table:
        """Add a table; return it."""
        self._make_way_for(game)
        number = self.next_table
        table = self.tables[number] = Table(number, room, seats, own_rules, game)
        self._unsaved[f"{_TABLE_KEY}{number}"] = msgspec.json.encode(table)
        return table

    def put_in_game(self, table: Table, game: int) -> None:
        """Have a table be played in another of the class's games."""
        self._make_way_for(game)
        moved = self.tables[table.number] = attrs.evolve(table, game=game)
        self._unsaved[f"{_TABLE_KEY}{table.number}"] = msgspec.json.encode(moved)

    def _make_way_for(self, game: int) -> None:
        """Take the comparison from the wall where a table is the first of its game: people look for the code."""
        if self.shown == BESIDE_EACH_OTHER and all(table.game < game for table in self.tables.values()):
            self.show(0)

    def at(self, table: int) -> Iterable[Person]:
        """Return the people who are dealt to a table."""
        return [person for person in self if person.table == table]

    def show(self, table: int) -> None:
        """Have the wall show one table, all (0), or their comparison (`BESIDE_EACH_OTHER`)."""
        self.shown = table
        self._save_counts()

    def group(self, grouping: Grouping) -> None:
        """Have people be grouped otherwise from now on."""
        self.grouping = grouping
        self._unsaved[_GROUPING_KEY] = msgspec.json.encode(grouping)

    def keep_in_step(self, in_step: bool) -> None:  # noqa: FBT001
        """Have the tables keep together, or each go on by itself."""
        self.in_step = in_step
        self._unsaved[_IN_STEP_KEY] = b"1" if in_step else None

    def hosts_changed(self) -> None:
        """Have the hosts stored anew."""
        self._unsaved.update(self.hosts.to_store())

    def _save_counts(self) -> None:
        self._unsaved[_SHOWN_KEY] = msgspec.json.encode((self._came, self.shown))


def _link_of(person: Person) -> str:
    return f"{_LINK}{person.number} {person.serial}"


def _known_by(person: Person) -> set[str]:
    """Return by what a phone is known as somebody's: their join frame, where they came by one, and their link."""
    return {_link_of(person), person.join} - {""}
