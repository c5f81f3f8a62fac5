"""Answers made by hand, from articles made up here."""

from bot.answer import Answer, Outcome, Rumour, ShownQuote
from bot.partners import Bound, Listing, ShownPartnership
from index.article import Article, Phase, Quote, Source, Span, Standing, Stored
from index.dates import PartialDate


def stored(text: str, *, id: str = "a1", owner: str = "shared", **fields: object) -> Stored:
    """An article in a library; a title, publisher, address and date by default."""
    given: dict[str, object] = {
        "title": "Leica and Huawei part",
        "publisher": "Lens Courier",
        "url": "https://lens.example/leica-huawei",
        "published": PartialDate(2022, 5, 24),
    }
    return Stored(id, 1, owner, Article(text=text, **(given | fields)))  # type: ignore[arg-type]


def quote(one: Stored, words: str) -> Quote:
    """The place of these words in the article."""
    start = one.article.text.index(words)
    return Quote(one, Span(start, start + len(words)))


def shown(
    n: int, of: Quote, *, phase: Phase | None = "ended", standing: Standing = "official", also_in: int = 0
) -> ShownQuote:
    """A numbered quote."""
    return ShownQuote(n, of, phase, standing, also_in)


ENDED = stored(
    "Leica and Huawei no longer work together. The partnership ended on 31 March 2022, Leica said. It began in 2016."
)
REPORT = stored(
    "Huawei's next phone, the P60, will carry no red dot, three sources agree, and Leica has moved on to Xiaomi.",
    id="a2",
    title="No red dot on the P60",
    publisher="Handset Weekly",
    url="https://handsets.example/p60(1)",
    published=PartialDate(2022, 6),
)
STARTER = stored(
    "Leica and Huawei announced a long-term partnership in smartphone photography on 25 February 2016.",
    id="a3",
    title="Leica and Huawei announce a long-term partnership",
    publisher="Rangefinder desk",
    url=None,
    published=PartialDate(2016, 2, 25),
    sources=(Source("Engadget", "https://engadget.example/2016-02-25-huawei-leica", PartialDate(2016, 2, 25)),),
    origin="seed:2016-02-leica-huawei.md",
)
UNDATED = stored("Leica works with Huawei.", id="a4", title="A note", publisher=None, url=None, published=None)

NO = Answer(
    question="is leica still with huawei?",
    kind="yes_no",
    organisations=("Leica", "Huawei"),
    verdict="no",
    sentence="No. The work of Leica and Huawei together ended on 31 March 2022 [1].",
    holds_for=PartialDate(2022, 6),
    quotes=(
        shown(1, quote(ENDED, "The partnership ended on 31 March 2022, Leica said."), also_in=3),
        shown(2, quote(REPORT, "Leica has moved on to Xiaomi"), phase="running", standing="reported", also_in=1),
        shown(3, quote(STARTER, STARTER.article.text), phase="agreed"),
        shown(4, quote(UNDATED, UNDATED.article.text), phase="running", standing="reported"),
    ),
)

STALE = Answer(
    question="is leica still with huawei?",
    kind="yes_no",
    organisations=("Leica", "Huawei"),
    verdict="yes",
    sentence="Yes. Leica and Huawei have agreed to work together [1].",
    holds_for=PartialDate(2016, 2, 25),
    warning="My newest source on this is from February 2016.",
    quotes=(shown(1, quote(STARTER, STARTER.article.text), phase="agreed"),),
)

ABSTAINING = Answer(
    question="is canon with nothing?",
    kind="yes_no",
    organisations=("Canon", "Nothing"),
    verdict="no_source",
    sentence="I have no source on Canon and Nothing together. The nearest I have is linked below.",
    nearest=(ENDED, STARTER, UNDATED),
)

LEAK = stored(
    "Leica may leave Huawei for Xiaomi, the tipster Digital Chat Station wrote on Weibo.",
    id="a5",
    title="Leica may leave Huawei",
    published=PartialDate(2021, 3),
)

RUMOURS = (
    Rumour(
        organisations=("Leica", "Xiaomi"),
        phase="sought",
        standing="rumoured",
        said=PartialDate(2021, 3),
        said_by="Digital Chat Station",
        outcome=Outcome("open"),
        quotes=(shown(1, quote(LEAK, LEAK.article.text), phase="sought", standing="rumoured"),),
    ),
    Rumour(
        organisations=("Huawei", "Leica"),
        phase="ended",
        standing="rumoured",
        said=PartialDate(2021, 3),
        said_by=None,
        outcome=Outcome(
            "confirmed",
            PartialDate(2022, 5, 24),
            shown(2, quote(ENDED, "The partnership ended on 31 March 2022, Leica said.")),
        ),
        quotes=(shown(1, quote(LEAK, "Leica may leave Huawei"), standing="rumoured"),),
    ),
    Rumour(
        organisations=("Huawei", "Leica"),
        phase="running",
        standing="rumoured",
        said=None,
        said_by=None,
        outcome=Outcome("quiet", PartialDate(2022, 6)),
        quotes=(shown(1, quote(UNDATED, UNDATED.article.text), phase="running", standing="rumoured"),),
    ),
)

PARTNERS = Listing(
    ("Leica",),
    (
        ShownPartnership(
            ("Leica", "Xiaomi"),
            "phone cameras",
            "running",
            None,
            None,
            (shown(1, quote(REPORT, "Leica has moved on to Xiaomi"), phase="running", standing="reported", also_in=1),),
            "My newest source on this is from June 2022.",
        ),
        ShownPartnership(
            ("Huawei", "Leica"),
            None,
            "ended",
            Bound(PartialDate(2016, 2, 25), False, 2),
            Bound(PartialDate(2022, 3, 31), True, 1),
            (
                shown(1, quote(ENDED, "The partnership ended on 31 March 2022, Leica said."), also_in=3),
                shown(2, quote(STARTER, STARTER.article.text), phase="agreed"),
                shown(3, quote(ENDED, "Leica and Huawei no longer work together.")),
                shown(4, quote(UNDATED, UNDATED.article.text), phase="running", standing="reported"),
            ),
        ),
    ),
)
