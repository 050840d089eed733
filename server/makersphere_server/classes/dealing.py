"""Who is dealt to which table of a class.

Answers the person whom a join frame is from, and the table for whoever has none. A personal code opens its person's
place on any device. A listed name that nobody has come in by yet is whoever's types it, so that a forgotten code locks
nobody out; whoever has the code takes the place back, and from then on the code alone opens it. The phone that came in
last keeps the place, also where a new code has been made since then, until somebody comes by that.

What somebody does who comes by an account of a platform is credited to that account. So an account and a personal code
never share a place: the account alone opens its own, until a host makes a new code for it. Whoever comes by an account
under the name of somebody who is there without one is asked first; with the personal code the place is the account's.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable
from typing import Final

from makersphere_protocol.errors import Refused
from makersphere_protocol.messages import DoorQuestion, Join
from makersphere_protocol.names import LONGEST, clean, looks, why_not
from makersphere_server.classes.book import ClassBook, Person, Table
from makersphere_server.classes.grouping import best_table
from makersphere_server.codes import check_proof, digest, proves, tidy_code
from makersphere_server.room.model.arrival import Arrival

__all__ = ["MOST_PEOPLE", "has_name_free", "person_of", "see_that_asked", "table_for", "take_place"]

MOST_PEOPLE: Final = 1_000  # of one class
_APART_AGAIN_S: Final = 10  # a host may move somebody, or open a table


def see_that_asked(book: ClassBook, frame: Join) -> None:
    """See that whoever is new has been asked what the class asks at its door; what is answered is kept with them.

    A personal code opens its place without a question. Who cannot be asked, as by a program that knows nothing of it,
    is let in without.

    Raises:
        Refused: the question comes first; the same frame is to come again with an answer.
    """
    grouping = book.grouping
    if not grouping.asks or frame.answer != 0 or frame.pass_ or _has_come(book, frame):
        return
    first = Refused("asks_first")
    first.asks = DoorQuestion(grouping.question, list(grouping.answers), grouping.asks_wish)
    raise first


def _has_come(book: ClassBook, frame: Join) -> bool:
    """Return whether whoever a join frame is from has a table, or is about to be told why there is none."""
    join = _digest(book, frame)
    known = book.named(clean(frame.name))
    return book.who_joined(join) is not None or book.is_gone(join) or (known is not None and not has_name_free(known))


def has_name_free(known: Person) -> bool:
    """Return whether a name opens its place to whoever types it, at the table too that waits for them already."""
    return known.is_listed and not (known.join or known.seat or known.has_sat)


def _digest(book: ClassBook, frame: Join) -> str:
    """Return by what the phone is known again that a join frame is from, or ""."""
    shown = (frame.name, tidy_code(frame.pass_)) if frame.pass_ else (frame.name,)
    return digest(book.settings.salt, "frame", frame.id, *shown) if frame.id else ""


def _digest_of_account(book: ClassBook, frame: Join) -> str:
    """Return by what an account of a platform is known again that a join frame is from, whatever the name or code."""
    return digest(book.settings.salt, "frame", frame.id)


def _take_answers(book: ClassBook, frame: Join, person: Person) -> None:
    """Keep what somebody has answered at the door; saying nothing leaves what the list says of them."""
    answers = book.grouping.answers
    if frame.answer and frame.answer <= len(answers):
        person.mark = answers[frame.answer - 1]
    if frame.wish and book.grouping.asks_wish:
        person.wants = clean(frame.wish)[:LONGEST]


def person_of(book: ClassBook, frame: Join, by_account: Arrival | None = None) -> Person:
    """Return whom a join frame is from; somebody new has no number yet, and has what they have answered at the door.

    Args:
        book: the class.
        frame: of the one who knocks.
        by_account: they come by an account of a platform, or else None.

    Raises:
        Refused: the code is nobody's or an account has the place, the name cannot be shown or is somebody else's, or
            the class is full.
    """
    if frame.pass_:
        return _by_code(book, frame, account="" if by_account is None else _digest_of_account(book, frame))
    join = _digest(book, frame)
    if by_account is not None:
        account = _digest_of_account(book, frame)
        if book.who_joined(account) or book.is_gone(account):
            join = account  # else it is one that came before with its name in the digest, or a new one
    again = book.who_joined(join)
    if again is not None:
        check_proof(frame.id)
        return again
    name = clean(frame.name)
    if not name:
        raise Refused("bad_name", field="name", max=LONGEST)
    known = book.named(name)
    if known is None and book.is_gone(join):
        raise Refused("unauthorised", "erased_from_class" if book.is_erased(join) else "removed_from_class", "name")
    if known is None:
        return _newcomer(book, frame, name, join)
    if has_name_free(known):
        return known
    if by_account is not None and not (known.has_account or by_account.is_somebody_else):
        raise Refused("name_taken", "is_it_you", "name", name=known.name)
    raise Refused("name_taken", "name_taken_in_class", "name", name=name)


def take_place(book: ClassBook, frame: Join, person: Person, *, has_account: bool = False) -> None:
    """Let the phone that a join frame is from have somebody's place, with what they have answered at the door.

    Args:
        book: the class.
        frame: of the one who knocks.
        person: whose place it is.
        has_account: they come by an account of a platform.
    """
    if has_account:
        join = _digest_of_account(book, frame)
    else:
        join = _digest(book, frame) if not frame.pass_ or proves(frame.id) else ""
    if person.join != join or person.has_account != has_account or not person.table:
        person.has_account = has_account
        person.join = join  # from now on what another phone came by opens nothing
        _take_answers(book, frame, person)
        book.changed(person)


def _by_code(book: ClassBook, frame: Join, account: str) -> Person:
    """Return whose personal code is shown; one of before opens the place to the phone that came in last, by it.

    Args:
        book: the class.
        frame: of the one who knocks.
        account: by what the account is known that they come by; "": by none. Another's place is not theirs by a code.
    """
    join = _digest(book, frame) if proves(frame.id) else ""
    found = book.whose_link(frame.pass_) or book.who_joined(join)
    if found is None:
        raise Refused("unauthorised", _why_wrong(book, frame.pass_, join), "pass")
    if found.has_account and found.join != account:
        raise Refused("unauthorised", "by_the_platform", "pass", name=found.name)
    return found


def _why_wrong(book: ClassBook, pass_: str, join: str) -> str:
    """Return the sentence for a personal code that opens no place, to the phone of this digest."""
    gone = book.whose_gone_link(pass_) or (join if book.is_gone(join) else "")
    if not gone:
        return "wrong_link"
    return "erased_from_class" if book.is_erased(gone) else "link_of_removed"


def _newcomer(book: ClassBook, frame: Join, name: str, join: str) -> Person:
    wrong = why_not(name)
    if wrong:
        raise Refused("bad_name", wrong, "name", name=name)
    if book.hosts.has_name(name) or _is_read_as_a_host(book, name):
        raise Refused("name_taken", "name_of_host", "name", name=name)
    if len(book) >= MOST_PEOPLE:
        raise Refused("room_full", "class_full", max=MOST_PEOPLE)
    person = Person(0, name, join=join)
    _take_answers(book, frame, person)
    return person


def _is_read_as_a_host(book: ClassBook, name: str) -> bool:
    """Return whether a name's letters and digits look like those of a host's: a dot or a hyphen makes no difference."""
    read = _bare(name)
    return any(read & _bare(host.name) for host in book.hosts)


def _bare(name: str) -> set[str]:
    """Return how a name may be read without its signs; marks of letters stay, and a name of signs alone has none."""
    return set(looks("".join(sign for sign in name if unicodedata.category(sign)[0] in "LMN"))) - {""}


def table_for(book: ClassBook, person: Person, is_open: Callable[[str], bool], full: frozenset[int]) -> Table | None:
    """Return the table for somebody that has a place, as the class groups people, or None where there is none.

    Nobody is dealt beside somebody who looks alike, as an older version let both be listed.

    Args:
        book: the class.
        person: whom it is for.
        is_open: whether a room can be entered, by its code.
        full: numbers of tables that have turned somebody away.

    Raises:
        Refused: wherever there is a place sits somebody who looks alike.
    """
    counts = Counter(person.table for person in book)
    free = [
        table
        for number, table in book.tables.items()
        if number not in full and counts[number] < table.seats and is_open(table.room)
    ]
    apart = [table for table in free if not book.has_alike_at(table.number, person)]
    if free and not apart:
        raise Refused("room_full", "only_beside_alike", name=person.name, retry_after=_APART_AGAIN_S)
    return best_table(book.grouping.by, person, book, apart)
