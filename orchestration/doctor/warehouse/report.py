"""Is the report page there, and that of what is published?"""

from collections.abc import Iterator

from orchestration.doctor.case import Case
from orchestration.doctor.finding import Finding, note, ok
from orchestration.doctor.warehouse.reading import status_of
from orchestration.report.site import data_name

_DO = "helpdesk report writes it again"


def findings(case: Case) -> Iterator[Finding]:
    """The page."""
    status = status_of(case)
    if status is None or status.publication is None or status.holder is not None:
        return
    folder = case.warehouse.report_dir
    if not (folder / "index.html").exists():
        yield note(f"{folder}: there is no report page", _DO)
    elif not (folder / "data").exists():
        yield note(f"{folder}: the report page could not be written, and says why", _DO)
    elif not (folder / "data" / data_name(status.publication.run_id)).exists():
        yield note(f"{folder}: the report page is of another publication than the published file", _DO)
    else:
        yield ok(f"the report page is of what is published: {folder / 'index.html'}")
