"""Which addresses the fetch may go to."""

from ipaddress import ip_address

import pytest
from yarl import URL

from index.errors import PlainError
from index.reading.reach import Reach, is_public

FORBIDDEN = [
    "http://127.0.0.1/",
    "http://127.8.9.1/",
    "http://10.0.0.1/",
    "http://172.16.0.1/",
    "http://172.31.255.254/",
    "http://192.168.1.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://100.64.0.1/",
    "http://100.100.100.200/",
    "http://168.63.129.16/",
    "http://0.0.0.0/",
    "http://0.1.2.3/",
    "http://192.0.0.192/",
    "http://192.0.2.1/",
    "http://198.51.100.1/",
    "http://203.0.113.1/",
    "http://198.18.0.1/",
    "http://192.88.99.1/",
    "http://224.0.0.1/",
    "http://240.0.0.1/",
    "http://255.255.255.255/",
    "http://2130706433/",
    "http://017700000001/",
    "http://0x7f000001/",
    "http://0x7f.0.0.1/",
    "http://0177.0.0.1/",
    "http://127.1/",
    "http://127.0.1/",
    "http://0/",
    "http://127.0.0.1./",
    "http://8.8.8.8./",
    "http://8.8.0x808/",
    "http://１２７.0.0.1/",
    "http://127。0。0。1/",
    "http://[::1]/",
    "http://[::]/",
    "http://[::127.0.0.1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:8.8.8.8]/",
    "http://[::ffff:0:127.0.0.1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[64:ff9b:1::1]/",
    "http://[2002:7f00:1::]/",
    "http://[2001:0:7f00:1::]/",
    "http://[2001:db8::1]/",
    "http://[3fff::1]/",
    "http://[fc00::1]/",
    "http://[fd00:ec2::254]/",
    "http://[fe80::1]/",
    "http://[fe80::1%25eth0]/",
    "http://[2606:4700::1%25eth0]/",
    "http://[fec0::1]/",
    "http://[ff02::1]/",
    "http://[100::1]/",
    "http://[5f00::1]/",
    "ftp://a.example/",
    "file:///etc/passwd",
    "gopher://a.example/",
    "javascript:alert(1)",
    "//a.example/",
    "a.example",
    "http:///x",
    "http://user@a.example/",
    "http://user:word@a.example/",
    "http://:word@a.example/",
    "http://a.example:22/",
    "http://a.example:443/",
    "https://a.example:80/",
    "http://a.example:0/",
    "http://8.8.8.8:8080/",
]


@pytest.mark.parametrize("url", FORBIDDEN)
def test_an_address_that_may_not_be_fetched_is_refused_before_anything_is_sent(url):
    with pytest.raises(PlainError):
        Reach().check(URL(url))


@pytest.mark.parametrize(
    "url",
    [
        "http://a.example/",
        "https://a.example/",
        "http://a.example:80/",
        "https://a.example:443/x",
        "https://8.8.8.8/",
        "https://[2606:4700::1111]/",
        "https://münchen.example/",
        "https://a1.example/",
    ],
)
def test_a_public_address_is_let_through(url):
    Reach().check(URL(url))


@pytest.mark.parametrize("address", ["1.1.1.1", "172.32.0.1", "100.128.0.1", "198.20.0.1", "2606:4700::1", "2a00::1"])
def test_public_addresses_are_public(address):
    assert is_public(ip_address(address))


@pytest.mark.parametrize("address", ["127.0.0.1", "fe80::1%eth0", "0x7f.1", "", "a.example"])
def test_one_bad_address_of_a_name_refuses_the_name(address):
    with pytest.raises(PlainError):
        Reach().check_found("a.example", 443, ["1.1.1.1", address])


def test_what_the_settings_allow_is_let_through_on_that_port_alone():
    reach = Reach.of(("127.0.0.1:8080", "[::1]:8080", "Intra.Example:9000"))
    for url in ("http://127.0.0.1:8080/", "http://[::1]:8080/", "https://intra.example:9000/"):
        reach.check(URL(url))
    reach.check_found("intra.example", 9000, ["10.0.0.1"])
    for url in ("http://127.0.0.1/", "http://127.0.0.2:8080/", "https://intra.example:8080/", "ftp://127.0.0.1:8080/"):
        with pytest.raises(PlainError):
            reach.check(URL(url))
    with pytest.raises(PlainError):
        reach.check_found("intra.example", 443, ["10.0.0.1"])
