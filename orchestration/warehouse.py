"""Where a warehouse keeps its files."""

from dataclasses import dataclass
from pathlib import Path

PROJECT_ROOT = Path(__file__).resolve().parents[1]
# Names the file in which dbt keeps what it read of the project.
PARSED_PROJECT_VARIABLE = "HELPDESK_PARSED_PROJECT"
# How the names of folders in the private part begin that one process needs for a moment.
SCRATCH_PREFIX = "scratch-"


@dataclass(frozen=True)
class Warehouse:
    """The folder of one warehouse.

    Attributes:
        root: The folder given with ``--warehouse``.
    """

    root: Path

    @property
    def published_file(self) -> Path:
        """The file that readers open; replaced whole, by rename."""
        return self.root / "helpdesk.duckdb"

    @property
    def report_dir(self) -> Path:
        """The report page of what is published: a static site, replaced whole with the published file."""
        return self.root / "report"

    @property
    def versions_dir(self) -> Path:
        """Earlier publications, each whole, which can be put back."""
        return self.root / "versions"

    @property
    def private_dir(self) -> Path:
        """What no reader may open: build files, run history, locks."""
        return self.root / "private"

    @property
    def build_file(self) -> Path:
        """Raw data, staging and intermediate models, and meta."""
        return self.private_dir / "build.duckdb"

    @property
    def publication_file(self) -> Path:
        """Core and marts as they are being built; copied to be published."""
        return self.private_dir / "publication.duckdb"

    @property
    def pseudonym_key_file(self) -> Path:
        """The key of the pseudonyms of people, unless the environment has one."""
        return self.private_dir / "pseudonym.key"

    @property
    def lock_file(self) -> Path:
        """Locked by the one refresh that may write; says who holds it."""
        return self.private_dir / "refresh.lock"

    @property
    def dagster_home(self) -> Path:
        """Dagster's run history, unless DAGSTER_HOME names another folder."""
        return self.private_dir / "dagster"

    @property
    def check_results(self) -> Path:
        """Great Expectations' own results of the last run, of which the report is made."""
        return self.private_dir / "check_results"

    @property
    def check_report(self) -> Path:
        """The page on which Great Expectations' results can be read."""
        return self.private_dir / "data_docs" / "index.html"
