"""What an answer is made of. How one is made stands in `bot.answering`."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from index.article import Phase, Quote, Standing, Stored
from index.dates import PartialDate

Verdict: TypeAlias = Literal["yes", "no", "rumoured", "disputed", "no_source"]
Kind: TypeAlias = Literal["yes_no", "who", "when", "what", "why", "list", "latest_rumours"]


@dataclass(frozen=True, slots=True)
class ShownQuote:
    """A numbered quote of an answer. `also_in` counts the other outlets that carry the same story."""

    n: int
    quote: Quote
    phase: Phase | None
    standing: Standing
    also_in: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question.

    `sentence` names a quote's number after each statement; `warning` is the age warning, empty where there is none.
    `verdict` is None for questions that are not yes/no, except `no_source`. `holds_for` is None where it abstains or
    all its evidence is undated. `nearest` are articles offered as links when it abstains.
    """

    question: str
    kind: Kind
    organisations: tuple[str, ...]
    verdict: Verdict | None
    sentence: str
    holds_for: PartialDate | None = None
    warning: str = ""
    quotes: tuple[ShownQuote, ...] = ()
    nearest: tuple[Stored, ...] = ()

    @property
    def stale(self) -> bool:
        """Whether it warns that its newest evidence is old."""
        return bool(self.warning)

    @property
    def abstains(self) -> bool:
        """Whether it says that it has no source."""
        return self.verdict == "no_source"

    @property
    def text(self) -> str:
        """The whole answer as one paragraph: the age warning, then the sentence, which begins with the bare verdict."""
        return f"{self.warning} {self.sentence}".strip()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a rumour since."""

    state: Literal["open", "confirmed", "refuted", "quiet"]
    on: PartialDate | None = None
    quote: ShownQuote | None = None


@dataclass(frozen=True, slots=True)
class Rumour:
    """One rumoured story: its claim, who says so, and its quotes, newest first."""

    organisations: tuple[str, str]
    phase: Phase
    standing: Standing
    said: PartialDate | None
    said_by: str | None
    outcome: Outcome
    quotes: tuple[ShownQuote, ...]
