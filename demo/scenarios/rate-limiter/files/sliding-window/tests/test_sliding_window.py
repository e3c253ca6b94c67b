import math
import random

import pytest

from rate_limiter.clock import ManualClock
from rate_limiter.limiter import RateLimiter
from rate_limiter.sliding_window import SlidingWindow


def test_the_limit_holds_within_the_window():
    window = SlidingWindow(limit=2, window=10.0, clock=ManualClock())
    assert [window.acquire("a").remaining for _ in range(2)] == [1, 0]
    denied = window.acquire("a")
    assert not denied
    assert denied.retry_after == 10.0


def test_a_unit_is_free_again_exactly_when_its_window_ends():
    clock = ManualClock()
    window = SlidingWindow(limit=1, window=10.0, clock=clock)
    window.acquire("a")
    clock.advance(9.5)
    assert not window.acquire("a")
    clock.advance(0.5)
    assert window.acquire("a")


def test_no_burst_slips_through_at_the_border_of_two_windows():
    clock = ManualClock(start=9.0)
    window = SlidingWindow(limit=5, window=10.0, clock=clock)
    assert window.acquire("a", cost=5)
    clock.advance(2.0)
    assert not window.acquire("a"), "a fixed window that began at 10 would let this through"


def test_the_wait_is_until_enough_of_the_oldest_units_have_gone():
    clock = ManualClock()
    window = SlidingWindow(limit=3, window=10.0, clock=clock)
    for _ in range(3):
        window.acquire("a")
        clock.advance(1.0)
    assert window.acquire("a").retry_after == 7.0
    assert window.acquire("a", cost=2).retry_after == 8.0
    assert window.acquire("a", cost=4).retry_after == math.inf


def test_keys_do_not_share_a_window():
    window = SlidingWindow(limit=1, window=10.0, clock=ManualClock())
    assert window.acquire("a")
    assert not window.acquire("a")
    assert window.acquire("b")


@pytest.mark.parametrize("seed", range(20))
def test_no_stretch_as_long_as_the_window_ever_holds_more_than_the_limit(seed):
    chance = random.Random(seed)
    clock = ManualClock()
    limit, length = chance.randint(1, 20), chance.uniform(0.5, 20)
    window = SlidingWindow(limit, length, clock)
    passed = []
    for _ in range(1000):
        clock.advance(chance.expovariate(limit / length) / 3)
        if window.acquire("a"):
            passed.append(clock.now())
    for first, moment in enumerate(passed):
        within = [m for m in passed[first:] if m < moment + length - 1e-3]
        assert len(within) <= limit


@pytest.mark.parametrize("seed", range(20))
def test_waiting_as_long_as_told_is_always_enough(seed):
    chance = random.Random(seed)
    clock = ManualClock(start=chance.uniform(0, 1e6))
    window = SlidingWindow(limit=chance.randint(1, 20), window=chance.uniform(0.1, 60), clock=clock)
    for _ in range(500):
        cost = chance.randint(1, window.limit)
        decision = window.acquire("a", cost)
        if not decision:
            clock.advance(decision.retry_after)
            assert window.acquire("a", cost)


def test_it_is_a_rate_limiter_and_refuses_senseless_settings():
    assert isinstance(SlidingWindow(1, 1), RateLimiter)
    with pytest.raises(ValueError, match="limit"):
        SlidingWindow(0, 1)
    with pytest.raises(ValueError, match="window"):
        SlidingWindow(1, 0)
