"""Bytes to frames and back, strictly: the only file that knows msgspec's ways with JSON.

Answers what a frame from outside means, or raises `BadFrame`: size first, then UTF-8, JSON, duplicate keys,
numbers outside ±(2^53 - 1), lone surrogates, NUL, unknown types and fields, and no coercion of any kind
(`12.0`, `"12"` and `true` are no whole numbers). Nesting is bounded here and by the frames' own types, never by
how deep the interpreter can go, which is another depth in each Python.

Each key has its colon. So where there are no more colons in the bytes than keys in what msgspec read, no key
came twice and none was ignored; a second, slower look is taken only otherwise.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final, TypeVar, cast, get_args

import attrs
import msgspec

from makersphere_protocol.errors import BadFrame
from makersphere_protocol.messages import (
    CLIENT_FRAMES,
    SERVER_FRAMES,
    Arg,
    ClientFrame,
    Command,
    Id,
    ServerFrame,
    Welcome,
)
from makersphere_protocol.rest import BODIES, ClassWanted, RoomWanted

__all__ = [
    "MAX_FRAME",
    "MOST_NESTED",
    "canonical",
    "decode_body",
    "decode_from_client",
    "decode_from_server",
    "encode",
    "encode_answer",
    "encode_tree",
    "encode_update",
    "encode_welcome",
    "nests_too_deep",
    "on_wire",
]

MAX_FRAME: Final = 16_384
_MISSING: Final = "missing required field "  # as msgspec says it
MOST_NESTED: Final = 500  # objects and arrays in each other; every Python decodes more than that
Fields = Mapping[str, "Fields | None"]
T = TypeVar("T")
B = TypeVar("B", bound=RoomWanted | ClassWanted)


@attrs.frozen
class _WithId:
    """A frame of which nothing but the id is read."""

    id: Id


_decode = msgspec.json.Decoder().decode
_decode_id = msgspec.json.Decoder(_WithId).decode
_decode_command = msgspec.json.Decoder(Command).decode
encode_tree = msgspec.json.Encoder().encode
_encode_sorted = msgspec.json.Encoder(order="sorted").encode


def _fields(cls: type[Any]) -> Fields:
    attrs.resolve_types(cls)
    return {on_wire(field.name): _nested(field.type) for field in attrs.fields(cls)}


def on_wire(name: str) -> str:
    """Return what a field is called in frames: one that Python would read as a word of its own ends in `_` there."""
    return name.removesuffix("_")


def _nested(annotation: object) -> Fields | None:
    for candidate in (annotation, *get_args(annotation)):
        if isinstance(candidate, type) and attrs.has(candidate):
            return _fields(candidate)
    return None


_KNOWN: Final[Mapping[type[Any], tuple[frozenset[str], dict[str, Fields]]]] = {
    cls: (frozenset(_fields(cls)), {key: inner for key, inner in _fields(cls).items() if inner})
    for cls in (*CLIENT_FRAMES, *BODIES)
}
_CLIENT: Final = {cls.type: cls for cls in CLIENT_FRAMES}
_KEYWORDS: Final = {
    on_wire(field.name): field.name
    for cls in (*CLIENT_FRAMES, *BODIES)
    for field in attrs.fields(cls)
    if on_wire(field.name) != field.name
}
_SERVER: Final = {cls.type: cls for cls in SERVER_FRAMES}


def decode_from_client(data: bytes | str) -> ClientFrame:
    """Return the frame that a client has sent.

    Raises:
        BadFrame: it is none; it has the frame's id where there is one to be read.
    """
    raw = _sized(data)
    try:
        return _plain_command(raw) or _checked(raw)
    except BadFrame as error:
        error.id = _id(raw)
        raise


def _id(raw: bytes) -> str:
    """Return the id of what is no frame, whatever its other fields are, or ""."""
    if nests_too_deep(raw):
        return ""
    try:
        found = _decode_id(raw).id
    except ValueError:  # msgspec's errors are ValueErrors
        return ""
    return "" if "\0" in found else found


def _plain_command(raw: bytes) -> Command | None:
    """Return the command that `raw` is and nothing else: it has just as many colons as known keys."""
    if not raw.startswith(b'{"type":"command",'):
        return None
    try:
        frame = _decode_command(raw)
    except (ValueError, RecursionError):  # msgspec's errors are ValueErrors
        return None
    keys = 3 + (1 + len(frame.args) if frame.args else 0) + (3 if frame.at is not None else 0)
    return frame if raw.count(b":") == keys and b"\\u0000" not in raw else None


def nests_too_deep(raw: bytes) -> bool:
    """Return whether JSON has more than `MOST_NESTED` objects and arrays in each other, before it is decoded.

    Anybody may send anything, so what this costs grows with the length and with nothing else. A text that does not end
    reaches to the end.
    """
    if raw.count(b"{") + raw.count(b"[") <= MOST_NESTED:
        return False
    depth = 0
    unescaped = raw.replace(b"\\\\", b"").replace(b'\\"', b"")  # now each quote begins or ends a text
    for sign in b"".join(unescaped.split(b'"')[::2]):
        if sign in b"{[":
            depth += 1
            if depth > MOST_NESTED:
                return True
        elif sign in b"}]":
            depth -= 1
    return False


def _checked(raw: bytes) -> ClientFrame:
    if nests_too_deep(raw):
        raise BadFrame("nested too deep")
    tree = _object(raw)
    type_ = tree.pop("type", None)
    cls = _CLIENT.get(type_) if isinstance(type_, str) else None
    if cls is None:
        raise BadFrame("expected a known type", "type")
    return cast(ClientFrame, _built(cls, tree, raw, keys=1))


def decode_body(cls: type[B], data: bytes) -> B:
    """Return what the body of a request asks for, read as strictly as a frame.

    Raises:
        BadFrame: it is nothing of that kind.
    """
    raw = _sized(data)
    if nests_too_deep(raw):
        raise BadFrame("nested too deep")
    return _built(cls, _object(raw), raw)


def _built(cls: type[T], tree: dict[str, Any], raw: bytes, keys: int = 0) -> T:
    """Return a value of a class from a tree and the bytes that it was read from, which had so many keys besides."""
    names, nested = _KNOWN[cls]
    if not tree.keys() <= names:
        _refuse_unknown(tree, names)
    for key, inner in nested.items():
        if key in tree:
            _check_nested(tree[key], inner, key)
    for key in _KEYWORDS.keys() & tree.keys():
        tree[_KEYWORDS[key]] = tree.pop(key)
    try:
        found = msgspec.convert(tree, cls)
    except msgspec.ValidationError as error:
        raise _explained(error, tree.get("args")) from None
    if raw.count(b":") != keys + _keys(tree):
        _refuse_duplicates(raw)
    if b"\\u0000" in raw:
        for key, value in tree.items():
            _refuse_nul(value, on_wire(key))
    return found


def _sized(data: bytes | str) -> bytes:
    if isinstance(data, str):
        try:
            data = data.encode()
        except UnicodeEncodeError:
            raise BadFrame("expected UTF-8") from None
    if len(data) > MAX_FRAME:
        raise BadFrame(f"expected at most {MAX_FRAME} bytes")
    return data


def _object(raw: bytes | str) -> dict[str, Any]:
    try:
        tree = _decode(raw)
    except UnicodeDecodeError:
        raise BadFrame("expected UTF-8") from None
    except RecursionError:
        raise BadFrame("nested too deep") from None
    except msgspec.MsgspecError as error:
        raise BadFrame(str(error)) from None
    if not isinstance(tree, dict):
        raise BadFrame("expected an object")
    return tree


def _refuse_unknown(tree: Mapping[str, Any], names: frozenset[str]) -> None:
    unknown = min(key for key in tree if key not in names)
    raise BadFrame("unknown field", unknown[:64])


def _check_nested(value: object, fields: Fields, where: str) -> None:
    if not isinstance(value, dict):
        return  # the types will say so
    for key, inner in value.items():
        place = _place(where, key)
        if key not in fields:
            raise BadFrame("unknown field", place)
        deeper = fields[key]
        if deeper is not None:
            _check_nested(inner, deeper, place)


def _place(where: str, key: str) -> str:
    """Return by which path a field of a nested object is named."""
    return f"{where}.{key[:64]}"


def _explained(error: msgspec.ValidationError, args: object = None) -> BadFrame:
    """Return what was expected and where; msgspec leaves out which of a command's arguments it was."""
    what, _, at = str(error).partition(" - at ")
    path = at.rpartition("$")[2].strip("`.")
    where = [part for part in path.partition("[")[0].split(".") if part]
    if path.startswith("args[") and isinstance(args, dict):
        where.append(next(name for name, value in args.items() if not _is_arg(value))[:64])
    missing = what.partition(_MISSING)[2].strip("`")
    return BadFrame(what, ".".join([*map(on_wire, where[:1]), *where[1:], *([on_wire(missing)] if missing else [])]))


def _is_arg(value: object) -> bool:
    try:
        msgspec.convert(value, Arg)
    except msgspec.ValidationError:
        return False
    return True


def _keys(tree: Mapping[str, Any]) -> int:
    return len(tree) + sum(_keys(value) for value in tree.values() if isinstance(value, dict))


def _refuse_duplicates(raw: bytes) -> None:
    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            raise BadFrame("duplicate key")
        return found

    json.loads(raw, object_pairs_hook=once)  # the bytes are known to be a shallow frame


def _refuse_nul(value: object, where: str) -> None:
    if isinstance(value, str):
        if "\0" in value:
            raise BadFrame("NUL in a text", where)
    elif isinstance(value, dict):
        for key, inner in value.items():
            _refuse_nul(key, where)
            _refuse_nul(inner, _place(where, key))
    elif isinstance(value, list):
        for inner in value:
            _refuse_nul(inner, where)


def decode_from_server(data: bytes | str) -> ServerFrame:
    """Return the frame that a server has sent; fields that this version does not know are ignored.

    Raises:
        BadFrame: it is none.
    """
    tree = _object(data)
    cls = _SERVER.get(str(tree.pop("type", "")))
    if cls is None:
        raise BadFrame("expected a known type", "type")
    try:
        return cast(ServerFrame, msgspec.convert(tree, cls))
    except msgspec.ValidationError as error:
        raise _explained(error) from None


def encode(frame: ClientFrame | ServerFrame) -> bytes:
    """Return the bytes of a frame, without the fields that hold their default."""
    return encode_tree({"type": frame.type, **_plain(frame)})


def _plain(value: Any) -> Any:  # noqa: ANN401  (the border to plain data)
    if attrs.has(type(value)):
        given = {}
        for field in attrs.fields(type(value)):
            inner = getattr(value, field.name)
            if inner != _default(field):
                given[on_wire(field.name)] = _plain(inner)
        return given
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value


def _default(field: attrs.Attribute[Any]) -> object:
    if isinstance(field.default, attrs.Factory):  # type: ignore[arg-type]  # typed as a function, is a class
        return cast(Any, field.default).factory()
    return field.default


# -- spliced from parts that are encoded once for many


def encode_answer(id: str, now: int, body: bytes) -> bytes:
    """Return a `result` frame: `body` is the stored JSON object of its other fields, never empty."""
    return b'{"type":"result","id":%b,"now":%d,%b' % (encode_tree(id), now, body[1:])


def encode_update(seq: int, now: int, table: bytes = b"", hand: bytes = b"", log: bytes = b"", mark: str = "") -> bytes:
    """Return an `update` frame from encoded parts; an empty one is left out."""
    return b'{"type":"update","seq":%d,"now":%d%b%b%b%b}' % (
        seq,
        now,
        b',"table":' + table if table else b"",
        b',"hand":' + hand if hand else b"",
        b',"log":' + log if log else b"",
        b',"mark":' + encode_tree(mark) if mark else b"",
    )


def encode_welcome(welcome: Welcome, table: bytes = b"", hand: bytes = b"") -> bytes:
    """Return a `welcome` frame with an encoded table and hand; an empty one is left out."""
    tree = {"type": welcome.type, **_plain(welcome)}
    if table:
        tree["table"] = msgspec.Raw(table)
    if hand:
        tree["hand"] = msgspec.Raw(hand)
    return encode_tree(tree)


def canonical(name: str, args: Mapping[str, Arg]) -> bytes:
    """Return the bytes by which two commands are told to be the same."""
    return _encode_sorted({"args": args, "name": name})
