"""Which face stands for which seat: nobody is taken for somebody else."""

import pytest

from makersphere_server.room.model.dirty import Dirty
from makersphere_server.room.model.people.faces import FACES, PENS, face_and_pen_by_number, next_free
from makersphere_server.room.model.people.seats import Seats
from tests.server.rig.fakes import Client, Rig, code


async def faces(client: Client) -> dict[str, int | None]:
    """Return the faces on the table that are not by number, by seat."""
    await client.rig.pass_ms(50)
    client.read()
    return {seat: tree.get("face") for seat, tree in client.table["seat"].items()}


def test_no_two_of_five_hundred_seats_look_alike() -> None:
    """Until all pairs are used up, each seat's number gives it another face or another pen."""
    assert len({face_and_pen_by_number(seat) for seat in range(1, FACES * PENS + 1)}) == FACES * PENS


@pytest.mark.parametrize(("after", "taken", "face"), [(3, {4, 5}, 6), (64, {64, 1}, 2), (7, set(range(1, 65)), None)])
def test_the_next_free_face(after: int, taken: set[int], face: int | None) -> None:
    """In order, round to the first, and never one that somebody has."""
    assert next_free(after, taken) == face


async def test_a_face_is_changed_in_the_lobby_alone(rig: Rig) -> None:
    """One command takes the next face that nobody has, for good; it is no event, and goes no more once it started."""
    host = await rig.create("two")
    ann = await rig.join(host.room)
    assert await faces(host) == {"1": None, "2": None, "3": None}
    assert ann.hand["legal"]["change_face"]["type"] == "object"
    assert (await ann.command("change_face")).ok
    assert await faces(host) == {"1": 4, "2": None, "3": None}
    await rig.kill()
    await rig.start()
    watcher = await rig.watch(host.room)
    assert await faces(watcher) == {"1": 4, "2": None, "3": None}
    records = await rig.log.read(host.room)
    assert [record.events for record in records if b"change_face" in record.command] == [b"[]"]
    await host.resume()
    await ann.resume()
    assert (await host.command("host.start")).ok
    await rig.pass_ms(50)
    ann.read()
    assert "change_face" not in ann.hand["legal"]
    assert code(await ann.command("change_face")) == "rule"
    assert await faces(host) == {"1": 4, "2": None, "3": None}


def test_who_has_been_all_round_has_the_own_face_again() -> None:
    """The face by number is nothing to store."""
    seats = Seats([1, 2], {}, Dirty())
    for _ in range(FACES - 1):
        assert seats.change_face(seats[1])
    assert seats[1].face == 0


def test_a_room_full_of_faces_has_none_left() -> None:
    """With as many seats as faces nobody gets another one."""
    seats = Seats(range(1, FACES + 1), {}, Dirty())
    assert not seats.change_face(seats[5])


def test_a_seat_that_is_added_takes_nobodys_face() -> None:
    """Where somebody has taken the face of a number that was free, whoever comes later gets another."""
    seats = Seats([1, 2], {}, Dirty())
    seats.change_face(seats[1])
    added = seats.add(3)
    assert len({people.face_and_pen[0] for people in seats}) == 3
    again = Seats([1, 2], stored := {key: value for key, value in seats.take_unsaved().items() if value}, Dirty())
    again.add(3, stored["seat:3"])
    assert again[3].face_and_pen == added.face_and_pen


def test_a_pen_by_which_two_would_look_alike_is_not_taken() -> None:
    """Seats 1 and 65 share a face, so the first may not have the other's pen."""
    seats = Seats(range(1, 66), {}, Dirty())
    face, pen = seats[65].face_and_pen
    assert face == 1
    assert seats.sit(seats[1], "Ann", "a", "a", "en", pen).pen == 0
    assert seats.sit(seats[2], "Ben", "b", "b", "en", pen).pen == pen
