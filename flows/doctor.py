"""What commonly goes wrong on a machine, looked for and told."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import NamedTuple

from packaging.requirements import Requirement

from flows.publish import MANIFEST, damaged
from geo.problems import TableError

#: Packages whose newer versions break Prefect 3.8 without pip noticing.
BOUNDED = ("prefect", "fastapi", "sqlalchemy")


class Finding(NamedTuple):
    """One thing looked at."""

    said: str
    well: bool = True


def findings(out: Path) -> Iterator[Finding]:
    """Everything looked at, in the order a person would."""
    yield from _packages()
    yield from _versions()
    yield _seeds()
    if (out / MANIFEST).exists():
        wrong = damaged(out)
        yield Finding(
            "; ".join(wrong) or f"files in {out} are as they were written", well=not wrong
        )


def _packages() -> Iterator[Finding]:
    """`geo` and `flows` are names that other packages on PyPI use too."""
    here = Path(__file__).resolve().parent.parent
    for name in ("geo", "flows"):
        spec = importlib.util.find_spec(name)
        found = Path(spec.origin).resolve().parent if spec and spec.origin else None
        well = found == here / name
        said = f"package {name} is ours" if well else f"package {name} is shadowed by {found}"
        yield Finding(said, well=well)
    for other in ("geo", "flows"):
        try:
            said = f"the PyPI package {other} {version(other)} is installed and overwrites ours"
        except PackageNotFoundError:
            continue
        yield Finding(f"{said}: pip uninstall {other}", well=False)


def _versions() -> Iterator[Finding]:
    bounds = {r.name: r.specifier for r in map(Requirement, requires("transload") or [])}
    for name in BOUNDED:
        found = version(name)
        well = bounds[name].contains(found)
        said = f"{name} {found}"
        yield Finding(said if well else f"{said} breaks it: needs {bounds[name]}", well=well)


def _seeds() -> Finding:
    from geo import seeds

    try:
        tables = seeds.read()
    except TableError as error:
        return Finding(f"shipped seeds: {error}", well=False)
    return Finding(f"shipped seeds: {len(tables.sources)} sources, {len(tables.claims)} claims")
