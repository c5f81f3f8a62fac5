"""What articles say under corrections. It is kept, for reading takes long, and made anew where it is lost."""

import json
import os
import uuid
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from index.article import Stored
from index.claims.judged import told_by
from index.corrections import Corrections
from index.store import Told
from index.store.rows import claim, claim_fields


class Readings:
    """Reads articles anew, each once; a file for each view has what was read for it, and nothing else."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._kept: dict[str, dict[str, Told]] = {}

    def told(
        self, view: str, articles: Mapping[int, Stored], corrections: Corrections, version: str
    ) -> dict[int, Told]:
        """What those articles say that corrections have say something else, by revision. `version` is the rules'."""
        wanted = {
            revision: reading
            for revision, stored in articles.items()
            if (reading := corrections.rereading(stored)) is not None
        }
        kept = self._kept[view] if view in self._kept else self._from_file(view)
        keys = {revision: reading.key(version) for revision, reading in wanted.items()}
        fresh = {
            key: kept[key] if key in kept else told_by(wanted[revision].article, corrections.read_by)
            for revision, key in keys.items()
        }
        self._kept[view] = fresh
        if fresh.keys() != kept.keys():
            self._to_file(view, fresh)
        return {revision: fresh[key] for revision, key in keys.items()}

    def _path(self, view: str) -> Path:
        return self._folder / f"{view}.json"

    def _from_file(self, view: str) -> dict[str, Told]:
        """What was kept; nothing where the file is missing or damaged, for it can be made again."""
        try:
            table = json.loads(self._path(view).read_text(encoding="utf-8"))
            return {key: _told(entry) for key, entry in table.items()}
        except (OSError, ValueError, LookupError, TypeError, AttributeError):
            return {}

    def _to_file(self, view: str, readings: Mapping[str, Told]) -> None:
        """Switch by one rename; a full or read-only disk costs only time."""
        path = self._path(view)
        beside = path.with_suffix(f".{uuid.uuid4().hex}.tmp")
        with suppress(OSError):
            if not readings:
                path.unlink(missing_ok=True)
                return
            self._folder.mkdir(exist_ok=True)
            table = {key: _entry(told) for key, told in readings.items()}
            beside.write_text(json.dumps(table, ensure_ascii=False), encoding="utf-8")
            os.replace(beside, path)  # noqa: PTH105  # the one call that is atomic by its contract
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def _entry(told: Told) -> dict[str, Any]:
    return {"claims": [claim_fields(one) for one in told.claims], "names": list(told.names)}


def _told(entry: Mapping[str, Any]) -> Told:
    return Told([claim(fields) for fields in entry["claims"]], list(entry["names"]))
