"""Discord's refusals: HTTP status, JSON error code and text (Topics: Opcodes and Status Codes)."""

from tests.loopback.models import Json


class ApiError(Exception):
    """An answer that is not 2xx."""

    def __init__(self, status: int, code: int, message: str, errors: Json | None = None) -> None:
        super().__init__(f"{status} {code} {message}")
        self.status = status
        self.body: Json = {"message": message, "code": code}
        if errors:
            self.body["errors"] = errors


def not_found() -> ApiError:
    return ApiError(404, 0, "404: Not Found")


def unauthorized() -> ApiError:
    return ApiError(401, 0, "401: Unauthorized")


def unknown_channel() -> ApiError:
    return ApiError(404, 10003, "Unknown Channel")


def unknown_guild() -> ApiError:
    return ApiError(404, 10004, "Unknown Guild")


def unknown_member() -> ApiError:
    return ApiError(404, 10007, "Unknown Member")


def unknown_message() -> ApiError:
    return ApiError(404, 10008, "Unknown Message")


def unknown_user() -> ApiError:
    return ApiError(404, 10013, "Unknown User")


def unknown_webhook() -> ApiError:
    return ApiError(404, 10015, "Unknown Webhook")


def unknown_interaction() -> ApiError:
    return ApiError(404, 10062, "Unknown interaction")


def unknown_command() -> ApiError:
    return ApiError(404, 10063, "Unknown application command")


def file_too_large() -> ApiError:
    return ApiError(413, 40005, "Request entity too large")


def already_acknowledged() -> ApiError:
    return ApiError(400, 40060, "Interaction has already been acknowledged.")


def missing_access() -> ApiError:
    return ApiError(403, 50001, "Missing Access")


def not_your_message() -> ApiError:
    return ApiError(403, 50005, "Cannot edit a message authored by another user")


def empty_message() -> ApiError:
    return ApiError(400, 50006, "Cannot send an empty message")


def no_direct_messages() -> ApiError:
    return ApiError(403, 50007, "Cannot send messages to this user")


def missing_permissions() -> ApiError:
    return ApiError(403, 50013, "Missing Permissions")


def invalid_webhook_token() -> ApiError:
    return ApiError(401, 50027, "Invalid Webhook Token")


class Problems:
    """Collects what is wrong with a body, then refuses it as 50035 with a tree of errors."""

    def __init__(self) -> None:
        self._found: list[tuple[str, str, str]] = []

    def add(self, where: str, code: str, message: str) -> None:
        self._found.append((where, code, message))

    def length(self, where: str, value: str | None, most: int, least: int = 0) -> None:
        """Complain where `value` is longer than `most` or shorter than `least`."""
        size = len(value or "")
        if size > most:
            self.add(where, "BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length.")
        elif size < least:
            self.add(where, "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length.")

    def refuse(self) -> None:
        """Raises ApiError 50035 if anything was found."""
        if self._found:
            raise ApiError(400, 50035, "Invalid Form Body", self._tree())

    def _tree(self) -> Json:
        tree: Json = {}
        for where, code, message in self._found:
            node = tree
            for step in where.split("."):
                node = node.setdefault(step, {})
            node.setdefault("_errors", []).append({"code": code, "message": message})
        return tree


def invalid(where: str, code: str, message: str) -> ApiError:
    """50035 with a single complaint."""
    problems = Problems()
    problems.add(where, code, message)
    return ApiError(400, 50035, "Invalid Form Body", problems._tree())
