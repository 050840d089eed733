"""Codes that begin with some symbols alone (`codes_begin_with`), so that a proxy knows by a code who has the room."""

from __future__ import annotations

import pytest

from makersphere_cli.main import run
from makersphere_protocol import texts
from makersphere_protocol.messages import Watch
from makersphere_server.codes import ALPHABET, CODE_LENGTH, is_code, new_code
from makersphere_server.limits import Unusable
from makersphere_server.settings import Settings
from tests.server.rig.classes import open_class, rooms_of, seen
from tests.server.rig.limited import knock, limited


async def test_all_that_a_server_opens_begins_with_its_symbols() -> None:
    """Rooms, classes, their tables, also those that come later, and what-ifs."""
    async with limited(codes_begin_with="k") as rig:
        host, _ = await rig.started("two")
        forked = await host.command("host.fork", "", None, season=1, phase="first")
        assert forked.data is not None
        class_host = await open_class(rig)
        assert (await class_host.command("class.table", seats=3)).ok
        tables = rooms_of(await seen(class_host))
        assert len(tables) == 3
        codes = [host.room, str(forked.data["room"]), class_host.room, *tables]
        assert len(set(codes)) == len(codes)
        assert all(is_code(code) and code[0] == "K" for code in codes), codes


def test_each_symbol_is_drawn_and_the_rest_of_a_code_is_any() -> None:
    """Nothing but the first one is narrowed."""
    codes = [new_code("K3") for _ in range(2_000)]
    assert {code[0] for code in codes} == {"K", "3"}
    assert all({code[place] for code in codes} == set(ALPHABET) for place in range(1, CODE_LENGTH))
    assert {new_code()[0] for _ in range(2_000)} == set(ALPHABET)


@pytest.mark.parametrize(("typed", "symbols"), [("", ""), ("k q 7", "KQ7"), ("KKKk3", "K3")])
def test_symbols_are_tidied(typed: str, symbols: str) -> None:
    """Small letters, blanks, and what is typed twice."""
    assert Settings(codes_begin_with=typed).codes_begin_with == symbols


@pytest.mark.parametrize(("typed", "wrong"), [("ABO", "O"), ("2-9", "-"), ("一", "一")])
def test_what_is_no_symbol_is_refused_in_a_sentence(typed: str, wrong: str, capsys: pytest.CaptureFixture[str]) -> None:
    """It names the setting, all symbols that there are, and what is none of them: a range is none."""
    with pytest.raises(Unusable) as refused:
        Settings(codes_begin_with=typed)
    assert (refused.value.setting, refused.value.value) == ("codes_begin_with", wrong)
    assert run(("serve", "--port", "0", "--codes-begin-with", typed)) == 2
    complaint = capsys.readouterr().err
    assert complaint.startswith("makersphere: --codes-begin-with takes")
    assert ALPHABET in complaint
    assert f"; {wrong} is not among them" in complaint
    assert complaint.count("\n") == 1


def test_the_sentence_names_the_symbols_in_every_language() -> None:
    """Those that codes are made of."""
    for language in texts.languages():
        assert ALPHABET in texts.say(language, "terminal.setting_needs_symbols", {})


async def test_where_codes_are_fewer_a_wrong_one_costs_more() -> None:
    """With half of the symbols 200 rooms are found twice as easily, so half of the guesses are looked at."""
    for symbols, most in (("", 40), (ALPHABET[:14], 20), ("K", 1)):
        async with limited(codes_begin_with=symbols, failure_burst=40, failures_per_s=1) as rig:
            rig.lobby._entry_limits._rooms = lambda: 200
            heard = await knock(rig, Watch("2222222"), most + 1)
            assert heard == ["no_such_room"] * most + ["unavailable"]
