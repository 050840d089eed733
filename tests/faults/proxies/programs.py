"""Caddy, nginx and HAProxy as the system has them, each started with its recipe of `deploy/` on loopback.

In a recipe only ports, paths and the certificate are replaced, and each of them has to stand there once. A recipe may
be made worse on purpose: `without_upgrade` takes away what WebSockets need, and `held_back`, which nginx alone has,
gathers a stream of events besides, whatever the game's own headers ask for.
"""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Final

import attrs
import trustme

from tests.faults.rig.server import ROOT
from tests.loopback import free_port

__all__ = ["NAME", "PROGRAMS", "Proxy", "proxied"]

NAME: Final = "game.school.example"
_PATIENCE_S: Final = 30.0
_FOLDERS: Final = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin"))
Replaced = Mapping[str, str]


@attrs.frozen
class Proxy:
    """A proxy that runs.

    Attributes:
        name: of its program.
        port: where it speaks TLS.
        plain_port: where it sends browsers from http to https.
        trust: the file of the authority that its certificate is from.
        folder: of all that it was started with.
    """

    name: str
    port: int
    plain_port: int
    trust: Path
    folder: Path

    @property
    def url(self) -> str:
        """Return where pages find it, by its name."""
        return f"https://{NAME}:{self.port}/"


@attrs.frozen
class _Ports:
    plain: int
    tls: int
    game: int


@attrs.frozen
class _Program:
    """How a program is started with its recipe, and how the recipe is made worse."""

    recipe: Path
    replaced: Callable[[_Ports, Path], Replaced]
    command: Callable[[Path, Path], tuple[str, ...]]
    worse: Mapping[str, Replaced]
    around: str = "{recipe}"


def _caddy(ports: _Ports, folder: Path) -> Replaced:
    options = f"admin off\n\tdefault_bind 127.0.0.1\n\thttp_port {ports.plain}\n\thttps_port {ports.tls}"
    return {
        f"\n{NAME} {{": f"\n{{\n\t{options}\n}}\n{NAME} {{",
        "# tls /etc/makersphere/cert.pem /etc/makersphere/key.pem": f"tls {folder}/cert.pem {folder}/key.pem",
        "127.0.0.1:8000": f"127.0.0.1:{ports.game}",
    }


def _nginx(ports: _Ports, folder: Path) -> Replaced:
    return {
        "listen 80;": f"listen 127.0.0.1:{ports.plain};",
        "listen [::]:80;": "",
        "listen 443 ssl;": f"listen 127.0.0.1:{ports.tls} ssl;",
        "listen [::]:443 ssl;": "",
        "/etc/makersphere/cert.pem": f"{folder}/cert.pem",
        "/etc/makersphere/key.pem": f"{folder}/key.pem",
        "127.0.0.1:8000": f"127.0.0.1:{ports.game}",
    }


def _haproxy(ports: _Ports, folder: Path) -> Replaced:
    return {
        "    log /dev/log local0\n    user haproxy\n    group haproxy\n": "",
        "    log global\n": "",
        "bind :80": f"bind 127.0.0.1:{ports.plain}",
        "bind :443": f"bind 127.0.0.1:{ports.tls}",
        "/etc/makersphere/both.pem": f"{folder}/both.pem",
        "game 127.0.0.1:8000": f"game 127.0.0.1:{ports.game}",
    }


_CADDY_PASSES: Final = "\treverse_proxy 127.0.0.1:8000\n"
_NGINX_AROUND: Final = """daemon off;
pid nginx.pid;
events {{ worker_connections 768; }}
http {{
access_log off;
{recipe}}}
"""

PROGRAMS: Final[Mapping[str, _Program]] = {
    "caddy": _Program(
        ROOT / "deploy/caddy/Caddyfile",
        _caddy,
        lambda file, _: ("run", "--adapter", "caddyfile", "--config", str(file)),
        {
            "without_upgrade": {_CADDY_PASSES: "\trequest_header -Upgrade\n" + _CADDY_PASSES},
        },
    ),
    "nginx": _Program(
        ROOT / "deploy/nginx/makersphere.conf",
        _nginx,
        lambda file, folder: ("-p", str(folder), "-e", str(folder / "error.log"), "-c", str(file)),
        {
            "without_upgrade": {"proxy_set_header Upgrade $http_upgrade;": "proxy_set_header Upgrade '';"},
            "held_back": {
                "proxy_set_header Upgrade $http_upgrade;": "proxy_set_header Upgrade '';",
                "proxy_buffering off;": "proxy_buffering on; proxy_ignore_headers X-Accel-Buffering;",
            },
        },
        _NGINX_AROUND,
    ),
    "haproxy": _Program(
        ROOT / "deploy/haproxy/haproxy.cfg",
        _haproxy,
        lambda file, _: ("-db", "-f", str(file)),
        {
            "without_upgrade": {
                "    default_backend game\n": "    http-request del-header Upgrade\n    default_backend game\n"
            },
        },
    ),
}


def _certify(folder: Path, authority: trustme.CA) -> None:
    """Put a certificate for the recipes' name and this machine into a folder: in two files, and in one; and its CA."""
    issued = authority.issue_cert(NAME, "127.0.0.1")
    chain, key = b"".join(one.bytes() for one in issued.cert_chain_pems), issued.private_key_pem.bytes()
    for name, content in (("cert.pem", chain), ("key.pem", key), ("both.pem", chain + key)):
        (folder / name).write_bytes(content)
    authority.cert_pem.write_to_path(folder / "ca.pem")


def _written(program: _Program, ports: _Ports, folder: Path, worse: str) -> Path:
    text = program.recipe.read_text("utf-8")
    for before, after in {**program.worse.get(worse, {}), **program.replaced(ports, folder)}.items():
        if text.count(before) != 1:
            raise RuntimeError(f"{program.recipe.name} has {before!r} {text.count(before)} times, not once")
        text = text.replace(before, after)
    file = folder / program.recipe.name
    file.write_text(program.around.format(recipe=text), "utf-8")
    return file


@asynccontextmanager
async def proxied(
    name: str, folder: Path, authority: trustme.CA, game_port: int, *, worse: str = ""
) -> AsyncIterator[Proxy]:
    """Run a proxy in front of a port.

    Args:
        name: one of `PROGRAMS`.
        folder: for its files; it is made.
        authority: from which its certificate is.
        game_port: of the server behind it.
        worse: how its recipe is made worse, "" for the recipe as it is.

    Raises:
        RuntimeError: the program is not there, or does not start.
    """
    path = shutil.which(name, path=_FOLDERS)
    if path is None:
        raise RuntimeError(f"there is no {name} here: install it (on Debian `sudo apt-get install {name}`)")
    program, ports = PROGRAMS[name], _Ports(free_port(), free_port(), game_port)
    folder.mkdir()
    _certify(folder, authority)
    written = _written(program, ports, folder, worse)
    log_file = folder / "output.log"
    with log_file.open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            *(path, *program.command(written, folder)),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=folder,
            env={"PATH": _FOLDERS, "HOME": str(folder)},
        )
    try:
        await _listens(process, ports.tls, log_file)
        yield Proxy(name, ports.tls, ports.plain, folder / "ca.pem", folder)
    finally:
        with suppress(ProcessLookupError):
            process.terminate()
        await process.wait()


async def _listens(process: asyncio.subprocess.Process, port: int, log: Path) -> None:
    async with asyncio.timeout(_PATIENCE_S):
        while process.returncode is None:
            with suppress(OSError):
                _, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.close()
                return
            await asyncio.sleep(0.05)
    last = log.read_text("utf-8", "replace").strip().rpartition("\n")[2]
    raise RuntimeError(f"the proxy did not start: {last[:400]}")
