"""Takes in answers: those without new entries are saved many at a time, the others are read in threads."""

import asyncio
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

from feedsvc.errors import FetchError
from feedsvc.fetch.client import Answer
from feedsvc.store.polls import Poll
from feedsvc.update.upstreams.answers import Answers, Judged, Taken

#: Seconds that an answer waits for others, to be saved together with them.
GATHER_SECONDS = 0.05


@dataclass(slots=True, kw_only=True)
class Intake:
    """Takes in answers within one event loop."""

    answers: Answers
    #: Threads that read answers: each waits for the disk, and for a worker process, while others go on.
    pool: ThreadPoolExecutor
    #: Threads that read answers of sources with a program: each may take minutes, and holds up no other source.
    slow: ThreadPoolExecutor
    _waiting: list[tuple[Judged, "asyncio.Future[Taken]"]] = field(default_factory=list)
    _saving: "asyncio.Task[None] | None" = None
    #: Answers that threads read and save, or will.
    _reading: set["Future[Taken]"] = field(default_factory=set)

    async def take_in(self, poll: Poll, answer: Answer | FetchError) -> Taken:
        """The result of a poll, once it is saved."""
        loop = asyncio.get_running_loop()
        judged = self.answers.judged(poll, answer)
        if isinstance(judged, Answer):
            pool = self.slow if self.answers.specs[poll.due.name].program else self.pool
            read = pool.submit(self.answers.read, poll, judged)
            self._reading.add(read)
            read.add_done_callback(self._reading.discard)
            # A task that is cancelled leaves the answer to be saved (`finish`).
            return await asyncio.shield(asyncio.wrap_future(read))
        saved: asyncio.Future[Taken] = loop.create_future()
        self._waiting.append((judged, saved))
        if self._saving is None:
            self._saving = asyncio.create_task(self._save())
        return await saved

    async def finish(self) -> bool:
        """Wait until all answers are saved that are being saved. Returns whether any of them had to be read."""
        reading = [asyncio.wrap_future(read) for read in list(self._reading) if not read.cancel()]
        await asyncio.gather(*reading, return_exceptions=True)
        if self._saving is not None:
            await self._saving
        return bool(reading)

    async def _save(self) -> None:
        """Save the waiting answers, and those that come meanwhile. Each poll gets its result, or the exception."""
        try:
            while self._waiting:
                await asyncio.sleep(GATHER_SECONDS)
                batch, self._waiting = self._waiting, []
                try:
                    taken = await asyncio.to_thread(self.answers.remember, [judged for judged, _ in batch])
                except Exception as error:  # each waiting poll gets it
                    for _, saved in batch:
                        if not saved.done():
                            saved.set_exception(error)
                else:
                    for (_, saved), one in zip(batch, taken, strict=True):
                        if not saved.done():
                            saved.set_result(one)
        finally:
            self._saving = None
