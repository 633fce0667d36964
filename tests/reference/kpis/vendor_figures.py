"""What the helpdesk of the incident log says of itself, told beside our own figures and never instead."""

from collections.abc import Iterable, Iterator, Sequence

from tests.reference.kpis.figures import Case, Figure, Period, Value
from tests.reference.kpis.incident_log import Incident
from tests.reference.kpis.lives import day
from tests.reference.kpis.measures import told_figures
from tests.reference.records import seconds_between

SLICES = ("all", "source_system", "channel", "team", "priority", "ticket_type")


def _of_solve(incident: Incident) -> Iterator[Case]:
    solve = incident.last_solve
    if solve is None:
        return
    on, where = day(solve.started_at), incident.where(solve.group_id)
    is_met = incident.last["made_sla"] == "true"
    for kpi_id, variant, measure, number in (
        ("sla_attainment_rate", "vendor_made_sla", "rate", is_met),
        ("sla_breach_count", "vendor_made_sla", "count", not is_met),
        ("transfer_count", "vendor_reassignments", "average", int(incident.last["reassignment_count"])),
    ):
        yield Case(
            kpi_id=kpi_id,
            variant=variant,
            attribution="solved",
            measure=measure,
            on=on,
            where=where,
            numerator=float(number),
            denominator=1.0,
        )


def _of_creation(incident: Incident) -> Iterator[Case]:
    # A verdict on what is not solved yet is none.
    if incident.last_solve is not None:
        yield Case(
            kpi_id="sla_attainment_rate",
            variant="vendor_made_sla",
            attribution="created",
            measure="rate",
            on=day(incident.opened_at),
            where=incident.where(incident.first_team),
            numerator=float(incident.last["made_sla"] == "true"),
            denominator=1.0,
        )


def _of_vendor_times(incident: Incident) -> Iterator[Case]:
    resolved_at = incident.told_at("resolved_at") if incident.is_resolved else None
    if resolved_at is not None and resolved_at > incident.as_of:
        resolved_at = None
    for variant, at in (
        ("vendor_resolved_at", resolved_at),
        ("vendor_last_resolved", incident.last_resolved_update_at),
    ):
        if at is not None:
            yield Case(
                kpi_id="average_resolution_time",
                variant=variant,
                attribution="solved",
                measure="distribution",
                clock="calendar",
                on=day(at),
                where=incident.where(incident.told("assignment_group")),
                numerator=float(seconds_between(incident.opened_at, at)),
                denominator=1.0,
            )


def vendor_figures(incidents: Iterable[Incident], periods: Sequence[Period]) -> dict[Figure, Value]:
    """All figures of variants named vendor_….

    Args:
        incidents: The log's incidents.
        periods: The periods to tell.
    """
    tells = (_of_solve, _of_creation, _of_vendor_times)
    cases = [case for incident in incidents for tell in tells for case in tell(incident)]
    return told_figures(cases, periods, dict.fromkeys({case.kpi_id for case in cases}, SLICES))
