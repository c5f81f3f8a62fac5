"""A loopback Discord."""

from tests.loopback.bell import TookTooLongError
from tests.loopback.driver.modal import Modal
from tests.loopback.driver.person import Choice, Person
from tests.loopback.driver.refusals import DidNotRespondError, RefusedError
from tests.loopback.driver.response import Response
from tests.loopback.models import Channel, Guild, Message, Pings, Role, Upload, User
from tests.loopback.permissions import Permission
from tests.loopback.pointing import pointed_at
from tests.loopback.server import LoopbackDiscord
from tests.loopback.sight import Intent

__all__ = [
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
