"""A decorator that lets a function be called only as often as a limiter allows."""

import functools
import inspect
from collections.abc import Callable, Hashable
from typing import Any

from .limiter import Decision, RateLimiter


class RateLimitExceeded(Exception):
    """A call that the limiter refused; `decision` says when it may be tried again."""

    def __init__(self, key: Hashable, decision: Decision) -> None:
        super().__init__(f"rate limit exceeded for {key!r}: retry in {decision.retry_after:.3f} s")
        self.key = key
        self.decision = decision


def rate_limited(
    limiter: RateLimiter,
    *,
    key: Callable[..., Hashable] | None = None,
    cost: int = 1,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """
    Wraps a function, plain or async, so that each call first spends `cost` units.

    `key` makes the limiter's key from the call's arguments; without it all calls of the function share one.
    Raises RateLimitExceeded, before the function is entered, when the limiter refuses.
    """

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        shared = f"{function.__module__}.{function.__qualname__}"

        def admit(*args: Any, **kwargs: Any) -> None:
            name = key(*args, **kwargs) if key is not None else shared
            decision = limiter.acquire(name, cost)
            if not decision:
                raise RateLimitExceeded(name, decision)

        if inspect.iscoroutinefunction(function):

            @functools.wraps(function)
            async def limited_async(*args: Any, **kwargs: Any) -> Any:
                admit(*args, **kwargs)
                return await function(*args, **kwargs)

            return limited_async

        @functools.wraps(function)
        def limited(*args: Any, **kwargs: Any) -> Any:
            admit(*args, **kwargs)
            return function(*args, **kwargs)

        return limited

    return decorate
