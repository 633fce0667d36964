"""What is behind an error: found however it was wrapped, also where errors name each other."""

from orchestration.errors import HelpdeskError, behind, is_out_of_room


def _circle() -> tuple[Exception, Exception]:
    """Two errors that name each other, as what fails while it tidies up after a failure leaves them."""
    first, second = ValueError("first"), OSError(28, "No space left on device")
    first.__cause__ = second
    second.__context__ = first
    return first, second


def test_errors_that_name_each_other_are_each_found_once():
    first, second = _circle()

    assert list(behind(first)) == [first, second]
    assert list(behind(second)) == [second, first]


def test_a_full_disk_is_found_behind_a_circle():
    first, second = _circle()
    outer = RuntimeError("a step failed")
    outer.__cause__ = first

    assert is_out_of_room(outer)
    second.__context__ = None
    first.__cause__ = None
    assert not is_out_of_room(outer)


def test_causes_come_before_what_was_being_handled():
    error, cause, handled = RuntimeError("error"), HelpdeskError("cause"), ValueError("handled")
    error.__context__ = handled
    error.__cause__ = cause

    assert list(behind(error)) == [error, cause, handled]


def test_there_is_nothing_behind_no_error():
    assert list(behind(None)) == []
    assert not is_out_of_room(None)
