"""Set up, play, test, check and measure Makersphere: `python3 run.py play`.

This file only asks for a Python that is new enough, in words that any Python can read; the work is done in
`house/`, with the standard library alone.
"""

import os
import sys

NEEDS = (3, 11)


def main():
    """Hand over to `house.verbs`, or say which Python is needed."""
    if sys.version_info < NEEDS:
        sys.stderr.write(
            "makersphere: this is Python %d.%d, and the game needs %d.%d or newer:"
            " install one (python.org has it for every system) and start run.py with that.\n"
            % (sys.version_info[:2] + NEEDS)
        )
        return 2
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    from house import verbs

    return verbs.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
