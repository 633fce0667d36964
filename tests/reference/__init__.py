"""The independent KPI reference: plain Python, one ticket at a time, no SQL, to hold the models against."""
