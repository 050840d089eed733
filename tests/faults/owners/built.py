"""`makersphere` as one of the builds of `builds.py`: `python -m tests.faults.owners.built BUILD serve`."""

from __future__ import annotations

import sys

from makersphere_cli.main import run
from tests.faults.rig.builds import BUILDS

if __name__ == "__main__":
    BUILDS[sys.argv[1]]()
    sys.exit(run(sys.argv[2:]))
