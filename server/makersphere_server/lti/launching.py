"""Who comes from a platform: a login that is begun, and the signed message by which it ends.

Answers where a browser goes to say who it is, and whom a platform has sent, or why that does not count: another key, a
clock that goes wrong, a message that was shown before, a deployment or a platform that nobody has named. The library
reads the messages; what it leaves open is closed here: a nonce counts once, for its own login and platform, a message
has an end, and a second or two between two clocks is no mistake. Where a message wants a browser to be led counts
nowhere. Source: 1EdTech, "LTI Core 1.3" and "Security Framework 1.0".
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any, Final

import attrs
import jwt
from jwcrypto.common import JWException
from jwt.types import Options
from pylti1p3.cookie import CookieService
from pylti1p3.deployment import Deployment
from pylti1p3.exception import LtiException, LtiKeyException, OIDCException
from pylti1p3.message_launch import MessageLaunch
from pylti1p3.oidc_login import OIDCLogin
from pylti1p3.redirect import Redirect
from pylti1p3.registration import Registration
from pylti1p3.request import Request
from pylti1p3.roles import StudentRole, TeacherRole
from pylti1p3.session import SessionService
from pylti1p3.tool_config.abstract import ToolConfAbstract

from makersphere_server.codes import new_token
from makersphere_server.lti.own_key import OwnKey
from makersphere_server.lti.platform_keys import PlatformKeys
from makersphere_server.lti.platforms import Platform, Platforms
from makersphere_server.lti.seals import Seals
from makersphere_server.lti.wrong import Wrong

__all__ = ["Began", "Launched", "Launching", "registration_of"]

LEEWAY_S: Final = 30  # that two clocks may be apart
_REQUIRED: Final[Options] = {"require": ["exp", "iat", "nonce", "iss", "sub"], "verify_aud": False}
_ALG: Final = "RS256"
_CLAIM: Final = "https://purl.imsglobal.org/spec/lti/claim/"
_GRADES: Final = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"
_SCORE: Final = "https://purl.imsglobal.org/spec/lti-ags/scope/score"
_LONGEST: Final = 255  # of what a platform calls something; the standard has no longer one
_MALFORMED: Final = (LtiException, LookupError, TypeError, ValueError, AttributeError, RecursionError)


@attrs.frozen
class Began:
    """A login that was begun.

    Attributes:
        address: where the browser goes.
        cookie: what it keeps until it comes back: the state, under the state's name.
    """

    address: str = attrs.field(repr=False)
    cookie: str = attrs.field(repr=False)


@attrs.frozen
class Launched:
    """Whom a platform has sent, and to what.

    Attributes:
        person: as the platform calls somebody, a word that says nothing to others.
        link: the platform's name of the activity that was opened.
        is_teacher: they teach the course; else they learn in it.
        names: given name, family name and both, as far as the platform tells them.
        grades: where the activity's grades go; "" where the platform has said no place.
    """

    issuer: str
    client: str
    deployment: str
    person: str = attrs.field(repr=False)
    link: str
    title: str
    is_teacher: bool
    names: tuple[str, str, str] = attrs.field(repr=False)
    grades: str


class _Asked(Request):
    """A request's fields."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        self._fields = fields
        self._session: dict[str, Any] = {}

    @property
    def session(self) -> dict[str, Any]:
        return self._session

    def is_secure(self) -> bool:
        return True

    def get_param(self, key: str) -> str:
        return self._fields.get(key, "")


class _Cookies(CookieService):
    def __init__(self, shown: Mapping[str, str]) -> None:
        self._shown = shown
        self.set: dict[str, str] = {}

    def get_cookie(self, name: str) -> str | None:
        return self._shown.get(name)

    def set_cookie(self, name: str, value: str | int, exp: int | None = 3600) -> None:
        self.set[name] = str(value)


class _Known(ToolConfAbstract[_Asked]):
    """The platforms, as the library asks for them."""

    def __init__(self, platforms: Platforms, key: OwnKey) -> None:
        self._platforms, self._key = platforms, key

    def check_iss_has_one_client(self, iss: str) -> bool:
        return False

    def find_registration_by_issuer(self, iss: str, *args: object, **kwargs: object) -> Registration:
        return self.find_registration_by_params(iss, "")

    def find_deployment(self, iss: str, deployment_id: str) -> Deployment | None:
        return self.find_deployment_by_params(iss, deployment_id, "")

    def find_registration_by_params(self, iss: str, client_id: str, *args: object, **kwargs: object) -> Registration:
        platform = self._platforms.find(iss, client_id)
        if platform is None:
            raise Wrong("platform", issuer=iss[:_LONGEST], client=client_id[:_LONGEST])
        return registration_of(platform, self._key)

    def find_deployment_by_params(
        self,
        iss: str,
        deployment_id: str,
        client_id: str,
        *args: object,
        **kwargs: object,
    ) -> Deployment | None:
        platform = self._platforms.find(iss, client_id)
        if platform is None or deployment_id not in platform.deployments:
            raise Wrong(
                "deployment", deployment=str(deployment_id)[:_LONGEST], platform=platform.name if platform else ""
            )
        return Deployment()


def registration_of(platform: Platform, key: OwnKey) -> Registration:
    """Return a platform as the library knows platforms."""
    found = Registration().set_issuer(platform.issuer).set_client_id(platform.client)
    found.set_auth_login_url(platform.login_url).set_auth_token_url(platform.token_url)
    found.set_key_set_url(platform.keys_url)
    return found.set_tool_private_key(key.private).set_tool_public_key(key.public)


class _Somewhere(Redirect[str]):
    def __init__(self, address: str) -> None:
        self._address = address

    def get_redirect_url(self) -> str:
        return self._address

    def set_redirect_url(self, location: str) -> None:
        self._address = location

    def do_redirect(self) -> str:
        return self._address

    def do_js_redirect(self) -> str:
        return self._address


class _Login(OIDCLogin[_Asked, _Known, SessionService, _Cookies, str]):
    seals: Seals
    _drawn = ""

    def _get_uuid(self) -> str:
        self._drawn = new_token()
        return self._drawn

    def _generate_nonce(self) -> str:
        known = self._registration
        return self.seals.nonce(f"state-{self._drawn}", str(known.get_issuer()), str(known.get_client_id()))

    def get_redirect(self, url: str) -> _Somewhere:
        return _Somewhere(url)


class _Launch(MessageLaunch[_Asked, _Known, SessionService, _Cookies]):
    seals: Seals
    keys: PlatformKeys
    begun_ms = 0

    def _get_request_param(self, key: str) -> str:
        return self._request.get_param(key)

    @property
    def said(self) -> dict[str, Any]:
        return dict(self._jwt.get("body", {}))

    @property
    def platform(self) -> Registration:
        if self._registration is None:
            raise AssertionError("the platform is looked for first")
        return self._registration

    def validate_state(self) -> _Launch:
        state = self._get_request_param("state")
        if not state or self._cookie_service.get_cookie(state) != state:
            raise Wrong("state")
        return self

    def validate_nonce(self) -> _Launch:
        known, state = self.platform, self._get_request_param("state")
        issuer, client = str(known.get_issuer()), str(known.get_client_id())
        begun = self.seals.begun_ms(str(self.said.get("nonce", "")), state, issuer, client)
        if begun is None:
            raise Wrong("nonce")
        self.begun_ms = begun
        return self

    def validate_jwt_signature(self) -> _Launch:
        pem = self.public_key()
        try:
            jwt.decode(self._get_id_token(), pem, algorithms=[_ALG], options=_REQUIRED, leeway=LEEWAY_S)
        except (jwt.ExpiredSignatureError, jwt.ImmatureSignatureError) as error:
            raise self._out_of_time() from error
        except jwt.InvalidSignatureError as error:
            raise Wrong("key", address=str(self.platform.get_key_set_url())) from error
        except jwt.InvalidTokenError as error:
            raise Wrong("form", why=str(error)) from error
        except jwt.PyJWTError as error:
            raise Wrong("key", address=str(self.platform.get_key_set_url())) from error
        return self

    def _out_of_time(self) -> Wrong:
        """Return what is wrong with a signed message whose time is over or has not come: a clock, or it was kept."""
        issued, now = float(self.said.get("iat", 0)), time.time()
        if issued > now + LEEWAY_S:
            return Wrong("clock_ahead", seconds=round(issued - now))
        if issued < self.begun_ms / 1000 - LEEWAY_S:
            return Wrong("clock_behind", seconds=round(now - issued))
        return Wrong("expired")

    def public_key(self) -> str:
        """Return the key that a message says it is signed with; a platform may have a new one by now."""
        known = self.platform
        for is_fresh in (False, True):
            known.set_key_set(self.keys.of(known, is_fresh=is_fresh))
            try:
                pem, algorithm = self.get_public_key()
            except LtiKeyException:
                continue
            except (jwt.PyJWTError, JWException):  # a key of another kind than any message may be signed with
                break
            if algorithm != _ALG:
                break
            return pem
        raise Wrong("key", address=str(known.get_key_set_url()))


class Launching:
    """Begins logins, and reads what comes of them. Its methods run in threads: a platform may have to be asked."""

    def __init__(self, platforms: Platforms, key: OwnKey, seals: Seals) -> None:
        """Prepare."""
        self._platforms, self._seals = platforms, seals
        self._known = _Known(platforms, key)
        self._keys = PlatformKeys(platforms)

    def begin(self, fields: Mapping[str, str]) -> Began:
        """Return how a login goes on that a platform asks for.

        Raises:
            Wrong: why not.
        """
        asked, cookies = _Asked(fields), _Cookies({})
        login = _Login(asked, self._known, session_service=SessionService(asked), cookie_service=cookies)
        login.seals = self._seals
        try:
            address = login.get_redirect_object(f"{self._platforms.url}/lti/launch").get_redirect_url()
        except OIDCException as error:
            raise Wrong("form", why=str(error)) from error
        (state,) = cookies.set
        return Began(address, state)

    def launch(self, fields: Mapping[str, str], cookies: Mapping[str, str]) -> Launched:
        """Return whom a platform has sent.

        Args:
            fields: of the form that the browser has brought.
            cookies: states by themselves, as far as the browser has kept any.

        Raises:
            Wrong: why that does not count.
        """
        asked = _Asked(fields)
        session, shown = SessionService(asked), _Cookies(cookies)
        launch = _Launch(asked, self._known, session_service=session, cookie_service=shown)
        launch.seals, launch.keys = self._seals, self._keys
        launch.set_auto_validation(enable=False)
        try:
            launch.validate_state()
            launch.validate_jwt_format()
            launch.validate_registration()
            launch.validate_nonce()
            launch.validate_jwt_signature()
            launch.validate_deployment()
            launch.validate_message()
            found = self._read(launch)
        except _MALFORMED as error:
            raise Wrong("form", why=str(error)[:_LONGEST]) from error
        if not self._seals.use(str(launch.said["nonce"])):
            raise Wrong("nonce")
        return found

    def _read(self, launch: _Launch) -> Launched:
        said = launch.said
        audience = said["aud"]
        client = launch.get_client_id()
        if isinstance(audience, list) and len(audience) > 1 and said.get("azp") != client:
            raise Wrong("form", why="azp")
        if not launch.is_resource_launch():
            raise Wrong("message", message=str(said[f"{_CLAIM}message_type"])[:_LONGEST])
        is_teacher = _has_role(TeacherRole, said)
        if not is_teacher and not _has_role(StudentRole, said):
            raise Wrong("role")
        link = said[f"{_CLAIM}resource_link"]
        grades = self._grades(said, launch.get_iss(), client)
        return Launched(
            issuer=launch.get_iss(),
            client=client,
            deployment=_text(said[f"{_CLAIM}deployment_id"]),
            person=_text(said["sub"]),
            link=_text(link["id"]),
            title=str(link.get("title", ""))[:_LONGEST],
            is_teacher=is_teacher,
            names=(_name(said, "given_name"), _name(said, "family_name"), _name(said, "name")),
            grades=grades,
        )

    def _grades(self, said: Mapping[str, Any], issuer: str, client: str) -> str:
        """Return where grades go; an address elsewhere than the platform's is refused, whoever has signed it."""
        endpoint = said.get(_GRADES) or {}
        place = endpoint.get("lineitem", "") if _SCORE in endpoint.get("scope", []) else ""
        platform = self._platforms.find(issuer, client)
        if place and (platform is None or not isinstance(place, str) or not platform.takes(place)):
            raise Wrong("place", address=str(place)[:_LONGEST])
        return str(place)


def _has_role(kind: Any, said: Mapping[str, Any]) -> bool:  # noqa: ANN401  (the library's, without types)
    """Return whether somebody has a role in the course, or in the school where the course has given none."""
    return bool(kind(said).check())


def _text(value: object) -> str:
    """Return a name that a platform has given; one without text or without end makes a malformed message."""
    if not isinstance(value, str) or not 0 < len(value) <= _LONGEST:
        raise ValueError("a name has to be a text of 1 to 255 characters")
    return value


def _name(said: Mapping[str, Any], field: str) -> str:
    value = said.get(field, "")
    return value[:_LONGEST] if isinstance(value, str) else ""
