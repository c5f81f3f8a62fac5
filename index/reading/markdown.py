"""`.md`: front matter between two lines of `---`, then the text."""

import re
from collections.abc import Mapping

import yaml

from index.article import Source, normalise
from index.errors import PlainError
from index.reading.addresses import canonical
from index.reading.draft import Draft
from index.reading.fields import list_of_mappings, optional_text
from index.reading.plain import first_line
from index.reading.published import parse_published

LONGEST_FRONT_MATTER = 20_000  # characters; reading YAML takes a second for 100,000
_FRONT_MATTER = re.compile(r"---[ \t]*\n(?P<yaml>.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r"^ {0,3}#[ \t]+(?P<title>.+)$", re.MULTILINE)


def read_markdown(where: str, text: str) -> Draft:
    """What follows the front matter is the text, exactly. Raises PlainError for front matter that cannot be read."""
    text = normalise(text)
    match = _FRONT_MATTER.match(text)
    matter = _mapping(match["yaml"]) if match else None
    if match is None or matter is None:
        return Draft(where, text, title=_heading(text))
    body = text[match.end() :]
    return Draft(
        where,
        body,
        title=optional_text(matter, "title") or _heading(body),
        publisher=optional_text(matter, "publisher"),
        url=optional_text(matter, "url"),
        published=optional_text(matter, "published") or optional_text(matter, "date"),
        author=optional_text(matter, "author"),
        sources=tuple(_source(entry) for entry in list_of_mappings(matter, "sources")),
    )


def _heading(text: str) -> str | None:
    match = _HEADING.search(text)
    return (match["title"].strip().rstrip("#").strip() if match else None) or first_line(text)


def _source(entry: Mapping[str, object]) -> Source:
    publisher, url, published = (optional_text(entry, key) for key in ("publisher", "url", "published"))
    if not publisher or not url:
        raise PlainError("Each of its sources needs a publisher and a url; add what is missing.")
    return Source(publisher, canonical(url), parse_published(published) if published else None)


class _AsWritten(yaml.SafeLoader):
    """YAML whose values stay as they are written: `1984` and `2022-05-24` are text; `null` or nothing is none.

    Aliases are refused and merge keys are plain keys, so a small text cannot unfold into a large one.
    """

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise PlainError("Its front matter uses an alias (*name); write the value out.")
        return super().compose_node(parent, index)

    def flatten_mapping(self, node: yaml.MappingNode) -> None:
        """Merge nothing."""


_KINDS = {f"tag:yaml.org,2002:{kind}" for kind in ("null", "str", "seq", "map")}
_AsWritten.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag == "tag:yaml.org,2002:null"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_AsWritten.yaml_constructors = {
    tag: construct
    for tag, construct in yaml.SafeLoader.yaml_constructors.items()
    if tag is None or tag in _KINDS  # None is the one that refuses all others
}


def _mapping(source: str) -> Mapping[str, object] | None:
    """The front matter's keys and values; None where the text between the rules is no front matter."""
    if len(source) > LONGEST_FRONT_MATTER:
        raise PlainError(f"Its front matter is longer than {LONGEST_FRONT_MATTER} characters; shorten it.")
    try:
        found = yaml.load(source, Loader=_AsWritten)  # noqa: S506 - a SafeLoader that does even less
    except yaml.MarkedYAMLError as error:
        line = f" (line {error.problem_mark.line + 2})" if error.problem_mark else ""
        raise PlainError(_UNREADABLE.format(line=line)) from None
    except (yaml.YAMLError, ValueError, RecursionError):
        raise PlainError(_UNREADABLE.format(line="")) from None
    if found is None:
        return {}
    if not isinstance(found, dict):
        return None
    return {str(key).lower(): value for key, value in found.items()}


_UNREADABLE = (
    "Its front matter cannot be read{line}; write one `name: value` a line, "
    "and put quotation marks round a value that holds a colon."
)
