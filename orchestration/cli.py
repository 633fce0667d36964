"""The command line: what each command takes; what it does is in a module of its own."""

import atexit
import os
import sys
import traceback
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from orchestration.disk import disk_trouble_told, out_of_room
from orchestration.errors import HelpdeskError, UsageError, first_line, is_out_of_room
from orchestration.warehouse import Warehouse

app = typer.Typer(
    name="helpdesk",
    help="Turns raw helpdesk extracts into customer-service KPIs that people can trust.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)

WarehouseOption = Annotated[
    Path, typer.Option("--warehouse", envvar="HELPDESK_WAREHOUSE", help="Folder of the warehouse.")
]
DebugOption = Annotated[
    bool, typer.Option("--debug", envvar="HELPDESK_DEBUG", help="Show a traceback with an error.")
]


def _console() -> Console:
    # Without a terminal Rich assumes 80 columns, too few for the scorecard in a log or a mail.
    return Console() if sys.stdout.isatty() else Console(width=100)


@app.command()
def refresh(
    extracts: Annotated[
        Path,
        typer.Option(envvar="HELPDESK_EXTRACTS", help="Folder of extracts: <system>[@account]/<stream>/…"),
    ] = Path("extracts"),
    warehouse: WarehouseOption = Path("warehouse"),
    as_of: Annotated[
        str | None,
        typer.Option(
            envvar="HELPDESK_AS_OF", help='The run\'s one "now", ISO 8601, UTC; default: its start.'
        ),
    ] = None,
    full: Annotated[
        bool, typer.Option("--full", envvar="HELPDESK_FULL", help="Rebuild every table from the raw records.")
    ] = False,
    compare: Annotated[
        bool,
        typer.Option(
            "--compare",
            envvar="HELPDESK_COMPARE",
            help="With --full: publish nothing, but tell whether the rebuilt tables equal what is published.",
        ),
    ] = False,
    config: Annotated[Path | None, typer.Option(envvar="HELPDESK_CONFIG", help="helpdesk.toml")] = None,
    debug: DebugOption = False,
) -> None:
    """Land, check, build, check and publish, once: the job nightly_refresh, in this process."""
    from orchestration.refresh import run_refresh

    run_refresh(
        extracts=extracts,
        warehouse=Warehouse(warehouse),
        as_of=as_of,
        full=full,
        compare=compare,
        config=config,
    )


@app.command()
def backfill(
    as_of: Annotated[
        str, typer.Option(envvar="HELPDESK_AS_OF", help='The past day\'s "now", ISO 8601, UTC.')
    ],
    out: Annotated[
        Path, typer.Option(envvar="HELPDESK_OUT", help="New or empty folder: the warehouse of that day.")
    ],
    known_at: Annotated[
        str | None,
        typer.Option(
            envvar="HELPDESK_KNOWN_AT",
            help="From records that landed until then, ISO 8601 or now; default: as of then.",
        ),
    ] = None,
    warehouse: WarehouseOption = Path("warehouse"),
    config: Annotated[Path | None, typer.Option(envvar="HELPDESK_CONFIG", help="helpdesk.toml")] = None,
    debug: DebugOption = False,
) -> None:
    """Build a past day's warehouse in a folder of its own, from the records known then."""
    from orchestration.backfill import run_backfill

    run_backfill(warehouse=Warehouse(warehouse), out=out, as_of=as_of, known_at=known_at, config=config)


@app.command()
def land(
    extracts: Annotated[
        Path,
        typer.Option(envvar="HELPDESK_EXTRACTS", help="Folder of extracts: <system>[@account]/<stream>/…"),
    ] = Path("extracts"),
    warehouse: WarehouseOption = Path("warehouse"),
    to: Annotated[
        str, typer.Option(envvar="HELPDESK_TO", help="duckdb: the warehouse alone; parquet: a lake as well.")
    ] = "duckdb",
    out: Annotated[
        str | None, typer.Option(envvar="HELPDESK_OUT", help="Folder or URI of the lake, for parquet.")
    ] = None,
    config: Annotated[Path | None, typer.Option(envvar="HELPDESK_CONFIG", help="helpdesk.toml")] = None,
    debug: DebugOption = False,
) -> None:
    """Land the extracts and build nothing: in the warehouse or, as Parquet, on in a lake."""
    from orchestration.lake.command import run_landing

    run_landing(extracts=extracts, warehouse=Warehouse(warehouse), config=config, to=to, out=out)


@app.command()
def status(
    warehouse: WarehouseOption = Path("warehouse"),
    rows: Annotated[
        bool, typer.Option("--rows", envvar="HELPDESK_ROWS", help="Rows that break a check; may be personal.")
    ] = False,
    alert: Annotated[
        bool, typer.Option("--alert", envvar="HELPDESK_ALERT", help="Tell once, as [alerts] says, if stale.")
    ] = False,
    config: Annotated[Path | None, typer.Option(envvar="HELPDESK_CONFIG", help="helpdesk.toml")] = None,
    debug: DebugOption = False,
) -> None:
    """What is published, from when, what the last run did, what is quarantined and why."""
    from orchestration.reading.status import print_status, warehouse_status

    place = Warehouse(warehouse)
    print_status(warehouse_status(place), _console(), with_rows=rows)
    if alert:
        from orchestration.alerts.tell import tell_if_stale
        from orchestration.settings import load_settings

        told = tell_if_stale(place, load_settings(config).alerts)
        if told:
            typer.echo(told)


@app.command()
def rollback(
    warehouse: WarehouseOption = Path("warehouse"),
    to: Annotated[
        str | None,
        typer.Option(
            envvar="HELPDESK_ROLLBACK_TO",
            help="The run that published it, or how its id begins; default: the one before.",
        ),
    ] = None,
    debug: DebugOption = False,
) -> None:
    """Put an earlier publication back, under readers that have the present one open."""
    from orchestration.publishing.rollback import roll_back
    from orchestration.reading.status import print_rollback

    place = Warehouse(warehouse)
    with disk_trouble_told(place):
        put_back = roll_back(place, to)
    print_rollback(*put_back, _console())


@app.command()
def forget(
    customer: Annotated[
        str | None, typer.Option(envvar="HELPDESK_CUSTOMER", help="The customer's id in the helpdesk.")
    ] = None,
    email: Annotated[
        str | None, typer.Option(envvar="HELPDESK_EMAIL", help="The customer's e-mail address instead.")
    ] = None,
    system: Annotated[
        str | None, typer.Option(envvar="HELPDESK_SYSTEM", help="In this system alone, such as zendesk.")
    ] = None,
    account: Annotated[
        str | None, typer.Option(envvar="HELPDESK_ACCOUNT", help="In accounts of this name alone.")
    ] = None,
    warehouse: WarehouseOption = Path("warehouse"),
    config: Annotated[Path | None, typer.Option(envvar="HELPDESK_CONFIG", help="helpdesk.toml")] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", envvar="HELPDESK_DRY_RUN", help="Only tell what there is.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", envvar="HELPDESK_YES", help="Do not ask.")] = False,
    debug: DebugOption = False,
) -> None:
    """Take a customer out of all records, logs and publications, for good; their tickets still count."""
    from orchestration.forgetting.command import run_forget

    run_forget(
        warehouse=Warehouse(warehouse),
        customer=customer,
        email=email,
        system=system,
        account=account,
        config=config,
        dry_run=dry_run,
        yes=yes,
    )


@app.command()
def scorecard(
    warehouse: WarehouseOption = Path("warehouse"),
    grain: Annotated[
        str, typer.Option(envvar="HELPDESK_GRAIN", help="day, week, month, quarter or year.")
    ] = "month",
    every_figure: Annotated[
        bool, typer.Option("--all", envvar="HELPDESK_ALL", help="Every variant, clock and percentile.")
    ] = False,
    debug: DebugOption = False,
) -> None:
    """The KPIs of the last complete period against the period before and last year."""
    from orchestration.reading.scorecard import print_scorecard

    print_scorecard(Warehouse(warehouse), _console(), grain=grain, every_figure=every_figure)


@app.command()
def report(
    warehouse: WarehouseOption = Path("warehouse"),
    file: Annotated[
        Path | None,
        typer.Option(envvar="HELPDESK_REPORT_FILE", help="A published file; default: the warehouse's own."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(envvar="HELPDESK_REPORT_OUT", help="New or empty folder; default: <warehouse>/report."),
    ] = None,
    debug: DebugOption = False,
) -> None:
    """Write the report page of what is published; every refresh and rollback does so too."""
    from orchestration.report.command import write_report

    typer.echo(f"Open {write_report(Warehouse(warehouse), file=file, out=out)}")


@app.command()
def export(
    out: Annotated[
        Path, typer.Option(envvar="HELPDESK_EXPORT_OUT", help="New or empty folder, or an earlier export.")
    ],
    warehouse: WarehouseOption = Path("warehouse"),
    file_format: Annotated[
        str, typer.Option("--format", envvar="HELPDESK_EXPORT_FORMAT", help="parquet.")
    ] = "parquet",
    only: Annotated[
        list[str] | None,
        typer.Option(envvar="HELPDESK_EXPORT_ONLY", help="marts.tickets, or marts; may be given again."),
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option(envvar="HELPDESK_EXPORT_FILE", help="A published file; default: the warehouse's own."),
    ] = None,
    debug: DebugOption = False,
) -> None:
    """Write what is published as Parquet, for notebooks and lakes; the folder is replaced whole."""
    from orchestration.export.command import write_export

    place = Warehouse(warehouse)
    typer.echo(write_export(place, out=out, file_format=file_format, file=file, only=only or []))


@app.command()
def publish(
    to: Annotated[
        str | None,
        typer.Option(envvar="HELPDESK_PUBLISH_TO", help="postgresql://user@host/database."),
    ] = None,
    schema: Annotated[
        str | None,
        typer.Option(envvar="HELPDESK_PUBLISH_SCHEMA", help="Of the marts; also …_core, …_meta. [helpdesk]"),
    ] = None,
    warehouse: WarehouseOption = Path("warehouse"),
    wait: Annotated[
        float | None,
        typer.Option(envvar="HELPDESK_PUBLISH_WAIT", min=0, help="Seconds to wait for readers. [300]"),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", envvar="HELPDESK_PUBLISH_FORCE", help="Also if it is there already.")
    ] = False,
    config: Annotated[Path | None, typer.Option(envvar="HELPDESK_CONFIG", help="helpdesk.toml")] = None,
    debug: DebugOption = False,
) -> None:
    """Copy what is published into a PostgreSQL database, for tools that speak nothing else."""
    from orchestration.postgres.command import run_publish

    place = Warehouse(warehouse)
    typer.echo(run_publish(warehouse=place, to=to, schema=schema, wait=wait, force=force, config=config))


@app.command()
def doctor(
    extracts: Annotated[
        Path | None,
        typer.Option(
            envvar="HELPDESK_EXTRACTS", help="Folder of extracts; default: extracts, if it is there."
        ),
    ] = None,
    warehouse: WarehouseOption = Path("warehouse"),
    config: Annotated[Path | None, typer.Option(envvar="HELPDESK_CONFIG", help="helpdesk.toml")] = None,
    everything: Annotated[
        bool, typer.Option("--all", envvar="HELPDESK_ALL", help="Read every extract to its end.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", envvar="HELPDESK_JSON", help="For machines.")] = False,
    debug: DebugOption = False,
) -> None:
    """Tell what is wrong with the installation, helpdesk.toml, extracts or warehouse; change nothing."""
    from orchestration.doctor.command import run_doctor

    status = run_doctor(
        extracts=extracts,
        warehouse=Warehouse(warehouse),
        config=config,
        everything=everything,
        as_json=as_json,
        console=_console(),
    )
    raise typer.Exit(status)


@app.command()
def simulate(
    out: Annotated[Path, typer.Option(envvar="HELPDESK_OUT", help="New or empty folder for the extracts.")],
    tickets: Annotated[int, typer.Option(envvar="HELPDESK_TICKETS", help="How many tickets.")] = 10_000,
    days: Annotated[
        int, typer.Option(envvar="HELPDESK_DAYS", help="How many days they are spread over.")
    ] = 365,
    seed: Annotated[
        int, typer.Option(envvar="HELPDESK_SEED", help="The same seed gives the same files.")
    ] = 1,
    systems: Annotated[
        str, typer.Option(envvar="HELPDESK_SYSTEMS", help="Systems, with commas.")
    ] = "generic",
    ends_on: Annotated[
        str, typer.Option(envvar="HELPDESK_ENDS_ON", help="Last day of the log, YYYY-MM-DD.")
    ] = "2017-02-18",
    debug: DebugOption = False,
) -> None:
    """Write realistic extracts, the same for the same seed."""
    from orchestration.errors import UsageError
    from orchestration.simulate.simulate import simulate as write_extracts

    try:
        last_day = date.fromisoformat(ends_on)
    except ValueError as error:
        raise UsageError(f"--ends-on {ends_on}: not a date such as 2017-02-18") from error
    write_extracts(
        out,
        tickets=tickets,
        days=days,
        seed=seed,
        systems=[name.strip() for name in systems.split(",") if name.strip()],
        ends_on=last_day,
        report=typer.echo,
    )


@app.command()
def serve(
    extracts: Annotated[Path, typer.Option(envvar="HELPDESK_EXTRACTS", help="Folder of extracts.")] = Path(
        "extracts"
    ),
    warehouse: WarehouseOption = Path("warehouse"),
    config: Annotated[Path | None, typer.Option(envvar="HELPDESK_CONFIG", help="helpdesk.toml")] = None,
    host: Annotated[
        str,
        typer.Option(envvar="HELPDESK_HOST", help="Address to listen on; there is no password."),
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(envvar="HELPDESK_PORT", help="Port there.")] = 3000,
    debug: DebugOption = False,
) -> None:
    """Open Dagster's page, on loopback unless told otherwise, and run the nightly schedule."""
    from orchestration.serve import serve_dagster

    serve_dagster(extracts=extracts, warehouse=Warehouse(warehouse), config=config, host=host, port=port)


def main() -> None:
    """Run the command line; an error is one readable line on standard error, and its exit status."""
    atexit.register(_say_no_more)
    try:
        app()
    except HelpdeskError as error:
        _tell(str(error))
        sys.exit(error.exit_status)
    except PermissionError as error:
        what = f"{error.filename}: {error.strerror}" if error.filename else first_line(error)
        _tell(f"{what}; run it as the user who refreshes this warehouse")
        sys.exit(UsageError.exit_status)
    except Exception as error:
        if is_out_of_room(error):
            _tell(str(out_of_room(error)))
        else:
            _tell(
                f"unexpected {type(error).__name__}: {first_line(error)}; --debug shows where it comes from"
            )
        sys.exit(HelpdeskError.exit_status)


def _say_no_more() -> None:
    """Close the terminal to what DuckDB's binding says of its own objects when Python ends after an error."""
    sys.stderr.flush()
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())


def _tell(message: str) -> None:
    """Tell the error that is being handled: as a line or, for who asks for it, as a traceback."""
    if "--debug" in sys.argv or os.environ.get("HELPDESK_DEBUG", "").lower() in ("1", "true", "yes", "on"):
        traceback.print_exc()
    else:
        sys.stderr.write(f"helpdesk: {message}\n")
