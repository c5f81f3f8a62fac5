"""Tiny articles of our own, for a library that can be asked."""

from index.article import SHARED, Article, Owner
from index.dates import PartialDate

AGREED = Article(
    title="Leica and Huawei announce a partnership",
    text="Leica and Huawei announced a partnership in smartphone photography. It runs for five years.",
    publisher="Lens Courier",
    url="https://lens.example/agreed",
    published=PartialDate(2016, 2, 25),
)
ENDED = Article(
    title="Leica and Huawei part",
    text="Leica confirmed that its partnership with Huawei ended on 31 March 2022. Huawei will go on alone.",
    publisher="Handset Weekly",
    url="https://handsets.example/ended",
    published=PartialDate(2022, 5, 24),
)
LEAK = Article(
    title="Hasselblad may work with Nokia",
    text="Hasselblad may work with Nokia on a phone camera, according to a rumour from a tipster on Weibo.",
    publisher="Leak Sheet",
    url="https://leaks.example/nokia",
    published=PartialDate(2024, 3, 1),
)
HOSTILE = Article(
    title="**Zeiss** @everyone [and](https://evil.example) vivo",
    text=(
        "Zeiss and vivo announced a long-term partnership, *truly* `great` @everyone <@1> ||secret|| "
        "[click](https://evil.example) \\o/ :smile: said Zeiss."
    ),
    publisher="@here <@&2> # Evil Times\u202e\u200b",
    url="https://evil.example/(a)<b>",
    published=PartialDate(2020, 12, 17),
)

SHARED_ONES: dict[Owner, list[Article]] = {SHARED: [AGREED, ENDED, LEAK, HOSTILE]}
