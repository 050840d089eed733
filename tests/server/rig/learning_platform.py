"""A learning platform over TLS, which believes nothing that is not signed, new and in time."""

from __future__ import annotations

import json
import ssl
import threading
import time
from email.utils import formatdate
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import jwt
import requests
import trustme
from jwcrypto.jwk import JWK

__all__ = ["CLAIM", "LEARNER", "TEACHER", "Browser", "Platform"]

CLAIM = "https://purl.imsglobal.org/spec/lti/claim/"
AGS = "https://purl.imsglobal.org/spec/lti-ags/"
TEACHER = "http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor"
LEARNER = "http://purl.imsglobal.org/vocab/lis/v2/membership#Learner"
_PATIENCE_S = 60


@cache  # to make one takes long
def _key(number: int) -> JWK:
    key = JWK.generate(kty="RSA", size=2048)
    key.update(kid=key.thumbprint())
    return key


class Platform:
    """A platform with one tool and one activity in one course.

    Attributes:
        tool: the server's address, by https.
        answers: what is answered to the next requests, by path: status, JSON or
            bytes, and headers; as usual where there is none.
        scores: what was taken, in order.
        asked: paths that were asked for, in order.
        tool_keys: the tool's public keys, where somebody has entered them by hand.
        wrongs: what was wrong with what a tool has shown.
    """

    client = "tool-7"
    deployment = "1"

    def __init__(self, folder: Path, ca: trustme.CA, tool: str) -> None:
        """Listen on loopback."""
        self.tool = tool
        self.key, self.other_key = _key(1), _key(2)
        self.answers: dict[str, list[tuple[int, dict[str, Any] | bytes, dict[str, str]]]] = {}
        self.scores: list[dict[str, Any]] = []
        self.asked: list[str] = []
        self.wrongs: list[str] = []
        self.tool_keys: dict[str, Any] = {}
        self._used: set[str] = set()
        self._rights: set[str] = set()
        self.ca = folder / "ca.pem"
        ca.cert_pem.write_to_path(str(self.ca))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        ca.issue_cert("127.0.0.1").configure_cert(context)
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.file = folder / "lti.toml"
        self.write()

    def write(self, **changed: object) -> None:
        """Write the tool's file of platforms."""
        named = {
            "name": "Moodle",
            "issuer": self.url,
            "client_id": self.client,
            "deployment_ids": [self.deployment],
            "login_url": f"{self.url}/auth",
            "token_url": f"{self.url}/token",
            "keys_url": f"{self.url}/keys",
            "ca": "ca.pem",
            **changed,
        }
        lines = [f"url = {json.dumps(self.tool)}", "[[platform]]"]
        self.file.write_text("\n".join([*lines, *(f"{name} = {json.dumps(value)}" for name, value in named.items())]))

    @property
    def url(self) -> str:
        """Return where it is."""
        return f"https://127.0.0.1:{self.server.server_address[1]}"

    @property
    def grades(self) -> str:
        """Return where the activity's grades go."""
        return f"{self.url}/grades/3?type=1"

    def stop(self) -> None:
        """Listen no more."""
        self.server.shutdown()
        self.server.server_close()

    # -- launches

    def authorize(self, address: str, claims: dict[str, Any], key: JWK | None = None, **header: str) -> dict[str, str]:
        """Return the form with which a browser comes back that was sent to an address to say who it is."""
        asked = dict(parse_qsl(urlsplit(address).query))
        assert address.startswith(f"{self.url}/auth?"), address
        assert asked["redirect_uri"] == f"{self.tool}/lti/launch"
        assert (asked["client_id"], asked["scope"], asked["response_mode"]) == (self.client, "openid", "form_post")
        said = {**self.claims(asked["nonce"]), **claims}
        said = {name: value for name, value in said.items() if value is not None}
        signing = key or self.key
        head = {"kid": self.key.thumbprint(), **header}
        algorithm = head.pop("alg", "RS256")
        private = signing.export_to_pem(private_key=True, password=None)
        by: Any = {"RS256": private, "HS256": "what anybody may have, of 32 bytes and more"}.get(algorithm, "")
        return {"id_token": jwt.encode(said, by, algorithm, head), "state": asked["state"]}

    def claims(self, nonce: str) -> dict[str, Any]:
        """Return what it says of a learner."""
        now = int(time.time())
        return {
            "iss": self.url,
            "aud": self.client,
            "sub": "person-1",
            "nonce": nonce,
            "iat": now,
            "exp": now + 60,
            "given_name": "Ann",
            "family_name": "Lee",
            "name": "Ann Lee",
            f"{CLAIM}message_type": "LtiResourceLinkRequest",
            f"{CLAIM}version": "1.3.0",
            f"{CLAIM}deployment_id": self.deployment,
            f"{CLAIM}target_link_uri": self.tool,
            f"{CLAIM}resource_link": {"id": "activity-3", "title": "The <b>game</b>"},
            f"{CLAIM}roles": [LEARNER],
            f"{AGS}claim/endpoint": {"scope": [f"{AGS}scope/score"], "lineitem": self.grades},
        }

    # -- services

    def give_right(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """Return the answer to who asks for the right to send scores."""
        keys = self.tool_keys
        if not keys:
            keys = requests.get(f"{self.tool}/lti/jwks", verify=str(self.ca), timeout=_PATIENCE_S).json()
        shown = form["client_assertion"]
        kid = jwt.get_unverified_header(shown)["kid"]
        known = next((key for key in keys["keys"] if key["kid"] == kid), None)
        if known is None:
            return self._wrong("invalid_client", "no such key")
        try:
            said = jwt.decode(
                shown,
                jwt.PyJWK(known).key,
                algorithms=["RS256"],
                audience=f"{self.url}/token",
                issuer=self.client,
                options={"require": ["exp", "iat", "jti", "sub", "aud"]},
            )
        except jwt.InvalidTokenError as error:
            return self._wrong("invalid_client", str(error))
        if said["sub"] != self.client or said["jti"] in self._used or said["exp"] - said["iat"] > 300:
            return self._wrong("invalid_client", "shown before, or for too long")
        if (form["grant_type"], form["scope"]) != ("client_credentials", f"{AGS}scope/score"):
            return self._wrong("invalid_scope", form["scope"])
        self._used.add(said["jti"])
        right = f"right-{len(self._used)}"
        self._rights.add(right)
        return 200, {"access_token": right, "token_type": "bearer", "expires_in": 3600}

    def end_rights(self) -> None:
        """Take back every right to send scores."""
        self._rights.clear()

    def take_score(self, shown: str, type_: str, body: bytes) -> tuple[int, dict[str, Any]]:
        """Return the answer to who sends a score."""
        if shown.removeprefix("Bearer ") not in self._rights:
            return 401, {"error": "unauthorized"}
        if type_ != "application/vnd.ims.lis.v1.score+json":
            return self._wrong("type", type_)
        self.scores.append(json.loads(body))
        return 200, {}

    def _wrong(self, error: str, why: str) -> tuple[int, dict[str, Any]]:
        self.wrongs.append(f"{error}: {why}")
        return 400, {"error": error, "error_description": why}


def _handler(platform: Platform) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = urlsplit(self.path).path
            public = json.loads(platform.key.export_public())
            self._answer(path, lambda: (200, {"keys": [{**public, "alg": "RS256", "use": "sig"}]}))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            path = urlsplit(self.path).path
            if path == "/token":
                form = {name: values[-1] for name, values in parse_qs(body.decode()).items()}
                self._answer(path, lambda: platform.give_right(form))
            elif path == "/grades/3/scores":
                shown, type_ = self.headers["authorization"], self.headers["content-type"]
                self._answer(path, lambda: platform.take_score(shown, type_, body))
            else:
                self.send_error(404)

        def _answer(self, path: str, usual: Any) -> None:  # noqa: ANN401  (makes the usual answer)
            platform.asked.append(path)
            waiting = platform.answers.get(path, [])
            status, said, headers = waiting.pop(0) if waiting else (*usual(), {})
            body = said if isinstance(said, bytes) else json.dumps(said).encode()
            self.send_response_only(status)
            usually = {"Date": formatdate(usegmt=True), "Content-Type": "application/json"}
            for name, value in {**usually, "Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002, ANN401  (the library's own)
            """Say nothing."""

    return Handler


class Browser:
    """A browser of somebody who opens the activity."""

    def __init__(self, platform: Platform, language: str = "en") -> None:
        """Begin without cookies."""
        self.platform = platform
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.verify = str(platform.ca)
        self.session.headers["Accept-Language"] = language

    def get(self, path: str, **params: str) -> requests.Response:
        """Return the answer to a request, led nowhere."""
        address = f"{self.platform.tool}{path}"
        return self.session.get(address, params=params, allow_redirects=False, timeout=_PATIENCE_S)

    def post(self, path: str, **form: str) -> requests.Response:
        """Return the answer to a form, led nowhere."""
        address = f"{self.platform.tool}{path}"
        return self.session.post(address, data=form, allow_redirects=False, timeout=_PATIENCE_S)

    def login(self, **changed: str) -> requests.Response:
        """Begin to open the activity."""
        asked = {
            "iss": self.platform.url,
            "client_id": self.platform.client,
            "login_hint": "5",
            "lti_message_hint": "17",
            "target_link_uri": "https://elsewhere.example/",
        }
        return self.get("/lti/login", **{**asked, **changed})

    def open(self, *, key: Any = None, header: Any = None, **claims: Any) -> requests.Response:  # noqa: ANN401
        """Open the activity; what the platform says may be changed."""
        began = self.login()
        assert began.status_code == 303, began.text
        return self.post(
            "/lti/launch", **self.platform.authorize(began.headers["location"], claims, key, **(header or {}))
        )
