"""What a member sees of an answer to an interaction."""

from collections.abc import Callable

from tests.loopback.driver.modal import Modal
from tests.loopback.driver.refusals import DidNotRespondError
from tests.loopback.interactions import DEFERRED_REPLY, Interaction, Interactions
from tests.loopback.models import Button, Json, Message, Pings
from tests.loopback.world import World


class Response:
    """The answer so far; it follows later edits, as a screen does."""

    def __init__(self, world: World, interactions: Interactions, interaction: Interaction) -> None:
        self.interaction = interaction
        self._world = world
        self._interactions = interactions

    # what is shown

    @property
    def message(self) -> Message:
        """The original response; for a component that was updated, the message it sits on."""
        assert self.interaction.original is not None, "the interaction was not answered with a message"
        return self.interaction.original

    @property
    def text(self) -> str:
        return self.message.text

    @property
    def parts(self) -> list[Json]:
        return self.message.parts

    @property
    def components(self) -> list[Json]:
        return self.message.components

    @property
    def buttons(self) -> list[Button]:
        return self.message.buttons

    @property
    def ephemeral(self) -> bool:
        return self.message.ephemeral

    @property
    def pings(self) -> Pings:
        return self.message.pings

    @property
    def followups(self) -> list[Message]:
        return self.interaction.followups

    @property
    def deferred(self) -> bool:
        """Whether it began with "… is thinking"."""
        return self.interaction.callback == DEFERRED_REPLY

    @property
    def modal(self) -> Modal:
        """The modal that opened."""
        assert self.interaction.modal is not None, "the interaction was not answered with a modal"
        return Modal(self.interaction.modal, self.interaction)

    # waiting

    async def acknowledged(self, *, timeout: float = 10.0) -> "Response":  # noqa: ASYNC109
        """Until the first response. Raises DidNotRespondError when its 3 seconds are over."""
        await self._world.bell.until(self._answered_or_late, timeout=timeout, what="the first response")
        if self.interaction.callback is None:
            raise DidNotRespondError(f"the application did not respond to {self.interaction.data}")
        return self

    def _answered_or_late(self) -> bool:
        return self.interaction.callback is not None or self._interactions.seconds_left(self.interaction) <= 0

    async def settled(self, *, timeout: float = 10.0) -> "Response":  # noqa: ASYNC109
        """Until a deferred response has its content, or is deleted."""
        await self.acknowledged(timeout=timeout)
        return await self.until(lambda shown: not shown.still_thinking, timeout=timeout)

    @property
    def still_thinking(self) -> bool:
        original = self.interaction.original
        return original is not None and original.loading and not original.deleted

    async def until(self, condition: Callable[["Response"], bool], *, timeout: float = 10.0) -> "Response":  # noqa: ASYNC109
        """Until `condition` holds, looked at after every change."""
        await self._world.bell.until(lambda: condition(self), timeout=timeout, what="the response to change")
        return self
