"""Tests of Superset's shipped dashboard that need no Superset."""
