"""What was found, for people and for machines."""

import json
from collections.abc import Iterable, Sequence
from itertools import groupby

from rich.console import Console
from rich.table import Table
from rich.text import Text

from orchestration.counting import counted
from orchestration.doctor.examine import Told

_COLOURS = {"ok": "green", "note": "yellow", "wrong": "bold red"}


def print_findings(found: Iterable[Told], console: Console) -> bool:
    """Print a list, each group as soon as it is known.

    Args:
        found: The findings, group by group.
        console: Where to print; without a terminal or with NO_COLOR it prints no colours.

    Returns:
        Whether something is wrong.
    """
    counts = dict.fromkeys(_COLOURS, 0)
    for group, members in groupby(found, key=lambda told: told.group):
        console.print(Text(group, style="bold"))
        table = Table.grid(padding=(0, 1))
        table.add_column(width=6, no_wrap=True)
        table.add_column(overflow="fold")
        for told in members:
            counts[told.finding.verdict] += 1
            verdict = told.finding.verdict
            table.add_row(Text(f" {verdict}", style=_COLOURS[verdict]), Text(told.finding.told))
            if told.finding.do:
                table.add_row("", Text(f"do: {told.finding.do}", style="dim"))
        console.print(table)
    console.print(Text(summary(counts["wrong"], counts["note"])))
    return bool(counts["wrong"])


def summary(wrong_count: int, note_count: int) -> str:
    """The last line: how much there is to do."""
    notes = counted(note_count, "note")
    if wrong_count:
        return f"{wrong_count} thing{' is' if wrong_count == 1 else 's are'} wrong, {notes}."
    return f"Nothing is wrong; {notes}."


def findings_json(found: Sequence[Told]) -> str:
    """All findings as one JSON object, for machines.

    Args:
        found: The findings.
    """
    told = [
        {
            "group": each.group.lower(),
            "check": each.check,
            "verdict": each.finding.verdict,
            "told": each.finding.told,
            "do": each.finding.do,
        }
        for each in found
    ]
    is_wrong = any(each["verdict"] == "wrong" for each in told)
    return json.dumps({"is_wrong": is_wrong, "findings": told}, ensure_ascii=False, indent=2)
