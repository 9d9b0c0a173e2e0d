"""One thread for what is too small for two: a question's matrices.

On two shared cores a product of 12 by 3,000 words took 2 ms in one thread and up to 40 ms in
OpenBLAS's two, which wait for each other.
"""

import contextlib
from collections.abc import Iterator
from functools import cache

from threadpoolctl import ThreadpoolController


@cache
def _controller() -> ThreadpoolController:
    """What numpy was loaded with; looking that up takes milliseconds, so it is done once."""
    return ThreadpoolController().select(user_api="blas")


@contextlib.contextmanager
def single_threaded() -> Iterator[None]:
    """Let numpy's linear algebra use one thread."""
    with _controller().limit(limits=1):
        yield
