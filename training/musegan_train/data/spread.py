"""Work spread over processes or a Dask cluster, its results in order; it must not know what the work is."""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

import numpy as np  # noqa: F401 # what threadpool_limits is to limit must be loaded
from threadpoolctl import threadpool_limits

Item = TypeVar("Item")
Result = TypeVar("Result")
Work = Callable[[list[Item]], list[Result]]

_AHEAD = 4  # batches in flight for each worker: enough that a slow one starves nobody, few enough for memory


class ClusterError(ValueError):
    """A cluster that cannot be reached; the message names its address."""


def spread(
    work: Work[Item, Result], batches: Iterable[list[Item]], workers: int, crashed: Callable[[Item], Result]
) -> Generator[list[Result], None, None]:
    """Yield `work(batch)` of each batch, in order, computed by `workers` processes.

    Batches are taken as they are needed. An item that kills its process becomes `crashed(item)`, alone.
    """
    if workers <= 1:
        yield from map(work, batches)
        return
    pool = _pool(workers)
    waiting: deque[tuple[Future[list[Result]], list[Item]]] = deque()
    try:
        for batch in batches:
            try:
                waiting.append((pool.submit(work, batch), batch))
            except BrokenProcessPool:  # since the last result was taken
                failed: Future[list[Result]] = Future()
                failed.set_exception(BrokenProcessPool())
                waiting.append((failed, batch))
            if len(waiting) >= _AHEAD * workers:
                result, is_broken = _take(*waiting.popleft(), work, crashed)
                if is_broken:
                    pool.shutdown(wait=True, cancel_futures=True)
                    pool = _pool(workers)
                yield result
        while waiting:
            yield _take(*waiting.popleft(), work, crashed)[0]
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def spread_by_dask(
    work: Work[Item, Result], batches: Iterable[list[Item]], address: str, crashed: Callable[[Item], Result]
) -> Generator[list[Result], None, None]:
    """Yield `work(batch)` of each batch, in order, computed by the Dask cluster whose scheduler is at `address`.

    Workers need this package, and no file system in common with this machine.

    Raises:
        ClusterError: No scheduler answers there.

    """
    try:
        from distributed import Client
        from distributed.scheduler import KilledWorker
    except ImportError as error:
        raise ClusterError("--dask needs: pip install 'musegan-bridge[cluster]'") from error
    try:
        client: Any = Client(address, timeout=10, set_as_default=False)  # type: ignore[no-untyped-call]  # distributed has types in part
    except (OSError, TimeoutError, ValueError) as error:
        raise ClusterError(f"no Dask scheduler at {address}: {error}") from error
    with client:
        ahead = _AHEAD * max(1, sum(client.nthreads().values()))
        waiting: deque[tuple[Any, list[Item]]] = deque()
        left = iter(batches)
        batch = next(left, None)
        while waiting or batch is not None:
            while batch is not None and len(waiting) < ahead:
                waiting.append((client.submit(work, batch, pure=False, retries=0), batch))
                batch = next(left, None)
            future, its_batch = waiting.popleft()
            try:
                yield future.result()
            except KilledWorker:
                yield [_alone_by_dask(client, work, item, crashed) for item in its_batch]


def _pool(workers: int) -> ProcessPoolExecutor:
    # spawn: a fork of a process with threads (a progress bar is one) may hang.
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_start_worker)


def _start_worker() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent's affair
    # A worker is a core's worth of work: matrix products that each want all cores only get in each other's way.
    threadpool_limits(1)


def _take(
    future: Future[list[Result]], batch: list[Item], work: Work[Item, Result], crashed: Callable[[Item], Result]
) -> tuple[list[Result], bool]:
    """Return the result of a batch, and whether the pool has broken."""
    try:
        return future.result(), False
    except BrokenProcessPool:
        pass
    # A crash takes all batches of the pool down: whose it was shows when each runs alone.
    alone = _alone(work, batch)
    if alone is not None:
        return alone, True
    results = []
    for item in batch:
        result = _alone(work, [item])
        results += [crashed(item)] if result is None else result
    return results, True


def _alone(work: Work[Item, Result], batch: list[Item]) -> list[Result] | None:
    with _pool(1) as pool:
        try:
            return pool.submit(work, batch).result()
        except BrokenProcessPool:
            return None


def _alone_by_dask(client: Any, work: Work[Item, Result], item: Item, crashed: Callable[[Item], Result]) -> Result:
    from distributed.scheduler import KilledWorker

    try:
        result: list[Result] = client.submit(work, [item], pure=False).result()
    except KilledWorker:
        return crashed(item)
    return result[0]
