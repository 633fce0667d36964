"""One reader: opens what is published, asks, holds it, asks again, opens it anew, until its input ends."""

import json
import random
import sys
import threading
import time

import duckdb

_MARKS = """
    select
        (select run_id from meta.publication),
        (select mark from marts.soak),
        (select min(mark) from core.soak),
        (select max(mark) from core.soak),
        (select count(*) from core.soak),
        (select count(*) from core.fct_tickets),
        (select count(*) from marts.kpi_values)
"""
_LONGEST_HOLD_SECONDS = 8.0


def read(file: str, seed: int, ended: threading.Event) -> dict[str, object]:
    """Read until told to end.

    Args:
        file: What is published.
        seed: Of how long it is held and how often it is asked.
        ended: Set when it is over.

    Returns:
        How many connections and queries there were, how many versions were seen, and what went wrong.
    """
    draw = random.Random(seed)
    seen: set[str] = set()
    errors: list[str] = []
    opened = queries = 0
    counts: tuple[int, int] | None = None
    while not ended.is_set():
        try:
            with duckdb.connect(file, read_only=True, config={"threads": 1}) as connection:
                opened += 1
                run_of_connection = None
                for _ in range(draw.randint(1, 4)):
                    run, figure, lowest, highest, rows, tickets, values = connection.execute(
                        _MARKS
                    ).fetchall()[0]
                    queries += 1
                    run_of_connection = run_of_connection or run
                    counts = counts or (tickets, values)
                    if (run, figure, lowest, highest, rows, (tickets, values)) != (
                        *(run_of_connection, int(run.removeprefix("mark-"))),
                        *(figure, figure, 9999, counts),
                    ):
                        errors.append(f"two versions in one connection: {run}, {figure}, {lowest}, {highest}")
                    seen.add(run)
                    ended.wait(draw.uniform(0, _LONGEST_HOLD_SECONDS))
        except Exception as error:
            errors.append(f"{type(error).__name__}: {error}")
            time.sleep(1)
    return {"opened": opened, "queries": queries, "versions": len(seen), "errors": errors[:5]}


def main() -> None:
    """Read the file that is named, and print figures when the input ends."""
    ended = threading.Event()
    print("reading", flush=True)  # noqa: T201
    threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
    print(json.dumps(read(sys.argv[1], int(sys.argv[2]), ended)), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
