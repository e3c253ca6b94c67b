import math
import random
import threading

import pytest

from rate_limiter.clock import ManualClock
from rate_limiter.limiter import RateLimiter
from rate_limiter.token_bucket import TokenBucket


def test_a_burst_up_to_the_capacity_passes_and_the_next_request_waits():
    bucket = TokenBucket(capacity=3, rate=2.0, clock=ManualClock())
    assert [bucket.acquire("a").remaining for _ in range(3)] == [2, 1, 0]
    denied = bucket.acquire("a")
    assert not denied
    assert denied.retry_after == pytest.approx(0.5)


def test_tokens_come_back_at_the_rate_and_never_beyond_the_capacity():
    clock = ManualClock()
    bucket = TokenBucket(capacity=2, rate=1.0, clock=clock)
    bucket.acquire("a", cost=2)
    clock.advance(1.0)
    assert bucket.acquire("a")
    clock.advance(3600)
    assert bucket.acquire("a").remaining == 1


def test_keys_do_not_share_tokens():
    bucket = TokenBucket(capacity=1, rate=1.0, clock=ManualClock())
    assert bucket.acquire("a")
    assert not bucket.acquire("a")
    assert bucket.acquire("b")


def test_a_cost_above_the_capacity_can_never_be_paid():
    bucket = TokenBucket(capacity=2, rate=1.0, clock=ManualClock())
    denied = bucket.acquire("a", cost=3)
    assert not denied
    assert denied.retry_after == math.inf
    assert bucket.acquire("a", cost=2), "a refused request spends nothing"


@pytest.mark.parametrize("seed", range(20))
def test_waiting_as_long_as_told_is_always_enough(seed):
    chance = random.Random(seed)
    clock = ManualClock(start=chance.uniform(0, 1e6))
    bucket = TokenBucket(capacity=chance.randint(1, 50), rate=chance.uniform(0.01, 100), clock=clock)
    for _ in range(500):
        cost = chance.randint(1, bucket.capacity)
        decision = bucket.acquire("a", cost)
        if not decision:
            clock.advance(decision.retry_after)
            assert bucket.acquire("a", cost)
        clock.advance(chance.uniform(0, 0.5))


def test_keys_that_went_quiet_are_forgotten():
    clock = ManualClock()
    bucket = TokenBucket(capacity=1, rate=1.0, clock=clock)
    for key in range(1024):
        bucket.acquire(key)
    clock.advance(10)
    bucket.acquire("new")
    assert len(bucket) == 1


def test_threads_together_never_spend_more_than_the_capacity():
    bucket = TokenBucket(capacity=100, rate=1e-9, clock=ManualClock())
    passed = []

    def spend():
        for _ in range(50):
            if bucket.acquire("shared"):
                passed.append(1)

    threads = [threading.Thread(target=spend) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(passed) == 100


def test_it_is_a_rate_limiter_and_refuses_senseless_settings():
    assert isinstance(TokenBucket(1, 1), RateLimiter)
    with pytest.raises(ValueError, match="capacity"):
        TokenBucket(0, 1)
    with pytest.raises(ValueError, match="rate"):
        TokenBucket(1, 0)
    with pytest.raises(ValueError, match="cost"):
        TokenBucket(1, 1).acquire("a", cost=0)
