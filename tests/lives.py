"""Many lives of `willaq run`: everything is imported once, each life is a fork of that.

A life is a whole process that opens the database by itself, killed by SIGKILL. Only the second in
which Python reads its modules is spared; with a small home also those in which it reads the texts.
"""

import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from subprocess import PIPE, Popen

from tests.willaq import environment

HOME = Path(__file__).parent.parent


class Lives:
    def __init__(self, folder: Path, settings: Mapping[str, str], home: Path = HOME) -> None:
        log = (folder / "log").open("ab")
        self._mother = Popen(
            [sys.executable, "-m", "tests.lives", str(home)],
            env=environment(folder, settings),
            cwd=HOME,
            stdin=PIPE,
            stdout=PIPE,
            stderr=log,
        )
        log.close()
        assert self._mother.stdout is not None
        assert self._mother.stdout.readline() == b"mother\n"

    def start(self) -> int:
        """The process id of a new life."""
        assert self._mother.stdin is not None and self._mother.stdout is not None
        self._mother.stdin.write(b"start\n")
        self._mother.stdin.flush()
        return int(self._mother.stdout.readline())

    def kill(self, life: int) -> None:
        """Returns when it is gone."""
        assert self._mother.stdin is not None and self._mother.stdout is not None
        os.kill(life, signal.SIGKILL)
        self._mother.stdin.write(b"wait\n")
        self._mother.stdin.flush()
        assert self._mother.stdout.readline() == b"gone\n"

    def end(self) -> None:
        assert self._mother.stdin is not None and self._mother.stdout is not None
        self._mother.stdin.close()
        self._mother.wait(20)
        self._mother.stdout.close()


def _mother() -> None:
    import uvloop  # noqa: F401

    import bot.app
    import bot.channels.telegram_http
    import bot.channels.whatsapp  # noqa: F401
    from bot import cli

    cli.HOME = Path(sys.argv[1])
    say, life = os.dup(1), 0
    os.write(say, b"mother\n")
    for line in sys.stdin:
        if line == "start\n":
            life = os.fork()
            if life == 0:
                os.dup2(2, 1)
                os._exit(cli.main(["run"]))
            os.write(say, b"%d\n" % life)
        else:
            os.waitpid(life, 0)
            life = 0
            os.write(say, b"gone\n")
    if life:
        os.kill(life, signal.SIGTERM)
        os.waitpid(life, 0)


if __name__ == "__main__":
    _mother()
