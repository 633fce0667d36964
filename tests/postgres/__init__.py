"""Tests on a PostgreSQL server that they start and stop: run by ``make postgres``."""
