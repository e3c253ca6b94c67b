"""Rate limiting by token bucket or by sliding window."""

from .clock import Clock, ManualClock, MonotonicClock
from .limiter import Decision, RateLimiter

__all__ = ["Clock", "Decision", "ManualClock", "MonotonicClock", "RateLimiter"]
