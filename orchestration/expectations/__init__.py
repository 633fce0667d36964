"""Great Expectations: what raw and published tables must satisfy, and the pages that show it."""

import os

# Read by Great Expectations when it is first imported, so it must be set before any module here imports it.
os.environ["GX_ANALYTICS_ENABLED"] = "false"
