"""Corrections: what moderators know better. Data of an owner's, kept beside the articles, never written into them."""

from dataclasses import dataclass
from typing import ClassVar, TypeAlias

from index.article import Owner, digest
from index.dates import PartialDate


@dataclass(frozen=True, slots=True)
class Alias:
    """A spelling stands for an organisation, in questions and in articles."""

    kind: ClassVar[str] = "alias"
    spelling: str
    organisation: str

    @property
    def subject(self) -> str:
        """What it is about: an owner has one correction on each. An alias and a merge share one, for a name is one."""
        return f"name:{self.spelling.casefold()}"

    @property
    def says(self) -> str:
        """What it says of its subject."""
        return f"alias:{self.organisation}"


@dataclass(frozen=True, slots=True)
class Merge:
    """One organisation's claims and names count as another's."""

    kind: ClassVar[str] = "merge"
    name: str
    organisation: str

    @property
    def subject(self) -> str:
        """See `Alias.subject`."""
        return f"name:{self.name.casefold()}"

    @property
    def says(self) -> str:
        """See `Alias.says`."""
        return f"merge:{self.organisation}"


@dataclass(frozen=True, slots=True)
class Hide:
    """A sentence of an article makes no claim on two organisations. It is known by its words, wherever they stand."""

    kind: ClassVar[str] = "hide"
    article: str  # id
    organisations: tuple[str, str]
    sentence: str

    @property
    def subject(self) -> str:
        """See `Alias.subject`."""
        return f"claim:{digest(self.article, *sorted(self.organisations), ' '.join(self.sentence.split()))}"

    @property
    def says(self) -> str:
        """See `Alias.says`."""
        return "hide"


@dataclass(frozen=True, slots=True)
class Redate:
    """An article was published on another date than it says."""

    kind: ClassVar[str] = "date"
    article: str  # id
    published: PartialDate

    @property
    def subject(self) -> str:
        """See `Alias.subject`."""
        return f"date:{self.article}"

    @property
    def says(self) -> str:
        """See `Alias.says`."""
        return f"date:{self.published}"


Content: TypeAlias = Alias | Merge | Hide | Redate


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction as it was made, by whom and when (UTC, ISO 8601). Its number is its owner's, and never reused."""

    owner: Owner
    number: int
    content: Content
    made_by: str
    made_at: str
