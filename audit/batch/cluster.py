"""The same jobs on a Dask cluster, through its `concurrent.futures` executor.

Inputs and the output folder must lie on storage that every machine sees under the same path. Each task is a
chunk of jobs; on the far side it goes through the same pool of one, so that time and memory limits hold there
too. A chunk whose machine dies is handed out again by the scheduler; one that kills its machines is split.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from typing import Any

from audit.batch.job import Job, Outcome, Setup
from audit.batch.pool import LocalPool, blame
from audit.errors import AuditError, InputError, UsageError

AHEAD = 3
_pools: dict[int, tuple[Setup, LocalPool]] = {}
"""On a cluster's worker: thread → its pool of one process."""


def remote(setup: Setup, jobs: list[Job]) -> list[Outcome]:
    """What a cluster's worker does with a chunk."""
    import multiprocessing

    me = threading.get_ident()
    held = _pools.get(me)
    if held is None or held[0] != setup:
        if held is not None:
            held[1].close()
        held = _pools[me] = (setup, LocalPool(setup, 1))
    here: Any = multiprocessing.current_process()
    daemon = here._config.get("daemon")
    here._config["daemon"] = False
    try:
        return list(held[1].run([jobs]))
    finally:
        here._config["daemon"] = daemon


class Cluster:
    """Workers of a Dask cluster.

    Args:
        setup: what all jobs share.
        address: of the scheduler.

    Raises:
        UsageError: no scheduler answers there, it has no workers, or the extra is not installed.
    """

    def __init__(self, setup: Setup, address: str) -> None:
        try:
            from distributed import Client
        except ImportError as error:
            raise UsageError(
                "没有安装集群组件", address, "请安装:pip install fazhi-audit[cluster]"
            ) from error
        self.setup = setup
        connect: Any = Client
        try:
            self.client: Any = connect(address, timeout=8, set_as_default=False)
            self.client.wait_for_workers(1, timeout=60)
        except (OSError, TimeoutError, ValueError) as error:
            raise UsageError(
                "连不上集群,或集群没有工作节点", address, "请核对地址,并启动 dask scheduler 和 dask worker"
            ) from error
        self.pool = self.client.get_executor(pure=False, retries=2)

    def run(self, chunks: Iterable[list[Job]]) -> Iterator[Outcome]:
        """Does all jobs.

        Raises:
            InputError: the scheduler is gone.
        """
        from distributed.scheduler import KilledWorker

        source, again, more = iter(chunks), deque[list[Job]](), True
        under_way: dict[Future[list[Outcome]], list[Job]] = {}
        while True:
            most = max(2, sum(self.client.nthreads().values())) * AHEAD
            while len(under_way) < most and (again or more):
                chunk = again.popleft() if again else next(source, None)
                if chunk is None:
                    more = False
                    continue
                under_way[self.pool.submit(remote, self.setup, chunk)] = chunk
            if not under_way:
                return
            done, _ = wait(under_way, timeout=5, return_when=FIRST_COMPLETED)
            for future in done:
                chunk = under_way.pop(future)
                try:
                    yield from future.result()
                except AuditError:
                    raise
                except KilledWorker:
                    if len(chunk) > 1:
                        again.extend([job] for job in chunk)
                    else:
                        yield blame(chunk[0], self.setup, "killed")
                except Exception as error:
                    raise InputError(
                        f"集群中断({type(error).__name__})",
                        "",
                        "请核对调度器和网络后再运行同一命令,已完成的不会重做",
                    ) from error

    def close(self) -> None:
        """Leaves the cluster."""
        self.client.run(_close_pools)
        self.client.close(timeout=5)


def _close_pools() -> None:
    """Ends the processes that a cluster's worker holds."""
    for _, pool in _pools.values():
        pool.close()
    _pools.clear()
