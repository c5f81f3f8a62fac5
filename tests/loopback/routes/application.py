"""The bot itself: user, application, gateway address, commands."""

from tests.loopback import payloads
from tests.loopback.calls import Call, Reply, Routes
from tests.loopback.errors import missing_access, unknown_command, unknown_user
from tests.loopback.models import Json
from tests.loopback.world import World

routes = Routes()


@routes.on("GET", "/gateway", open=True)
def gateway(call: Call) -> Reply:
    return Reply(200, {"url": call.gateway_url})


@routes.on("GET", "/gateway/bot")
def gateway_for_bots(call: Call) -> Reply:
    limit = {"total": 1000, "remaining": 999, "reset_after": 14_400_000, "max_concurrency": 1}
    return Reply(200, {"url": call.gateway_url, "shards": call.shards, "session_start_limit": limit})


@routes.on("GET", "/users/@me")
def own_user(call: Call) -> Reply:
    return Reply(200, payloads.own_user(call.world.bot))


@routes.on("GET", "/users/{user_id}")
def a_user(call: Call) -> Reply:
    user = call.world.users.get(call.id("user_id"))
    if user is None:
        raise unknown_user()
    return Reply(200, payloads.user(user))


@routes.on("POST", "/users/@me/channels")
def open_direct_channel(call: Call) -> Reply:
    user = call.world.users.get(int(call.body["recipient_id"]))
    if user is None:
        raise unknown_user()
    return Reply(200, payloads.channel(call.world.direct_channel(user)))


@routes.on("GET", "/oauth2/applications/@me")
@routes.on("GET", "/applications/@me")
def own_application(call: Call) -> Reply:
    return Reply(200, _application(call.world))


def _application(world: World) -> Json:
    return {
        "id": str(world.application_id),
        "name": world.bot.name,
        "icon": None,
        "description": "",
        "type": None,
        "verify_key": "00" * 32,
        "flags": 0,
        "flags_new": "0",
        "redirect_uris": [],
        "interactions_endpoint_url": None,
        "role_connections_verification_url": None,
        "owner": payloads.user(world.owner),
        "approximate_guild_count": len(world.guilds),
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
        "explicit_content_filter": 0,
        "team": None,
        "eligible_oauth2_scopes": [],
        "bot_public": True,
        "bot_require_code_grant": False,
        "bot": payloads.user(world.bot),
    }


@routes.on("GET", "/applications/{application_id}/commands")
def global_commands(call: Call) -> Reply:
    _check_own(call)
    return Reply(200, call.commands.all(None))


@routes.on("PUT", "/applications/{application_id}/commands")
def overwrite_global_commands(call: Call) -> Reply:
    _check_own(call)
    return Reply(200, call.commands.overwrite(None, call.body))


@routes.on("GET", "/applications/{application_id}/commands/{command_id}")
def a_global_command(call: Call) -> Reply:
    _check_own(call)
    return Reply(200, _find(call, None))


@routes.on("GET", "/applications/{application_id}/guilds/{guild_id}/commands")
def guild_commands(call: Call) -> Reply:
    _check_own(call)
    return Reply(200, call.commands.all(call.world.guild(call.id("guild_id")).id))


@routes.on("PUT", "/applications/{application_id}/guilds/{guild_id}/commands")
def overwrite_guild_commands(call: Call) -> Reply:
    _check_own(call)
    return Reply(200, call.commands.overwrite(call.world.guild(call.id("guild_id")).id, call.body))


@routes.on("GET", "/applications/{application_id}/guilds/{guild_id}/commands/{command_id}")
def a_guild_command(call: Call) -> Reply:
    _check_own(call)
    return Reply(200, _find(call, call.id("guild_id")))


def _find(call: Call, scope: int | None) -> Json:
    for command in call.commands.all(scope):
        if command["id"] == call.names["command_id"]:
            return command
    raise unknown_command()


def _check_own(call: Call) -> None:
    if call.id("application_id") != call.world.application_id:
        raise missing_access()
