"""Tests on a standalone Spark cluster that they start and stop: run by ``make cluster``."""
