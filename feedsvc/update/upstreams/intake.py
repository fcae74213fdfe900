"""Answers on their way in: those that bring nothing are remembered many at a time, the others are read in threads."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from feedsvc.errors import FetchError
from feedsvc.fetch.client import Answer
from feedsvc.store.polls import Poll
from feedsvc.update.upstreams.answers import Answers, Judged, Taken

#: How long the first of them waits for others.
GATHER_SECONDS = 0.05


@dataclass(slots=True, kw_only=True)
class Intake:
    """Takes answers in, within one event loop."""

    answers: Answers
    #: Reads what brings entries: each thread waits for the disk, and for a worker process, while others go on.
    pool: ThreadPoolExecutor
    _waiting: list[tuple[Judged, "asyncio.Future[Taken]"]] = field(default_factory=list)
    _saving: "asyncio.Task[None] | None" = None

    async def take_in(self, poll: Poll, answer: Answer | FetchError) -> Taken:
        """What came of a poll, once it is saved."""
        loop = asyncio.get_running_loop()
        judged = self.answers.judged(poll, answer)
        if judged is None and isinstance(answer, Answer):
            return await loop.run_in_executor(self.pool, self.answers.read, poll, answer)
        assert judged is not None  # noqa: S101 - for the type checker: only an answer can have to be read
        saved: asyncio.Future[Taken] = loop.create_future()
        self._waiting.append((judged, saved))
        if self._saving is None:
            self._saving = asyncio.create_task(self._save())
        return await saved

    async def finish(self) -> None:
        """Wait until what waits is saved."""
        if self._saving is not None:
            await self._saving

    async def _save(self) -> None:
        """Save what waits, and what came meanwhile. Nobody who waits is forgotten, whatever happens."""
        try:
            while self._waiting:
                await asyncio.sleep(GATHER_SECONDS)
                batch, self._waiting = self._waiting, []
                try:
                    taken = await asyncio.to_thread(self.answers.remember, [judged for judged, _ in batch])
                except Exception as error:  # each who waits gets it
                    for _, saved in batch:
                        if not saved.done():
                            saved.set_exception(error)
                else:
                    for (_, saved), one in zip(batch, taken, strict=True):
                        if not saved.done():
                            saved.set_result(one)
        finally:
            self._saving = None
