"""Reading documents in a process of its own, so that a hostile one takes down only that.

Run as a module it is the process: it reads requests from its standard input and answers on its
standard output. `Reader` is the other side: it starts the process, and starts another where a
document took more time or memory than it may.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import struct
import subprocess
import sys
from dataclasses import asdict
from types import TracebackType
from typing import IO, Self

from flows.documents import Document, Refused, kind_of, read

#: CPU seconds that one document may take, wall seconds after which it is given up in any case,
#: and bytes of memory the process may hold.
MOST_CPU_S = 1.2
MOST_WALL_S = 30.0
MOST_MEMORY_BYTES = 230_000_000
#: How the process ends when what it needs cannot be loaded, and how long its end may take.
FAILED, ENDING_S = 1, 1.0
_LENGTH = struct.Struct("!Q")
_LOST = "took more time or memory than a document may"


class Reader:
    """Reads documents in another process.

    Use it as a context: the process ends with it.
    """

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._answered = False

    def __enter__(self) -> Self:
        """The reader; its process starts with the first document."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """End the process."""
        self._end()

    def read(self, content: bytes, name: str = "", media_type: str = "") -> Document:
        """What a document says, as `flows.documents.read`.

        Raises
        ------
        Refused
            If it cannot or should not be read, or took too much time or memory.
        """
        kind_of(content, name, media_type)  # most of what is refused needs no other process
        request = json.dumps({"name": name, "media_type": media_type}).encode()
        answer = self._asked(request, content)
        if answer is None:
            self._check_started()
            self._end()
            raise Refused(_LOST)
        self._answered = True
        if "refused" in answer:
            raise Refused(answer["refused"])
        return Document(**answer)

    def _asked(self, request: bytes, content: bytes) -> dict[str, str] | None:
        process = self._process or self._start()
        if process.stdin is None or process.stdout is None:
            return None
        try:
            for part in (request, content):
                process.stdin.write(_LENGTH.pack(len(part)) + part)
            process.stdin.flush()
            ready, _, _ = select.select([process.stdout], [], [], MOST_WALL_S)
            frame = _frame(process.stdout) if ready else None
        except OSError:
            return None
        return json.loads(frame) if frame is not None else None

    def _start(self) -> subprocess.Popen[bytes]:
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "flows.reader"],  # -P: no module of the user's folder
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        return self._process

    def _check_started(self) -> None:
        """Tell a document that took the process down from a process that never came up."""
        process = self._process
        if process is None or self._answered:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            if process.wait(ENDING_S) == FAILED:
                raise RuntimeError("the reader of documents cannot start: run transload doctor")

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


def _frame(stream: IO[bytes]) -> bytes | None:
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    length = _LENGTH.unpack(head)[0]
    body = stream.read(length)
    return body if len(body) == length else None


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # not on this system: time alone is limited
        return
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY_BYTES, MOST_MEMORY_BYTES))


def _limit_time(seconds: float) -> None:
    """End the process after some CPU seconds; 0 takes the limit away."""
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_PROF, seconds)


def serve(requests: IO[bytes], answers: IO[bytes]) -> None:
    """Answer requests until there are no more."""
    _limit_memory()
    while (request := _frame(requests)) is not None and (content := _frame(requests)) is not None:
        told = json.loads(request)
        try:
            _limit_time(MOST_CPU_S)
            answer: dict[str, str] = asdict(read(content, told["name"], told["media_type"]))
        except Refused as reason:
            answer = {"refused": str(reason)}
        except (MemoryError, RecursionError):
            answer = {"refused": _LOST}
        finally:
            _limit_time(0)
        body = json.dumps(answer).encode()
        answers.write(_LENGTH.pack(len(body)) + body)
        answers.flush()


def _warm() -> None:
    """Load what reading needs before any document's time runs."""
    import pypdf  # noqa: F401
    import trafilatura

    trafilatura.bare_extraction("<html><body><p>ready</p></body></html>")


if __name__ == "__main__":
    answering = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what libraries print is no answer
    _warm()
    serve(sys.stdin.buffer, answering)
