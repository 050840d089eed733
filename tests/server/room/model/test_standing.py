"""How a room stands, as the store has it: the bytes are a contract with every older store."""

from makersphere_server.room.model.standing import KEY, PhaseTime, Standing
from makersphere_server.room.model.wall import Wall

STORED = (
    b'{"asks":{"4":"time"},"behind":false,"dropped":3,"epochs":1,"extra_ms":{"30":1,"3":60000},"left_ms":1500,'
    b'"locked":true,"paused":true,"phase":"market","screen":{"curtain":false,"is_led":true,"language":"",'
    b'"scene":"dice","step":2,"theme":""},"season":2,"started_ms":1700000000000}'
)


def test_a_standing_of_an_older_store_is_read_and_written_as_it_was() -> None:
    """Each value is found in the bytes that the first version stored, and the same bytes come of it again."""
    standing, time = Standing.stored({KEY: STORED}), PhaseTime.stored({KEY: STORED})
    assert time == PhaseTime(2, "market", 1500, {30: 1, 3: 60_000})
    assert (standing.paused, standing.behind, standing.epochs, standing.locked) == (True, False, 1, True)
    assert (standing.asks, standing.dropped, standing.started_ms) == ({4: "time"}, 3, 1_700_000_000_000)
    assert standing.wall == Wall("dice", 2, is_led=True)
    assert standing.to_bytes(time) == STORED


def test_a_room_without_a_stored_standing_stands_as_every_room_begins() -> None:
    """A store from before standings were kept opens, and a room that has just been founded does."""
    assert not Standing.stored({}).is_still
    assert PhaseTime.stored({}) == PhaseTime()
    assert Standing.stored({KEY: b'{"paused":true}'}).to_bytes() == Standing(paused=True).to_bytes()


def test_what_a_host_has_chosen_of_the_wall_is_found_again() -> None:
    """A calm and silent wall is so after a restart, though older stores know of neither."""
    chosen = Standing(wall=Wall(calm=True, silent=True))
    assert Standing.stored({KEY: chosen.to_bytes()}).wall == chosen.wall
