"""Sources of time, so that a limiter can be tested without waiting."""

import time
from typing import Protocol


class Clock(Protocol):
    """Seconds since some fixed moment. Only differences mean anything, and they are never negative."""

    def now(self) -> float: ...


class MonotonicClock:
    """The machine's clock, untouched by changes of the wall clock."""

    def now(self) -> float:
        return time.monotonic()


class ManualClock:
    """A clock that stands still until it is told otherwise."""

    def __init__(self, start: float = 0.0) -> None:
        self._now = start

    def now(self) -> float:
        return self._now

    def advance(self, seconds: float) -> None:
        if seconds < 0:
            raise ValueError(f"a clock can't go back: {seconds}")
        self._now += seconds
