"""Token bucket: bursts up to the capacity, then a steady rate."""

import math
import threading
from collections.abc import Hashable
from dataclasses import dataclass

from .clock import Clock, MonotonicClock
from .limiter import TOLERANCE, Decision, require_positive


@dataclass(slots=True)
class _Bucket:
    tokens: float
    updated: float


class TokenBucket:
    """Each key has a bucket of `capacity` tokens that refills at `rate` tokens a second. Safe to share between threads."""

    def __init__(self, capacity: int, rate: float, clock: Clock | None = None) -> None:
        require_positive("capacity", capacity)
        require_positive("rate", rate)
        self.capacity = capacity
        self.rate = rate
        self._clock = clock if clock is not None else MonotonicClock()
        self._buckets: dict[Hashable, _Bucket] = {}
        self._sweep_at = 1024
        self._lock = threading.Lock()

    def acquire(self, key: Hashable, cost: int = 1) -> Decision:
        require_positive("cost", cost)
        with self._lock:
            now = self._clock.now()
            bucket = self._refilled(key, now)
            if bucket.tokens + TOLERANCE * self.rate >= cost:
                bucket.tokens = max(0.0, bucket.tokens - cost)
                return Decision(True, self._whole(bucket))
            missing = cost - bucket.tokens
            wait = missing / self.rate if cost <= self.capacity else math.inf
            return Decision(False, self._whole(bucket), wait)

    def __len__(self) -> int:
        """How many keys are remembered."""
        return len(self._buckets)

    def _refilled(self, key: Hashable, now: float) -> _Bucket:
        bucket = self._buckets.get(key)
        if bucket is None:
            if len(self._buckets) >= self._sweep_at:
                self._forget_full(now)
            bucket = self._buckets[key] = _Bucket(float(self.capacity), now)
        bucket.tokens = self._tokens(bucket, now)
        bucket.updated = now
        return bucket

    def _tokens(self, bucket: _Bucket, now: float) -> float:
        return min(float(self.capacity), bucket.tokens + (now - bucket.updated) * self.rate)

    def _whole(self, bucket: _Bucket) -> int:
        return math.floor(bucket.tokens + TOLERANCE * self.rate)

    def _forget_full(self, now: float) -> None:
        # A full bucket and an unknown key behave alike, so keys that went quiet cost no memory for ever.
        self._buckets = {k: b for k, b in self._buckets.items() if self._tokens(b, now) < self.capacity}
        self._sweep_at = max(1024, 2 * len(self._buckets))
