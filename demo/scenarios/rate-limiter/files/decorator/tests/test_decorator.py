import asyncio

import pytest

from rate_limiter.decorator import RateLimitExceeded, rate_limited
from rate_limiter.limiter import Decision


class Counting:
    """Allows `limit` units for each key, for ever."""

    def __init__(self, limit):
        self.limit = limit
        self.spent = {}

    def acquire(self, key, cost=1):
        used = self.spent.get(key, 0)
        if used + cost > self.limit:
            return Decision(False, self.limit - used, 2.0)
        self.spent[key] = used + cost
        return Decision(True, self.limit - used - cost)


def test_calls_pass_until_the_limit_then_raise():
    entered = []

    @rate_limited(Counting(2))
    def work(n):
        entered.append(n)
        return n * 10

    assert [work(1), work(2)] == [10, 20]
    with pytest.raises(RateLimitExceeded) as refused:
        work(3)
    assert refused.value.decision.retry_after == 2.0
    assert entered == [1, 2]


def test_a_key_made_from_the_arguments_separates_callers():
    @rate_limited(Counting(1), key=lambda user, **_: user)
    def greet(user, *, loud=False):
        return user.upper() if loud else user

    assert greet("ada") == "ada"
    assert greet("bob", loud=True) == "BOB"
    with pytest.raises(RateLimitExceeded, match="'ada'"):
        greet("ada")


def test_two_functions_under_one_limiter_do_not_share_a_key():
    limiter = Counting(1)

    @rate_limited(limiter)
    def first():
        return 1

    @rate_limited(limiter)
    def second():
        return 2

    assert (first(), second()) == (1, 2)


def test_async_functions_are_limited_when_called():
    @rate_limited(Counting(3), cost=2)
    async def fetch():
        return "done"

    async def scenario():
        assert await fetch() == "done"
        with pytest.raises(RateLimitExceeded):
            await fetch()

    asyncio.run(scenario())


def test_the_wrapped_function_keeps_its_name_and_text():
    @rate_limited(Counting(1))
    def documented():
        """What it does."""

    assert (documented.__name__, documented.__doc__) == ("documented", "What it does.")
