"""Simulated extracts, realistic and the same for the same seed."""
