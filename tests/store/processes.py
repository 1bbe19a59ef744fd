"""Other processes for tests: one that may do nothing, one that gets killed."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

HOME = Path(__file__).parent.parent.parent
NOBODY = 65534


@contextmanager
def folder_for_everybody() -> Iterator[Path]:
    """pytest's own folders are closed to other users."""
    with tempfile.TemporaryDirectory() as name:
        os.chmod(name, 0o755)
        yield Path(name)


def as_nobody(code: str, *arguments: object) -> str:
    """What a process of a user without rights says when it runs `code`: its last line."""
    if os.getuid() != 0:
        pytest.skip("only root can become nobody")
    program = "\n".join(
        [
            "import asyncio, os, sys",
            "from pathlib import Path",
            "from bot.store.addresses import Vault",
            "from bot.store.sqlite import SqliteStore",
            f"os.setgroups([]); os.setgid({NOBODY}); os.setuid({NOBODY})",
            code,
        ]
    )
    done = run(program, *arguments)
    assert done.returncode != 0, "it was let in"
    return done.stderr.strip().splitlines()[-1]


def run(program: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", program, *map(str, arguments)],
        capture_output=True,
        text=True,
        cwd=HOME,
        timeout=50,
        check=False,
    )
