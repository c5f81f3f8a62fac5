"""Question + snapshot → Evidence: all that the library has on what is asked."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.evidence import Candidate, Encode, candidates
from bot.naming import Vocabulary
from bot.question import Question, follow_up, understand
from bot.question_words import is_foreign, word_list
from bot.reading import Read, read
from bot.wording import joined, say
from index.article import normalise
from index.dates import PartialDate
from index.judge import Judge
from index.organisations import Directory
from index.search import Found, Need, is_visible, search
from index.snapshot import Snapshot, Statement
from index.wordindex import tokens

_READ = 8  # sentences that the learned judge reads


@dataclass(frozen=True, slots=True)
class Evidence:
    """What there is on a question.

    `reason`: why nothing can be answered, where that is plain before any sentence is read. `found`: the nearest
    passages. `statements`: the visible ones on the two that are asked about; `others`: on either and a third.
    `candidates`: sentences, best first.
    `read`: what the learned judge takes the first of them and their neighbours for; None where it is not asked.
    """

    question: Question
    reason: str = ""
    found: Sequence[Found] = ()
    statements: Sequence[Statement] = ()
    others: Sequence[Statement] = ()
    candidates: Sequence[Candidate] = ()
    read: Sequence[Read] | None = None


async def gathered(
    snapshot: Snapshot, question: Question, encode: Encode, known: Directory, judge: Judge | None
) -> Evidence:
    """All that bears on a question, as far as its `as_of` lets one see."""
    if snapshot.is_empty:
        return Evidence(question, say("abstain", "empty"))
    if is_foreign(question.text):
        return Evidence(question, say("abstain", "language"))
    vector = (await encode([question.text]))[0]
    need = Need(
        question.text,
        vector,
        question.organisations,
        question.publisher,
        question.about,
        question.as_of,
        tuple(word for word in tokens(question.text) if word not in word_list("stop")),
    )
    found = await asyncio.to_thread(search, snapshot, need)
    missing = [name for name in question.organisations if not snapshot.is_named(name)] + list(question.unknown)
    if missing:
        return Evidence(question, say("abstain", "unknown", names=joined(missing)), found)
    statements, others = _on_the_pair(snapshot, question)
    pair = question.organisations
    if len(pair) == 2 and not statements and not snapshot.names_together(*pair):
        return Evidence(question, say("abstain", "pair", names=joined(list(question.organisations))), found)
    best = await candidates(snapshot, question, found, vector, encode)
    best = [candidate for candidate in best if is_visible(candidate.quote.stored, question.as_of)]
    evidence = Evidence(question, "", found, statements, others, best)
    if judge is None or question.kind == "latest_rumours":
        return evidence
    found_in_them = await asyncio.to_thread(read, question, best[:_READ], judge, known, statements)
    return replace(
        evidence,
        read=[one for one in found_in_them if not snapshot.hides(one.candidate.quote, question.organisations)],
    )


def understood(
    snapshot: Snapshot, text: str, known: Directory, *, today: date, as_of: PartialDate | None, after: str | None
) -> Question:
    """What a text asks, in the library's own names. `after` is the question before, for a follow-up."""
    words = Vocabulary(
        snapshot.in_lower_case,
        snapshot.is_everyday,
        snapshot.knows,
        snapshot.names_together,
        snapshot.longer_names,
    )
    day = as_of.last if as_of else today
    question = understand(text, words, known, day, as_of)
    if after and after.strip():
        question = follow_up(question, understand(normalise(after), words, known, day, as_of))
    return question


def _on_the_pair(snapshot: Snapshot, question: Question) -> tuple[list[Statement], list[Statement]]:
    """The visible statements on the two that are asked about, and those on one of them and a third."""
    if len(question.organisations) != 2:
        return [], []
    told: list[Statement] = []
    others: list[Statement] = []
    for statement in snapshot.all_statements():
        asked = statement.claim.pair.intersection(question.organisations)
        if asked and is_visible(statement.stored, question.as_of):
            (told if len(asked) == 2 else others).append(statement)
    return told, others
