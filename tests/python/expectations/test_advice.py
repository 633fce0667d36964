"""What a person is told to do fits what the check saw."""

import pytest

from orchestration.expectations.advice import advice


@pytest.mark.parametrize(
    ("asset", "check", "told"),
    [
        ("raw_generic.messages", "ticket_id_is_known", "deliver the records that these refer to"),
        ("raw_generic.messages", "load_is_known", "rows came past landing"),
        ("raw_generic.messages", "key_is_present", "mend these records at the source"),
        ("marts.dim_kpi", "kpi_has_values", "usual in the first weeks"),
        ("core.fct_ticket_spells", "assert_spells_of_a_ticket_do_not_overlap", "helpdesk refresh --full"),
    ],
)
def test_advice_is_of_the_check(asset: str, check: str, told: str) -> None:
    assert told in advice(asset, check)
