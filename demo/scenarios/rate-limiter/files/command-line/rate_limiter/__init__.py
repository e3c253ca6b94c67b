"""Rate limiting by token bucket or by sliding window."""

from .clock import Clock, ManualClock, MonotonicClock
from .decorator import RateLimitExceeded, rate_limited
from .limiter import Decision, RateLimiter
from .sliding_window import SlidingWindow
from .token_bucket import TokenBucket

__all__ = [
    "Clock",
    "Decision",
    "ManualClock",
    "MonotonicClock",
    "RateLimitExceeded",
    "RateLimiter",
    "SlidingWindow",
    "TokenBucket",
    "rate_limited",
]
