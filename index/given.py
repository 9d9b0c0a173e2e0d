"""Errors of whoever gives documents or is told of them are not errors of the folder."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")


class GivenError(Exception):
    """Carries such an error past those who would take it for one of the folder."""

    def __init__(self, cause: Exception) -> None:
        super().__init__(str(cause))
        self.cause = cause


def given(items: Iterable[T]) -> Iterator[T]:
    """The items; what making them raises comes as a GivenError."""
    try:
        yield from items
    except Exception as error:
        raise GivenError(error) from error


def tell(told: Callable[[T], None], what: T) -> None:
    """Call whoever wants to be told; what that raises comes as a GivenError."""
    try:
        told(what)
    except Exception as error:
        raise GivenError(error) from error
