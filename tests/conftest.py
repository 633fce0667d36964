"""What holds for all tests, however they are started."""

import signal


def pytest_configure() -> None:
    """Let Ctrl-C reach what tests start: a shell has it ignored in what runs in the background."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
