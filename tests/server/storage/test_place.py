"""The address of a database: what is read of it, and what is shown."""

import pytest

from makersphere_server.storage.place import Database, Misread


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("postgresql://keeper:s3cret@db.school/rooms", "postgresql://keeper@db.school/rooms"),
        (" postgres://keeper:s3cret@db:5433/rooms?sslmode=require ", "postgresql://keeper@db:5433/rooms"),
        ("postgresql+psycopg://keeper:a%40s3cret%2F@[::1]:5432/rooms", "postgresql://keeper@[::1]:5432/rooms"),
        ("postgresql://keeper:a/s3cret?b@db/rooms", "postgresql://keeper@db/rooms"),
        ("postgresql:///rooms?host=/run/postgresql&password=s3cret", "postgresql:///rooms"),
        ("postgresql://keeper:s3cret@/rooms?host=%40abstract", "postgresql://keeper@/rooms"),
    ],
)
def test_an_address_is_shown_without_its_password(typed: str, shown: str) -> None:
    """Neither as text nor as it is written in a traceback."""
    found = Database.read(typed)
    assert str(found) == shown
    assert "s3cret" not in repr(found)
    assert "s3cret" in found.url


@pytest.mark.parametrize(
    ("typed", "needs"),
    [
        ("rooms", "database_url"),
        ("postgresql:rooms", "database_url"),
        ("postgresql://db", "database_url"),
        ("postgresql://db/", "database_url"),
        ("postgresql://keeper:a@s3cret@db/rooms", "database_url"),
        ("postgresql://keeper:a@s3/cr?et@db/rooms", "database_url"),
        ("postgresql://keeper/s3cret?a@db/rooms", "database_url"),
        ("postgresql://db/rooms password=s3cret", "database_url"),
        ("postgresql://db:port/rooms", "database_url"),
        ("postgresql://db:99999/rooms", "database_url"),
        ("sqlite:///rooms.sqlite3", "database_scheme"),
        ("postgresql+asyncpg://db/rooms", "database_scheme"),
    ],
)
def test_what_is_no_address_of_a_postgresql_is_named_by_what_it_has_to_be(typed: str, needs: str) -> None:
    """What was typed is not in the error: a password may be."""
    with pytest.raises(Misread) as caught:
        Database.read(typed)
    assert caught.value.needs == needs
    assert str(caught.value) == needs
