"""Orchestration of the helpdesk warehouse: landing, checks, dbt, publication."""
