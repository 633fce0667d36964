"""Finds the data tests of a dbt manifest that hold a model to its grain."""

from typing import Any


def grain_tests(manifest: dict[str, Any], model: str) -> list[str]:
    """The tests that fail when one grain is on two rows.

    Args:
        manifest: dbt's manifest.
        model: Unique id of the model.
    """
    tests = [node for node in manifest["nodes"].values() if _is_whole_test_of(node, model)]
    return [test["name"] for test in tests if test["test_metadata"]["name"] == "grain"]


def _is_whole_test_of(node: dict[str, Any], model: str) -> bool:
    # One that only warns, or looks at some rows only, lets rows of one grain through.
    return (
        node["resource_type"] == "test"
        and node.get("attached_node") == model
        and bool(node.get("test_metadata"))
        and node["config"]["severity"].lower() == "error"
        and node["config"].get("where") is None
        and node["config"].get("limit") is None
        and node["config"]["fail_calc"] == "count(*)"
        and node["config"]["error_if"] == "!= 0"
    )
