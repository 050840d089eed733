"""What hosts of a class may do with the class itself: name people, print their codes, open tables, move somebody.

Answers what each command takes now and carries it out in memory; the desk stores it before anybody is told. What
concerns a table's game is not in here: that is passed on to the table (`at_tables.py`).
"""

from __future__ import annotations

import math
from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType
from typing import Final

import attrs

from makersphere_protocol.messages import Args
from makersphere_protocol.names import LONGEST
from makersphere_rules.forms import Flag, Form, OneOf, Whole, check
from makersphere_rules.refusals import Refusal, refuse
from makersphere_server.classes.book import BESIDE_EACH_OTHER, ClassBook, Person
from makersphere_server.classes.dealing import MOST_PEOPLE
from makersphere_server.classes.leads import Leads, Outcome, Own, Tree
from makersphere_server.classes.regrouping import ask, ask_form, group, group_form
from makersphere_server.classes.roster_names import new_among, put_on_list
from makersphere_server.codes import digest
from makersphere_server.room.commands.host import chairs
from makersphere_server.room.model.inbox import Sent
from makersphere_server.room.model.people.hosts import ASSISTANT, LEAD, VISITOR

__all__ = ["CLASS_COMMANDS", "MOST_TABLES", "ClassCommand", "kept_args"]

_NAME: Final = frozenset({"name"})
MOST_TABLES: Final = 60  # of one class
MOST_AT_ONCE: Final = 200  # names in one command
_LONGEST_TYPED: Final = 200
_LONGEST_SEED: Final = 64


@attrs.frozen(kw_only=True)
class ClassCommand:
    """One command of a class's hosts.

    Attributes:
        name: as it stands in frames and in the log.
        form: returns what it takes now besides `free`, or None where it cannot be sent now.
        act: carries it out in memory; returns what its answer says, or why not.
        free: arguments that no form describes; `act` reads them.
        gives: returns what its answer gives out besides and nothing stores, a fresh one each time the command comes.
        changes_hosts: afterwards others host the class, and so its tables.
        erases: afterwards nothing of what it has taken away is to be left in the files.
        least: which rank a host needs for it.
        told_once: what of its answer has names in it: it is told when the command comes first, and kept nowhere.
    """

    name: str
    form: Callable[[ClassBook], Form | None]
    act: Callable[[Leads, Sent], Awaitable[Outcome]]
    free: frozenset[str] = frozenset()
    gives: Callable[[Leads, Sent], Tree] | None = None
    changes_hosts: bool = False
    erases: bool = False
    least: str = ASSISTANT
    told_once: frozenset[str] = frozenset()

    def refusal(self, book: ClassBook, args: Args) -> Refusal | None:
        """Return why arguments cannot be taken now, as far as the form says so."""
        form = self.form(book)
        if form is None:
            return refuse("rule", "not_now", command=self.name)
        return check(form, {name: value for name, value in args.items() if name not in self.free})


def kept_args(command: ClassCommand, args: Args, salt: str) -> Args:
    """Return arguments as the log may keep them: names and what else is typed stand there as salted digests."""
    return {
        name: digest(salt, *map(str, value if isinstance(value, list) else [value])) if name in command.free else value
        for name, value in args.items()
    }


# -- people


async def _people(leads: Leads, sent: Sent) -> Outcome:
    """Put names on the list, each with what is said of it; what is there already or cannot be shown is told."""
    typed, marks = sent.args.get("names"), sent.args.get("marks")
    if not isinstance(typed, list) or not 1 <= len(typed) <= MOST_AT_ONCE or not all(map(_is_typed, typed)):
        return refuse("bad_args", "expected_names", "names", max=MOST_AT_ONCE)
    if "marks" in sent.args and not (
        isinstance(marks, list) and len(marks) == len(typed) and all(map(_is_typed, marks))
    ):
        return refuse("bad_args", "expected_marks", "marks", n=len(typed))
    names = [*map(str, typed)]
    if len(leads.book) + new_among(leads.book, names) > MOST_PEOPLE:
        return refuse("rule", "class_full", max=MOST_PEOPLE)
    return put_on_list(leads.book, names, [*map(str, marks)] if isinstance(marks, list) else [])


def _is_typed(name: object) -> bool:
    return isinstance(name, str) and len(name) <= _LONGEST_TYPED


def _someone(book: ClassBook) -> Form | None:
    numbers = tuple(person.number for person in book)
    return Form({"person": OneOf(numbers, "person")}) if numbers else None


def _anybody(book: ClassBook) -> Form | None:
    """Return what names a person of the class or somebody who was removed from it."""
    numbers = tuple(sorted(person.number for people in (book, book.removed) for person in people))
    return Form({"person": OneOf(numbers, "person")}) if numbers else None


def _person(leads: Leads, sent: Sent) -> Person:
    found = leads.book.get(int(str(sent.args["person"])))
    assert found is not None  # noqa: S101  (the form lets nobody else through)
    return found


async def _remove(leads: Leads, sent: Sent) -> Outcome:
    person = _person(leads, sent)
    with leads.keeping_out([person]):
        await leads.take_away(person, sent)
        leads.book.remove(person)
    return {}


async def _erase(leads: Leads, sent: Sent) -> Outcome:
    """Leave nothing of somebody at any table, then none of the class; a table that cannot be had now keeps the rest."""
    person = _person(leads, sent)
    await leads.at_every_table(person, sent)
    leads.book.erase(person)
    return {}


async def _export(leads: Leads, sent: Sent) -> Outcome:
    """Give out what the class and its tables have of somebody."""
    person = _person(leads, sent)
    found = await leads.at_every_table(person, sent)
    tables = {str(number): each for number, each in found.items()}
    return {"class": leads.book.code, "person": person.written_out(), "tables": tables}


async def _new_link(leads: Leads, sent: Sent) -> Outcome:
    """Make somebody's code of before open nothing any more; the phone that is in keeps the place (`dealing.py`).

    An account of a platform that has opened the place opens it no more: the new code does. One that only knocks at it
    has taken it from no phone.
    """
    person = _person(leads, sent)
    person.serial += 1
    person.give_back()
    if person.has_account:
        person.has_account, person.join = False, ""
    leads.book.changed(person)
    return {}


async def _nothing(leads: Leads, sent: Sent) -> Outcome:
    return {}


def _links(leads: Leads, sent: Sent) -> Tree:
    """Give out the personal code of everybody, by number."""
    return {"links": {str(person.number): leads.book.link(person) for person in leads.book}}


# -- tables


def _tables_form(book: ClassBook) -> Form:
    return Form({"people": Whole(1, MOST_PEOPLE), "table": Whole(1, 60)}, optional=frozenset({"table"}))


async def _tables(leads: Leads, sent: Sent) -> Outcome:
    """Open as many more as so many people need beside the tables that are not over, of the class's size or another."""
    book = leads.book
    size = int(str(sent.args.get("table", book.settings.size)))
    places = sum(table.seats for number, table in book.tables.items() if leads.is_played_on(number))
    more = math.ceil(max(int(str(sent.args["people"])) - places, 0) / size)
    if len(book.tables) + more > MOST_TABLES:
        return refuse("rule", "too_many_tables", max=MOST_TABLES)
    leads.check_tables(more)
    for _ in range(more):
        await leads.open_table(size, Own({}))
    return {"opened": more}


def _table_form(book: ClassBook) -> Form | None:
    return Form({"seats": Whole(1, 60)}) if len(book.tables) < MOST_TABLES else None


async def _table(leads: Leads, sent: Sent) -> Outcome:
    """Open one table more, if wanted by rules or dice of its own."""
    if "seed" in sent.args and not _is_seed(sent.args["seed"]):
        return refuse("bad_args", "expected_seed", "seed", max=_LONGEST_SEED)
    leads.check_tables(1)
    table = await leads.open_table(int(str(sent.args["seats"])), Own(sent.args))
    return {"table": table.number, "room": table.room}


def _is_seed(seed: object) -> bool:
    """Return whether dice can be named so, as where a room is opened: by a whole number or a word."""
    return len(seed) <= _LONGEST_SEED if isinstance(seed, str) else type(seed) is int and seed >= 0


def _move_form(book: ClassBook) -> Form | None:
    someone = _someone(book)
    tables = tuple(book.tables)
    return None if someone is None or not tables else Form({**someone.fields, "to": OneOf(tables, "table")})


async def _move(leads: Leads, sent: Sent) -> Outcome:
    """Deal somebody to another table: their phone goes there by itself."""
    book, person = leads.book, _person(leads, sent)
    to = book.tables[int(str(sent.args["to"]))]
    if person.table == to.number:
        return {}
    if not leads.is_played_on(to.number):
        return refuse("rule", "table_over", "to", table=to.number)
    if len(list(book.at(to.number))) >= to.seats:
        return refuse("rule", "table_full", "to", table=to.number)
    if book.has_alike_at(to.number, person):
        return refuse("rule", "alike_at_table", "to", table=to.number, name=person.name)
    with leads.keeping_out([person]):
        await leads.take_away(person, sent)
        person.table, person.seat = to.number, 0
    book.changed(person)
    return {}


def _swap_form(book: ClassBook) -> Form | None:
    someone = _someone(book)
    return None if someone is None else Form({**someone.fields, "with": someone.fields["person"]})


async def _swap(leads: Leads, sent: Sent) -> Outcome:
    """Have two people of different tables change places: where all are full, that takes no place that is free."""
    book, one = leads.book, _person(leads, sent)
    other = book.get(int(str(sent.args["with"])))
    assert other is not None  # noqa: S101  (the form lets nobody else through)
    to, back = other.table, one.table
    if to == back or not all(table in book.tables and leads.is_played_on(table) for table in (to, back)):
        return refuse("rule", "swap_of_two", "with")
    for person, table, leaves in ((one, to, other), (other, back, one)):
        if book.has_alike_at(table, person, leaves):
            return refuse("rule", "alike_at_table", "with", table=table, name=person.name)
    with leads.keeping_out([one, other]):
        for person in (one, other):
            await leads.take_away(person, sent)
        one.table, one.seat, other.table, other.seat = to, 0, back, 0
    book.changed(one)
    book.changed(other)
    return {}


async def _in_step(leads: Leads, sent: Sent) -> Outcome:
    leads.book.keep_in_step(bool(sent.args["on"]))
    return {}


def _wall_form(book: ClassBook) -> Form:
    return Form({"table": OneOf((0, *book.tables), "table"), "compare": Flag()}, optional=frozenset({"compare"}))


async def _wall(leads: Leads, sent: Sent) -> Outcome:
    if sent.args.get("compare") and leads.is_playing():
        return refuse("rule", "not_over_yet", "compare")
    leads.book.show(BESIDE_EACH_OTHER if sent.args.get("compare") else int(str(sent.args["table"])))
    return {}


# -- hosts


async def _invite(leads: Leads, sent: Sent) -> Outcome:
    return chairs.too_many(leads.book.hosts, leads.most_hosts) or _checked_name(sent.args) or {}


def _give_token(leads: Leads, sent: Sent) -> Tree:
    """Give a token to a further host, a fresh one if the same invitation is sent again."""
    book = leads.book
    invitation = digest(book.settings.salt, sent.author, sent.id)
    token, _ = chairs.chair_for(book.hosts, sent.args, invitation, sent.language)
    book.hosts_changed()
    return {"host_token": token} if token else {}


async def _appoint(leads: Leads, sent: Sent) -> Outcome:
    refusal = _checked_name(sent.args) or chairs.appointed(leads.book.hosts, sent.args)
    if refusal is not None:
        return refusal
    leads.book.hosts_changed()
    return {}


async def _let_go(leads: Leads, sent: Sent) -> Outcome:
    book = leads.book
    host = book.hosts.get(int(str(sent.args["host"])))
    assert host is not None  # noqa: S101  (the form lets nobody else through)
    book.hosts.let_go(host)
    book.hosts_changed()
    return {}


def _checked_name(args: Args) -> Refusal | None:
    """Return why a host's name cannot be taken: no form describes it."""
    name = args.get("name", "")
    if not isinstance(name, str) or len(name) > LONGEST:
        return refuse("bad_args", "expected_text", "name", max=LONGEST)
    return chairs.bad_name(args)


def _give_code(leads: Leads, sent: Sent) -> Tree:
    """Give whoever asks a code for the own chair, instead of an older one."""
    return chairs.give_code(leads.book.hosts, sent.token, leads.book.settings.salt, leads.book.hosts_changed)


CLASS_COMMANDS: Final[Mapping[str, ClassCommand]] = MappingProxyType(
    {
        command.name: command
        for command in (
            ClassCommand(
                name="class.people",
                form=lambda _: Form(),
                act=_people,
                free=frozenset({"names", "marks"}),
                told_once=frozenset({"marked", "twins", "bad", "reserved", "mixed", "changed"}),
            ),
            ClassCommand(name="class.remove", form=_someone, act=_remove, least=LEAD),
            ClassCommand(
                name="class.export_person",
                form=_anybody,
                act=_export,
                least=LEAD,
                told_once=frozenset({"class", "person", "tables"}),
            ),
            ClassCommand(name="class.erase_person", form=_anybody, act=_erase, erases=True, least=LEAD),
            ClassCommand(name="class.links", form=lambda _: Form(), act=_nothing, gives=_links),
            ClassCommand(name="class.new_link", form=_someone, act=_new_link),
            ClassCommand(name="class.tables", form=_tables_form, act=_tables),
            ClassCommand(
                name="class.table", form=_table_form, act=_table, free=frozenset({"scenario", "choices", "seed"})
            ),
            ClassCommand(name="class.move", form=_move_form, act=_move),
            ClassCommand(name="class.swap", form=_swap_form, act=_swap),
            ClassCommand(name="class.group", form=group_form, act=group),
            ClassCommand(name="class.ask", form=ask_form, act=ask, free=frozenset({"question", "answers"})),
            ClassCommand(name="class.in_step", form=lambda _: Form({"on": Flag()}), act=_in_step),
            ClassCommand(name="class.wall", form=_wall_form, act=_wall),
            ClassCommand(
                name="class.invite",
                form=lambda _: chairs.invite_form(),
                act=_invite,
                free=_NAME,
                gives=_give_token,
                changes_hosts=True,
                least=LEAD,
            ),
            ClassCommand(
                name="class.appoint",
                form=lambda book: chairs.appoint_form(book.hosts),
                act=_appoint,
                free=_NAME,
                changes_hosts=True,
                least=LEAD,
            ),
            ClassCommand(
                name="class.let_go",
                form=lambda book: chairs.let_go_form(book.hosts),
                act=_let_go,
                changes_hosts=True,
                least=LEAD,
            ),
            ClassCommand(
                name="class.rejoin_code", form=lambda _: Form(), act=_nothing, gives=_give_code, least=VISITOR
            ),
        )
    }
)
