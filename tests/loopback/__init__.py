"""A loopback Discord: REST, gateway and files on 127.0.0.1, for an unmodified discord.py.

    async with LoopbackDiscord(shards=1) as server:
        guild = server.add_guild("Camera club", bot_permissions=Permission.VIEW_CHANNEL)
        channel = guild.add_text_channel("general")
        alice, mia = server.add_user("alice"), server.add_user("mia")
        guild.join(alice)
        guild.join(mia, guild.add_role("moderators", Permission.MANAGE_GUILD))
        channel.set(guild.everyone, deny=Permission.SEND_MESSAGES)  # an overwrite; a user works too

        with pointed_at(server):  # this process's discord.py; another process takes the three addresses:
            ...                   # server.api_url, server.gateway_url, server.cdn_url, and server.token
            await server.bot_is_connected()
            await server.commands_are_synced()

        asked = await alice.says(channel, f"{server.bot.mention} is leica still with huawei?")
        reply = await server.next_message(channel, after=asked)
        answer = await alice.slash(channel, "ask", question="...", private=True)
        found = await mia.slash(channel, "articles add", file=Upload("leica.md", b"..."))
        choices = await alice.autocompletes(channel, "rumours latest", organisation="lei")
        opened = await alice.press(answer, "Follow up")
        answer = await alice.submits(opened, {"Your question": "and Sharp?"})
        await alice.chooses(answer, "Leica")
        await alice.uses_menu("Ask about this", asked)
        await alice.slash(alice.direct, "ask", question="...")
        await alice.direct_message("who works with Zeiss?")

A `Message` and a `Response` have `text` (content and text displays), `parts` (all components), `buttons`,
`ephemeral` and `pings` (whom it notified: falsy for nobody); a Response also `followups`, `modal`, `deferred`
and `until(condition)`. Both are live: an edit shows. `alice.sees(channel)` is what stands there for her.

Commands with subcommands are named with spaces. What a client would not let a member do raises
`RefusedError`; `force=True` sends it all the same, so that the bot's own check can be tested.
`wait=False` returns before the answer; `response.acknowledged()` and `response.settled()` wait for it.
`DidNotRespondError` is Discord's "the application did not respond".

Time: `server.clock.advance(seconds)` brings the 3 seconds and the 15 minutes to an end without a sleep;
`freeze()` stops them for machines that are slow. Trouble: `server.faults.fail(method, path, status=502)`,
`.rate_limit(...)`, `.bucket(..., limit=5, per=5)`. Connection: `server.gateway.drop()`, `.ask_to_reconnect()`
(op 7), `.invalidate()` (op 9). All traffic is checked against Discord's schemas where they lie beside the
repository: `server.violations` must be empty at the end, `.forgive(pattern)` drops what a test provoked.

In a test, import the fixture: `from tests.loopback.fixtures import loopback_discord` gives `discord_server`.
"""

from tests.loopback.bell import TookTooLongError
from tests.loopback.driver.modal import Modal
from tests.loopback.driver.person import Choice, Person
from tests.loopback.driver.refusals import DidNotRespondError, RefusedError
from tests.loopback.driver.response import Response
from tests.loopback.models import Button, Channel, Guild, Message, Pings, Role, Upload, User
from tests.loopback.permissions import Permission
from tests.loopback.pointing import pointed_at
from tests.loopback.server import LoopbackDiscord
from tests.loopback.sight import Intent

__all__ = [
    "Button",
    "Channel",
    "Choice",
    "DidNotRespondError",
    "Guild",
    "Intent",
    "LoopbackDiscord",
    "Message",
    "Modal",
    "Permission",
    "Person",
    "Pings",
    "RefusedError",
    "Response",
    "Role",
    "TookTooLongError",
    "Upload",
    "User",
    "pointed_at",
]
