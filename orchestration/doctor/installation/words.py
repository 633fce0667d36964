"""Are file names and what is printed UTF-8 here?"""

import sys
from collections.abc import Iterator

from orchestration.doctor.case import Case
from orchestration.doctor.finding import Finding, note, ok, wrong

_UTF8 = ("utf-8", "utf8")
_DO = "export LC_ALL=C.UTF-8, also where cron or systemd starts it"


def findings(case: Case) -> Iterator[Finding]:
    """The encodings of names and of standard output."""
    of_names = sys.getfilesystemencoding().lower()
    of_output = (sys.stdout.encoding or "none").lower()
    if of_names not in _UTF8:
        yield wrong(f"names of files are read as {of_names}, not as UTF-8", _DO)
    elif of_output not in _UTF8:
        yield note(f"output is {of_output}, not UTF-8: names in other scripts cannot be shown", _DO)
    else:
        yield ok("names of files and output are UTF-8")
