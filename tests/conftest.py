"""What every test may ask for: the browser, and how hypothesis behaves on machines that are shared."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog
from hypothesis import HealthCheck, settings

from house.system import find_chromium
from tests.postgres import Cluster, running

# No deadline: on two shared cores a slow example says nothing about the rule under test.
settings.register_profile("makersphere", deadline=None, print_blob=True)
settings.register_profile(
    "thorough",
    deadline=None,
    print_blob=True,
    max_examples=1000,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "makersphere"))


@pytest.fixture(autouse=True)
def logging_as_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Set logging back to what it was, and let no logger keep beyond a test how that test has set it up."""
    before = structlog.get_config()
    configure = structlog.configure

    def configured(**how: Any) -> None:  # noqa: ANN401  (whatever structlog takes)
        configure(**how | {"cache_logger_on_first_use": False})

    monkeypatch.setattr(structlog, "configure", configured)
    yield
    configure(**before)


@pytest.fixture(scope="session")
def chromium() -> Path:
    """Return the browser that Playwright drives; without one skip, or fail where CI is to have it."""
    found = find_chromium()
    if found is None:
        message = "no Chromium, Chrome or Edge found: install one or name it in CHROMIUM"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return found


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Cluster]:
    """Give a PostgreSQL that runs, one for all tests of this process."""
    with running() as cluster:
        yield cluster
