"""What is told of names that were put on a class's list: `makersphere_server.classes.roster_names`."""

from __future__ import annotations

from typing import Any

import pytest

from makersphere_protocol.names import LONGEST
from makersphere_server.classes import commands
from makersphere_server.classes.roster_names import told_of_names
from tests.server.rig.classes import open_class
from tests.server.rig.fakes import Rig, code

LONG = "Maximilian-Alexander von Hohenzollern-Sigmaringen"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (["Ana", " Bo  Li ", "Zoe\u0308"], {}),
        ([LONG], {"changed": [LONG[:LONGEST].strip()]}),
        (["\u202eAna", "Bo\u200b"], {"changed": ["Ana", "Bo"]}),
        (["Teacher", "主持人", "Theo"], {"reserved": ["Teacher", "主持人"]}),
        (["\u0410nna", "Anna"], {"mixed": ["\u0410nna"]}),
        (["\u202e"], {}),
    ],
)
def test_names_that_were_changed_or_are_kept_for_hosts_are_told(typed: list[str], told: dict[str, Any]) -> None:
    """As they are shown, or as they were typed; spaces and spelling that nobody notices are not worth a word."""
    assert told_of_names(typed) == told


async def test_whoever_pastes_a_list_is_told_once_and_the_log_keeps_none_of_it(rig: Rig) -> None:
    """Beside what was not taken; the same command again says how many were added alone."""
    host = await open_class(rig)
    names = ["Ana\u202e", "Teacher"]
    answer = await host.command("class.people", id="names", names=names)
    told = {"bad": ["Teacher"], "reserved": ["Teacher"], "changed": ["Ana"]}
    assert answer.data == {"added": 1, "people": 1, "left": [1], **told}
    again = await host.command("class.people", id="names", names=names)
    assert again.data == {"added": 1, "people": 1, "left": [1]}
    for record in await rig.log.read(host.room):
        assert "Teacher" not in str(record)
        assert "Ana" not in str(record)


async def test_a_list_that_is_pasted_again_fits_a_class_that_is_nearly_full(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What counts is who would be new: not those who are there, those typed twice, or what is no name."""
    monkeypatch.setattr(commands, "MOST_PEOPLE", 3)
    host = await open_class(rig)
    assert (await host.command("class.people", names=["Ana", "Bo"])).ok
    again = await host.command("class.people", names=["Ana", "Bo", "Cy", "cy", "Teacher"], marks=["a", "", "", "", ""])
    assert again.data is not None, again.error
    assert (again.data["added"], again.data["marked"], again.data["twins"]) == (1, ["Ana"], ["Bo", "cy"])
    full = await host.command("class.people", names=["Ana", "Di"])
    assert code(full) == "rule"
