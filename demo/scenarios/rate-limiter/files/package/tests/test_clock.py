import pytest

from rate_limiter import Clock, Decision, ManualClock, MonotonicClock
from rate_limiter.limiter import require_positive


def test_the_monotonic_clock_never_goes_back():
    clock: Clock = MonotonicClock()
    readings = [clock.now() for _ in range(100)]
    assert readings == sorted(readings)


def test_a_manual_clock_moves_only_when_told():
    clock = ManualClock(start=10.0)
    assert clock.now() == clock.now() == 10.0
    clock.advance(2.5)
    assert clock.now() == 12.5


def test_a_manual_clock_refuses_to_go_back():
    with pytest.raises(ValueError, match="can't go back"):
        ManualClock().advance(-1)


def test_a_decision_reads_as_a_boolean():
    assert Decision(allowed=True, remaining=3)
    assert not Decision(allowed=False, remaining=0, retry_after=1.5)


@pytest.mark.parametrize("value", [0, -1, float("nan"), float("inf")])
def test_only_finite_numbers_above_zero_pass(value):
    with pytest.raises(ValueError, match="rate must be above zero"):
        require_positive("rate", value)
