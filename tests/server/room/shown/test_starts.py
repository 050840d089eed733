"""What a form begins with, as it goes over the wire, and the numbers that a preview tells about what one fills in."""

from __future__ import annotations

from makersphere_protocol.messages import Options
from makersphere_rules import engine, shipped
from makersphere_rules.dice import SeededDice
from makersphere_rules.forms import Form, OneOf, Start, Whole
from makersphere_server.room.shown.form_schemas import legal_tree
from tests.server.rig.fakes import Rig, code

OFFER = Form({"venture": OneOf((2, 5)), "credits": Whole(0, 144), "shares": Whole(0, 4000)})


def test_a_plain_start_stands_beside_its_bounds() -> None:
    """One number for whatever is chosen, and only where the form has the field."""
    tree = legal_tree({"give": OFFER}, {"give": [Start({"credits": 10, "hours": 4})]})
    assert tree["legal"]["give"]["properties"]["credits"] == {
        "type": "integer",
        "minimum": 0,
        "maximum": 144,
        "start": 10,
    }
    assert "x-start" not in tree["legal"]["give"]


def test_starts_by_choice_come_in_groups_and_no_bound_is_above_what_can_be_paid() -> None:
    """Each group has its choices, its start and its most; the field's own bound is the highest of these."""
    starts = [
        Start({"credits": 60, "shares": 3000}, {"credits": 140}, "venture", (2,)),
        Start({}, {"credits": 124}, "venture", (5,)),
    ]
    schema = legal_tree({"give": OFFER}, {"give": starts})["legal"]["give"]
    assert schema["x-start"] == [
        {"venture": [2], "start": {"credits": 60, "shares": 3000}, "maximum": {"credits": 140}},
        {"venture": [5], "start": {}, "maximum": {"credits": 124}},
    ]
    assert schema["properties"]["credits"] == {"type": "integer", "minimum": 0, "maximum": 140}


def test_what_every_form_begins_with_lies_within_its_bounds() -> None:
    """In each phase of a season, for each seat: all that a form says of a field is within that field's bounds."""
    state = engine.new(shipped.scenario("seminar"), SeededDice(b"s" * 32), 12)
    engine.step(state, engine.ROOM, engine.Order("start"))
    told = set()
    while state.game.season == 1:
        for seat in state.seats():
            forms = engine.legal(state, seat)
            for name, starts in engine.starts(state, seat, forms).items():
                told.add(name)
                for field, value in [pair for start in starts for pair in start.values.items()]:
                    domain = forms[name].fields.get(field)
                    assert domain is None or (isinstance(domain, Whole) and domain.lo <= value <= domain.hi), name
        engine.step(state, engine.ROOM, engine.Order("close"))
    assert {"send_terms", "grant"} <= told


async def test_an_offer_says_what_it_comes_to_before_it_is_sent(rig: Rig) -> None:
    """The hand of an investor has a fair deal with each venture, and a preview of it has its numbers."""
    host = await rig.create("quickstart", options=Options(seats=6))
    ivy = await rig.join(host.room, role="investor")
    await host.command("host.start")
    while host.table["game"]["phase"] != "matching":
        await host.command("host.advance")
        await rig.pass_ms(50)
        host.read()
    ivy.read()
    group, purse = ivy.hand["legal"]["send_terms"]["x-start"][0], f"investor:{ivy.you.seat}"
    terms = {"venture": group["venture"][0], **group["start"]}
    found = (await ivy.preview("send_terms", **terms)).preview
    assert found is not None
    told, have = found["numbers"], ivy.table["account"][purse]["balance"]
    assert told["worth"] == terms["credits"] * 10_000 // terms["shares"]
    assert found["hand"]["account"][purse]["balance"] == have - terms["credits"] - told["search"]
    assert code(await ivy.preview("send_terms", **{**terms, "credits": 1})) == "rule"
