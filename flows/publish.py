"""New files take the place of old ones whole, or not at all."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock

from geo import export

if TYPE_CHECKING:
    from geo.build import Tables

PAGE = "corridor.html"
TABLES = "tables"
MANIFEST = "manifest.json"
#: Longest wait for another run that is publishing to the same folder.
LOCK_SECONDS = 300


def publish(tables: Tables, drawn: Mapping[str, bytes], out: Path) -> list[Path]:
    """Write what was drawn and every table into `out`, replacing what an earlier run left there.

    Everything is written and synced beside `out` first; then each file is moved to its place in
    one step, the manifest last. A run that dies leaves each earlier file whole, and two runs
    publish one after the other.

    Returns
    -------
    list of Path
        The files, as they now stand.
    """
    out.mkdir(parents=True, exist_ok=True)
    with _fresh_folder(out) as fresh:
        (fresh / TABLES).mkdir()
        for name, content in drawn.items():
            (fresh / name).write_bytes(content)
        made = [*(fresh / name for name in drawn), *export.write(tables, fresh / TABLES)]
        manifest = fresh / MANIFEST
        manifest.write_text(_manifest(tables, made, fresh), encoding="utf-8", newline="\n")
        for path in (*made, manifest):
            _sync(path)
        with FileLock(out / ".lock", timeout=LOCK_SECONDS):
            (out / TABLES).mkdir(exist_ok=True)
            return [_moved(path, fresh, out) for path in (*made, manifest)]


@contextmanager
def _fresh_folder(out: Path) -> Iterator[Path]:
    """A folder on the same disk as `out`, so that moving a file there is one step."""
    fresh = Path(tempfile.mkdtemp(prefix=".new-", dir=out))
    try:
        yield fresh
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _manifest(tables: Tables, made: list[Path], root: Path) -> str:
    """What the files were made from, and their digests: no clock, so that runs can be compared."""
    said = {
        "transload": version("transload"),
        "as_of": str(tables.as_of) if tables.as_of else None,
        "latest_source": str(tables.latest),
        "rows": {name: len(getattr(tables, name)) for name in export.WRITTEN},
        "sha256": {p.relative_to(root).as_posix(): _digest(p) for p in made},
    }
    return json.dumps(said, indent=2, sort_keys=True) + "\n"


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _moved(path: Path, fresh: Path, out: Path) -> Path:
    target = out / path.relative_to(fresh)
    path.replace(target)
    return target


def damaged(out: Path) -> list[str]:
    """Files of `out` that are missing or not as the manifest has them; empty when all is well."""
    manifest = out / MANIFEST
    if not manifest.exists():
        return [f"{manifest} is missing: nothing was published here yet"]
    digests: dict[str, str] = json.loads(manifest.read_text(encoding="utf-8"))["sha256"]
    return [
        f"{out / name} is {'changed' if (out / name).exists() else 'missing'}"
        for name, digest in sorted(digests.items())
        if not (out / name).exists() or _digest(out / name) != digest
    ]
