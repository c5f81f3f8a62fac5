"""The state as Discord's JSON, for REST bodies and gateway frames alike."""

from tests.loopback.models import Channel, Guild, Json, Member, Message, Overwrite, Role, User

LOCALE = "en-US"
FILE_LIMIT = 10 * 1024 * 1024


def user(who: User) -> Json:
    return {
        "id": str(who.id),
        "username": who.name,
        "global_name": None,
        "discriminator": "0",
        "avatar": None,
        "bot": who.bot,
        "flags": 0,
        "public_flags": 0,
        "primary_guild": None,
    }


def own_user(who: User) -> Json:
    """The bot, as /users/@me and READY tell it."""
    return user(who) | {"mfa_enabled": False, "locale": LOCALE, "verified": True, "email": None}


def role(each: Role) -> Json:
    tags = {"tags": {"bot_id": str(each.managed_by)}} if each.managed_by else {}
    return {
        "id": str(each.id),
        "name": each.name,
        "permissions": str(int(each.permissions)),
        "position": each.position,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": each.managed_by is not None,
        "mentionable": each.mentionable,
        "icon": None,
        "unicode_emoji": None,
        "flags": 0,
    } | tags


def member_without_user(each: Member) -> Json:
    return {
        "avatar": None,
        "banner": None,
        "communication_disabled_until": None,
        "flags": 0,
        "joined_at": each.joined_at,
        "nick": each.nick,
        "pending": False,
        "premium_since": None,
        "roles": [str(role_id) for role_id in each.roles],
        "mute": False,
        "deaf": False,
    }


def member(each: Member) -> Json:
    return member_without_user(each) | {"user": user(each.user)}


def _overwrite(each: Overwrite) -> Json:
    return {
        "id": str(each.target_id),
        "type": int(each.is_member),
        "allow": str(int(each.allow)),
        "deny": str(int(each.deny)),
    }


def channel(each: Channel) -> Json:
    """A text channel, a thread or a direct message."""
    last = each.last_message_id()
    shared = {"id": str(each.id), "type": each.kind, "flags": 0, "last_message_id": str(last) if last else None}
    if each.guild is None:
        return shared | {"recipients": [user(who) for who in each.recipients if not who.bot]}
    shared |= {"guild_id": str(each.guild.id), "name": each.name, "rate_limit_per_user": 0}
    return shared | (_thread_part(each) if each.parent else _text_channel_part(each))


def _text_channel_part(each: Channel) -> Json:
    return {
        "position": 0,
        "parent_id": None,
        "topic": None,
        "nsfw": False,
        "permission_overwrites": [_overwrite(overwrite) for overwrite in each.overwrites.values()],
    }


def _thread_part(each: Channel) -> Json:
    assert each.parent is not None
    return {
        "parent_id": str(each.parent.id),
        "owner_id": str(each.owner_id),
        "message_count": len(each.messages),
        "total_message_sent": len(each.messages),
        "member_count": 1,
        "thread_metadata": {
            "archived": False,
            "archive_timestamp": each.created_at,
            "auto_archive_duration": each.auto_archive_minutes,
            "locked": False,
            "create_timestamp": each.created_at,
        },
    }


def channel_in_interaction(each: Channel) -> Json:
    """The channel of an interaction, which carries no overwrites."""
    return {key: value for key, value in channel(each).items() if key != "permission_overwrites"}


_EMPTY_IN_A_GUILD = (
    *("icon", "splash", "discovery_splash", "banner", "description", "application_id", "afk_channel_id"),
    *("system_channel_id", "rules_channel_id", "safety_alerts_channel_id", "public_updates_channel_id"),
    *("widget_channel_id", "vanity_url_code", "max_presences", "incidents_data"),
)


def _guild(each: Guild) -> Json:
    return dict.fromkeys(_EMPTY_IN_A_GUILD) | {
        "id": str(each.id),
        "name": each.name,
        "owner_id": str(each.owner_id),
        "features": [],
        "emojis": [],
        "stickers": [],
        "roles": [role(one) for one in each.roles.values()],
        "region": "deprecated",
        "preferred_locale": LOCALE,
        "afk_timeout": 300,
        "system_channel_flags": 0,
        "widget_enabled": False,
        "verification_level": 0,
        "default_message_notifications": 0,
        "mfa_level": 0,
        "explicit_content_filter": 0,
        "max_members": 500000,
        "max_stage_video_channel_users": 50,
        "max_video_channel_users": 25,
        "premium_tier": 0,
        "premium_subscription_count": 0,
        "premium_progress_bar_enabled": False,
        "nsfw_level": 0,
    }


def guild(each: Guild) -> Json:
    """As `GET /guilds/{id}` tells it."""
    counts = {"approximate_member_count": len(each.members), "approximate_presence_count": 1}
    return _guild(each) | {"home_header": None, "nsfw": False} | counts


def guild_create(each: Guild, bot: User, *, is_new: bool) -> Json:
    """As GUILD_CREATE tells it: of its members only the bot, for want of the members intent.

    `is_new` for a guild that the bot just joined, which is not told to be available again.
    """
    availability = {} if is_new else {"unavailable": False}
    return (
        availability
        | _guild(each)
        | {
            "hub_type": None,
            "joined_at": each.joined_at,
            "large": False,
            "member_count": len(each.members),
            "members": [member(each.members[bot.id])],
            "channels": [channel(one) for one in each.channels.values() if not one.is_thread],
            "threads": [channel(one) for one in each.threads],
            "voice_states": [],
            "presences": [],
            "stage_instances": [],
            "guild_scheduled_events": [],
            "soundboard_sounds": [],
        }
    )


def message(each: Message, *, with_content: bool = True) -> Json:
    """A message; without content where the bot may not read it."""
    body: Json = {
        "id": str(each.id),
        "type": each.kind,
        "channel_id": str(each.channel.id),
        "author": user(each.author),
        "content": each.content if with_content else "",
        "embeds": each.embeds if with_content else [],
        "components": each.components if with_content else [],
        "attachments": each.attachments if with_content else [],
        "mentions": [user(who) for who in _mentioned(each)],
        "mention_roles": [str(role_id) for role_id in sorted(each.pings.roles)],
        "mention_everyone": each.pings.everyone,
        "timestamp": each.timestamp,
        "edited_timestamp": each.edited_timestamp,
        "flags": each.flags,
        "pinned": False,
        "tts": False,
    }
    return body | _optional_parts(each)


def _optional_parts(each: Message) -> Json:
    parts: Json = {}
    if each.nonce is not None:
        parts["nonce"] = each.nonce
    if each.application_id is not None:
        parts |= {"application_id": str(each.application_id), "webhook_id": str(each.application_id)}
    if each.interaction_metadata is not None:
        parts["interaction_metadata"] = each.interaction_metadata
    if each.reply_to is not None:
        parts["message_reference"] = _reference(each.reply_to)
    return parts


def _reference(to: Message) -> Json:
    where = {"guild_id": str(to.channel.guild.id)} if to.channel.guild else {}
    return {"type": 0, "message_id": str(to.id), "channel_id": str(to.channel.id)} | where


def _mentioned(each: Message) -> list[User]:
    known = each.channel.recipients
    if each.channel.guild:
        known = [member.user for member in each.channel.guild.members.values()]
    by_id = {who.id: who for who in known}
    return [by_id[user_id] for user_id in sorted(each.pings.users) if user_id in by_id]
