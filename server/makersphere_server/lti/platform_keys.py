"""The platforms' public keys: fetched when somebody comes, kept until a message names one that is not among them."""

from __future__ import annotations

import time
from typing import Final

import requests
from pylti1p3.registration import Registration, TKeySet

from makersphere_server.lti.asking import Asking, reason
from makersphere_server.lti.platforms import Platform, Platforms
from makersphere_server.lti.wrong import Wrong

__all__ = ["PlatformKeys"]

_LOOK_AGAIN_S: Final = 10  # after a platform's keys were fetched


class PlatformKeys:
    """The platforms' public keys, as they were fetched last."""

    def __init__(self, platforms: Platforms) -> None:
        self._platforms = platforms
        self._found: dict[str, tuple[float, TKeySet]] = {}

    def of(self, known: Registration, *, is_fresh: bool) -> TKeySet:
        """Return a platform's keys, those of before if there are some; fetched again, if that was not just done."""
        address = str(known.get_key_set_url())
        when, kept = self._found.get(address, (0.0, None))
        if kept is not None and (not is_fresh or time.monotonic() - when < _LOOK_AGAIN_S):
            return kept
        platform = self._platforms.find(str(known.get_issuer()), str(known.get_client_id()))
        if platform is None:
            raise AssertionError("a platform that sends people is known")
        found = _fetched(platform)
        self._found[address] = (time.monotonic(), found)
        return found


def _fetched(platform: Platform) -> TKeySet:
    try:
        answer = Asking(platform).get(platform.keys_url)
        keys = answer.json()["keys"] if answer.ok else None
    except requests.JSONDecodeError:
        keys = None
    except requests.exceptions.SSLError as error:
        raise Wrong("certificate", platform=platform.name) from error
    except requests.RequestException as error:
        raise Wrong("no_answer", platform=platform.name, address=platform.keys_url, why=reason(error)) from error
    except (LookupError, TypeError, ValueError, RecursionError):
        keys = None
    if not isinstance(keys, list) or not all(isinstance(key, dict) for key in keys):
        raise Wrong("no_keys", platform=platform.name, address=platform.keys_url)
    return {"keys": keys}
