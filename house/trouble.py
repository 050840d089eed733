"""What can go wrong on somebody's machine, and the sentence that helps them.

Answers which remedy fits the output of a failed pip or npm. Never guesses: what it does not know it leaves
to the log, by name.
"""

import errno
import re
from pathlib import Path

__all__ = ["Trouble", "of_file", "of_npm", "of_pip"]

_FULL = re.compile(r"No space left on device|ENOSPC|There is not enough space")
_READ_ONLY = re.compile(r"Permission denied|Read-only file system|EACCES|EROFS|EPERM")
_UNREACHED = re.compile(
    r"No matching distribution found|NewConnectionError|Max retries exceeded|Failed to establish|ReadTimeout"
    r"|ConnectTimeout|ProxyError|SSLError"
    r"|Temporary failure in name resolution|Connection (?:refused|reset|broken)"
)
_NPM_UNREACHED = re.compile(
    r"ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ERR_SOCKET_TIMEOUT|CERT_|SELF_SIGNED|EPROTO"
)


class Trouble(Exception):
    """A failure that a person can mend; its text is one sentence with the remedy."""


def of_file(error: OSError, folder: Path) -> Trouble:
    """Return the sentence for a folder that could not be written."""
    reason = error.strerror or str(error)
    if error.errno == errno.ENOSPC:
        return Trouble(f"the disk of {folder} is full: free about 1 GB and run this again.")
    return Trouble(f"cannot write in {folder} ({reason}): make the folder yours, or clone into one that is.")


def of_pip(output: str, log: Path) -> Trouble:
    """Return the sentence for a pip that failed with `output`."""
    if _FULL.search(output):
        return Trouble("the disk is full: free about 1 GB and run this again.")
    if _UNREACHED.search(output):
        return Trouble(
            "the Python package registry did not answer: check the network (behind a proxy set HTTPS_PROXY,"
            f" for a mirror PIP_INDEX_URL) and run this again; pip's own words are in {log}."
        )
    if _READ_ONLY.search(output):
        return Trouble(f"pip may not write in {log.parent}: make that folder yours, or delete it; see {log}.")
    return Trouble(f"pip could not install the packages: the reason is at the end of {log}.")


def of_npm(output: str, log: str, arguments: list[str]) -> Trouble:
    """Return the sentence for an npm that failed with `output` at `npm ARGUMENTS`."""
    if _FULL.search(output):
        return Trouble("the disk is full: free about 1 GB and run this again.")
    if _NPM_UNREACHED.search(output):
        return Trouble(
            "the npm registry did not answer, and the web client is built from it: check the network (behind"
            " a proxy set HTTPS_PROXY) and run this again, or set MAKERSPHERE_SKIP_WEB=1 to go without it."
        )
    if arguments[0] == "ci" and "npm install" in output and "in sync" in output:
        return Trouble(
            "the web client's package.json and package-lock.json disagree: run `npm install` in clients/web."
        )
    return Trouble(f"`npm {' '.join(arguments)}` failed in clients/web: the reason is at the end of {log}.")
