"""A modal as a member fills it in."""

from dataclasses import dataclass
from typing import Any

from tests.loopback.cdn import Cdn
from tests.loopback.components import LABEL, SELECTS, TEXT_INPUT
from tests.loopback.driver.refusals import RefusedError
from tests.loopback.interactions import Interaction
from tests.loopback.models import Json, Upload, walk

FILE_UPLOAD, CHECKBOX_GROUP, CHECKBOX = 19, 22, 23


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to fill in."""

    custom_id: str
    label: str
    kind: int
    required: bool
    spec: Json


@dataclass(frozen=True, slots=True)
class Modal:
    """An open modal."""

    body: Json
    interaction: Interaction

    @property
    def title(self) -> str:
        return str(self.body["title"])

    @property
    def custom_id(self) -> str:
        return str(self.body["custom_id"])

    @property
    def fields(self) -> list[Field]:
        labels = {id(part["component"]): part["label"] for part in self.body["components"] if part["type"] == LABEL}
        inputs = [part for part in walk(self.body["components"]) if part.get("custom_id")]
        return [
            Field(
                custom_id=part["custom_id"],
                label=labels.get(id(part)) or part.get("label") or "",
                kind=part["type"],
                required=part["type"] != CHECKBOX and part.get("required", True),
                spec=part,
            )
            for part in inputs
        ]

    def filled(self, values: dict[str, Any], cdn: Cdn) -> Json:
        """The `data` of the submission; `values` by label or custom_id. Raises RefusedError."""
        names = {name for each in self.fields for name in (each.label, each.custom_id)}
        if unknown := sorted(set(values) - names):
            raise RefusedError(f"the modal has no field {', '.join(unknown)}; there are {sorted(names)}")
        attachments: Json = {}
        answers = {each.custom_id: _answer(each, _value(each, values), cdn, attachments) for each in self.fields}
        components = [_submitted(part, number, answers) for number, part in enumerate(self.body["components"], 1)]
        data: Json = {"custom_id": self.custom_id, "components": components}
        return data | ({"resolved": {"attachments": attachments}} if attachments else {})


def _value(each: Field, values: dict[str, Any]) -> Any:
    given = values.get(each.label, values.get(each.custom_id))
    given = each.spec.get("value") if given is None else given
    if each.required and given in (None, "", []):
        raise RefusedError(f"the modal needs {each.label or each.custom_id!r}")
    return given


def _answer(each: Field, value: Any, cdn: Cdn, attachments: Json) -> Json:
    """What one field sends."""
    if each.kind == TEXT_INPUT:
        text = value or ""
        most = each.spec.get("max_length") or 4000
        if len(text) > most or (text and len(text) < (each.spec.get("min_length") or 0)):
            raise RefusedError(f"{each.label}: {len(text)} characters do not fit")
        return {"value": text}
    if each.kind == FILE_UPLOAD:
        stored = [cdn.store(upload, ephemeral=True) for upload in _uploads(value)]
        attachments.update({file["id"]: file for file in stored})
        return {"values": [file["id"] for file in stored]}
    if each.kind in SELECTS or each.kind == CHECKBOX_GROUP:
        return {"values": list(value or [])}
    return {"value": bool(value) if each.kind == CHECKBOX else value}


def _uploads(value: Any) -> list[Upload]:
    if value is None:
        return []
    return [value] if isinstance(value, Upload) else list(value)


def _submitted(part: Json, number: int, answers: dict[str, Json]) -> Json:
    back: Json = {"type": part["type"], "id": part.get("id") or number}
    if "custom_id" in part:
        return back | {"custom_id": part["custom_id"]} | answers[part["custom_id"]]
    if part["type"] == LABEL:
        return back | {"component": _submitted(part["component"], number + 100, answers)}
    if "components" in part:
        held = [_submitted(each, number + 100 + index, answers) for index, each in enumerate(part["components"])]
        return back | {"components": held}
    return back
