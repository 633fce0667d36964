"""Great Expectations' renderer in page frames of our own, which load nothing from anywhere."""

from collections.abc import Sequence
from copy import deepcopy
from html import escape
from pathlib import Path

from great_expectations.core.expectation_validation_result import expectationSuiteValidationResultSchema
from great_expectations.render.components import RenderedDocumentContent
from great_expectations.render.renderer.page_renderer import ValidationResultsPageRenderer
from great_expectations.render.view.view import DefaultJinjaPageView
from jinja2 import ChoiceLoader, FileSystemLoader

from orchestration.expectations.report import TablePage
from orchestration.expectations.statement import ExpectStatementToHold

_FOLDER = Path(__file__).parent
# Reading kept results needs every type of expectation registered, which importing the class does.
OWN_EXPECTATIONS = (ExpectStatementToHold,)


class Pages(DefaultJinjaPageView):
    """Writes the pages; Great Expectations' templates are used for the results inside them only."""

    def __init__(self) -> None:
        super().__init__()
        own = FileSystemLoader(_FOLDER)
        self.env.loader = ChoiceLoader([each for each in (self.env.loader, own) if each])

    def table(self, table: TablePage) -> str:
        """The page of one table: our checks, then Great Expectations' details."""
        sections = _document(table).to_json_dict()["sections"]
        return self.env.get_template("checked_table.j2").render(table=table, sections=sections)

    def index(self, stages: Sequence[tuple[str, Sequence[TablePage]]]) -> str:
        """The page that lists all tables, and first what needs attention."""
        urgent = [
            check
            for verdict in (True, False)
            for _, tables in stages
            for table in tables
            for check in table.checks
            if check.status != "passed" and check.is_blocking is verdict
        ]
        return self.env.get_template("checked_index.j2").render(stages=stages, urgent=urgent)


def _document(table: TablePage) -> RenderedDocumentContent:
    if table.validation is None:
        return RenderedDocumentContent(sections=[])
    content = deepcopy(table.validation)
    for each in content["results"]:
        # Great Expectations writes what it saw as markup; delivered data must stay text.
        each["result"], each["exception_info"] = _escaped(each["result"]), _escaped(each["exception_info"])
    validation = expectationSuiteValidationResultSchema.load(content)
    document = ValidationResultsPageRenderer().render(validation)
    # Its first section is an overview that links to pages this report does not have; ours replaces it.
    return RenderedDocumentContent(sections=document.sections[1:])


def _escaped(seen: object) -> object:
    if isinstance(seen, dict):
        return {name: _escaped(value) for name, value in seen.items()}
    if isinstance(seen, list):
        return [_escaped(value) for value in seen]
    return escape(seen) if isinstance(seen, str) else seen
