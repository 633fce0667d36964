"""Why one file cannot be read at all."""


class FileRefusedError(Exception):
    """What is wrong with a file and what to do, in one line, without the file's name."""
