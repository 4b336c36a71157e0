"""Answers and runs as text, Markdown, CSV and JSON."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from geo import words
from geo.answers import FIGURES, Answer, Question, denial, line
from geo.seeds import split

if TYPE_CHECKING:
    import datetime as dt

    import pandas as pd

    from geo.build import Tables

#: Facts listed in full in a text; the rest is counted, and all are in JSON.
LISTED = 12
#: What a run tells first: the questions most asked.
HEADLINES = (
    Question("trip", "sea", "rajin", "dunai"),
    Question("trip", "sea", "rajin", "russia"),
    Question("trip", "rail", "north-korea", "russia"),
    Question("port_call", "sea", "rajin"),
    Question("container", "", "north-korea", "russia"),
    Question("container", "rail", "dunai", "tikhoretsk"),
)
#: Columns of counts that name a scope, and attributes of a question.
SCOPE = ("unit", "mode", "origin", "destination", "vessel")
HIGH_EMPTY = "High is empty where no claim sets a ceiling. Months are low where reports span many."


def text(answer: Answer, as_of: dt.date | None) -> str:
    """An answer for a terminal."""
    known = f"as of {words.on(as_of)}" if as_of else "with all that is known"
    lines = [f"{answer.title}, {known}", answer.headline]
    told = {
        "Forced by:": answer.forcing,
        "These fit within that number, so they add nothing:": answer.also,
        "Told of another unit or a wider scope, so not counted:": answer.wider,
    }
    listed = [
        _listed(title, [line(f, answer.gazetteer) for f in facts.itertuples()])
        for title, facts in told.items()
    ]
    denied = [denial(f, answer.gazetteer) for f in answer.denials.itertuples()]
    lines += [*listed[0], "", _table(answer.table), HIGH_EMPTY, *listed[1], *listed[2]]
    lines += _listed("Denied by:", denied)
    lines += ["", *_reasons(answer)] if answer.explain else []
    return "\n".join(lines) + "\n"


def _listed(title: str, lines: list[str]) -> list[str]:
    if not lines:
        return []
    more = len(lines) - LISTED
    rest = [f"  and {more} more (--format json has all)"] if more > 0 else []
    return ["", title, *(f"  {said}" for said in lines[:LISTED]), *rest]


def _table(table: pd.DataFrame) -> str:
    """The periods from the first that says anything."""
    speaking = table["cum_low"].gt(0) | table["cum_best"].gt(0) | table["cum_high"].notna()
    shown = table.loc[speaking.idxmax() :, [*FIGURES, "facts_cum_low"]].copy()
    for column in ("best", "cum_best"):
        shown[column] = shown[column].map("{:,.1f}".format)
    for column in ("low", "high", "cum_low", "cum_high"):
        shown[column] = shown[column].map("{:,}".format, na_action="ignore").astype(object)
    shown = shown.rename(columns={"facts_cum_low": "because of"}).fillna("")
    return str(shown.to_string(index=False, justify="right"))


def _reasons(answer: Answer) -> list[str]:
    """Why the low and the high of each period and in all are what they are."""
    rows = ["Why:"]
    for row in answer.table.to_dict("records"):
        for side in ("low", "high", "cum_low", "cum_high"):
            if row[f"facts_{side}"]:
                name = side.replace("cum_", "in all, ")
                rows.append(f"  {row['period']} {name} {row[side]:,}: {row[f'why_{side}']}")
    return rows if len(rows) > 1 else ["No fact forces a number."]


def csv(answer: Answer) -> str:
    """The table as CSV, with the facts that force each bound."""
    columns = [*FIGURES, *(c for c in map(str, answer.table) if c.startswith("facts_"))]
    return table_csv(answer.table[columns])


def as_json(answer: Answer, as_of: dt.date | None) -> str:
    """The whole answer as JSON."""
    said = {
        "title": answer.title,
        "as_of": as_of.isoformat() if as_of else None,
        "headline": answer.headline,
        "counts": _records(answer.table),
        "forced_by": _records(answer.forcing),
        "not_added": _records(answer.also),
        "not_counted": _records(answer.wider),
        "denied_by": _records(answer.denials),
    }
    return json.dumps(said, indent=2, ensure_ascii=False) + "\n"


#: Kinds of conflict, as people are told them.
CONFLICTS = {
    "clash": "Cannot all hold",
    "two_places": "One ship in two places",
    "not_seen": "One saw nothing, another something",
    "retelling": "Retellings of one fact that exclude each other",
    "figures": "Different numbers for one thing",
    "definition": "Different numbers for different things: no clash of fact",
    "drift": "Retellings that differ in wording alone",
}


def conflicts_text(conflicts: pd.DataFrame, sources: pd.DataFrame) -> str:
    """Conflicts for a terminal, the gravest first, each with its sources."""
    if conflicts.empty:
        return "No claims known by then disagree.\n"
    publisher = dict(zip(sources["source_id"], sources["publisher"], strict=True))
    lines: list[str] = []
    for kind, title in CONFLICTS.items():
        found = conflicts[conflicts["kind"] == kind]
        lines += [f"{title} ({len(found)})"] if len(found) else []
        for row in found.itertuples(index=False):
            cited = ", ".join(f"{publisher[s]} ({s})" for s in split(row.sources))
            aside = f"\n    set aside: {row.set_aside}" if row.set_aside else ""
            lines.append(f"  {row.words}{aside}\n    {row.facts}: {cited}")
    return "\n".join(lines) + "\n"


def table_csv(table: pd.DataFrame) -> str:
    """A table as CSV that a spreadsheet may open."""
    from geo.export import flat

    return str(flat(table).to_csv(index=False, lineterminator="\n", date_format="%Y-%m-%d"))


def table_json(table: pd.DataFrame) -> str:
    """A table as JSON."""
    return json.dumps(_records(table), indent=2, ensure_ascii=False) + "\n"


def _records(table: pd.DataFrame) -> Any:
    return json.loads(table.to_json(orient="records", date_format="iso", date_unit="s"))


def headlines(tables: Tables) -> list[Answer]:
    """Answers to the questions most asked, from the monthly counts."""
    known_by = tables.as_of or tables.latest
    scopes = tables.counts.groupby(list(SCOPE)).indices
    answers = []
    for question in HEADLINES:
        rows = scopes.get(tuple(getattr(question, name) for name in SCOPE), [])
        asked = replace(question, since=tables.since)
        counted = tables.counts.iloc[rows]
        answers.append(Answer(asked, tables.facts, tables.gazetteer, known_by, counted))
    return answers


def run(tables: Tables, answers: list[Answer]) -> str:
    """What a run found, for a terminal."""
    known = words.on(tables.as_of or tables.latest)
    rows = (
        ("sources", tables.sources), ("claims", tables.claims), ("facts", tables.facts),
        ("trips", tables.trips), ("flows", tables.flows), ("tracks", tables.tracks),
        ("unlocated", tables.unlocated),
    )  # fmt: skip
    sizes = {name: len(table) for name, table in rows}
    sizes["facts"] = tables.facts["fact_id"].nunique()
    found = ", ".join(f"{size} {name}" for name, size in sizes.items())
    lines = [f"{a.title}: {a.headline}" for a in answers]
    return "\n".join([f"As of {known}: {found}.", "", *lines])


def markdown(tables: Tables, answers: list[Answer]) -> str:
    """What a run found, for Prefect's artifact."""
    known = words.on(tables.as_of or tables.latest)
    lines = [f"- {_escaped(a.title)}: **{_escaped(a.headline)}**" for a in answers]
    return "\n".join([f"# Reported shipments, as of {known}", "", *lines, "", HIGH_EMPTY])


def _escaped(said: str) -> str:
    """Text that Markdown and HTML leave as it is."""
    return "".join(f"\\{c}" if c in "\\`*_{}[]<>()#+!|&" else c for c in said)


def table(answers: list[Answer]) -> list[dict[str, str]]:
    """The headline counts as rows, for Prefect's artifact."""
    return [
        {
            "scope": answer.title,
            "count": answer.headline,
            "forced by": "; ".join(sorted(set(answer.forcing["claimant"]))),
        }
        for answer in answers
    ]
