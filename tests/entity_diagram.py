"""The entity diagram of core as Mermaid, one a subject, so that each can be read."""

from collections.abc import Mapping

from orchestration.dictionary.tables import Table

SUBJECTS = {
    "Tickets": (
        *("fct_tickets", "fct_ticket_spells", "fct_messages", "fct_reply_waits", "fct_sla_instances"),
        *("fct_escalations", "fct_vendor_times", "fct_backlog_at_period_ends", "fct_backlog_daily"),
    ),
    "Calls": ("fct_calls", "fct_call_legs", "fct_contacts_half_hourly"),
    "Workforce": (
        *("fct_agent_time", "fct_shifts", "fct_time_entries", "fct_agent_workload_daily"),
        "fct_opening_attendance",
    ),
    "Customer voice": ("fct_surveys", "fct_survey_events", "fct_quality_reviews", "fct_suggestions"),
    "Money and customers": (
        *("fct_costs", "fct_subscriptions", "fct_customer_periods", "fct_orders", "fct_engagement_events"),
    ),
    "Self-service": (
        *("fct_help_sessions", "fct_knowledge_events", "fct_article_verdicts", "fct_bot_conversations"),
        "fct_journeys",
    ),
}


def entity_page(tables: list[Table], keys: Mapping[str, list[str]], by_hand: str) -> str:
    """docs/core.md: which table of core refers to which.

    Args:
        tables: Every published table.
        keys: Columns of which each table has one row a value, by its full name.
        by_hand: The sentence that says how the page is made.

    Raises:
        KeyError: A fact of core belongs to no subject.
    """
    core = {table.name: table for table in tables if table.schema == "core"}
    drawn = {name for names in SUBJECTS.values() for name in names}
    missing = sorted(name for name in core if name.startswith("fct_") and name not in drawn)
    if missing:
        raise KeyError(f"tests/entity_diagram.py: no subject has {', '.join(missing)}")
    lines = [
        "# Core: who refers to whom",
        "",
        "An arrow's label is the column; it may be NULL. Keys marked PK are those of which a table has one row a"
        " value. Every column named `…_on` or `date_day` is a reporting day, as in `dim_date`; `bridge_date_period`"
        " tells the weeks, months, quarters and years of a day. Columns: [dictionary/core.md](dictionary/core.md).",
        "",
        by_hand,
    ]
    for subject, names in SUBJECTS.items():
        lines += ["", f"## {subject}", "", "```mermaid", "erDiagram", *_diagram(names, core, keys), "```"]
    return "\n".join(lines) + "\n"


def _diagram(names: tuple[str, ...], core: Mapping[str, Table], keys: Mapping[str, list[str]]) -> list[str]:
    arrows = []
    entities = list(names)
    for name in names:
        for column in core[name].columns:
            if column.refers_to and column.refers_to.startswith("core."):
                meant = column.refers_to.split(".")[1]
                arrows.append(f"    {meant} |o--o{{ {name} : {column.name}")
                if meant not in entities:
                    entities.append(meant)
    boxes = [line for name in entities for line in _box(core[name], keys.get(f"core.{name}", []))]
    return [*boxes, *arrows]


def _box(table: Table, key: list[str]) -> list[str]:
    lines = [f"    {table.name} {{"]
    for column in table.columns:
        marks = [mark for mark, is_so in (("PK", column.name in key), ("FK", column.refers_to)) if is_so]
        if marks:
            data_type = column.data_type.partition("(")[0]
            lines.append(f"        {data_type} {column.name} {', '.join(marks)}")
    return [*lines, "    }"]
