"""The one form of an address."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import PlainError
from index.reading import canonical, is_address


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        ("https://a.example/x", "https://a.example/x"),
        ("  HTTPS://A.Example/X  ", "https://a.example/X"),
        ("https://a.example", "https://a.example"),
        ("https://a.example/", "https://a.example/"),
        ("https://a.example:443/x", "https://a.example/x"),
        ("http://a.example:80/x", "http://a.example/x"),
        ("https://a.example:8443/x", "https://a.example:8443/x"),
        ("http://[::1]:80/", "http://[::1]/"),
        ("https://a.example/x#part", "https://a.example/x"),
        ("https://a.example/x?", "https://a.example/x"),
        ("https://a.example/x?utm_source=a&UTM_medium=b&gclid=c&fbclid=d&mc_cid=e", "https://a.example/x"),
        ("https://a.example/x?id=1&utm_campaign=a&b=%20c&b=", "https://a.example/x?id=1&b=%20c&b="),
        ("https://a.example/x?src=rss", "https://a.example/x?src=rss"),
        ("https://a.example/x?source=a&ref=b&session=c", "https://a.example/x?source=a&ref=b&session=c"),
        ("https://a.example/a%2Fb//c/../d", "https://a.example/a%2Fb//c/../d"),
        ("https://a.example/größe", "https://a.example/größe"),
        ("https://a.example/x_(y)?a|b={c}^", "https://a.example/x_(y)?a|b={c}^"),
    ],
)
def test_an_address_loses_only_what_does_not_lead_to_the_page(given, stored):
    assert canonical(given) == stored


@pytest.mark.parametrize(
    "given",
    [
        "",
        "a.example/x",
        "ftp://a.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "https://",
        "https:///x",
        "https:a.example",
        "https://user@a.example",
        "https://user:word@a.example",
        "https://a.example:port/",
        "https://a.example:99999/",
        "https://a.example:0/",
        "https://[::1",
        "https://a.example/a b",
        "https://a.example/a\nb",
        "https://a.example/\u2028x",
        "https://a.example/\ud800",
        "https://a.example\\@b.example/",
        'https://a.example/"onclick=',
        "https://a.example/<script>",
        "https://a.example/" + "x" * 2048,
    ],
)
def test_what_is_no_address_of_a_page_is_refused(given):
    with pytest.raises(PlainError, match="address"):
        canonical(given)


@given(st.text() | st.text("htps:/[]@?#&=.a1%").map(lambda text: "https://" + text))
def test_the_form_of_an_address_is_stable(text):
    try:
        once = canonical(text)
    except PlainError:
        return
    assert canonical(once) == once


def test_an_address_is_told_from_a_file_name():
    assert is_address("HTTPS://a.example")
    assert not is_address("notes/http.md")
