"""Is every HELPDESK_… variable one that somebody reads?"""

import os
from collections.abc import Iterator
from difflib import get_close_matches

from typer.main import get_command

from orchestration.cli import app
from orchestration.doctor.case import Case
from orchestration.doctor.finding import Finding, note, ok, wrong

PREFIX = "HELPDESK_"
# What is read beside the options of the commands.
OTHERS = {
    *("HELPDESK_MEMORY_LIMIT", "HELPDESK_PSEUDONYM_KEY", "HELPDESK_SMTP_PASSWORD", "HELPDESK_WEBHOOK_URL"),
    *(
        "HELPDESK_PARSED_PROJECT",
        "HELPDESK_CHROMIUM",
        "HELPDESK_METRICS",
        "HELPDESK_SPARK_METHOD",
        "HELPDESK_SPARK_HOST",
    ),
    *("HELPDESK_SPARK_PORT", "HELPDESK_SPARK_USER", "HELPDESK_SPARK_SCHEMA", "HELPDESK_SPARK_QUERY_TIMEOUT"),
}


def findings(case: Case) -> Iterator[Finding]:
    """Variables that nobody reads, and those that freeze what should move."""
    known = known_variables()
    found = sorted(name for name in os.environ if name.startswith(PREFIX))
    unknown = [name for name in found if name not in known]
    for name in unknown:
        ends = [each.removeprefix(PREFIX) for each in sorted(known)]
        meant = get_close_matches(name.removeprefix(PREFIX), ends, n=1)
        hint = (
            f"did you mean {PREFIX}{meant[0]}?"
            if meant
            else "unset it, or see helpdesk --help for what there is"
        )
        yield wrong(f"{name}: nobody reads this variable", hint)
    if "HELPDESK_AS_OF" in found:
        yield note(
            f"HELPDESK_AS_OF={os.environ['HELPDESK_AS_OF']}: every refresh from here is as of that instant",
            "unset it, so that a refresh is as of its start",
        )
    if not unknown:
        yield ok(f"every HELPDESK_… variable here is known ({len(found)} set)")


def known_variables() -> set[str]:
    """Every variable of the commands' options, and the others."""
    commands = getattr(get_command(app), "commands", {}).values()
    return OTHERS | {str(option.envvar) for command in commands for option in command.params if option.envvar}
