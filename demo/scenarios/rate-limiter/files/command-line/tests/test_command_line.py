import subprocess
import sys

import rate_limiter


def replay(*arguments, requests):
    return subprocess.run(
        [sys.executable, "-m", "rate_limiter", *arguments],
        input=requests,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


def test_the_token_bucket_lets_a_steady_stream_through():
    done = replay("--limit", "1", "--per", "2", requests="0\n1\n2\n")
    assert done.stdout.splitlines() == ["0 default allow", "1 default deny  retry in 1 s", "2 default allow"]
    assert done.returncode == 0


def test_the_two_algorithms_differ_after_a_burst():
    requests = "0 ada\n0 ada\n5 ada\n"
    bucket = replay("--limit", "2", "--per", "10", requests=requests)
    window = replay("--algorithm", "sliding-window", "--limit", "2", "--per", "10", requests=requests)
    assert bucket.stdout.splitlines()[-1] == "5 ada allow"
    assert window.stdout.splitlines()[-1] == "5 ada deny  retry in 5 s"


def test_a_bad_line_is_named():
    done = replay("--limit", "1", requests="0\nsoon\n")
    assert done.returncode != 0
    assert "line 2" in done.stderr


def test_a_senseless_limit_is_refused_in_one_sentence():
    done = replay("--limit", "0", requests="")
    assert done.returncode == 2
    assert "must be above zero" in done.stderr
    assert "Traceback" not in done.stderr


def test_everything_public_is_exported():
    assert set(rate_limiter.__all__) >= {"TokenBucket", "SlidingWindow", "rate_limited", "RateLimitExceeded"}
    assert all(hasattr(rate_limiter, name) for name in rate_limiter.__all__)
