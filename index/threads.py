"""One thread for linear algebra: a question's matrices are too small for two.

On two shared cores a product of 12 by 3,000 words took 2 ms in one thread and up to 40 ms in
OpenBLAS's two, which wait for each other.
"""

from functools import cache

from threadpoolctl import threadpool_limits


@cache
def one_thread_for_algebra() -> None:
    """Let numpy's linear algebra use one thread from now on.

    Once and for good: changing it back and forth while other threads calculate is not safe.
    """
    threadpool_limits(limits=1, user_api="blas")
