"""A wrong key of helpdesk.toml is told with the one that was meant, or with those that there are."""

from pathlib import Path

import pytest

from orchestration.errors import UsageError
from orchestration.settings import load_settings


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[refresh]\ncorn = '0 2 * * *'", "refresh.corn: there is no such key; did you mean cron?"),
        ("[refesh]\ncron = '0 2 * * *'", "refesh: there is no such key; did you mean refresh?"),
        (
            "[publication]\nhow_many = 3",
            "publication.how_many: there is no such key; there are agent_names, keep, not_personal",
        ),
        (
            "[accounts.'generic@main']\ntimezone = 'UTC'",
            "accounts.generic@main.timezone: there is no such key; did you mean time_zone?",
        ),
        ("[spark]\nlake = 'here'\nprot = 1", "spark.prot: there is no such key; did you mean port?"),
        (
            "[reporting]\ntime_zone = 'Riga'",
            "reporting.time_zone: 'Riga' is not an IANA time zone such as Europe/Riga",
        ),
        ("[publication]\nkeep = 0", "publication.keep: should be greater than or equal to 1"),
        ("[refresh]\nkeep_runs = 0", "refresh.keep_runs: should be greater than or equal to 1"),
    ],
)
def test_it_says_what_to_write(tmp_path: Path, text: str, told: str) -> None:
    config = tmp_path / "helpdesk.toml"
    config.write_text(text)
    with pytest.raises(UsageError) as refused:
        load_settings(config)
    assert str(refused.value) == f"{config}: {told}"
