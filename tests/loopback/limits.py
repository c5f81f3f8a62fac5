"""Discord's limits on what a bot sends: messages, embeds, autocomplete choices."""

from tests.loopback.components import check_components
from tests.loopback.errors import Problems, empty_message, file_too_large
from tests.loopback.mentions import check_allowed_mentions
from tests.loopback.models import COMPONENTS_V2, EPHEMERAL, SUPPRESS_EMBEDS, SUPPRESS_NOTIFICATIONS, Json, Upload
from tests.loopback.payloads import FILE_LIMIT

SETTABLE = SUPPRESS_EMBEDS | SUPPRESS_NOTIFICATIONS | COMPONENTS_V2


def check_message(body: Json, uploads: list[Upload], *, flags: int, is_new: bool) -> None:
    """Whether Discord would take this message.

    Args:
        flags: those that the message has or will have.
        is_new: a new message must say something; an edit need not.

    Raises:
        ApiError: 50035 with what is wrong where, 50006 for nothing at all, 40005 for too large a file.
    """
    if any(len(upload.content) > FILE_LIMIT for upload in uploads):
        raise file_too_large()
    problems = Problems()
    problems.length("content", body.get("content"), 2000)
    problems.length("nonce", str(body.get("nonce") or ""), 25)
    v2 = bool(flags & COMPONENTS_V2)
    if v2:
        _refuse_beside_v2(body, problems)
    check_components(body.get("components") or [], v2=v2, problems=problems)
    _check_embeds(body.get("embeds") or [], problems)
    check_allowed_mentions(body.get("allowed_mentions"), problems)
    if len(uploads) > 10:
        problems.add("attachments", "BASE_TYPE_MAX_LENGTH", "Must be 10 or fewer in length.")
    problems.refuse()
    if is_new and not uploads and not any(body.get(key) for key in ("content", "embeds", "components", "poll")):
        raise empty_message()


def settable_flags(body: Json, *, ephemeral: bool = False) -> int:
    """The flags that a bot may set; ephemeral only in answer to an interaction."""
    return int(body.get("flags") or 0) & (SETTABLE | (EPHEMERAL if ephemeral else 0))


def _refuse_beside_v2(body: Json, problems: Problems) -> None:
    for key in ("content", "embeds", "sticker_ids", "poll"):
        if body.get(key):
            text = f"The '{key}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"
            problems.add(key, "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", text)


_EMBED_LENGTHS = {"title": 256, "description": 4096}


def _check_embeds(embeds: list[Json], problems: Problems) -> None:
    if len(embeds) > 10:
        problems.add("embeds", "BASE_TYPE_MAX_LENGTH", "Must be 10 or fewer in length.")
    if sum(map(_embed_size, embeds)) > 6000:
        problems.add("embeds", "MAX_EMBED_SIZE_EXCEEDED", "Embed size exceeds maximum size of 6000")
    for index, embed in enumerate(embeds):
        for key, most in _EMBED_LENGTHS.items():
            problems.length(f"embeds.{index}.{key}", embed.get(key), most)
        fields = embed.get("fields") or []
        if len(fields) > 25:
            problems.add(f"embeds.{index}.fields", "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.")
        for number, each in enumerate(fields):
            problems.length(f"embeds.{index}.fields.{number}.name", each.get("name"), 256, 1)
            problems.length(f"embeds.{index}.fields.{number}.value", each.get("value"), 1024, 1)


def _embed_size(embed: Json) -> int:
    texts = [embed.get("title"), embed.get("description"), (embed.get("footer") or {}).get("text")]
    texts.append((embed.get("author") or {}).get("name"))
    texts += [each.get(key) for each in embed.get("fields") or [] for key in ("name", "value")]
    return sum(len(text or "") for text in texts)


def check_choices(choices: list[Json]) -> None:
    """25 autocomplete choices, names and values of up to 100 characters. Raises ApiError 50035."""
    problems = Problems()
    if len(choices) > 25:
        problems.add("data.choices", "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.")
    for index, choice in enumerate(choices):
        problems.length(f"data.choices.{index}.name", choice.get("name"), 100, 1)
        if isinstance(choice.get("value"), str):
            problems.length(f"data.choices.{index}.value", choice["value"], 100)
    problems.refuse()
