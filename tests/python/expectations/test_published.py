from datetime import datetime

import pytest

from orchestration.expectations.results import CheckResult
from orchestration.expectations.run import check_publication, publication_check_names
from orchestration.landing.streams import load_streams
from tests.python.expectations.databases import AS_OF, PublicationFile, RawFile

KPI = "resolution_rate default rate month 2024-02-01 all all"


def troubles(results: list[CheckResult]) -> dict[str, str]:
    return {
        f"{each.asset}/{each.check}": f"{each.status}: {each.observed}"
        for each in results
        if each.status != "passed"
    }


def one_of(rows: int, example: str = "") -> str:
    share = {2: "50.00", 3: "33.33", 4: "25.00", 5: "20.00", 6: "16.67", 7: "14.29"}[rows]
    return f"failed: 1 of {rows} rows break it ({share} %)" + (f", for example {example}" if example else "")


def two_of(rows: int, example: str) -> str:
    return f"failed: 2 of {rows} rows break it ({200 / rows:.2f} %), for example {example}"


def bad_tickets(file: PublicationFile) -> dict[str, str]:
    file.add("core.fct_tickets", ticket_key=None, ticket_id="2")
    file.add("core.fct_tickets", ticket_key="c", ticket_id="3", is_countable=None, status="waiting")
    file.add("core.fct_tickets", ticket_key="d", ticket_id="4", created_at=None, open_seconds=-1)
    file.add("core.fct_tickets", ticket_key="d", ticket_id="5", created_at=datetime(2024, 3, 10, 12, 0, 1))
    file.add("core.fct_tickets", ticket_key="f", ticket_id="5", source_account="other")
    file.add("core.fct_tickets", ticket_key="g", ticket_id="1")
    return {
        "core.fct_tickets/ticket_key_is_present": one_of(7),
        "core.fct_tickets/is_countable_is_present": one_of(7),
        "core.fct_tickets/created_at_is_present": one_of(7),
        "core.fct_tickets/ticket_key_is_unique": two_of(7, "d"),
        "core.fct_tickets/source_identity_is_unique": two_of(7, "generic main 1"),
        "core.fct_tickets/status_is_known": one_of(7, "waiting"),
        "core.fct_tickets/created_at_is_not_after_as_of": one_of(7, "d"),
        "core.fct_tickets/durations_are_not_negative": one_of(7, "d"),
    }


def bad_spells_and_backlog(file: PublicationFile) -> dict[str, str]:
    file.add("core.fct_ticket_spells", ticket_key=None)
    file.add("core.fct_ticket_spells", started_at=None, status="waiting")
    file.add("core.fct_ticket_spells", ended_at=datetime(2024, 2, 29), seconds=-86400)
    file.add("core.fct_ticket_spells", ticket_key="unknown", ended_at=None)
    file.add("core.fct_backlog_daily", backlog_count=None)
    file.add("core.fct_backlog_daily", slice="team", slice_value="A", backlog_count=-1)
    return {
        "core.fct_ticket_spells/ticket_key_is_present": one_of(5),
        "core.fct_ticket_spells/started_at_is_present": one_of(5),
        "core.fct_ticket_spells/status_is_known": one_of(5, "waiting"),
        "core.fct_ticket_spells/seconds_is_not_negative": one_of(5, "-86400"),
        "core.fct_ticket_spells/spells_end_after_they_start": one_of(5, "a"),
        "core.fct_ticket_spells/ticket_is_known": one_of(5, "unknown"),
        "core.fct_backlog_daily/date_day_slice_slice_value_is_unique": two_of(3, "2024-03-01 all all"),
        "core.fct_backlog_daily/backlog_count_is_present": one_of(3),
        "core.fct_backlog_daily/backlog_count_is_not_negative": one_of(3, "-1"),
    }


LISTS = ("attribution", "statistic", "clock", "period_grain", "slice")


def bad_kpi_words(file: PublicationFile) -> dict[str, str]:
    file.add("marts.kpi_values", variant="nothing", **dict.fromkeys(LISTS))
    file.add("marts.kpi_values", variant="oddities", **dict.fromkeys(LISTS, "odd"))
    return {f"marts.kpi_values/{column}_is_present": one_of(3) for column in LISTS} | {
        f"marts.kpi_values/{column}_is_known": one_of(3, "odd") for column in LISTS
    }


def bad_kpi_numbers(file: PublicationFile) -> dict[str, str]:
    file.add("marts.kpi_values")
    file.add("marts.kpi_values", variant="1", value=1.01)
    file.add("marts.kpi_values", variant="2", numerator=3)
    file.add("marts.kpi_values", variant="3", period_start="2024-03-11", is_complete=False)
    file.add("marts.kpi_values", variant="4", period_start="2024-03-01")
    file.add("marts.kpi_values", variant="5", kpi_id="unheard_of")
    file.run(
        "insert into marts.dim_kpi values ('silent', true), ('resolution_rate', true), ('not_landed', true)"
    )
    file.run("insert into marts.kpi_coverage values ('silent', true, false), ('silent', false, false)")
    file.run("insert into marts.kpi_coverage values ('not_landed', false, false)")

    def example(variant: str) -> str:
        return KPI.replace("default", variant)

    return {
        "marts.kpi_values/key_is_unique": two_of(
            7, "resolution_rate default created rate none month 2024-02-01 all all"
        ),
        "marts.kpi_values/rates_are_shares": one_of(7, example("1")),
        "marts.kpi_values/numerators_are_parts": one_of(7, example("2")),
        "marts.kpi_values/periods_have_begun": one_of(7, example("3").replace("02-01", "03-11")),
        "marts.kpi_values/running_periods_are_incomplete": one_of(7, example("4").replace("02-01", "03-01")),
        "marts.kpi_values/kpi_is_registered": one_of(
            7, example("5").replace("resolution_rate", "unheard_of")
        ),
        "marts.dim_kpi/kpi_id_is_unique": two_of(4, "resolution_rate"),
        "marts.dim_kpi/kpi_has_values": one_of(4, "silent"),
    }


def bad_scorecard(file: PublicationFile) -> dict[str, str]:
    file.add("marts.kpi_scorecard")
    file.add("marts.kpi_scorecard", variant="running", period_start="2024-03-01")
    return {
        "marts.kpi_scorecard/key_is_unique": two_of(
            3, "resolution_rate default created rate none month all all"
        ),
        "marts.kpi_scorecard/periods_are_over": one_of(
            3, KPI.replace("default", "running").replace("02-01", "03-01")
        ),
    }


def nothing_computed(file: PublicationFile) -> dict[str, str]:
    file.run("delete from marts.kpi_values; delete from marts.dim_kpi")
    return {"marts.kpi_values/is_not_empty": "failed: 0 values of 1 tickets"}


def e_mail_addresses(file: PublicationFile) -> dict[str, str]:
    file.add("core.dim_agent", display_name="Ada <ada@example.org>", tags=["vip", "x@y.lv"])
    file.add("core.dim_agent", display_name="@ada at example.org", tags=["a@b"])
    found = "failed: core.dim_agent.display_name in 1 rows; core.dim_agent.tags in 1 rows"
    return {"marts.kpi_values/no_e_mail_address_is_published": found}


def phone_numbers(file: PublicationFile) -> dict[str, str]:
    file.add("core.dim_agent", display_name="Ada, +371 67 123 456", tags=["vip", "(030) 1234567"])
    found = "failed: core.dim_agent.display_name in 1 rows; core.dim_agent.tags in 1 rows"
    return {"marts.kpi_values/no_phone_number_is_published": found}


def known_people(file: PublicationFile) -> dict[str, str]:
    raw = RawFile(file.path.parent, {"generic": {"agents": load_streams()["generic"]["agents"]}})
    raw.add("raw_generic.agents", {"agent_id": "1", "name": "Grace Hopper"})
    file.add("core.dim_agent", display_name="Grace Hopper")
    found = "failed: core.dim_agent.display_name in 1 rows"
    return {"marts.kpi_values/nobody_is_named_in_what_is_published": found}


BREAKS = (
    bad_tickets,
    bad_spells_and_backlog,
    bad_kpi_words,
    bad_kpi_numbers,
    bad_scorecard,
    nothing_computed,
    e_mail_addresses,
    phone_numbers,
    known_people,
)


@pytest.mark.parametrize("break_it", BREAKS, ids=lambda function: function.__name__)
def test_each_break_is_seen_by_its_checks_and_by_no_other(tmp_path, break_it):
    file = PublicationFile(tmp_path)
    expected = break_it(file)
    raw = file.path.with_name("build.duckdb")
    build = raw if raw.exists() else None
    assert troubles(check_publication(file.path, as_of=AS_OF, build=build)) == expected


def test_every_declared_check_has_been_seen_failing(tmp_path):
    seen = {
        name
        for break_it in BREAKS
        for name in break_it(PublicationFile(tmp_path.joinpath(break_it.__name__)))
    }
    assert seen == {f"{asset}/{check}" for asset, check, _ in publication_check_names()}


def test_a_good_publication_passes_every_check_in_the_declared_order(tmp_path):
    results = check_publication(PublicationFile(tmp_path).path, as_of=AS_OF)
    assert troubles(results) == {}
    assert [(each.asset, each.check, each.severity) for each in results] == publication_check_names()


def test_a_helpdesk_without_tickets_may_have_no_values(tmp_path):
    file = PublicationFile(tmp_path)
    file.run("delete from core.fct_tickets; delete from core.fct_ticket_spells; delete from marts.kpi_values")
    file.run("update marts.kpi_coverage set has_required_streams = false, has_values = false")
    assert troubles(check_publication(file.path, as_of=AS_OF)) == {}


@pytest.mark.parametrize(("zone", "fails"), [("UTC", True), ("Pacific/Auckland", False)])
def test_periods_are_cut_in_the_reporting_time_zone(tmp_path, zone, fails):
    file = PublicationFile(tmp_path).add("marts.kpi_values", period_grain="day", period_start="2024-03-10")
    results = check_publication(file.path, as_of=AS_OF, reporting_time_zone=zone)
    assert ("marts.kpi_values/running_periods_are_incomplete" in troubles(results)) is fails


def test_an_address_among_the_samples_is_not_repeated_in_what_was_observed(tmp_path):
    file = PublicationFile(tmp_path).add(
        "core.fct_tickets", ticket_key="b", ticket_id="2", status="ada@example.org"
    )
    found = troubles(check_publication(file.path, as_of=AS_OF))
    assert found["core.fct_tickets/status_is_known"] == one_of(2, "<e-mail address>")
    assert not any("ada@example.org" in observed for observed in found.values())
