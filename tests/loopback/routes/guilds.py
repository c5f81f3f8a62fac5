"""Guilds as the bot may read them."""

from tests.loopback import payloads
from tests.loopback.calls import Call, Reply, Routes
from tests.loopback.errors import unknown_member
from tests.loopback.permissions import in_guild

routes = Routes()


@routes.on("GET", "/users/@me/guilds")
def own_guilds(call: Call) -> Reply:
    kept = ("id", "name", "icon", "banner", "features", "approximate_member_count", "approximate_presence_count")
    listed = []
    for guild in call.world.guilds.values():
        told = payloads.guild(guild)
        permissions = str(int(in_guild(guild, call.world.bot)))
        listed.append({key: told[key] for key in kept} | {"owner": False, "permissions": permissions})
    return Reply(200, listed)


@routes.on("DELETE", "/users/@me/guilds/{guild_id}")
def leave_guild(call: Call) -> Reply:
    call.world.remove_guild(call.world.guild(call.id("guild_id")))
    return Reply(204)


@routes.on("GET", "/guilds/{guild_id}")
def a_guild(call: Call) -> Reply:
    return Reply(200, payloads.guild(call.world.guild(call.id("guild_id"))))


@routes.on("GET", "/guilds/{guild_id}/channels")
def guild_channels(call: Call) -> Reply:
    guild = call.world.guild(call.id("guild_id"))
    return Reply(200, [payloads.channel(each) for each in guild.channels.values() if not each.is_thread])


@routes.on("GET", "/guilds/{guild_id}/roles")
def guild_roles(call: Call) -> Reply:
    return Reply(200, [payloads.role(each) for each in call.world.guild(call.id("guild_id")).roles.values()])


@routes.on("GET", "/guilds/{guild_id}/members/{user_id}")
def a_member(call: Call) -> Reply:
    member = call.world.guild(call.id("guild_id")).members.get(call.id("user_id"))
    if member is None:
        raise unknown_member()
    return Reply(200, payloads.member(member))
