"""Token buckets in memory: per key, per endpoint class, per organisation, and per failed sign-in.

A bucket holds `limit` tokens and refills at `limit / window_s` a second. A request takes one token
from each bucket that applies, or none at all. An ingest takes its points after decoding and may
overdraw once, so that no batch is too large to ever pass; the next waits until the debt is paid.
"""

import math
import re
from collections import OrderedDict
from typing import NamedTuple

from starlette.types import Scope

from twinedge.kit.clock import US, Clock
from twinedge.kit.errors import RateLimited
from twinedge.web.limits import Plan, Rate

MAX_KEYS = 20_000
"""Keys and addresses remembered; the longest unused is forgotten first (its buckets were full)."""


class Standing(NamedTuple):
    """What the rate headers say: of the bucket that is nearest to its end."""

    limit: int
    remaining: int
    reset_s: int
    window_s: int


class Bucket:
    """One bucket; time is handed in, in monotonic seconds."""

    __slots__ = ("limit", "per_s", "stamp_s", "tokens", "window_s")

    def __init__(self, rate: Rate, now_s: float) -> None:
        self.limit = rate.limit
        self.window_s = rate.window_s
        self.per_s = rate.limit / rate.window_s
        self.tokens = float(rate.limit)
        self.stamp_s = now_s

    def refill(self, now_s: float) -> float:
        """Bring the tokens up to now, and return them."""
        tokens = self.tokens + (now_s - self.stamp_s) * self.per_s
        self.tokens = tokens = min(tokens, float(self.limit))
        self.stamp_s = now_s
        return tokens

    def wait_s(self, tokens: float) -> int:
        """Whole seconds until there are that many tokens; at least 1."""
        return max(1, math.ceil((tokens - self.tokens) / self.per_s))


class RateLimiter:
    """All buckets of the process."""

    def __init__(self, plan: Plan, clock: Clock) -> None:
        self._plan = plan
        self._clock = clock
        self._classes = [(c.method, re.compile(c.path), c.rate) for c in plan.classes]
        self._buckets: OrderedDict[str, list[Bucket]] = OrderedDict()
        now_s = clock.monotonic_s()
        self._organisation = [Bucket(rate, now_s) for rate in plan.organisation]
        self._organisation_points = [Bucket(rate, now_s) for rate in plan.points_organisation]

    def take(self, scope: Scope, key: str) -> None:
        """Count one request of this key. Raises RateLimited when a bucket is empty.

        What the answer's headers shall say is left in `scope["state"]["rate"]`.
        """
        buckets = self._of(key, self._plan.per_key) + self._organisation
        for method, path, rate in self._classes:
            if scope["method"] == method and path.fullmatch(scope["path"]):
                buckets += self._of(f"{key} {method} {path.pattern}", (rate,))
        self._spend(scope, buckets, 1.0, at_least=1.0, noun="requests")

    def charge(self, scope: Scope, points: int) -> None:
        """Count ingested points of the request's key; call after decoding, before storing."""
        if points <= 0:
            return
        key = scope["state"]["principal"].id
        buckets = self._of(f"{key} points", self._plan.points_per_key) + self._organisation_points
        self._spend(scope, buckets, float(points), at_least=1e-9, noun="points")

    def fail(self, scope: Scope) -> None:
        """Count a failed sign-in of the request's address. Raises RateLimited after too many."""
        self._spend(scope, self._failures(scope), 1.0, at_least=1.0, noun="failed sign-ins")

    def check_failures(self, scope: Scope) -> None:
        """Raise RateLimited when this address has failed too often; counts nothing."""
        self._spend(scope, self._failures(scope), 0.0, at_least=1.0, noun="failed sign-ins")

    def _failures(self, scope: Scope) -> list[Bucket]:
        return self._of(f"{address_of(scope)} failures", (self._plan.failures,))

    def _of(self, key: str, rates: tuple[Rate, ...]) -> list[Bucket]:
        found = self._buckets.get(key)
        if found is None:
            now_s = self._clock.monotonic_s()
            found = self._buckets[key] = [Bucket(rate, now_s) for rate in rates]
            if len(self._buckets) > MAX_KEYS:
                self._buckets.popitem(last=False)
        else:
            self._buckets.move_to_end(key)
        return found

    def _spend(
        self, scope: Scope, buckets: list[Bucket], cost: float, *, at_least: float, noun: str
    ) -> None:
        now_s = self._clock.monotonic_s()
        tightest = buckets[0]
        empty: Bucket | None = None
        share = 2.0
        for bucket in buckets:
            tokens = bucket.refill(now_s)
            if tokens < at_least and (
                empty is None or bucket.wait_s(at_least) > empty.wait_s(at_least)
            ):
                empty = bucket
            if (tokens - cost) / bucket.limit < share:
                share = (tokens - cost) / bucket.limit
                tightest = bucket
        if empty is None:
            for bucket in buckets:
                bucket.tokens -= cost
        shown = empty or tightest
        scope["state"]["rate"] = shown
        if empty is not None:
            wait_s = empty.wait_s(at_least)
            raise RateLimited(
                f"too many {noun}: {empty.limit} in {empty.window_s} s are allowed; "
                f"try again in {wait_s} s",
                wait_s,
            )

    def standing(self, bucket: Bucket) -> Standing:
        """The bucket in the words of the answer's headers."""
        full_in_s = (bucket.limit - bucket.tokens) / bucket.per_s
        reset_s = math.ceil(self._clock.now_us() / US + full_in_s)
        return Standing(bucket.limit, max(0, int(bucket.tokens)), reset_s, bucket.window_s)


def address_of(scope: Scope) -> str:
    """The client's address as the server saw it (behind a proxy: as uvicorn was told to trust)."""
    client = scope.get("client")
    return client[0] if client else "unknown"
