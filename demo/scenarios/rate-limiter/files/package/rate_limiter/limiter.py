"""What every limiter answers, and the interface that all of them share."""

import math
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

# Waiting for `retry_after` seconds must be enough, whatever rounding does to sums of floats: a microsecond's grace.
TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer to one request. True in a boolean context when the request may go ahead."""

    allowed: bool
    #: Whole units that could still be spent at this moment.
    remaining: int
    #: Seconds until the same request would be allowed if nobody else asked; 0 when allowed, infinite when never.
    retry_after: float = 0.0

    def __bool__(self) -> bool:
        return self.allowed


@runtime_checkable
class RateLimiter(Protocol):
    """Decides, for each key on its own, whether `cost` units may be spent now; spends them if so."""

    def acquire(self, key: Hashable, cost: int = 1) -> Decision: ...


def require_positive(name: str, value: float) -> None:
    """Raises ValueError unless the value is a finite number above zero."""
    if not math.isfinite(value) or value <= 0:
        raise ValueError(f"{name} must be above zero: {value}")
