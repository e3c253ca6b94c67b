"""Replays a log of requests against a limiter: `python3 -m rate_limiter --limit 2 --per 10 < requests.txt`."""

import argparse
import sys
from collections.abc import Iterable, Iterator

from . import ManualClock, RateLimiter, SlidingWindow, TokenBucket


def build(algorithm: str, limit: int, per: float, clock: ManualClock) -> RateLimiter:
    if algorithm == "token-bucket":
        return TokenBucket(capacity=limit, rate=limit / per, clock=clock)
    return SlidingWindow(limit=limit, window=per, clock=clock)


def replay(lines: Iterable[str], limiter: RateLimiter, clock: ManualClock) -> Iterator[str]:
    """Each line is `<seconds> [key]`, in order of time; yields one verdict a line."""
    for number, line in enumerate(lines, start=1):
        words = line.split()
        if not words:
            continue
        try:
            clock.advance(float(words[0]) - clock.now())
        except ValueError as error:
            raise SystemExit(f"line {number}: expected '<seconds> [key]' in order of time ({error})") from error
        key = words[1] if len(words) > 1 else "default"
        decision = limiter.acquire(key)
        verdict = "allow" if decision else f"deny  retry in {decision.retry_after:g} s"
        yield f"{words[0]} {key} {verdict}"


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="rate_limiter", description="Replay requests against a rate limiter.")
    parser.add_argument("--algorithm", choices=["token-bucket", "sliding-window"], default="token-bucket")
    parser.add_argument("--limit", type=int, required=True, help="requests allowed")
    parser.add_argument("--per", type=float, default=1.0, metavar="SECONDS", help="within this time (default 1)")
    options = parser.parse_args(argv)
    clock = ManualClock()
    try:
        limiter = build(options.algorithm, options.limit, options.per, clock)
    except ValueError as error:
        parser.error(str(error))
    for verdict in replay(sys.stdin, limiter, clock):
        print(verdict)
    return 0


if __name__ == "__main__":
    sys.exit(main())
