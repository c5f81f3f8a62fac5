"""Ids as Discord makes them: milliseconds since 2015 in the upper bits, so that they sort by time."""

from tests.loopback.clock import Clock

DISCORD_EPOCH = 1_420_070_400_000


class Snowflakes:
    """Each id has a millisecond of its own, which also spreads guilds over shards."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last = 0

    def next(self) -> int:
        self._last = max(self._last + 1, int(self._clock.now() * 1000) - DISCORD_EPOCH)
        return self._last << 22

    def on_shard(self, shard: int, count: int) -> int:
        """The next id that `(id >> 22) % count` sends to `shard`."""
        while True:
            made = self.next()
            if shard_of(made, count) == shard:
                return made


def made_at(snowflake: int) -> float:
    """When this id was made, in seconds since 1970."""
    return ((snowflake >> 22) + DISCORD_EPOCH) / 1000


def shard_of(guild_id: int, count: int) -> int:
    return (guild_id >> 22) % count
