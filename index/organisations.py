"""Names → organisations: a list of known names, and for all others the way a text spells them."""

import re
import tomllib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, TypeVar

import ahocorasick

from index.article import Span, digest
from index.claims.words import word_list


@dataclass(frozen=True, slots=True)
class Organisation:
    """A company or brand, by one canonical name. `common`: the name is an everyday word too.

    `spellings` are moderators': they go before those of the list, and one with a capital needs it in an article.
    `nicknames` are what members write and articles do not.
    """

    name: str
    aliases: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    common: bool = False
    example: str = ""
    spellings: tuple[str, ...] = ()
    nicknames: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in a text that names an organisation. `product`: through a product that implies its maker."""

    name: str
    span: Span
    product: bool = False


@dataclass(frozen=True, slots=True)
class _Alias:
    organisation: Organisation
    text: str
    product: bool
    capital: bool  # without it, it may be an everyday word
    nickname: bool = False

    def fits(self, written: str) -> bool:
        """Whether this spelling in an article is meant: an everyday word and a product need their capital."""
        if self.nickname:
            return False
        if not self.capital:
            return True
        return written.isupper() or (written[:1] == self.text[:1] and not self.text.isupper())


@dataclass(frozen=True)
class Directory:
    """The known organisations. `version` changes with any of them."""

    organisations: tuple[Organisation, ...]
    _by_name: Mapping[str, Organisation] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_name", {o.name.casefold(): o for o in self.organisations})

    @cached_property
    def version(self) -> str:
        """A hash of all names."""
        return digest(*(repr(organisation) for organisation in self.organisations))[:16]

    def __contains__(self, name: str) -> bool:
        return name.casefold() in self._by_name

    def is_common(self, name: str) -> bool:
        """Whether a name is an everyday word too."""
        known = self._by_name.get(name.casefold())
        return known.common if known else False

    def named(self, text: str) -> str | None:
        """The organisation that a text is a spelling of, if it is one and nothing else."""
        alias: _Alias | None = self._automaton.get(_lower(text), None)
        return alias.organisation.name if alias else None

    def spellings_of(self, name: str) -> tuple[str, ...]:
        """All that stands for a listed organisation, products and nicknames left out; only the name for any other."""
        listed = self._by_name.get(name.casefold())
        return (name, *listed.aliases, *listed.spellings) if listed else (name,)

    def listed(self, text: str, *, strict: bool = True) -> list[Mention]:
        """Mentions of listed names, longest first where they overlap; `strict` is for articles: everyday words need
        their capital there, and nicknames do not count."""
        lowered = _lower(text)
        found: list[tuple[Span, _Alias]] = []
        for last, alias in self._automaton.iter(lowered):
            span = Span(last + 1 - len(alias.text), last + 1)
            if _is_whole(text, span) and (not strict or alias.fits(text[span.start : span.end])):
                found.append((span, alias))
        taken = _longest(found, bytearray(len(text)))
        return [Mention(a.organisation.name, s, a.product) for s, a in sorted(taken, key=lambda hit: hit[0].start)]

    @cached_property
    def _automaton(self) -> Any:
        automaton = ahocorasick.Automaton()
        for organisation in self.organisations:
            for text in organisation.nicknames:
                automaton.add_word(_lower(text), _Alias(organisation, text, False, False, True))
        for organisation in self.organisations:
            for text in (organisation.name, *organisation.aliases):
                automaton.add_word(_lower(text), _Alias(organisation, text, False, organisation.common))
            for text in organisation.products:
                automaton.add_word(_lower(text), _Alias(organisation, text, True, True))
        for organisation in self.organisations:
            for text in organisation.spellings:
                automaton.add_word(_lower(text), _Alias(organisation, text, False, text != text.lower()))
        automaton.make_automaton()
        return automaton


@cache
def directory() -> Directory:
    """The list that comes with the project."""
    table = tomllib.loads(files("index").joinpath("organisations.toml").read_text(encoding="utf-8"))
    return Directory(
        tuple(
            Organisation(
                entry["name"],
                tuple(entry.get("aliases", ())),
                tuple(entry.get("products", ())),
                entry.get("common", False),
                entry["example"],
                nicknames=tuple(entry.get("nicknames", ())),
            )
            for entry in table["organisation"]
        )
    )


_WORD = r"[^\W_][\w’'\-\.]*[\w]|[^\W_]"
_TOKEN = re.compile(_WORD)
_DESCRIBING = ("-based", "-owned", "-backed", "-led", "-born", "-made", "-powered")  # Beijing-based Qingche
_MOST_WORDS = 4
_NOW_AND_THEN = 4  # a name is written with its capital this many times as often as without, at least


def open_names(text: str, known: Directory) -> set[str]:
    """Names in no list, by how this text spells them: capitalised words in mid-sentence, never seen in lower case."""
    lower = Counter(w for w in re.findall(r"[\w’']+", text) if w.islower())
    names: Counter[str] = Counter()
    certain: set[str] = set()
    inside: set[str] = set()  # seen elsewhere than at the head of a sentence, where any word has a capital
    for run, opens in _runs(text):
        name = _cleaned(run)
        if not name or name in known or not _may_be_a_name(name):
            continue
        names[name] += 1
        if not opens or " " in name or any(c.isupper() for c in name[1:]):
            certain.add(name)
        if not opens:
            inside.add(name)
    found = {n for n in names if (n in certain or names[n] > 1) and not _is_everyday(n, names[n], lower)}
    shorts = {short for name in found for short in _beginnings(name) if short in names}
    found |= {short for short in shorts if not _is_everyday(short, names[short], lower)}
    return {name for name in found if name in inside or names[name] > 1 or found.isdisjoint(_ends(name))}


def _beginnings(name: str) -> Iterable[str]:
    """What a text may go on calling it by: `Tower` for Tower Semiconductor. The shortest first."""
    words = name.split()
    return (" ".join(words[:size]) for size in range(1, len(words)))


def _ends(name: str) -> Iterable[str]:
    words = name.split()
    return (" ".join(words[start:]) for start in range(1, len(words)))


def mentions(text: str, known: Directory, names: Iterable[str]) -> list[Mention]:
    """All organisations in a text, in order: the listed ones and those of `names` (from `open_names`).

    One of these that begins with another goes by the shorter name, and one that is the end of just one other, as
    `Otters` of Lucky Otters, by the longer.
    """
    found = known.listed(text)
    automaton = ahocorasick.Automaton()
    for name, usual in _usual(set(names), known).items():
        automaton.add_word(name, (name, usual))
    if not len(automaton):
        return found
    automaton.make_automaton()
    spans = ((Span(last + 1 - len(written), last + 1), name) for last, (written, name) in automaton.iter(text))
    whole = [(span, name) for span, name in spans if _is_whole(text, span)]
    taken = bytearray(len(text))
    for mention in found:
        _take(taken, mention.span)
    found += [Mention(name, span) for span, name in _longest(whole, taken)]
    return sorted(found, key=lambda m: m.span.start)


def _usual(names: Collection[str], known: Directory) -> dict[str, str]:
    """What each of these names goes by. `Tarsk Ondine` in a text on Tarsk and Ondine is none."""
    learned = set(names)
    learned -= {name for name in names if _is_of_two(name, learned, known)}
    ended_by: defaultdict[str, list[str]] = defaultdict(list)
    for name in sorted(learned):
        for end in _ends(name):
            ended_by[end].append(name)
    begun = {short for name in learned for short in _beginnings(name)}
    usual: dict[str, str] = {}
    for name in learned:
        short = next((short for short in _beginnings(name) if short in learned), name)
        longer = ended_by.get(short, [])
        usual[name] = longer[0] if short == name and short not in begun and len(longer) == 1 else short
    return usual


def _is_of_two(name: str, learned: Collection[str], known: Directory) -> bool:
    words = name.split()
    halves = ((" ".join(words[:at]), " ".join(words[at:]).removeprefix("& ")) for at in range(1, len(words)))
    return any(all(half in learned or half in known for half in pair) for pair in halves)


_T = TypeVar("_T")


def _longest(hits: Iterable[tuple[Span, _T]], taken: bytearray) -> list[tuple[Span, _T]]:
    """Those that do not overlap, the longest first and then the first; `taken` marks the characters that are gone."""
    kept = []
    for span, value in sorted(hits, key=lambda hit: (hit[0].start - hit[0].end, hit[0].start)):
        if not any(taken[span.start : span.end]):
            _take(taken, span)
            kept.append((span, value))
    return kept


def _take(taken: bytearray, span: Span) -> None:
    taken[span.start : span.end] = b"\x01" * (span.end - span.start)


def _runs(text: str) -> Iterable[tuple[str, bool]]:
    """Runs of capitalised words, each with whether it opens a sentence."""
    run: list[str] = []
    opens = begins = True
    last = 0
    for match in _TOKEN.finditer(text):
        gap, word = text[last : match.start()], match.group()
        begins = begins or bool(re.search(r"[.!?:\n“\"•]", gap))
        if run and (gap not in (" ", " & ", "\u00a0") or begins):
            yield " ".join(run), opens
            run = []
        if _is_capital(word):
            if run and run[-1].endswith(("'s", "’s")):
                yield " ".join(run), opens
                run = []
            if not run:
                opens = begins
            elif gap == " & ":
                run.append("&")
            run.append(word)
        elif run:
            yield " ".join(run), opens
            run = []
        begins, last = False, match.end()
    if run:
        yield " ".join(run), opens


def _is_capital(word: str) -> bool:
    return any(c.isupper() for c in word) or (word[0].isdigit() and word.isdigit())


def _cleaned(run: str) -> str:
    """A run without possessives, and without words at its ends that belong to no name."""
    words = [word for word in re.sub(r"[’']s\b", "", run).strip(" .’'-").split() if not word.endswith(_DESCRIBING)]
    while words and words[0].casefold() in word_list("not_in_names"):
        words = words[1:]
    while words and (words[-1].casefold() in word_list("not_in_names") or words[-1].isdigit() or words[-1] == "&"):
        words = words[:-1]
    return " ".join(words[:_MOST_WORDS])


def _is_everyday(name: str, seen: int, lower: Mapping[str, int]) -> bool:
    """Whether a text writes all the words of a name, which it has `seen` times, without a capital as well.

    Now and then does not count: there are addresses and tags.
    """
    return min(lower.get(word, 0) for word in _own_words(name)) * _NOW_AND_THEN > seen


def _own_words(name: str) -> list[str]:
    """The words of a name in lower case, without what others end with as well: Argo AI."""
    words = name.casefold().split()
    return words[:-1] if words[1:] and words[-1] == "ai" else words


def _may_be_a_name(name: str) -> bool:
    words = _own_words(name)
    if len(name) < 2 or name[0].isdigit() or not word_list("never_a_name").isdisjoint(words):
        return False
    return not (len(words) > 1 and any(c.isdigit() for c in name))  # a product: its maker is found by itself


def folded(name: str) -> str:
    """A name in lower case and without accents and signs, as it is typed: `estevane and sons` for Estévane & Sons."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("&", "and"))
    return "".join(c for c in plain if not unicodedata.combining(c))


def _lower(text: str) -> str:
    """Lower case that keeps every character's place: `İ` alone would grow."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _is_whole(text: str, span: Span) -> bool:
    before = text[span.start - 1] if span.start else " "
    after = text[span.end] if span.end < len(text) else " "
    return not (before.isalnum() or before == "_") and not (after.isalnum() or after == "_")


def places_of(text: str, name: str, known: Directory, *, products: bool = True) -> list[Span]:
    """Where a text names one organisation: by any of its spellings if it is listed, else by the name itself.

    `products`: whether one of its products stands for it.
    """
    if name in known:
        return [m.span for m in known.listed(text) if m.name == name and (products or not m.product)]
    return spelled(text, (name,))


def spelled(text: str, spellings: Sequence[str]) -> list[Span]:
    """Where a text has one of these spellings as a whole word; a possessive's or plural's s stays outside."""
    longest = sorted(filter(None, spellings), key=len, reverse=True)
    if not longest:
        return []
    pattern = rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?=['’]?s?(?!\w))"
    return [Span(match.start(), match.end()) for match in re.finditer(pattern, text, re.IGNORECASE)]
