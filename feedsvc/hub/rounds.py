"""
Does the errands of the hub that are due: claimed in the store, done at the same time, saved together.

A slow or dead host holds nobody up: each kind of errand has places of its own, a host takes few of them, and each
errand has a short time limit.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from feedsvc.fetch.client import Client
from feedsvc.store.errands import A_HOST

log = logging.getLogger(__name__)

#: For so long a round takes new errands, in seconds. The next round has the newest configuration.
ROUND_SECONDS = 60

#: How often a round looks for new errands, in seconds, while others are on their way.
LOOK_SECONDS = 0.5

#: With so many of its places taken, a kind takes no new errands: a claim costs as much for one as for many.
FULL = 3 / 4

#: After the first errand that ends, so long others may end that are saved together with it, in seconds.
GATHER_SECONDS = 0.05


class Kind(Protocol):
    """A kind of errand. An errand has a `host`."""

    @property
    def places(self) -> int:
        """How many are done at the same time."""

    def claim(self, number: int, busy: Collection[str]) -> Sequence[Any]:
        """Take errands that are due, none to the hosts that are busy."""

    async def do(self, client: Client, errand: Any) -> Any:
        """Do an errand; the result."""

    def close(self, done: Sequence[tuple[Any, Any]]) -> None:
        """Save the results of errands."""


@dataclass(slots=True, kw_only=True)
class Round:
    """Errands that are on their way."""

    kinds: Sequence[Kind]
    is_stopping: Callable[[], bool]
    running: dict[asyncio.Task[Any], tuple[Kind, Any]] = field(default_factory=dict)
    #: Until when no new errands of a kind are looked for, because there were none.
    rests: dict[int, float] = field(default_factory=dict)
    #: How many errands were done.
    done: int = 0

    async def run(self) -> int:
        """Do errands until none is due, or for a while. Raises StoreError."""
        loop = asyncio.get_running_loop()
        ends = loop.time() + ROUND_SECONDS
        async with Client(per_host=A_HOST) as client:
            try:
                while True:
                    if loop.time() < ends and not self.is_stopping():
                        for kind in self.kinds:
                            await self._start(client, kind)
                    if not self.running or self.is_stopping():
                        return self.done
                    await self._finish()
            finally:
                for task in self.running:
                    task.cancel()  # it is due again when its lease ends
                await asyncio.gather(*self.running, return_exceptions=True)

    async def _start(self, client: Client, kind: Kind) -> None:
        mine = [errand for of, errand in self.running.values() if of is kind]
        now = asyncio.get_running_loop().time()
        if len(mine) > kind.places * FULL or now < self.rests.get(id(kind), 0):
            return
        busy = Counter(errand.host for errand in mine)
        taken = await asyncio.to_thread(kind.claim, kind.places - len(mine), list(busy))
        if not taken:
            self.rests[id(kind)] = now + LOOK_SECONDS
        for errand in taken:
            self.running[asyncio.create_task(kind.do(client, errand))] = (kind, errand)

    async def _finish(self) -> None:
        """Wait until errands are done, and save them."""
        done, _ = await asyncio.wait(self.running, timeout=LOOK_SECONDS, return_when=asyncio.FIRST_COMPLETED)
        if done:
            await asyncio.sleep(GATHER_SECONDS)
        ended = [task for task in self.running if task.done()]
        for kind in self.kinds:
            mine = [task for task in ended if self.running[task][0] is kind]
            results = [(self.running[task][1], task.result()) for task in mine if not _is_broken(task)]
            if mine:
                self.rests.pop(id(kind), None)  # their hosts are free again
            if results:
                await asyncio.to_thread(kind.close, results)
        self.done += len(ended)
        for task in ended:
            del self.running[task]


def _is_broken(task: asyncio.Task[Any]) -> bool:
    """Whether an errand met a fault of ours. It is due again when its lease ends, and the others go on."""
    if (error := task.exception()) is not None:
        log.error("an errand of the hub failed: %s", type(error).__name__, exc_info=error)
    return error is not None
