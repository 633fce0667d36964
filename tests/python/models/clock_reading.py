"""Finds where SQL or Jinja reads a clock, so that what is built would depend on when."""

import re

_COMMENTS = re.compile(r"--[^\n]*|/\*.*?\*/|\{#.*?#\}", re.DOTALL)
# Words that read a clock wherever they stand, and functions that do when called; also of other engines.
_WORDS = (
    "current_date|current_time|current_timestamp|localtime|localtimestamp|sysdate|systimestamp|run_started_at"
)
_CALLS = (
    "now|today|getdate|getutcdate|curdate|curtime|utc_timestamp|unix_timestamp|clock_timestamp|statement_timestamp"
    "|transaction_timestamp|get_current_time|get_current_timestamp|current_localtime|current_localtimestamp"
)
# unix_timestamp() is now, unix_timestamp(x) is not; age(x) counts to today, age(x, y) does not.
_CLOCKS = re.compile(
    rf"\b(?:{_WORDS})\b"
    rf"|\b(?:{_CALLS})\s*\(\s*\)"
    r"|\bage\s*\([^,()]*\)"
    r"|\b(?:date|timestamp\w*)\s*'(?:now|today|yesterday|tomorrow)'"
    r"|\bmodules\.datetime\b",
    re.IGNORECASE,
)


def clocks_read(text: str) -> list[str]:
    """What of SQL or Jinja reads a clock, in order; comments may speak of it.

    Args:
        text: The SQL or Jinja.
    """
    return _CLOCKS.findall(_COMMENTS.sub(" ", text))
