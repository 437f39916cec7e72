"""The one place where the event loop meets synchronous code: worker threads.

A few threads serve questions; each long run has one of its own, so that it never takes a reader's. Must not know what
is called.

`threaded` makes an async method of a synchronous one: `recall = threaded(Archive.recall)`. A line names a method and
repeats nothing of its signature, yet `mypy --strict` sees the parameters and the result, and an editor finds where it
goes. A proxy by `__getattr__` would be shorter and know no types; a stub would state every signature a second time.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
S = TypeVar("S")

WORKERS = 4


class Bridge:
    """Carries synchronous calls to threads and their results back."""

    def __init__(self, workers: int = WORKERS) -> None:
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="archive")

    async def __call__(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """What `function` returns or raises, called in a worker thread."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, lambda: function(*args, **kwargs))

    def long(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> asyncio.Future[T]:
        """Call `function` in a thread of its own. The thread does not keep the process alive."""
        loop = asyncio.get_running_loop()
        result: asyncio.Future[T] = loop.create_future()

        def settle(value: T | None, error: BaseException | None) -> None:
            if result.done():
                return
            if error is not None:
                result.set_exception(error)
            else:
                result.set_result(value)  # type: ignore[arg-type]  # T may itself be None

        def run() -> None:
            value, error = None, None
            try:
                value = function(*args, **kwargs)
            except BaseException as raised:  # it is raised again where the result is awaited
                error = raised
            if not loop.is_closed():
                loop.call_soon_threadsafe(settle, value, error)

        threading.Thread(target=run, name="run", daemon=True).start()
        return result

    def close(self) -> None:
        """Take no more calls; those under way end by themselves."""
        self._threads.shutdown(wait=False, cancel_futures=True)


class Async(Generic[S]):
    """The async side of a synchronous object: its methods are made by `threaded` and `threaded_long`."""

    def __init__(self, synchronous: S, bridge: Bridge) -> None:
        self._synchronous = synchronous
        self._bridge = bridge


Method = Callable[Concatenate[S, P], T]
AsyncMethod = Callable[Concatenate[Async[S], P], Coroutine[Any, Any, T]]


def threaded(method: Method[S, P, T]) -> AsyncMethod[S, P, T]:
    """The same method of an `Async`: called in a worker thread."""
    name = method.__name__

    async def call(self: Async[S], /, *args: P.args, **kwargs: P.kwargs) -> T:
        bound: Callable[P, T] = getattr(self._synchronous, name)
        return await self._bridge(bound, *args, **kwargs)

    return call


def threaded_long(method: Method[S, P, T]) -> AsyncMethod[S, P, T]:
    """The same method of an `Async`: called in a thread of its own, for what takes more than a moment."""
    name = method.__name__

    async def call(self: Async[S], /, *args: P.args, **kwargs: P.kwargs) -> T:
        bound: Callable[P, T] = getattr(self._synchronous, name)
        return await self._bridge.long(bound, *args, **kwargs)

    return call
