"""What to do about a check that did not pass, in one line."""

_SILENT_LOSS = "the export may have lost records: compare with the helpdesk and deliver what is missing"

_BY_NAME = {
    "columns_exist": "a raw table was changed by hand: restore private/build.duckdb",
    "load_is_known": "rows came past landing: restore private/build.duckdb, or land in a new warehouse",
    "volume_is_usual": _SILENT_LOSS,
    "no_stream_fell_silent": "see whether the connector still delivers these streams",
    "ids_are_consecutive": _SILENT_LOSS,
    "full_exports_are_whole": "deliver the full export again; what was deleted should come marked as deleted",
    "changed_tickets_bring_their_events": "deliver the missing events: these tickets' times lack steps",
    "replies_are_delivered": _SILENT_LOSS,
    "redelivery_is_rare": "let the connector deliver changes only; figures are right, loads take longer",
    "data_are_fresh": "see whether the connector still runs and delivers into the extracts folder",
    "event_time_is_not_in_the_future": "mend the clock, or the time zone in [accounts] of helpdesk.toml",
    "event_time_is_after_1990": "mend these records at the source and deliver them again",
    "kpi_has_values": "usual in the first weeks and of small desks; later see in marts.kpi_coverage which"
    " streams it needs, and whether they still bring what it counts",
    "no_e_mail_address_is_published": "find the field that holds it and keep it out of the extract",
    "no_phone_number_is_published": "find the field that holds it and keep it out of the extract",
    "nobody_is_named_in_what_is_published": "see helpdesk status --rows: keep the name out of that"
    " field, or say in not_personal of [publication] that it is no person's",
}

_ORPHANS = "deliver the records that these refer to: they never came"
_RAW = "mend these records at the source and deliver them again under the same file name"
_MAPPED = "add the codes to the seed; until then they count as unknown"
_MODEL = (
    "see the rows: records that contradict each other are mended at the source; if none do, helpdesk refresh"
    " --full builds all tables anew, and if that does not help a model is wrong"
)


def advice(asset: str, check: str) -> str:
    """What to do about a check that did not pass.

    Args:
        asset: The table checked, as ``schema.table``.
        check: Name of the check.
    """
    if check in _BY_NAME:
        return _BY_NAME[check]
    if check.startswith("assert_every_") and check.endswith("_is_mapped"):
        return _MAPPED
    if asset.startswith("raw_") and check.endswith("_is_known"):
        return _ORPHANS
    return _RAW if asset.startswith("raw_") else _MODEL
