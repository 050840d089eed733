"""The settings of a server, in one class: flags, environment and file are made of it.

Answers what each setting means, which values it takes, and where the rooms are kept if nobody says. Whether a server
can start with its settings shows when it does; `CannotStart` says why not.
"""

from __future__ import annotations

import ipaddress
import os
import re
import sys
from pathlib import Path
from typing import Final, Literal

import attrs

from makersphere_protocol.hosts import can_be_host
from makersphere_protocol.mqtt import PREFIX
from makersphere_server.broker_address import PREFIX_FORM, Address, Misread
from makersphere_server.codes import ALPHABET
from makersphere_server.limits import Limits, Unusable, bounded
from makersphere_server.storage.place import LEASE_S, Database, Place
from makersphere_server.storage.place import Misread as NoDatabase

__all__ = ["CannotStart", "Settings", "is_address", "user_data_folder"]

_ADDRESS: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:[/\\]")  # a drive has one letter
_ORIGIN: Final = re.compile(r"https?://[^\s/?#@]+")
_PAGE: Final = re.compile(r"https?://([A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?(/[!\"$-~]*)?")
_SERVER_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,62}")
_SOCKET: Final = re.compile(r"wss?://([A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?(/[A-Za-z0-9._~/-]*)?/ws")
# 24 bytes or more
_SECRET: Final = re.compile(r"(whsec_)?([A-Za-z0-9+/]{4}){8,}([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?")


def _is_host(_: object, field: attrs.Attribute[str], value: str) -> None:
    if not can_be_host(value):
        raise Unusable(field.name, value, "host")


def _are_origins(_: object, field: attrs.Attribute[tuple[str, ...]], values: tuple[str, ...]) -> None:
    for value in values:
        if not _ORIGIN.fullmatch(value):
            raise Unusable(field.name, value, "origin")


def _are_addresses(_: object, field: attrs.Attribute[tuple[str, ...]], values: tuple[str, ...]) -> None:
    for value in values:
        try:
            ipaddress.ip_address(value)
        except ValueError:
            raise Unusable(field.name, value, "address") from None


def _tidy_symbols(typed: str) -> str:
    return "".join(dict.fromkeys("".join(typed.upper().split())))  # typed twice, a symbol is drawn no more often


def _are_symbols(_: object, field: attrs.Attribute[str], value: str) -> None:
    wrong = "".join(symbol for symbol in value if symbol not in ALPHABET)
    if wrong:
        raise Unusable(field.name, wrong, "symbols")


def _is_broker(_: object, field: attrs.Attribute[str], value: str) -> None:
    if value:
        try:
            Address.read(value)
        except Misread as error:
            raise Unusable(field.name, "", error.needs) from None


def _is_prefix(_: object, field: attrs.Attribute[str], value: str) -> None:
    if not PREFIX_FORM.fullmatch(value):
        raise Unusable(field.name, value, "mqtt_prefix")


def _has_broker(settings: Settings, field: attrs.Attribute[bool], value: bool) -> None:  # noqa: FBT001  (attrs's own way)
    if value and not settings.mqtt:
        raise Unusable(field.name, "", "mqtt")


def _has_certificate(settings: Settings, field: attrs.Attribute[Path | None], value: Path | None) -> None:
    if value is not None and settings.tls_cert is None:
        raise Unusable(field.name, "", "tls_cert")


def _is_page(settings: Settings, field: attrs.Attribute[str], value: str) -> None:
    if value and not _PAGE.fullmatch(value):
        raise Unusable(field.name, "", "page")  # not what was typed: a key may be in it
    if value and not _SECRET.fullmatch(settings.webhook_secret):
        raise Unusable(field.name, "", "secret")


def _is_folder(_: object, field: attrs.Attribute[Path], value: Path) -> None:
    if is_address(value):
        raise Unusable(field.name, "", "folder")  # not what was typed: a password may be in it


def _is_database(_: object, field: attrs.Attribute[str], value: str) -> None:
    if value:
        try:
            Database.read(value)
        except NoDatabase as error:
            raise Unusable(field.name, "", error.needs) from None  # not what was typed: a password may be in it


def _is_server_name(settings: Settings, field: attrs.Attribute[str], value: str) -> None:
    if not value:
        return
    if not _SERVER_NAME.fullmatch(value):
        raise Unusable(field.name, value, "server_name")
    if not settings.database:
        raise Unusable(field.name, value, "database")
    if not settings.server_address:
        raise Unusable(field.name, value, "server_address")


def _is_server_address(settings: Settings, field: attrs.Attribute[str], value: str) -> None:
    if value and not _SOCKET.fullmatch(value):
        raise Unusable(field.name, "", "socket")  # not what was typed: a password may be in it
    if value and not settings.server_name:
        raise Unusable(field.name, value, "name_too")


def _stands_alone(settings: Settings, field: attrs.Attribute[Path | None], value: Path | None) -> None:
    if value is not None and settings.server_name:
        raise Unusable(field.name, "", "no_name")  # what a platform's link has opened is known to one server alone


def is_address(path: Path | str) -> bool:
    """Return whether what stands where a folder is wanted is an address, of a database or of a bucket for example."""
    return _ADDRESS.match(str(path)) is not None


class CannotStart(Exception):
    """A server cannot start with its settings; the message is one sentence for people.

    Attributes:
        text: key of the sentence in people's language, `terminal.` left out, or "".
    """

    def __init__(self, sentence: str, text: str = "", **values: int | str) -> None:
        """Keep what to say."""
        super().__init__(sentence)
        self.text = text
        self.values = values


def user_data_folder() -> Path:
    """Return where this system keeps a person's data of this program; it need not be there yet."""
    home = Path.home()
    match sys.platform:
        case "win32":
            base = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
        case "darwin":
            base = home / "Library" / "Application Support"
        case _:
            base = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    return base / "makersphere"


@attrs.frozen(kw_only=True)
class Settings(Limits):
    """Settings of a server, besides its bounds.

    Attributes:
        host: Address to listen on. The default is every network that this machine is in, so that phones reach it.
        port: Port to listen on; 0 takes a free one.
        data: Folder of the rooms; by default the person's own. It is made if it is not there; one server at a time
            works in it. Rooms are kept there in SQLite, unless `database` names another place for them.
        database: A PostgreSQL 15 or newer that keeps the rooms instead of the folder, for a school's server:
            `postgresql://USER@HOST/DATABASE`; best given as a variable where a password is in it. It needs the extra
            `postgres`, and one server at a time works in it unless each has a `server_name`; docs/postgresql.md says
            how to set it up.
        server_name: The name of this server among several that share one `database`, each with rooms of its own: no two
            have the same. Empty: it has the database alone. Needs `server_address`; docs/postgresql.md says more.
        server_address: Where clients reach this very server, for those whose room it has and who asked another:
            `wss://two.school.example/ws`. Needs `server_name`.
        server_lease_s: Seconds after its last sign of life from which the others take the rooms of a server with a
            name. Fewer, and a database that answers slowly for so long is taken for a dead server. Give all the same.
        drain_s: Seconds that a server with a name which is stopped still answers, once another one has its rooms:
            whoever comes is told where they are, and `/readyz` says that nobody is to be led here. 0: it is gone at
            once.
        codes_begin_with: Symbols, of those that codes are made of (`23456789ABCDEFGHJKMNPQRSTVWX`), with which the
            codes of this server's new rooms, classes and what-ifs begin, so that a proxy knows by a code which server
            has the room; no two servers have one in common. Empty: all. docs/deploying.md says how it is set up.
        lab: For load tests: no rate limit per seat. Nothing else is changed.
        host_key: Only a person who knows this key may open rooms. Empty: everybody may.
        class_key: Only a person who knows this key may open classes. Empty: whoever may open rooms.
        log_level: The least that is logged.
        log_json: Log as JSON lines also to a terminal. Where the log goes to a file or another program, it is JSON
            lines anyway; to a terminal it is text for people.
        origins: Web addresses whose pages may connect, besides the server's own.
        proxies: Addresses of web servers in front of this one. They alone are believed about where somebody comes from
            (`X-Forwarded-For`).
        tls_cert: File of the server's certificate and those that lead to it (PEM). With it the server speaks https and
            nothing else on its port, and browsers are told to use nothing else under its name for half a year (HSTS). A
            renewed file is taken within a minute, without a restart.
        tls_key: File of the certificate's key (PEM, no passphrase); not needed where it stands in the same file.
        metrics_token: Who asks for `/metrics` from elsewhere has to show it (`Authorization: Bearer TOKEN`). Empty:
            only this machine is told.
        webhook: Address of another program that is told when a room is opened, a phase closes or a game ends, by a POST
            that is signed as Standard Webhooks says. It learns numbers of seats and no name.
        webhook_secret: By which that is signed: 24 bytes or more in base64, with or without `whsec_` before them; best
            given as a variable.
        lti: File (TOML) of the learning platforms, Moodle or Canvas for instance, that send people here and take their
            grades by LTI 1.3; docs/school/grades.md says how. Needs https and the extra `lti`, and a
            server without a `server_name`. Empty: off.
        compress: Compress what is sent to clients that can unpack it. It saves some of a slow network and costs memory
            and time for each connection. Off, because the length of a compressed frame tells something of what is in
            it.
        mqtt: An MQTT broker that every room is shown on: `mqtt://host`, `mqtts://host`, or `embedded` for one that is
            started beside the server, on this machine alone; `embedded://0.0.0.0` takes others too.
        mqtt_user: The name by which the broker knows this server.
        mqtt_password: The password that goes with it, best given as a variable.
        mqtt_ca: File of certificates, for a broker whose certificate is signed by none that the system knows.
        mqtt_prefix: What all topics begin with. Two servers on one broker need two.
        mqtt_version: The version of MQTT; `auto` is 5, and 3.1.1 with a broker that knows no 5.
        mqtt_devices: Devices in the room may act: a ready button, a rating box, a card reader, a bell. Needs `mqtt`.
        idle_s: Seconds after which a room that nobody is in is put away; it comes back when somebody enters it.
        keep_days: Days after its last command on which a room is erased, with the names of all its people; 0 keeps
            it until you erase it.
        drop_share: When so many per cent of a room's played seats drop within `drop_s`, and three at least, the room
            pauses by itself. It goes on when a host says so, or when no host has been there for a minute. 0: never.
        drop_s: Seconds in which so many seats have to drop.
        why_s: Seconds that it may take, in the background and at the lowest priority, to tell why a game that ended
            went as it did. 0: nobody is told.
    """

    host: str = attrs.field(default="0.0.0.0", validator=_is_host)  # noqa: S104  (phones have to reach it)
    port: int = 8000
    data: Path = attrs.field(factory=user_data_folder, validator=_is_folder)
    database: str = attrs.field(default="", repr=False, validator=_is_database)
    server_name: str = attrs.field(default="", validator=_is_server_name)
    server_address: str = attrs.field(default="", validator=_is_server_address)
    server_lease_s: float = bounded(LEASE_S, 2.0, 60.0)
    drain_s: float = bounded(5.0, 0.0, 10.0)
    codes_begin_with: str = attrs.field(default="", converter=_tidy_symbols, validator=_are_symbols)
    lab: bool = False
    class_key: str = attrs.field(default="", repr=False)
    host_key: str = attrs.field(default="", repr=False)
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_json: bool = False
    origins: tuple[str, ...] = attrs.field(default=(), validator=_are_origins)
    proxies: tuple[str, ...] = attrs.field(default=(), validator=_are_addresses)
    tls_cert: Path | None = None
    tls_key: Path | None = attrs.field(default=None, validator=_has_certificate)
    metrics_token: str = attrs.field(default="", repr=False)
    webhook: str = attrs.field(default="", repr=False, validator=_is_page)
    webhook_secret: str = attrs.field(default="", repr=False)
    lti: Path | None = attrs.field(default=None, validator=_stands_alone)
    compress: bool = False
    mqtt: str = attrs.field(default="", validator=_is_broker)
    mqtt_user: str = ""
    mqtt_password: str = attrs.field(default="", repr=False)
    mqtt_ca: Path | None = None
    mqtt_prefix: str = attrs.field(default=PREFIX, validator=_is_prefix)
    mqtt_version: Literal["auto", "5", "3.1.1"] = "auto"
    mqtt_devices: bool = attrs.field(default=False, validator=_has_broker)
    idle_s: float = bounded(600.0, 1.0, 86_400.0)
    keep_days: int = bounded(30, 0, 3_650)
    drop_share: int = bounded(30, 0, 100)
    drop_s: float = bounded(10.0, 1.0, 600.0)
    why_s: int = bounded(900, 0, 86_400)

    @property
    def place(self) -> Place:
        """Return where the rooms are kept."""
        return Database.read(self.database) if self.database else self.data
