"""Fixtures: the shipped seeds, and seed folders that a test may spoil."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from geo import seeds
from geo.places import Gazetteer

SEEDS = Path(__file__).parent.parent / "seeds"


@pytest.fixture(scope="session")
def shipped() -> seeds.Seeds:
    return seeds.read()


@pytest.fixture(scope="session")
def gazetteer(shipped) -> Gazetteer:
    return Gazetteer(shipped.places, shipped.place_aliases)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped seed tables that the test may spoil."""
    copy = tmp_path / "seeds"
    copy.mkdir()
    for table in SEEDS.glob("*.csv"):
        shutil.copy(table, copy)
    return copy


@pytest.fixture
def spoil(folder: Path) -> Callable[..., Path]:
    """Change cells of one row of a table: `spoil("claims", 4, stance="maybe")`."""

    def change(table: str, row: int, **cells: str) -> Path:
        path = folder / f"{table}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        rows[row - 2].update(cells)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        return folder

    return change
