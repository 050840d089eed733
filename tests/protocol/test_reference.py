"""The protocol's reference files: made of the message types, current, and valid by the standards they follow."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import attrs
import jsonschema
import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from makersphere_bots.catalogue import policy
from makersphere_cli.scenarios.views_schema import every_view
from makersphere_playtest.games.headless import ANY, Runner
from makersphere_protocol import asyncapi, mqtt_asyncapi, openapi, schema
from makersphere_protocol.messages import CLIENT_FRAMES, SERVER_FRAMES
from makersphere_protocol.mqtt import THINGS
from makersphere_rules import shipped
from makersphere_rules.engine import Order
from makersphere_rules.refusals import Refusal
from makersphere_rules.seen.views import hand_of, table_of

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "docs" / "reference"
STANDARD = ROOT / "clients/web/node_modules/@asyncapi/specs/schemas/3.0.0.json"


def _faults(document: dict[str, Any]) -> list[str]:
    standard = json.loads(STANDARD.read_text("utf-8"))
    return [error.message for error in jsonschema.Draft7Validator(standard).iter_errors(document)]


@pytest.mark.parametrize(
    ("file", "made"),
    [
        ("frames.schema.json", schema.frames),
        ("asyncapi.json", asyncapi.document),
        ("mqtt.asyncapi.json", mqtt_asyncapi.document),
        ("openapi.json", openapi.document),
        ("views.schema.json", lambda: every_view(shipped.own_modules().values())),
    ],
)
def test_reference_files_are_current(file: str, made: Any) -> None:  # noqa: ANN401  (any maker)
    """`makersphere schema`, with `--asyncapi`, `--mqtt`, `--openapi` and with `--views`, makes them anew."""
    assert json.loads((REFERENCE / file).read_text("utf-8")) == made()


def test_a_description_is_the_same_on_each_python() -> None:
    """Since 3.13 a docstring is dedented when it is compiled; before, it is as deep as it stands in its file."""
    as_it_stands, dedented = (attrs.make_class("Kept", {"seats": attrs.field(type=int)}) for _ in range(2))
    as_it_stands.__doc__ = "What is kept.\n\n    Attributes:\n        seats: how many.\n    "
    dedented.__doc__ = "What is kept.\n\nAttributes:\n    seats: how many.\n"
    _, found = schema.components([as_it_stands])
    assert found["Kept"]["description"] == "What is kept.\n\nAttributes:\n    seats: how many."
    assert schema.components([dedented])[1] == found


class Watched(Runner):
    """A game whose table and hands are held against their schema whenever the room moves on."""

    def _do(self, actor: int, order: Order) -> Refusal | None:
        refused = super()._do(actor, order)
        if order.name in ("start", "close"):
            VIEWS["table"].validate(table_of(self.state))
            for player in self.players:
                VIEWS["hand"].validate(hand_of(self.state, player.seat))
        return refused


def _closed(tree: dict[str, Any]) -> jsonschema.Draft202012Validator:
    """Return what finds in a view whatever its schema does not name."""
    properties = {}
    for kind, shown in tree["properties"].items():
        entity = shown.get("additionalProperties", shown)
        closed = {**entity, "additionalProperties": False} if "properties" in entity else entity
        properties[kind] = closed if entity is shown else {**shown, "additionalProperties": closed}
    return jsonschema.Draft202012Validator({**tree, "properties": properties, "additionalProperties": False})


VIEWS = {
    view: _closed(tree)
    for view, tree in every_view(shipped.own_modules().values()).items()
    if view in ("table", "hand")
}


@pytest.mark.parametrize("scenario", ["quickstart", "mechanisms"])
def test_what_is_seen_in_a_game_is_what_the_schema_of_the_views_says(scenario: str) -> None:
    """In every phase each field of table and hands is one that it names, and none that it promises is missing."""
    game = Watched(shipped.scenario(scenario), 6, "7", {ANY: policy("standard")}, keep=True)
    game.play()
    assert game.state.game.status == "over"


def test_a_field_that_nobody_has_named_is_found() -> None:
    """The schema that the games are held against is closed."""
    table = table_of(Watched(shipped.scenario("quickstart"), 6, "7", {ANY: policy("standard")}, keep=False).state)
    VIEWS["table"].validate(table)
    table["game"]["surprise"] = 1
    with pytest.raises(jsonschema.ValidationError, match="surprise"):
        VIEWS["table"].validate(table)


def test_the_document_is_valid_asyncapi() -> None:
    """It follows the standard's own schema, which finds what is wrong with one that does not."""
    document = asyncapi.document()
    assert _faults(document) == []
    broken = copy.deepcopy(document)
    broken["operations"]["play"]["action"] = "listen"
    assert _faults(broken) != []


def test_the_document_of_the_requests_is_valid_openapi() -> None:
    """It follows its standard, whose validator finds what is wrong, and takes the same options as the frames."""
    document = openapi.document()
    validator = OpenAPIV31SpecValidator(document)
    assert list(validator.iter_errors()) == []
    broken = copy.deepcopy(document)
    del broken["paths"][openapi.ROOMS]["post"]["responses"]["201"]["description"]
    assert list(OpenAPIV31SpecValidator(broken).iter_errors()) != []
    ours, theirs = document["components"]["schemas"]["Options"], schema.frames()["$defs"]["Options"]
    assert ours["properties"].keys() == theirs["properties"].keys()


def test_the_document_of_the_broker_is_valid_and_the_page_names_every_topic_and_thing() -> None:
    """It follows the standard, no reference leads nowhere, and docs/mqtt.md says what it says."""
    document = mqtt_asyncapi.document()
    assert _faults(document) == []
    for reference in _references(document):
        place: Any = document
        for step in reference.removeprefix("#/").split("/"):
            place = place[step]
    page = (ROOT / "docs" / "mqtt.md").read_text("utf-8")
    for channel in mqtt_asyncapi.CHANNELS.values():
        row = next(line for line in page.splitlines() if line.startswith(f"| `{channel.address}` |"))
        assert row.rstrip("| ").endswith("yes" if channel.retained else "no"), row
    for thing, commands in THINGS.items():
        row = next(line for line in page.splitlines() if line.startswith("| ") and f"`{thing}`" in line)
        assert all(f"`{name}`" in row for name in commands), row


def test_every_frame_is_in_it_with_all_that_it_refers_to() -> None:
    """All messages are on the channel, each in one direction, and no reference leads nowhere."""
    document = asyncapi.document()
    names = [cls.__name__ for cls in (*CLIENT_FRAMES, *SERVER_FRAMES)]
    assert list(document["channels"]["room"]["messages"]) == names
    operations = document["operations"].values()
    assert [one["$ref"].rpartition("/")[2] for operation in operations for one in operation["messages"]] == names
    for reference in _references(document):
        place: Any = document
        for step in reference.removeprefix("#/").split("/"):
            place = place[step]


def _references(tree: Any) -> list[str]:  # noqa: ANN401  (JSON of any shape)
    if isinstance(tree, dict):
        own = [tree["$ref"]] if isinstance(tree.get("$ref"), str) else []
        return own + [found for value in tree.values() for found in _references(value)]
    return [found for value in tree for found in _references(value)] if isinstance(tree, list) else []
