"""The protocol's reference files: made of the message types, current, and valid by the standards they follow."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from makersphere_protocol import asyncapi, schema
from makersphere_protocol.messages import CLIENT_FRAMES, SERVER_FRAMES

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "docs" / "reference"
STANDARD = ROOT / "clients/web/node_modules/@asyncapi/specs/schemas/3.0.0.json"


def _faults(document: dict[str, Any]) -> list[str]:
    standard = json.loads(STANDARD.read_text("utf-8"))
    return [error.message for error in jsonschema.Draft7Validator(standard).iter_errors(document)]


@pytest.mark.parametrize(
    ("file", "made"), [("frames.schema.json", schema.frames), ("asyncapi.json", asyncapi.document)]
)
def test_reference_files_are_current(file: str, made: Any) -> None:  # noqa: ANN401  (either maker)
    """`makersphere schema` and `makersphere schema --asyncapi` make them anew."""
    assert json.loads((REFERENCE / file).read_text("utf-8")) == made()


def test_the_document_is_valid_asyncapi() -> None:
    """It follows the standard's own schema, which finds what is wrong with one that does not."""
    document = asyncapi.document()
    assert _faults(document) == []
    broken = copy.deepcopy(document)
    broken["operations"]["play"]["action"] = "listen"
    assert _faults(broken) != []


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
