"""What ``helpdesk status`` says of people who asked to be forgotten: how many and when, never who."""

from collections.abc import Iterator

from orchestration.forgetting.ended import is_ended
from orchestration.instants import instant_text
from orchestration.reading.look import Status


def forgotten_lines(status: Status) -> Iterator[str]:
    """One line, and one more while a forgetting is not ended; none where nobody is forgotten.

    Args:
        status: What ``warehouse_status`` saw.
    """
    known = status.forgotten
    if known is None:
        return
    people = "1 person" if known.people == 1 else f"{known.people:,} people"
    yield f"Forgotten     {people}, last at {instant_text(known.last_at)}"
    if not is_ended(known, status.publication, [kept.version for kept in status.versions]):
        yield "  not ended: helpdesk forget, without a customer, ends it"
