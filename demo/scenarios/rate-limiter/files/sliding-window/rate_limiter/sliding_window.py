"""Sliding window: never more than the limit within any stretch of time as long as the window."""

import math
import threading
from collections import deque
from collections.abc import Hashable
from dataclasses import dataclass, field

from .clock import Clock, MonotonicClock
from .limiter import TOLERANCE, Decision, require_positive


@dataclass(slots=True)
class _Log:
    """What a key spent, oldest first, as (moment, cost)."""

    entries: deque[tuple[float, int]] = field(default_factory=deque)
    used: int = 0


class SlidingWindow:
    """Each key may spend `limit` units within any `window` seconds. Exact: it keeps a log of what still counts."""

    def __init__(self, limit: int, window: float, clock: Clock | None = None) -> None:
        require_positive("limit", limit)
        require_positive("window", window)
        self.limit = limit
        self.window = window
        self._clock = clock if clock is not None else MonotonicClock()
        self._logs: dict[Hashable, _Log] = {}
        self._lock = threading.Lock()

    def acquire(self, key: Hashable, cost: int = 1) -> Decision:
        require_positive("cost", cost)
        with self._lock:
            now = self._clock.now()
            log = self._logs.setdefault(key, _Log())
            self._expire(log, now)
            if log.used + cost <= self.limit:
                log.entries.append((now, cost))
                log.used += cost
                return Decision(True, self.limit - log.used)
            decision = Decision(False, self.limit - log.used, self._wait(log, cost, now))
            if not log.entries:
                del self._logs[key]
            return decision

    def _expire(self, log: _Log, now: float) -> None:
        # The window is half open: what was spent exactly one window ago counts no more.
        while log.entries and log.entries[0][0] + self.window <= now + TOLERANCE:
            log.used -= log.entries.popleft()[1]

    def _wait(self, log: _Log, cost: int, now: float) -> float:
        excess = log.used + cost - self.limit
        for moment, spent in log.entries:
            excess -= spent
            if excess <= 0:
                return max(0.0, moment + self.window - now)
        return math.inf
