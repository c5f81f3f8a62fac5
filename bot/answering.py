"""Question + evidence → Answer."""

from collections.abc import Sequence
from datetime import date

from bot.answer import Answer, ShownQuote, Verdict
from bot.compound import both, questions_in
from bot.evidence import Candidate, Encode, denies_something, fits_aspect, needs_slot, share
from bot.gathering import Evidence, gathered, understood
from bot.judging import Judgement, judge_pair, judge_sentence, never_ended, publisher_of
from bot.question import Question
from bot.quoting import shown
from bot.reading import Read, speaks_of_ownership
from bot.succeeding import with_successor
from bot.weighing import Decision, Thresholds, decided, told, weighed
from bot.wording import age_warning, joined, on_date, say
from index.article import Stored, normalise
from index.claims.when import dates_in
from index.corrections import overlap
from index.dates import PartialDate, day_of
from index.errors import PlainError
from index.judge import Judge, shipped_judge
from index.organisations import Directory, directory, mentions
from index.search import Found, articles_of, is_visible
from index.snapshot import Snapshot, Statement
from index.succession import Successor, successor
from index.timeline import phase_of, status_of
from index.wordindex import tokens

LONGEST_QUESTION = 500  # characters
_NEAREST = 3
_QUOTES = 4
_COVERED = 0.5  # share of the question's content words that evidence must have
_SPOKEN_OF = 0.5  # share of the content words that a yes must have in its own sentence
_NEAR = 0.6  # of the best score: a sentence that has the date or sum asked for may go before
_CLOSE = 0.70  # of the best sentence's score: what is shown beside it


class Answerer:
    """Answers questions from a snapshot. It keeps nothing between them."""

    def __init__(
        self,
        age_warning_months: int,
        known: Directory | None = None,
        judge: Judge | None = None,
        thresholds: Thresholds | None = None,
    ) -> None:
        """Where there is no `judge`, and the weights of the one that ships are absent, rules alone judge."""
        self._months = age_warning_months
        self._known = known or directory()
        self._judge = judge or shipped_judge()
        self._thresholds = thresholds or Thresholds()

    async def answer(
        self,
        snapshot: Snapshot,
        text: str,
        *,
        encode: Encode,
        today: date,
        as_of: PartialDate | None = None,
        after: str | None = None,
    ) -> Answer:
        """The answer to one question or to two in one text. Raises PlainError for an empty or too long one."""
        found = await self.evidence(snapshot, text, encode=encode, today=today, as_of=as_of, after=after)
        return self.concluded(text, found, today)

    async def evidence(
        self,
        snapshot: Snapshot,
        text: str,
        *,
        encode: Encode,
        today: date,
        as_of: PartialDate | None = None,
        after: str | None = None,
    ) -> list[Evidence]:
        """What there is on each question of a text. Raises PlainError for an empty or too long one."""
        result: list[Evidence] = []
        for part in questions_in(_checked(text)):
            question = understood(snapshot, part, self._known, today=today, as_of=as_of, after=after)
            result.append(await gathered(snapshot, question, encode, self._known, self._judge))
            after = part
        return result

    def concluded(self, text: str, evidence: Sequence[Evidence], today: date) -> Answer:
        """The answer that this evidence gives on the questions of a text."""
        first, *others = (self._concluded(one, today) for one in evidence)
        return both(_checked(text), first, others[0]) if others else first

    def _concluded(self, evidence: Evidence, today: date) -> Answer:
        question, statements = evidence.question, evidence.statements
        if evidence.reason:
            return _abstaining(question, evidence.reason, evidence.found)
        judgement = judge_pair(question, statements) if question.kind == "yes_no" and statements else None
        if judgement and not _bears_on(question, judgement):
            judgement = None
        if evidence.read is not None:
            return self._by_the_judge(evidence, evidence.read, judgement, today)
        if judgement:
            return self._judged(evidence, judgement, evidence.candidates, today)
        best = _fitting(question, evidence.candidates)
        if not _answers(question, best):
            never = never_ended(question, statements)
            if never:
                return self._never_ended(evidence, *never, today)
            return _abstaining(question, _nothing_found(question), evidence.found)
        return self._told(question, best, statements, today)

    def _by_the_judge(
        self, evidence: Evidence, read: Sequence[Read], judgement: Judgement | None, today: date
    ) -> Answer:
        question, statements = evidence.question, evidence.statements
        weight = weighed(read, self._thresholds)
        decision = decided(question, weight, self._thresholds)
        if judgement and _agree(question, judgement, decision, self._thresholds.over):
            answer = self._judged(evidence, judgement, [w.ranked for w in weight], today)
            if (
                decision is None
                or decision.verdict != judgement.verdict
                or judgement.dates_end
                or _says_so(answer, decision, self._thresholds.agreeing)
            ):
                return answer
        never = never_ended(question, statements) if decision is None or decision.refuted else None
        if never and (decision is None or day_of(decision.because[0].candidate.said) <= day_of(never[0][0].said)):
            return self._never_ended(evidence, *never, today)
        if decision is None:
            return _abstaining(question, _nothing_found(question), evidence.found)
        return self._decided(question, decision, statements, today)

    def _decided(self, question: Question, decision: Decision, statements: Sequence[Statement], today: date) -> Answer:
        """What the sentences say to the question, as the learned judge reads them."""
        first = decision.because[0]
        quotes = shown([(w.candidate.quote, w.candidate.phase, w.standing) for w in decision.because], _QUOTES)
        by_verdict = decision.verdict is not None or decision.refuted
        sentence = told(decision, quotes) if by_verdict else self._sentence(question, quotes)
        is_open = decision.verdict != "no" and first.candidate.phase != "ended"
        return self._resting_on(question, quotes, statements, decision.verdict, sentence, is_open, today)

    def _never_ended(self, evidence: Evidence, because: Sequence[Statement], sentence: str, today: date) -> Answer:
        quotes = shown([(s.quote, s.claim.phase, s.claim.standing) for s in because], _QUOTES)
        return self._resting_on(evidence.question, quotes, evidence.statements, None, sentence, True, today)

    def _judged(self, evidence: Evidence, judgement: Judgement, best: Sequence[Candidate], today: date) -> Answer:
        """What the statements on the pair say together."""
        question, statements = evidence.question, evidence.statements
        ranks = {(c.quote.stored.id, c.quote.span.start): c.score for c in best}
        because = judgement.because
        if (
            question.aspect in ("past", "begin") and judgement.verdict == "yes" and not question.about
        ):  # whenever it was: what says it best
            ranked = sorted(because, key=lambda s: -ranks.get((s.stored.id, s.claim.span.start), 0.0))
            because = tuple(sorted(ranked, key=lambda s: phase_of(s) == "ended"))
        chosen = _best_of_each_article(because, statements, ranks)
        after = _after(evidence) if judgement.tells_end and not question.about else None
        if after:
            chosen.insert(1, after.statement)
        quotes = shown([(s.quote, s.claim.phase, s.claim.standing) for s in chosen], _QUOTES)
        sentence = judgement.sentence(quotes)
        if after:
            sentence = with_successor(sentence, after, quotes, today)
        return self._resting_on(question, quotes, statements, judgement.verdict, sentence, judgement.open, today)

    def _told(
        self, question: Question, best: Sequence[Candidate], statements: Sequence[Statement], today: date
    ) -> Answer:
        first = best[0]
        close = [c for c in best if c.score >= _CLOSE * first.score]
        quotes = shown([(c.quote, c.phase, c.standing) for c in close], _QUOTES)
        verdict: Verdict | None = None
        if question.kind == "yes_no":
            verdict, sentence = judge_sentence(question, first)
        else:
            sentence = self._sentence(question, quotes)
        is_open = verdict != "no" and first.phase != "ended"
        return self._resting_on(question, quotes, statements, verdict, sentence, is_open, today)

    def _resting_on(  # all that an answer is made of
        self,
        question: Question,
        quotes: tuple[ShownQuote, ...],
        statements: Sequence[Statement],
        verdict: Verdict | None,
        sentence: str,
        is_open: bool,
        today: date,
    ) -> Answer:
        """The answer that holds for the newest statement on the asked pair, or for the quote that leads if it is newer;
        without a statement for its newest quote."""
        led = quotes[:1] if statements else quotes
        dates = [*(s.said for s in statements), *(q.quote.stored.article.published for q in led)]
        holds_for = max((date for date in dates if date), default=None)
        return Answer(
            question=question.text,
            kind=question.kind,
            organisations=question.organisations,
            verdict=verdict,
            sentence=sentence,
            holds_for=holds_for,
            warning=self._warning(question, is_open, holds_for, today),
            quotes=quotes,
        )

    def _sentence(self, question: Question, quotes: Sequence[ShownQuote]) -> str:
        first = quotes[0].quote
        text, article = first.text, first.stored.article
        if question.kind == "when":
            told = _date_told(question, text, article.published)
            if told:
                return say("told", "when", date=told.spoken(), n=1)
            if article.published:
                return say("told", "undated", publisher=publisher_of(first), when=on_date(article.published), n=1)
        if question.kind == "latest_rumours" and article.published:
            name = "rumours" if quotes[0].standing == "rumoured" else "latest"
            return say("told", name, date=article.published.spoken(), n=1)
        if question.kind in ("who", "list"):
            asked = set(question.organisations)
            names = [m.name for m in mentions(text, self._known, ()) if m.name not in asked and not m.product]
            if names:
                return say("told", "who", names=joined(list(dict.fromkeys(names))), n=1)
        return say("told", "other", publisher=publisher_of(first), n=1)

    def _warning(self, question: Question, is_open: bool, newest: PartialDate | None, today: date) -> str:
        if not (is_open and question.asks_about_now and newest) or question.as_of:
            return ""
        return age_warning(newest) if newest.older_than(self._months, today) else ""


def _agree(question: Question, judgement: Judgement, decision: Decision | None, over: float) -> bool:
    """Whether the timeline answers, in its own words: the sentences say the same, or nothing but the relation is asked
    about, and none that is as new says plainly that what is confirmed is otherwise."""
    if decision is not None and decision.verdict == judgement.verdict:
        return True
    if question.content:
        return False
    if decision is None or decision.verdict not in ("yes", "no") or decision.because[0].sure < over:
        return True
    first, timeline = decision.because[0].candidate, judgement.because[0]
    same = first.quote.stored == timeline.stored and overlap(first.quote.span, timeline.claim.span)
    if same and judgement.verdict == "rumoured":
        return False  # the rules take an article of rumours for one throughout
    younger = day_of(first.said) - day_of(timeline.said)
    return same or younger < 0 or (younger == 0 and judgement.dates_end)


def _says_so(answer: Answer, decision: Decision, share: float) -> bool:
    """Whether the quote that an answer leads with says so too, nearly as surely as the one that decides."""
    first, least = answer.quotes[0].quote, share * decision.because[0].sure
    return any(w.candidate.quote == first and w.says == decision.verdict and w.sure >= least for w in decision.because)


def _after(evidence: Evidence) -> Successor | None:
    status = status_of(evidence.statements)
    return successor(status, evidence.others) if status else None


def _nothing_found(question: Question) -> str:
    if question.organisations:
        return say("abstain", "relation", names=joined(list(question.organisations)))
    return say("abstain", "nothing")


def _checked(text: str) -> str:
    text = " ".join(normalise(text).split())
    if not any(c.isalnum() for c in text):
        raise PlainError("There is no question. Ask one, such as: is Leica still with Huawei?")
    if len(text) > LONGEST_QUESTION:
        raise PlainError(f"The question has {len(text)} characters. Ask it in at most {LONGEST_QUESTION}.")
    return text


def _answers(question: Question, best: Sequence[Candidate]) -> bool:
    """Whether the best sentence bears on what is asked: similarity alone never makes an answer."""
    if not best:
        return False
    first = best[0]
    if first.coverage < _COVERED and (question.content or question.organisations):
        return False
    if question.organisations and not first.named:
        return False
    if question.kind == "yes_no" and not _states(question, first):
        return False
    if question.kind == "when" and question.organisations and not fits_aspect(question, first):
        return False  # when did it end: it has not, as far as any article says
    return first.fits_slot or not needs_slot(question)


def _date_told(question: Question, text: str, said: PartialDate | None) -> PartialDate | None:
    """The date in a sentence that is asked for: the end of a period for an ending, its beginning for a beginning."""
    wanted = {"end": ("until", "at"), "begin": ("from", "at")}.get(question.aspect, ("at", "from", "until"))
    told = list(dates_in(text, said))
    return next((t.date for bound in (*wanted, "from", "until") for t in told if t.bound == bound), None)


def _states(question: Question, candidate: Candidate) -> bool:
    """Whether one sentence by itself speaks of all that a yes/no question asks about."""
    if question.content:
        spoken_of = candidate.own >= _SPOKEN_OF
    else:  # nothing but the organisations is asked about: without a second one, or an aspect, there is no question
        spoken_of = len(question.organisations) > 1 or question.aspect not in ("present", "past", "still")
    if denies_something(candidate):
        return False  # it may be what is asked
    return spoken_of and fits_aspect(question, candidate) and (len(question.organisations) < 2 or candidate.named == 1)


def _bears_on(question: Question, judgement: Judgement) -> bool:
    """Whether what was judged speaks of what is asked: that two work together is no yes to any question on them."""
    if question.asks_about_ownership and not any(speaks_of_ownership(s.quote.text) for s in judgement.because):
        return False
    tells_that_it_runs = judgement.verdict == "yes" or question.aspect == "end"
    if not (tells_that_it_runs and question.content):
        return True
    return any(share(question.content, set(tokens(s.quote.text))) >= _SPOKEN_OF for s in judgement.because)


def _fitting(question: Question, best: Sequence[Candidate]) -> list[Candidate]:
    """Those that have the kind of thing asked for go before those that have not, where they are nearly as good."""
    if not best or not (needs_slot(question) or question.kind in ("who", "list")):
        return list(best)
    near = [c for c in best if c.fits_slot and c.score >= _NEAR * best[0].score]
    return [*near, *(c for c in best if c not in near)]


def _best_of_each_article(
    because: Sequence[Statement], statements: Sequence[Statement], ranks: dict[tuple[str, int], float]
) -> list[Statement]:
    """For each deciding article its best sentence of the same phase and standing, then other articles' sentences."""

    def rank(statement: Statement) -> float:
        return ranks.get((statement.stored.id, statement.claim.span.start), 0.0)

    chosen: list[Statement] = []
    for statement in because:
        same = [
            s
            for s in statements
            if s.stored == statement.stored
            and (s.claim.phase, s.claim.negated) == (statement.claim.phase, statement.claim.negated)
            and (s.claim.standing == "rumoured") == (statement.claim.standing == "rumoured")
            and (s.claim.holds_from, s.claim.holds_until) == (statement.claim.holds_from, statement.claim.holds_until)
        ]
        best = max(
            same or [statement], key=lambda s: (ranks.get((s.stored.id, s.claim.span.start), 0.0), -s.claim.span.start)
        )
        if best.stored not in [c.stored for c in chosen]:
            chosen.append(best)
    others = sorted(
        (s for s in statements if s.stored not in [c.stored for c in chosen]),
        key=lambda s: (-rank(s), s.stored.id),
    )
    return list({s.stored: s for s in reversed([*chosen, *others])}.values())[::-1]


def _abstaining(question: Question, reason: str, found: Sequence[Found]) -> Answer:
    visible = [hit for hit in found if is_visible(hit.place.stored, question.as_of)]
    nearest: tuple[Stored, ...] = articles_of(visible, _NEAREST)
    return Answer(
        question=question.text,
        kind=question.kind,
        organisations=question.organisations,
        verdict="no_source",
        sentence=f"{reason} {say('abstain', 'nearest')}" if nearest else reason,
        nearest=nearest,
    )
