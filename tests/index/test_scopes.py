"""The fields of `scopes.toml`."""

import pytest

from index.claims.scope import fields_in, scope_of, scopes


@pytest.mark.parametrize(("name", "example"), [(name, example) for name, _, example in scopes()])
def test_each_field_is_in_its_example(name: str, example: str) -> None:
    assert name in fields_in(example)


def test_the_field_nearest_to_the_relation_is_the_scope() -> None:
    text = "Tarsk, which sells cars, agreed to supply batteries to Ondine."
    assert scope_of(text, near=text.index("supply")) == "batteries"


def test_a_sentence_without_a_field_has_no_scope() -> None:
    assert scope_of("Ondine and Tarsk work together.") is None


def test_part_of_a_word_is_no_field() -> None:
    assert fields_in("Their barcode partnership is carefully kept.") == frozenset()
