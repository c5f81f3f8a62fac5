"""Trouble on order: requests that fail, and buckets that run dry."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.loopback.models import Json

Headers = dict[str, str]


@dataclass(eq=False)
class Fault:
    """The answer that the next `times` matching requests get instead of their own."""

    method: str
    path: re.Pattern[str]
    status: int
    body: Json
    headers: Headers
    left: int
    hits: int = 0


@dataclass(eq=False)
class Bucket:
    """A rate limit: `limit` requests in `per` seconds, counted for each path of its own."""

    method: str
    path: re.Pattern[str]
    limit: int
    per: float
    used: dict[str, list[float]] = field(default_factory=dict)
    refused: int = 0


class Faults:
    """Asked before every REST request. `path` is searched for in the path below /api/v10."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._faults: list[Fault] = []
        self._buckets: list[Bucket] = []

    def fail(self, method: str, path: str, *, status: int = 500, times: int = 1, body: Json | None = None) -> Fault:
        """The next `times` matching requests answer `status`."""
        body = body if body is not None else {"message": f"{status}: loopback fault", "code": 0}
        return self._add(Fault(method, re.compile(path), status, body, {}, times))

    def rate_limit(self, method: str, path: str, *, retry_after: float = 0.01, times: int = 1) -> Fault:
        """The next `times` matching requests answer 429."""
        body = {"message": "You are being rate limited.", "retry_after": retry_after, "global": False}
        return self._add(Fault(method, re.compile(path), 429, body, _limited(retry_after), times))

    def bucket(self, method: str, path: str, *, limit: int, per: float) -> Bucket:
        """From now on, a 429 for each request above `limit` within `per` seconds, and X-RateLimit headers on all."""
        bucket = Bucket(method, re.compile(path), limit, per)
        self._buckets.append(bucket)
        return bucket

    def strike(self, method: str, path: str) -> tuple[int, Json, Headers] | None:
        """The failure that this request meets, if any."""
        for fault in self._faults:
            if fault.left and fault.method == method and fault.path.search(path):
                fault.left -= 1
                fault.hits += 1
                return fault.status, fault.body, fault.headers
        return None

    def count(self, method: str, path: str) -> tuple[Headers, float | None]:
        """Rate limit headers for this request, and the seconds to wait where its bucket is empty."""
        for bucket in self._buckets:
            if bucket.method == method and bucket.path.search(path):
                return self._count(bucket, path)
        return {}, None

    def _count(self, bucket: Bucket, path: str) -> tuple[Headers, float | None]:
        now = self._now()
        used = [when for when in bucket.used.get(path, []) if when > now - bucket.per]
        wait = used[0] + bucket.per - now if len(used) >= bucket.limit else None
        if wait is None:
            used.append(now)
        else:
            bucket.refused += 1
        bucket.used[path] = used
        reset_after = used[0] + bucket.per - now
        headers = {
            "X-RateLimit-Limit": str(bucket.limit),
            "X-RateLimit-Remaining": str(bucket.limit - len(used)),
            "X-RateLimit-Reset": f"{now + reset_after:.3f}",
            "X-RateLimit-Reset-After": f"{reset_after:.3f}",
            "X-RateLimit-Bucket": f"loopback-{self._buckets.index(bucket)}",
        }
        return headers | (_limited(wait) if wait is not None else {}), wait

    def _add(self, fault: Fault) -> Fault:
        self._faults.append(fault)
        return fault


def _limited(retry_after: float) -> Headers:
    return {"Via": "1.1 loopback", "Retry-After": str(max(1, round(retry_after)))}
