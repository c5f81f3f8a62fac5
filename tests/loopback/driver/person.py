"""A member whom a test plays."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.loopback import payloads
from tests.loopback.commands import MESSAGE_MENU
from tests.loopback.driver.modal import Modal
from tests.loopback.driver.options import Invocation, Values, command_data, offered
from tests.loopback.driver.refusals import RefusedError
from tests.loopback.driver.response import Response
from tests.loopback.interactions import AUTOCOMPLETE, COMMAND, COMPONENT, MODAL_SUBMIT, Interaction
from tests.loopback.mentions import mentioned
from tests.loopback.models import Channel, Json, Message, Pings, Upload, User
from tests.loopback.permissions import Permission, in_channel, to_send
from tests.loopback.rest import Rest
from tests.loopback.world import World

Shown = Response | Message


@dataclass(frozen=True, slots=True)
class Choice:
    """An autocomplete suggestion."""

    name: str
    value: str | int | float


@dataclass(eq=False, kw_only=True)
class Person(User):
    """A user who can write, invoke commands, press buttons and fill in modals."""

    world: World = field(repr=False)
    rest: Rest = field(repr=False)

    @property
    def direct(self) -> Channel:
        """The direct messages with the bot."""
        return self.world.direct_channel(self)

    # writing

    async def says(
        self,
        channel: Channel,
        text: str,
        *,
        reply_to: Message | None = None,
        ping: bool = True,
        files: Sequence[Upload] = (),
    ) -> Message:
        """Post a message; `ping` is the switch beside a reply. Raises RefusedError."""
        self._need(channel, to_send(channel))
        if len(text) > 2000:
            raise RefusedError(f"{len(text)} characters, 2000 allowed")
        message = Message(
            id=self.world.ids.next(),
            channel=channel,
            author=self,
            timestamp=self.world.clock.timestamp(),
            content=text,
            kind=19 if reply_to else 0,
            reply_to=reply_to,
            attachments=[self.world.cdn.store(file) for file in files],
        )
        message.pings = self._pings(channel, text, reply_to if ping else None)
        self.world.post(message)
        return message

    async def direct_message(self, text: str, *, files: Sequence[Upload] = ()) -> Message:
        """Write to the bot alone."""
        return await self.says(self.direct, text, files=files)

    async def edits(self, message: Message, text: str) -> None:
        if message.author is not self:
            raise RefusedError(f"{self.name} did not write this")
        message.content = text
        message.pings = self._pings(message.channel, text, message.reply_to)
        self.world.edited(message)

    async def deletes(self, message: Message) -> None:
        if message.author is not self:
            self._need(message.channel, Permission.MANAGE_MESSAGES)
        self.world.delete(message)

    def sees(self, channel: Channel) -> list[Message]:
        """What stands in a channel for this member, oldest first: an ephemeral message only for its addressee."""
        if not in_channel(channel, self) & Permission.VIEW_CHANNEL:
            return []
        return [each for each in channel.messages.values() if each.visible_to in (None, self.id)]

    # commands

    async def slash(
        self,
        channel: Channel,
        command: str,
        values: Values | None = None,
        /,
        *,
        force: bool = False,
        wait: bool = True,
        **options: Any,
    ) -> Response:
        """Invoke `/command`, subcommands with spaces between ("rumours latest").

        Args:
            values: options whose names are no Python names; others as keywords.
            force: skip what the client checks (visibility, lengths, types), as a changed client can.
            wait: until a deferred answer has its content; without it the response may not be there yet.

        Raises:
            RefusedError: the client would not send this.
            DidNotRespondError: 3 seconds went by.
        """
        self._need(channel, Permission.USE_APPLICATION_COMMANDS)
        call = Invocation(command, (values or {}) | options, force=force)
        data = command_data(self.world, self.rest.commands, self, channel, call)
        return await self._interact(COMMAND, channel, data, wait=wait)

    async def uses_menu(self, name: str, message: Message, *, force: bool = False, wait: bool = True) -> Response:
        """Right-click a message, "Apps", `name`. Raises as `slash` does."""
        self._need_to_see(message)
        commands, guild = self.rest.commands, message.channel.guild
        command = offered(commands, self, guild, name, MESSAGE_MENU, force=force)
        data: Json = {
            "id": command["id"],
            "name": name,
            "type": MESSAGE_MENU,
            "target_id": str(message.id),
            "resolved": {"messages": {str(message.id): payloads.message(message)}},
        }
        return await self._interact(COMMAND, message.channel, data, wait=wait)

    async def autocompletes(
        self, channel: Channel, command: str, /, *, focus: str | None = None, **options: Any
    ) -> list[Choice]:
        """The suggestions while typing `focus`, by default the last option named."""
        focused = focus or list(options)[-1]
        call = Invocation(command, options, focused=focused)
        data = command_data(self.world, self.rest.commands, self, channel, call)
        response = await self._interact(AUTOCOMPLETE, channel, data)
        return [Choice(each["name"], each["value"]) for each in response.interaction.choices or []]

    # components

    async def press(
        self, shown: Shown, label: str | None = None, *, custom_id: str | None = None, wait: bool = True
    ) -> Response:
        """Press the button with this label or custom_id."""
        message = self._need_to_see(shown)
        pressed = [each for each in message.buttons if each.label == label or each.custom_id == (custom_id or "")]
        if not pressed:
            raise RefusedError(
                f"no button {label or custom_id!r}; there are {[each.label for each in message.buttons]}"
            )
        button = pressed[0]
        if button.disabled or button.custom_id is None:
            raise RefusedError(f"the button {button.label!r} is disabled or a link")
        data = {"custom_id": button.custom_id, "component_type": 2}
        return await self._interact(COMPONENT, message.channel, data, message=message, wait=wait)

    async def chooses(self, shown: Shown, *values: str, custom_id: str | None = None, wait: bool = True) -> Response:
        """Choose from the string select with this custom_id, or from the only one; `values` by value or label."""
        message = self._need_to_see(shown)
        selects = [each for each in message.selects if custom_id in (None, each["custom_id"])]
        if len(selects) != 1 or selects[0].get("disabled"):
            raise RefusedError(f"{len(selects)} selects to choose from, or a disabled one")
        by_name = {name: each["value"] for each in selects[0]["options"] for name in (each["label"], each["value"])}
        if not set(values) <= set(by_name):
            raise RefusedError(f"{values} are not all among {sorted(by_name)}")
        data = {"custom_id": selects[0]["custom_id"], "component_type": selects[0]["type"]}
        data["values"] = [by_name[value] for value in values]
        return await self._interact(COMPONENT, message.channel, data, message=message, wait=wait)

    async def submits(
        self, modal: Modal | Response, values: Values | None = None, /, *, wait: bool = True, **fields: Any
    ) -> Response:
        """Fill in and send a modal; values by label or custom_id."""
        modal = modal.modal if isinstance(modal, Response) else modal
        if modal.interaction.user is not self:
            raise RefusedError(f"the modal is not open for {self.name}")
        cause = modal.interaction
        data = modal.filled((values or {}) | fields, self.world.cdn)
        return await self._interact(MODAL_SUBMIT, cause.channel, data, message=cause.message, cause=cause, wait=wait)

    # underneath

    async def _interact(
        self,
        kind: int,
        channel: Channel,
        data: Json,
        *,
        message: Message | None = None,
        cause: Interaction | None = None,
        wait: bool = True,
    ) -> Response:
        interactions = self.rest.interactions
        interaction = interactions.open(kind, self, channel, data, message=message, cause=cause)
        response = Response(self.world, interactions, interaction)
        return await response.settled() if wait else response

    def _pings(self, channel: Channel, text: str, reply_to: Message | None) -> Pings:
        """As for a bot, but @everyone takes the permission."""
        found = mentioned(text)
        replied = {reply_to.author.id} if reply_to else set()
        may = bool(in_channel(channel, self) & Permission.MENTION_EVERYONE)
        return Pings(found.users | replied, found.roles, found.everyone and may)

    def _need(self, channel: Channel, needed: Permission) -> None:
        held = in_channel(channel, self)
        if not held & Permission.VIEW_CHANNEL or not held & needed:
            raise RefusedError(f"{self.name} lacks {needed.name} in {channel.name or 'direct messages'}")

    def _need_to_see(self, shown: Shown) -> Message:
        message = shown.message if isinstance(shown, Response) else shown
        if message.deleted or message not in self.sees(message.channel):
            raise RefusedError(f"{self.name} does not see this message")
        return message
