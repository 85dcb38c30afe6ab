"""A block that must be refused."""

from collections.abc import Iterator
from contextlib import contextmanager

from offchain.chain.errors import ProgramError


@contextmanager
def failing(code: str) -> Iterator[list[ProgramError]]:
    """The block must raise a ProgramError with this code; the list yielded holds the error afterwards."""
    caught: list[ProgramError] = []
    try:
        yield caught
    except ProgramError as error:
        assert error.code == code, f"expected {code}, got {error}\n" + "\n".join(error.logs)
        caught.append(error)
    else:
        raise AssertionError(f"expected {code}, but nothing failed")
