"""Values by their names, out of front matter or a record: text or nothing."""

from collections.abc import Mapping, Sequence

from index.errors import PlainError


def optional_text(fields: Mapping[str, object], key: str) -> str | None:
    """The text under a key, or None where it is absent, null or blank. Raises PlainError for any other type."""
    value = fields.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise PlainError(f"Its {key} is not text; write it in quotation marks.")
    return value if value.strip() else None


def list_of_mappings(fields: Mapping[str, object], key: str) -> Sequence[Mapping[str, object]]:
    """The entries under a key, none where it is absent. Raises PlainError for any other type."""
    value = fields.get(key)
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
        raise PlainError(f"Its {key} is not a list of entries with names and values; write it as one.")
    return value
