"""What could not be read, and why."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """One thing that did not go in. The rest goes in all the same.

    `where` is a file name (`notes.jsonl line 3`) or an address; `reason` is one plain sentence.
    """

    where: str
    reason: str

    def __str__(self) -> str:
        return f"{self.where}: {self.reason}"
