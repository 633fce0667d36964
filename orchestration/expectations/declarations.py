"""Checks as data: declared without importing Great Expectations, so that their names are known at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from orchestration.expectations.results import Severity
from orchestration.expectations.sql import fill, literal

STATEMENT = "statement"

# Scans the table once; samples are the least three, so that the same data always give the same line.
_ROWS = """
with marked as (
  select coalesce($violation, false) as is_broken, $sample as sample from {batch}
), counted as (
  select count(*) as total,
    count(*) filter (is_broken) as broken_count,
    min(case when is_broken then sample end, 3) as samples
  from marked
)
select broken_count <= $allowed_share * total as passed,
  case
    when total = 0 then $when_empty
    when broken_count = 0 then format('0 of {{:,}} rows break it', total)
    else format('{{:,}} of {{:,}} rows break it ({{:.2f}} %), for example {{}}',
      broken_count, total, 100.0 * broken_count / total, array_to_string(samples, '; '))
  end as observed
from counted
"""


@dataclass(frozen=True)
class Check:
    """One check of one table.

    Attributes:
        asset: The table, as ``schema.table``.
        name: Name of the check, unique within the asset.
        severity: What a failure does.
        expectation: One line for people.
        kind: A type of expectation that Great Expectations ships, or ``STATEMENT`` for a query returning one
            row: ``passed`` (boolean) and ``observed`` (text).
        arguments: Arguments of the shipped type.
        query: The statement, with ``{batch}`` for the table; it may read the one row of ``run``
            (``as_of``, ``local_as_of``, ``freshness_days``).
        rows: A query returning the rows that break the check, which may read the same; empty where the check
            is not about single rows, or where ``kind`` and ``arguments`` say it.
    """

    asset: str
    name: str
    severity: Severity
    expectation: str
    kind: str = STATEMENT
    arguments: Mapping[str, object] = field(default_factory=dict)
    query: str = ""
    rows: str = ""

    @property
    def identity(self) -> tuple[str, str, Severity]:
        """What is known of the check before it runs: asset, name, severity."""
        return self.asset, self.name, self.severity


def rows_where(violation: str) -> str:
    """The query of the rows of which a condition is true, for ``Check.rows``.

    Args:
        violation: SQL condition; NULL counts as false.
    """
    return fill("select * from {batch} where ($violation)", violation=violation)


def rows_statement(
    violation: str, *, sample: str, allowed_share: float = 0.0, when_empty: str = "'0 of 0 rows break it'"
) -> str:
    """A statement that at most a share of rows break a rule.

    Args:
        violation: SQL condition that is true for a row that breaks the rule; NULL counts as kept.
        sample: SQL text expression that tells one row from another; must hold no personal data.
        allowed_share: Share (0–1) of rows that may break the rule.
        when_empty: SQL text expression to report for a table without rows.

    Returns:
        The query of a ``STATEMENT`` check.
    """
    return fill(
        _ROWS,
        violation=f"({violation})",
        sample=sample,
        allowed_share=literal(allowed_share),
        when_empty=when_empty,
    )
