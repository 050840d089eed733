"""A server by https and a learning platform that knows it, for each test of LTI."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from tests.loopback import free_port
from tests.server.rig.learning_platform import Platform
from tests.server.rig.school import School


@pytest.fixture
def school(tmp_path: Path) -> Iterator[School]:
    """Return a server and a platform; neither knows any room yet."""
    ca = trustme.CA()
    ca.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(str(tmp_path / "both.pem"))
    context = ssl.create_default_context()
    ca.configure_trust(context)
    port = free_port()
    platform = Platform(tmp_path, ca, f"https://127.0.0.1:{port}")
    yield School(tmp_path, port, platform, context)
    platform.stop()
