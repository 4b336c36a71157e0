"""Make the pages that are written by the code: the data dictionary and the command reference.

python docs/generate.py           write docs/tables.md and docs/cli.md
python docs/generate.py --check   say which is out of date, and end with 1 if any is
"""

from __future__ import annotations

import os
import sys
import types
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

HERE = Path(__file__).parent
WIDTH = "88"
NOTE = (
    "Generated from `geo/schema.py` and `geo/derived.py`. CSV files hold what is not stated as "
    'an empty cell; GeoParquet and pandas hold it as `""` for text and as missing for numbers '
    "and days."
)


def data_dictionary() -> str:
    """Every table, its key and its columns."""
    from geo.derived import DERIVED
    from geo.schema import QUANTIFIERS, SEEDS

    pages = [
        "# The tables",
        NOTE,
        "Quantifiers with a rule of their own: " + ", ".join(f"`{q}`" for q in QUANTIFIERS) + ".",
        "## Seed tables\n\nRead and checked by `geo.seeds.read`.",
        *(_table(model) for model in SEEDS),
        "## Derived tables\n\nMade by `geo.load` and written by `transload run`.",
        *(_table(model) for model in DERIVED),
    ]
    return "\n\n".join(pages) + "\n"


def _table(model: Any) -> str:
    head = f"### {model.table}\n\n{model.__doc__}\n\nKey: `{'`, `'.join(model.key)}`."
    rows = [
        f"| `{name}` | {_type(field.annotation)} | {field.description} |"
        for name, field in model.model_fields.items()
    ]
    return "\n".join([head, "", "| column | type | meaning |", "| --- | --- | --- |", *rows])


def _type(annotation: Any) -> str:
    """A type as a reader of tables would say it."""
    if get_origin(annotation) is Annotated:
        return _type(get_args(annotation)[0])
    if get_origin(annotation) is Literal:
        return ", ".join(f"`{value}`" for value in get_args(annotation))
    if get_origin(annotation) in (Union, types.UnionType):
        inner = [_type(a) for a in get_args(annotation) if a is not type(None)]
        return f"{' or '.join(inner)}; may be empty"
    names = {"str": "text", "int": "whole number", "float": "number", "bool": "true or false",
             "date": "day", "Any": "geometry"}  # fmt: skip
    return names[getattr(annotation, "__name__", "Any")]


def command_reference() -> str:
    """`--help` of every command."""
    os.environ |= {"COLUMNS": WIDTH, "TERMINAL_WIDTH": WIDTH, "NO_COLOR": "1"}
    import typer
    from typer.testing import CliRunner

    from flows.cli import app

    runner = CliRunner()
    commands = sorted(typer.main.get_command(app).commands)
    pages = ["# The command", "Generated from `transload --help`."]
    for arguments in ([], *([name] for name in commands)):
        shown = runner.invoke(app, [*arguments, "--help"]).output
        title = " ".join(["transload", *arguments])
        lines = "\n".join(line.rstrip() for line in shown.strip("\n").splitlines())
        pages.append(f"## {title}\n\n```text\n{lines}\n```")
    return "\n\n".join(pages) + "\n"


def main() -> int:
    """Write or check the pages."""
    stale = []
    for name, make in {"tables.md": data_dictionary, "cli.md": command_reference}.items():
        path, text = HERE / name, make()
        if "--check" not in sys.argv:
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
    for name in stale:
        print(f"docs/{name} is out of date: run python docs/generate.py")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
