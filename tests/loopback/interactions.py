"""Interactions: first response within 3 s and only once, a token for 15 minutes, what is shown to whom."""

import secrets
from dataclasses import dataclass, field

from tests.loopback import payloads
from tests.loopback.authoring import rewrite, write
from tests.loopback.components import check_modal
from tests.loopback.errors import (
    already_acknowledged,
    invalid,
    invalid_webhook_token,
    unknown_interaction,
    unknown_message,
    unknown_webhook,
)
from tests.loopback.limits import check_choices
from tests.loopback.models import EPHEMERAL, LOADING, Channel, Json, Message, Upload, User
from tests.loopback.permissions import in_channel
from tests.loopback.world import Event, World

COMMAND, COMPONENT, AUTOCOMPLETE, MODAL_SUBMIT = 2, 3, 4, 5
REPLY, DEFERRED_REPLY, DEFERRED_UPDATE, UPDATE, CHOICES, MODAL = 4, 5, 6, 7, 8, 9
FIRST_RESPONSE_SECONDS = 3.0
TOKEN_SECONDS = 15 * 60.0


@dataclass(eq=False, kw_only=True)
class Interaction:
    """One interaction and all that came of it."""

    id: int
    token: str
    kind: int
    user: User
    channel: Channel
    data: Json
    opened: float
    message: Message | None = None
    cause: "Interaction | None" = None
    callback: int | None = None
    original: Message | None = None
    followups: list[Message] = field(default_factory=list)
    modal: Json | None = None
    choices: list[Json] | None = None

    @property
    def messages(self) -> list[Message]:
        """What it posted, in order."""
        return [*([self.original] if self.original else []), *self.followups]

    def metadata(self) -> Json:
        """As a message that answers it carries."""
        base = {"id": str(self.id), "type": self.kind, "user": payloads.user(self.user)}
        base["authorizing_integration_owners"] = _owners(self.channel)
        if self.kind == COMPONENT and self.message:
            base["interacted_message_id"] = str(self.message.id)
        if self.kind == MODAL_SUBMIT and self.cause:
            base["triggering_interaction_metadata"] = self.cause.metadata()
        return base


def allowed_callbacks(interaction: Interaction) -> set[int]:
    """Which first responses make sense for this kind of interaction."""
    if interaction.kind == AUTOCOMPLETE:
        return {CHOICES}
    allowed = {REPLY, DEFERRED_REPLY}
    if interaction.kind != MODAL_SUBMIT:
        allowed.add(MODAL)
    if interaction.message is not None:
        allowed |= {DEFERRED_UPDATE, UPDATE}
    return allowed


class Interactions:
    """Every interaction of the session, by id and by token."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._by_id: dict[int, Interaction] = {}
        self._by_token: dict[str, Interaction] = {}

    # from the driver

    def open(
        self,
        kind: int,
        user: User,
        channel: Channel,
        data: Json,
        *,
        message: Message | None = None,
        cause: Interaction | None = None,
    ) -> Interaction:
        """Start an interaction: the bot hears of it now, and its 3 seconds run."""
        interaction = Interaction(
            id=self._world.ids.next(),
            token=secrets.token_urlsafe(48),
            kind=kind,
            user=user,
            channel=channel,
            data=data,
            opened=self._world.clock.now(),
            message=message,
            cause=cause,
        )
        self._by_id[interaction.id] = self._by_token[interaction.token] = interaction
        self._world.publish(Event("INTERACTION_CREATE", self._payload(interaction), channel.guild))
        return interaction

    def seconds_left(self, interaction: Interaction) -> float:
        """To the deadline of the first response."""
        return interaction.opened + FIRST_RESPONSE_SECONDS - self._world.clock.now()

    # from the bot

    def respond(self, interaction_id: int, token: str, body: Json, uploads: list[Upload]) -> Interaction:
        """The first response. Raises ApiError 10062, 40060 or 50035."""
        interaction = self._by_id.get(interaction_id)
        if interaction is None or interaction.token != token:
            raise unknown_interaction()
        if interaction.callback is not None:
            raise already_acknowledged()
        if self.seconds_left(interaction) <= 0:
            raise unknown_interaction()
        kind, data = body["type"], body.get("data") or {}
        if kind not in allowed_callbacks(interaction):
            raise invalid("type", "INTERACTION_CALLBACK_TYPE_INVALID", f"Type {kind} cannot answer this interaction")
        self._take(interaction, kind, data, uploads)
        interaction.callback = kind
        self._world.bell.ring()
        return interaction

    def _take(self, interaction: Interaction, kind: int, data: Json, uploads: list[Upload]) -> None:
        if kind == REPLY:
            interaction.original = self._post(interaction, data, uploads, ephemeral=_is_ephemeral(data))
        elif kind == DEFERRED_REPLY:
            interaction.original = self._thinking(interaction, ephemeral=_is_ephemeral(data))
        elif kind in (DEFERRED_UPDATE, UPDATE):
            assert interaction.message is not None
            interaction.original = interaction.message
            if kind == UPDATE:
                rewrite(self._world, interaction.message, data, uploads)
        elif kind == CHOICES:
            interaction.choices = list(data.get("choices") or [])
            check_choices(interaction.choices)
        else:
            check_modal(data)
            interaction.modal = data

    def by_token(self, token: str) -> Interaction:
        """The acknowledged interaction that a webhook token speaks for. Raises ApiError 50027 or 10015."""
        interaction = self._by_token.get(token)
        if interaction is None or interaction.opened + TOKEN_SECONDS <= self._world.clock.now():
            raise invalid_webhook_token()
        if interaction.callback is None:
            raise unknown_webhook()
        return interaction

    def follow_up(self, interaction: Interaction, body: Json, uploads: list[Upload]) -> Message:
        """Another message; the first one after a deferral fills the deferred message, ephemeral or not as that is."""
        if interaction.original is not None and interaction.original.loading:
            rewrite(self._world, interaction.original, body, uploads)
            return interaction.original
        message = self._post(interaction, body, uploads, ephemeral=_is_ephemeral(body))
        interaction.followups.append(message)
        self._world.bell.ring()
        return message

    def find(self, interaction: Interaction, which: str) -> Message:
        """`@original` or a follow-up by its id. Raises ApiError 10008."""
        for message in interaction.messages:
            if which in ("@original", str(message.id)) and not message.deleted:
                return message
            if which == "@original":
                break
        raise unknown_message()

    def _post(self, interaction: Interaction, body: Json, uploads: list[Upload], *, ephemeral: bool) -> Message:
        message = write(
            self._world,
            body,
            uploads,
            channel=interaction.channel,
            author=self._world.bot,
            ephemeral_for=interaction.user if ephemeral else None,
        )
        return self._publish(interaction, message)

    def _thinking(self, interaction: Interaction, *, ephemeral: bool) -> Message:
        message = Message(
            id=self._world.ids.next(),
            channel=interaction.channel,
            author=self._world.bot,
            timestamp=self._world.clock.timestamp(),
            flags=LOADING | (EPHEMERAL if ephemeral else 0),
            visible_to=interaction.user.id if ephemeral else None,
        )
        return self._publish(interaction, message)

    def _publish(self, interaction: Interaction, message: Message) -> Message:
        message.kind = 20 if interaction.kind == COMMAND else message.kind
        message.application_id = self._world.application_id
        message.interaction_metadata = interaction.metadata()
        self._world.post(message)
        return message

    def _payload(self, interaction: Interaction) -> Json:
        channel, user = interaction.channel, interaction.user
        payload: Json = {
            "id": str(interaction.id),
            "application_id": str(self._world.application_id),
            "type": interaction.kind,
            "token": interaction.token,
            "version": 1,
            "data": interaction.data,
            "channel_id": str(channel.id),
            "channel": payloads.channel_in_interaction(channel),
            "app_permissions": str(int(in_channel(channel, self._world.bot))),
            "authorizing_integration_owners": _owners(channel),
            "attachment_size_limit": payloads.FILE_LIMIT,
            "entitlements": [],
            "locale": payloads.LOCALE,
            "context": 0 if channel.guild else 1,
        }
        if interaction.message is not None:
            payload["message"] = payloads.message(interaction.message)
        if channel.guild is None:
            return payload | {"user": payloads.user(user)}
        member = payloads.member(channel.guild.members[user.id])
        return payload | {
            "member": member | {"permissions": str(int(in_channel(channel, user)))},
            "guild_id": str(channel.guild.id),
            "guild_locale": payloads.LOCALE,
            "guild": {"id": str(channel.guild.id), "locale": payloads.LOCALE, "features": []},
        }


def _is_ephemeral(body: Json) -> bool:
    return bool((body.get("flags") or 0) & EPHEMERAL)


def _owners(channel: Channel) -> Json:
    return {"0": str(channel.guild.id) if channel.guild else "0"}
