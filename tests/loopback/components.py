"""Message components and modals: their limits, and the form in which Discord hands them back."""

from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import urlsplit

from tests.loopback.errors import Problems
from tests.loopback.models import Json, walk

ROW, BUTTON, STRING_SELECT, TEXT_INPUT = 1, 2, 3, 4
SECTION, TEXT_DISPLAY, THUMBNAIL, GALLERY, FILE, SEPARATOR, CONTAINER, LABEL = 9, 10, 11, 12, 13, 14, 17, 18
SELECTS = (3, 5, 6, 7, 8)
LINK, PREMIUM = 5, 6
TOO_LONG, REQUIRED, WRONG = "BASE_TYPE_MAX_LENGTH", "BASE_TYPE_REQUIRED", "BASE_TYPE_CHOICES"


class Media(NamedTuple):
    """A picture or file that a component shows: the unfurled item, and what is known of the file."""

    item: Json
    name: str | None = None
    size: int | None = None


def check_components(components: list[Json], *, v2: bool, problems: Problems) -> None:
    """Every limit of a message's components, each complaint at its own place."""
    everything = list(walk(components))
    if v2:
        if len(everything) > 40:
            problems.add("components", TOO_LONG, "Must be 40 or fewer in length.")
        total = sum(len(part.get("content") or "") for part in everything if part["type"] == TEXT_DISPLAY)
        if total > 4000:
            problems.add("components", "COMPONENT_MAX_TOTAL_TEXT_LENGTH", "The text is longer than 4000 characters.")
    else:
        if len(components) > 5:
            problems.add("components", TOO_LONG, "Must be 5 or fewer in length.")
        for index, part in enumerate(components):
            if part["type"] != ROW:
                problems.add(f"components.{index}.type", "UNION_TYPE_CHOICES", "Value of field must be one of (1,).")
    _check_custom_ids(everything, problems)
    _check_each(components, "components", problems)


def _check_custom_ids(everything: list[Json], problems: Problems) -> None:
    seen: set[str] = set()
    for custom_id in [part["custom_id"] for part in everything if part.get("custom_id")]:
        if custom_id in seen:
            problems.add("components", "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated")
        seen.add(custom_id)


def _check_each(components: list[Json], path: str, problems: Problems) -> None:
    for index, part in enumerate(components):
        where = f"{path}.{index}"
        if check := _CHECKS.get(part["type"]):
            check(part, where, problems)
        _check_each(part.get("components") or [], f"{where}.components", problems)
        if accessory := part.get("accessory"):
            _check_each([accessory], f"{where}.accessory", problems)


def _check_row(part: Json, where: str, problems: Problems) -> None:
    held = part.get("components") or []
    width = sum(5 if each["type"] in SELECTS else 1 for each in held)
    if not 1 <= width <= 5:
        problems.add(f"{where}.components", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.")


def _check_button(part: Json, where: str, problems: Problems) -> None:
    problems.length(f"{where}.label", part.get("label"), 80)
    if not part.get("label") and not part.get("emoji"):
        problems.add(f"{where}.label", REQUIRED, "A button must have a label or an emoji")
    if part["style"] == LINK:
        _check_link(part, where, problems)
    elif part["style"] != PREMIUM:
        problems.length(f"{where}.custom_id", part.get("custom_id"), 100, 1)
        if part.get("url"):
            problems.add(f"{where}.url", WRONG, "A button with a custom id cannot have a URL")


def _check_link(part: Json, where: str, problems: Problems) -> None:
    problems.length(f"{where}.url", part.get("url"), 512, 1)
    if urlsplit(part.get("url") or "").scheme not in ("http", "https", "discord"):
        problems.add(f"{where}.url", "URL_TYPE_INVALID_SCHEME", "Scheme must be one of ('http', 'https', 'discord').")
    if part.get("custom_id"):
        problems.add(f"{where}.custom_id", WRONG, "A link button cannot have a custom id")


def _check_select(part: Json, where: str, problems: Problems) -> None:
    problems.length(f"{where}.custom_id", part.get("custom_id"), 100, 1)
    problems.length(f"{where}.placeholder", part.get("placeholder"), 150)
    options = part.get("options") or []
    if part["type"] == STRING_SELECT and not 1 <= len(options) <= 25:
        problems.add(f"{where}.options", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 25 in length.")
    values = [option["value"] for option in options]
    if len(set(values)) < len(values):
        problems.add(f"{where}.options", "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", "The value is already used")
    for index, option in enumerate(options):
        problems.length(f"{where}.options.{index}.label", option.get("label"), 100, 1)
        problems.length(f"{where}.options.{index}.value", option.get("value"), 100, 1)
        problems.length(f"{where}.options.{index}.description", option.get("description"), 100)


def _check_section(part: Json, where: str, problems: Problems) -> None:
    if not 1 <= len(part.get("components") or []) <= 3:
        problems.add(f"{where}.components", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 3 in length.")
    if not part.get("accessory"):
        problems.add(f"{where}.accessory", REQUIRED, "This field is required")


def _check_text_display(part: Json, where: str, problems: Problems) -> None:
    problems.length(f"{where}.content", part.get("content"), 4000, 1)


def _check_gallery(part: Json, where: str, problems: Problems) -> None:
    if not 1 <= len(part.get("items") or []) <= 10:
        problems.add(f"{where}.items", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 10 in length.")


def _check_text_input(part: Json, where: str, problems: Problems) -> None:
    problems.length(f"{where}.custom_id", part.get("custom_id"), 100, 1)
    problems.length(f"{where}.placeholder", part.get("placeholder"), 100)
    problems.length(f"{where}.value", part.get("value"), 4000)
    if not 0 <= (part.get("max_length") or 0) <= 4000:
        problems.add(f"{where}.max_length", "NUMBER_TYPE_MAX", "int value should be less than or equal to 4000.")


_CHECKS: dict[int, Callable[[Json, str, Problems], None]] = {
    **dict.fromkeys(SELECTS, _check_select),
    ROW: _check_row,
    BUTTON: _check_button,
    TEXT_INPUT: _check_text_input,
    SECTION: _check_section,
    TEXT_DISPLAY: _check_text_display,
    GALLERY: _check_gallery,
}


def check_modal(modal: Json) -> None:
    """The limits of a modal. Raises ApiError 50035."""
    problems = Problems()
    components = modal.get("components") or []
    problems.length("data.custom_id", modal.get("custom_id"), 100, 1)
    problems.length("data.title", modal.get("title"), 45, 1)
    if not 1 <= len(components) <= 5:
        problems.add("data.components", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.")
    for index, part in enumerate(components):
        where = f"data.components.{index}"
        if part["type"] == LABEL:
            problems.length(f"{where}.label", part.get("label"), 45, 1)
            problems.length(f"{where}.description", part.get("description"), 100)
            _check_each([part["component"]], f"{where}.component", problems)
        elif part["type"] not in (ROW, TEXT_DISPLAY):
            problems.add(f"{where}.type", "UNION_TYPE_CHOICES", "Value of field must be one of (1, 10, 18).")
    _check_custom_ids(list(walk(components)), problems)
    _check_each(components, "data.components", problems)
    problems.refuse()


def as_sent_back(components: list[Json], media: Callable[[str], Media]) -> list[Json]:
    """The components with an id each and every default written out; `media` resolves an address."""
    taken = {part["id"] for part in walk(components) if part.get("id")}
    free = iter(number for number in range(1, 1000) if number not in taken)
    return [_sent_back(part, free.__next__, media) for part in components]


def _sent_back(part: Json, next_id: Callable[[], int], media: Callable[[str], Media]) -> Json:
    kind = part["type"]
    back: Json = _DEFAULTS.get(kind, {}) | {key: value for key, value in part.items() if value is not None}
    back["id"] = part.get("id") or next_id()
    if kind == CONTAINER:
        back.setdefault("accent_color", None)
    if kind == FILE:
        file = media(part["file"]["url"])
        back |= {"file": file.item, "name": file.name, "size": file.size}
    if kind == THUMBNAIL:
        back |= {"media": media(part["media"]["url"]).item, "description": part.get("description")}
    if kind == GALLERY:
        back["items"] = [_gallery_item(item, media) for item in part["items"]]
    if "components" in part:
        back["components"] = [_sent_back(held, next_id, media) for held in part["components"]]
    if part.get("accessory"):
        back["accessory"] = _sent_back(part["accessory"], next_id, media)
    return back


def _gallery_item(item: Json, media: Callable[[str], Media]) -> Json:
    shown = {"description": item.get("description"), "spoiler": bool(item.get("spoiler"))}
    return shown | {"media": media(item["media"]["url"]).item}


_DEFAULTS: dict[int, Json] = {
    **{kind: {"min_values": 1, "max_values": 1} for kind in SELECTS},
    SEPARATOR: {"divider": True, "spacing": 1},
    CONTAINER: {"spoiler": False},
    FILE: {"spoiler": False},
    THUMBNAIL: {"spoiler": False},
}
