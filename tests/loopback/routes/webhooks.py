"""Answers to interactions: the callback, then the webhook that its token opens."""

from tests.loopback import payloads
from tests.loopback.authoring import rewrite
from tests.loopback.calls import Call, Reply, Routes
from tests.loopback.errors import invalid_webhook_token
from tests.loopback.interactions import REPLY, UPDATE, Interaction
from tests.loopback.models import Json

routes = Routes()


@routes.on("POST", "/interactions/{interaction_id}/{token}/callback", open=True)
def callback(call: Call) -> Reply:
    interaction = call.interactions.respond(call.id("interaction_id"), call.names["token"], call.body, call.files)
    if call.query.get("with_response") not in ("1", "true"):
        return Reply(204)
    return Reply(200, _callback_response(interaction))


def _callback_response(interaction: Interaction) -> Json:
    told: Json = {"id": str(interaction.id), "type": interaction.kind}
    response: Json = {"interaction": told}
    if message := interaction.original:
        told["response_message_id"] = str(message.id)
        told["response_message_loading"] = message.loading
        told["response_message_ephemeral"] = message.ephemeral
        if interaction.callback in (REPLY, UPDATE):
            response["resource"] = {"type": interaction.callback, "message": payloads.message(message)}
    return response


def _spoken_for(call: Call) -> Interaction:
    """The interaction behind the token. Raises ApiError 50027 for another application's or an expired one."""
    if call.id("application_id") != call.world.application_id:
        raise invalid_webhook_token()
    return call.interactions.by_token(call.names["token"])


@routes.on("POST", "/webhooks/{application_id}/{token}", open=True)
def follow_up(call: Call) -> Reply:
    return Reply(200, payloads.message(call.interactions.follow_up(_spoken_for(call), call.body, call.files)))


@routes.on("GET", "/webhooks/{application_id}/{token}/messages/{which}", open=True)
def a_response(call: Call) -> Reply:
    return Reply(200, payloads.message(call.interactions.find(_spoken_for(call), call.names["which"])))


@routes.on("PATCH", "/webhooks/{application_id}/{token}/messages/{which}", open=True)
def edit_response(call: Call) -> Reply:
    message = call.interactions.find(_spoken_for(call), call.names["which"])
    rewrite(call.world, message, call.body, call.files)
    return Reply(200, payloads.message(message))


@routes.on("DELETE", "/webhooks/{application_id}/{token}/messages/{which}", open=True)
def delete_response(call: Call) -> Reply:
    call.world.delete(call.interactions.find(_spoken_for(call), call.names["which"]))
    return Reply(204)
