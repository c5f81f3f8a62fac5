"""What a person said beside the thing they handed over."""

from dataclasses import dataclass

from index.dates import PartialDate


@dataclass(frozen=True, slots=True)
class Hints:
    """Each overrides what the thing says of itself: `--title`, `--publisher`, `--published`, `--url`."""

    title: str | None = None
    publisher: str | None = None
    published: PartialDate | None = None
    url: str | None = None

    @property
    def name_one_article(self) -> bool:
        """True where they can only be meant for a single article."""
        return self.title is not None or self.url is not None


NO_HINTS = Hints()
