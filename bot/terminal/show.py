"""How answers look for programs: the JSON of the command line."""

from typing import Any

from bot.answer import Answer, Rumour, ShownQuote
from bot.app import Status
from bot.links import link_of
from bot.partners import ShownPartnership
from index.article import Stored


def answer_json(answer: Answer, *, id_: Any = None, took: float = 0.0) -> dict[str, Any]:
    """An answer as `ask --json` prints it; `took` in seconds."""
    return {
        "id": id_,
        "question": answer.question,
        "kind": answer.kind,
        "organisations": list(answer.organisations),
        "verdict": answer.verdict,
        "answer": answer.text,
        "holds_for": str(answer.holds_for) if answer.holds_for else None,
        "stale": answer.stale,
        "quotes": [quote_json(quote) for quote in answer.quotes],
        "nearest": [article_json(stored) for stored in answer.nearest],
        "took_ms": round(took * 1000, 1),
    }


def fault_json(question: str, fault: str, *, id_: Any, took: float) -> dict[str, Any]:
    """What stands in the place of an answer where a question could not be taken: an abstention that says why."""
    return answer_json(Answer(question, "what", (), "no_source", fault), id_=id_, took=took)


def status_json(status: Status) -> dict[str, Any]:
    """What a library holds; with a server's own articles under their own names where one is asked about."""
    shown = status.own or status.shared
    return {
        "articles": shown.articles,
        "passages": shown.passages,
        "claims": shown.claims,
        "newest": shown.newest,
        "model": status.model,
        "generation": shown.generation,
        "engine": status.engine,
    }


def rumour_json(rumour: Rumour) -> dict[str, Any]:
    """A rumour as `rumours --json` prints it."""
    outcome = rumour.outcome
    return {
        "organisations": list(rumour.organisations),
        "phase": rumour.phase,
        "standing": rumour.standing,
        "said": str(rumour.said) if rumour.said else None,
        "said_by": rumour.said_by,
        "outcome": {
            "state": outcome.state,
            "on": str(outcome.on) if outcome.on else None,
            "quote": quote_json(outcome.quote) if outcome.quote else None,
        },
        "quotes": [quote_json(quote) for quote in rumour.quotes],
    }


def partnership_json(partnership: ShownPartnership) -> dict[str, Any]:
    """A partnership as `partners --json` and `timeline --json` print it."""
    return {
        "organisations": list(partnership.organisations),
        "scope": partnership.scope,
        "status": partnership.status,
        "since": str(partnership.since.on) if partnership.since else None,
        "until": str(partnership.until.on) if partnership.until else None,
        "quotes": [quote_json(quote) for quote in partnership.quotes],
    }


def quote_json(shown: ShownQuote) -> dict[str, Any]:
    """A quote with its offsets into the article's text."""
    quote = shown.quote
    return {
        "n": shown.n,
        "text": quote.text,
        "start": quote.span.start,
        "end": quote.span.end,
        "phase": shown.phase,
        "standing": shown.standing,
        "also_in": shown.also_in,
        "link": link_of(quote),
        "article": article_json(quote.stored),
    }


def article_json(stored: Stored) -> dict[str, Any]:
    """An article without its text."""
    article = stored.article
    return {
        "id": stored.id,
        "title": article.title,
        "publisher": article.publisher,
        "url": article.url,
        "published": str(article.published) if article.published else None,
    }
