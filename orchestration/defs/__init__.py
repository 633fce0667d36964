"""Dagster's assets, checks, jobs, schedules, sensors and resources: thin, the work is elsewhere."""
