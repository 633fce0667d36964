"""Where the time of a refresh goes: seconds of each layer, and the share of the dearest KPI models."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from bench.measure import Timing
from orchestration.warehouse import PROJECT_ROOT

# What one KPI model may take of the whole.
LARGEST_SHARE = 0.1
_KPIS = "KPI observations"
_MARTS = "marts"
_FOLDERS = {"staging": "staging", "intermediate": "intermediate", "core": "core", "marts": _MARTS}
_SHOWN = 12


def show_layers(
    steps: Sequence[Timing], models: Sequence[Timing], tests: Sequence[Timing], whole: float
) -> None:
    """Print seconds and share by layer, and the dearest KPI models with theirs; too large a one is marked.

    Args:
        steps: Seconds of the refresh's steps, on the clock.
        models: Seconds of each model; dbt runs two at once.
        tests: Seconds of each data test, likewise.
        whole: Seconds of the whole refresh, on the clock.
    """
    layer_of = _layers()
    by_layer = dict.fromkeys([*_FOLDERS.values(), _KPIS, "seeds"], 0.0)
    for name, taken in models:
        by_layer[layer_of.get(name, "seeds")] += taken
    table = Table("part", "seconds", "share of the whole")
    timings = [*steps, *((f"of it {layer}", taken) for layer, taken in by_layer.items())]
    timings.append((f"of it {len(tests)} data tests", sum(taken for _, taken in tests)))
    for name, taken in [*timings, ("the whole", whole)]:
        table.add_row(name, f"{taken:,.1f}", f"{taken / whole:.1%}")
    _print("A refresh by layer; models and tests run two at once, so theirs are more than the step", table)
    table = Table("KPI model", "seconds", "share of the whole", "")
    kpi_models = [timing for timing in models if layer_of.get(timing[0]) in (_KPIS, _MARTS)]
    for name, taken in sorted(kpi_models, key=lambda timing: -timing[1])[:_SHOWN]:
        mark = "MORE THAN A TENTH" if taken / whole > LARGEST_SHARE else ""
        table.add_row(name, f"{taken:,.1f}", f"{taken / whole:.1%}", mark)
    _print("The dearest KPI models", table)


def _layers() -> dict[str, str]:
    """The layer of every model: the folder it lies in."""
    models = PROJECT_ROOT / "models"
    found = {}
    for path in models.rglob("*.sql"):
        folders = path.relative_to(models).parts
        found[path.stem] = _KPIS if "kpi_observations" in folders else _FOLDERS[folders[0]]
    return found


def _print(title: str, table: Table) -> None:
    console = Console(width=120)
    console.print(f"\n{title}")
    console.print(table)
