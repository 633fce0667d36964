"""Raw assets: one per stream, landed together in one transaction from the extract files above them."""

from collections.abc import Iterator

import duckdb
from dagster import AssetExecutionContext, AssetKey, AssetSpec, MaterializeResult, multi_asset

from orchestration.defs.arrival import arrived
from orchestration.defs.postgres import copy_to_postgres
from orchestration.defs.resources import Refresh
from orchestration.errors import RefusedError
from orchestration.forgetting.erasing import erase_freed_bytes
from orchestration.landing.land import LandingResult
from orchestration.landing.streams import Stream, load_streams
from orchestration.progress import progress
from orchestration.publishing.builds import Build, build_to_go_on_from
from orchestration.publishing.database import open_database
from orchestration.publishing.fingerprint import rules_fingerprint
from orchestration.publishing.pseudonym_key import pseudonym_secret, write_pseudonym_secret
from orchestration.publishing.run_settings import write_run_settings
from orchestration.publishing.whats_new import is_anything_new, why_not_comparable
from orchestration.report.prepare import mend_report

STREAMS = [stream for system in load_streams().values() for stream in system.values()]
RUN_KEYS = [AssetKey(["meta", name]) for name in ("run", "pseudonym_key", "accounts", "streams")]


def stream_key(stream: Stream) -> AssetKey:
    """The key of a raw asset: that of the dbt source it feeds, so that lineage joins itself."""
    return AssetKey([stream.system, stream.name])


def _extract_specs() -> list[AssetSpec]:
    return [
        AssetSpec(
            ["extracts", stream.system, stream.name],
            group_name="extracts",
            kinds={"file"},
            description=f"Files dropped into <extracts>/{stream.system}[@account]/{stream.name}/.",
        )
        for stream in STREAMS
    ]


extract_folders = _extract_specs()


def _raw_specs() -> list[AssetSpec]:
    streams = [
        AssetSpec(
            stream_key(stream),
            deps=[AssetKey(["extracts", stream.system, stream.name])],
            group_name="raw",
            kinds={"duckdb"},
            description=f"Every record of {stream.system}/{stream.name} as it came: {stream.table}.",
            skippable=True,
        )
        for stream in STREAMS
    ]
    run = [
        AssetSpec(
            key,
            group_name="raw",
            kinds={"duckdb"},
            description="What the models know of the run.",
            skippable=True,
        )
        for key in RUN_KEYS
    ]
    return streams + run


@multi_asset(specs=_raw_specs(), name="land_extracts")
def land_extracts(context: AssetExecutionContext, refresh: Refresh) -> Iterator[MaterializeResult[None]]:
    """Land what is new, or take what was known; when nothing is, everything after this is skipped."""
    result = _land(refresh)
    told = {f"{load.file}: {load.message}" for load in result.loads}
    for note in result.notes:
        if note not in told:
            progress(f"  note: {note}")
    if refresh.compare:
        _refuse_other_inputs(refresh)
    if not is_anything_new(
        refresh.warehouse, refresh.settings, as_of=refresh.explicit_as_of, full=refresh.full
    ):
        progress("nothing new to publish")
        mend_report(refresh.warehouse, mode=refresh.mode)
        refresh.finish("nothing new", None)
        copy_to_postgres(refresh)
        return
    landed: dict[AssetKey, int] = {}
    for load in result.loads:
        key = AssetKey([load.system, load.stream])
        landed[key] = landed.get(key, 0) + load.rows_landed
    for stream in STREAMS:
        yield MaterializeResult(
            stream_key(stream), metadata={"records_landed": landed.get(stream_key(stream), 0)}
        )
    for key in RUN_KEYS:
        yield MaterializeResult(key)


def _refuse_other_inputs(refresh: Refresh) -> None:
    refused = why_not_comparable(refresh.warehouse, refresh.settings)
    if refused:
        refresh.finish("refused", refused)
        raise RefusedError(refused)


def _land(refresh: Refresh) -> LandingResult:
    refused = ""
    with open_database(refresh.warehouse.build_file, read_only=False) as connection:
        try:
            result = arrived(connection, refresh)
        except RefusedError as error:
            refused = str(error)
    if refused:
        refresh.finish("refused", refused)
        raise RefusedError(refused)
    if result.has_emptied:
        # They landed before anybody could know whose they are; everything is built anew.
        erase_freed_bytes(refresh.warehouse, at=refresh.started_at)
    with open_database(refresh.warehouse.build_file, read_only=False) as connection:
        earlier = _earlier_build(connection, refresh)
        write_run_settings(connection, refresh.run_id, refresh.as_of, refresh.settings, earlier)
        if write_pseudonym_secret(connection, pseudonym_secret(refresh.warehouse)):
            progress("  the key of pseudonyms has changed: all keys of people do, everything is built anew")
    return result


def _earlier_build(connection: duckdb.DuckDBPyConnection, refresh: Refresh) -> Build | None:
    """The build that this run goes on from; None when every table is built anew."""
    if refresh.full:
        return None
    settings = refresh.settings
    rules = rules_fingerprint(refresh.warehouse, settings)
    return build_to_go_on_from(connection, engine=settings.engine, rules=rules, as_of=refresh.as_of)
