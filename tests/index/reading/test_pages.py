"""Pages from a web server on this machine."""

import asyncio
import gzip
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import date

import pytest
from aiohttp import web

from index.article import Article
from index.dates import PartialDate
from index.errors import PlainError
from index.reading import Fetcher, Hints, Refusal, read_page
from index.reading.fetcher import USER_AGENT

TODAY = date(2024, 6, 1)
MOST_BYTES = 200_000
ARTICLE = (
    "<!DOCTYPE html><html><head><title>Leica ends Huawei deal</title>"
    '<meta property="og:site_name" content="Wire"><meta property="article:published_time" content="2022-05-24">'
    "</head><body><article><h1>Leica ends Huawei deal</h1><p>The long partnership between Leica and Huawei ended in "
    "March, the camera maker told us today. “The cooperation has ended,” a spokesperson said, adding that both "
    "companies had agreed on it after months of talks.</p></article></body></html>"
)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def html(text: str = ARTICLE, **options: object) -> Handler:
    async def answer(_: web.Request) -> web.StreamResponse:
        return web.Response(**({"text": text, "content_type": "text/html"} | options))

    return answer


def leading_to(target: str, status: int = 302) -> Handler:
    async def answer(_: web.Request) -> web.StreamResponse:
        return web.Response(status=status, headers={"Location": target})

    return answer


async def endless(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "text/html"})
    await response.prepare(request)
    while True:
        await response.write(b"x" * 65_536)


async def slow(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "text/html"})
    await response.prepare(request)
    while True:
        await response.write(b"x")
        await asyncio.sleep(0.05)


async def says_who_asks(request: web.Request) -> web.StreamResponse:
    cookies = {"set": "1"}
    response = web.Response(text=str(dict(request.headers)), content_type="text/plain")
    for name, value in cookies.items():
        response.set_cookie(name, value)
    return response


async def cut_short(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "text/html", "Content-Length": "1000"})
    await response.prepare(request)
    await response.write(b"x")
    assert request.transport
    request.transport.close()
    return response


def packed(data: bytes, encoding: str = "gzip") -> Handler:
    return html(
        text=None, body=data, content_type=None,
        headers={"Content-Type": "text/html; charset=utf-8", "Content-Encoding": encoding},
    )  # fmt: skip


BOMB = gzip.compress(b"\0" * 50_000_000)
PAGES = {
    "/ok": html(),
    "/moved": leading_to("/ok", 301),
    "/moved-twice": leading_to("moved#there", 307),
    "/private": leading_to("http://127.0.0.1/"),
    "/metadata": leading_to("http://169.254.169.254/latest/meta-data/"),
    "/by-name": leading_to("http://intranet.example/"),
    "/file": leading_to("file:///etc/passwd"),
    "/user": leading_to("http://user:word@127.0.0.1/"),
    "/broken-target": leading_to("http://[::1"),
    "/loop": leading_to("/loop"),
    "/no-target": html(status=302),
    "/gone": html(status=404),
    "/error": html(status=500),
    "/partial": html(status=206),
    "/endless": endless,
    "/slow": slow,
    "/gzip": packed(gzip.compress(ARTICLE.encode())),
    "/bomb": packed(BOMB),
    "/bomb-in-bomb": packed(gzip.compress(BOMB), "gzip, gzip"),
    "/half-packed": packed(gzip.compress(ARTICLE.encode())[:-20]),
    "/not-packed": packed(ARTICLE.encode()),
    "/brotli": packed(b"x", "br"),
    "/large": html("x" * (MOST_BYTES + 1)),
    "/picture": html(content_type="image/png"),
    "/json": html(content_type="application/json"),
    "/plain": html("Leica and Huawei\n\n" + "They ended it. " * 20, content_type="text/plain"),
    "/xhtml": html(content_type="application/xhtml+xml"),
    "/latin": html(text=None, body=ARTICLE.replace("“", "é").encode("cp1252"), charset="windows-1252"),
    "/mislabelled": html(text=None, body=ARTICLE.encode("utf-16-le"), charset="utf-8"),
    "/not-utf-8": html(text=None, body=ARTICLE.encode("cp1252")),
    "/odd-charset": html(text=None, body=b"x", charset="unicode_escape"),
    "/short": html("<html><body><article><p>Please log in to read this.</p></article></body></html>"),
    "/nothing": html("<html><body></body></html>"),
    "/who": says_who_asks,
    "/cut": cut_short,
}


@pytest.fixture
async def site() -> AsyncIterator[str]:
    """The address of a server with these pages."""
    app = web.Application()
    for path, handler in PAGES.items():
        app.router.add_get(path, handler)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    server = web.TCPSite(runner, "127.0.0.1", 0)
    await server.start()
    host, port = runner.addresses[0][:2]
    yield f"http://{host}:{port}"
    await runner.cleanup()


async def finds_nothing_public(host: str, port: int) -> list[str]:
    return ["10.0.0.1"]


@pytest.fixture
async def fetcher(site: str) -> AsyncIterator[Fetcher]:
    """A fetcher that may read from the site."""
    allow = (site.removeprefix("http://"),)
    async with Fetcher(allow, 0.5, MOST_BYTES, look_up=finds_nothing_public) as fetcher:
        yield fetcher


async def read(url: str, fetcher: Fetcher, hints: Hints | None = None) -> Article | Refusal:
    return await read_page(url, fetcher, today=TODAY, hints=hints or Hints())


@pytest.mark.parametrize("path", ["/ok", "/ok#part", "/ok?utm_source=x", "/moved", "/moved-twice", "/gzip", "/xhtml"])
async def test_a_page_becomes_an_article_under_its_last_address(site, fetcher, path):
    found = await read(site + path, fetcher)
    assert isinstance(found, Article), found
    assert found.title == "Leica ends Huawei deal"
    assert found.published == PartialDate(2022, 5, 24)
    assert found.publisher == "Wire"
    assert "“The cooperation has ended,”" in found.text
    expected = "/ok" if path.startswith(("/ok", "/moved")) else path
    assert found.url == site + expected


async def test_a_page_in_its_declared_encoding_is_read(site, fetcher):
    found = await read(site + "/latin", fetcher)
    assert isinstance(found, Article)
    assert "éThe cooperation" in found.text


async def test_a_page_of_plain_text_is_titled_by_its_first_line(site, fetcher):
    found = await read(site + "/plain", fetcher)
    assert isinstance(found, Article)
    assert (found.title, found.url) == ("Leica and Huawei", site + "/plain")


async def test_hints_override_what_the_page_says(site, fetcher):
    found = await read(site + "/ok", fetcher, Hints(title="Mine", published=PartialDate(2021)))
    assert isinstance(found, Article)
    assert (found.title, found.published) == ("Mine", PartialDate(2021))


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/private", "not a public one"),
        ("/metadata", "not a public one"),
        ("/by-name", "not a public one"),
        ("/file", "begin with http"),
        ("/user", "user name"),
        ("/broken-target", "no address"),
        ("/loop", "without end"),
        ("/no-target", "error 302"),
        ("/gone", "error 404"),
        ("/error", "error 500"),
        ("/partial", "error 206"),
        ("/endless", "larger than 200 KB"),
        ("/large", "larger than 200 KB"),
        ("/bomb", "larger than 200 KB"),
        ("/bomb-in-bomb", "packed in a way"),
        ("/brotli", "packed in a way"),
        ("/half-packed", "cannot be reached"),
        ("/not-packed", "cannot be reached"),
        ("/cut", "cannot be reached"),
        ("/slow", "took longer than 0.5 seconds"),
        ("/picture", "no page of text"),
        ("/json", "no page of text"),
        ("/mislabelled", "binary"),
        ("/not-utf-8", "encoding that it declares"),
        ("/odd-charset", "encoding that cannot be read"),
        ("/short", "words of an article"),
        ("/nothing", "No article can be found"),
        ("/no-such-page", "error 404"),
    ],
)
async def test_a_page_that_cannot_be_read_says_why_in_one_line(site, fetcher, path, reason):
    found = await read(site + path, fetcher)
    assert isinstance(found, Refusal), found
    assert found.where == site + path
    assert reason in found.reason
    assert found.reason.isprintable()


async def test_a_fetch_names_us_and_carries_no_cookie_from_the_last(site, fetcher, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    await fetcher.fetch(site + "/who")
    page = await fetcher.fetch(site + "/who")
    assert USER_AGENT in page.text
    assert "Cookie" not in page.text


async def test_nobody_listens_where_nobody_listens():
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        async with Fetcher((f"127.0.0.1:{port}",), 2, MOST_BYTES) as fetcher:
            with pytest.raises(PlainError, match="cannot be reached"):
                await fetcher.fetch(f"http://127.0.0.1:{port}/")


async def test_the_loopback_server_is_out_of_reach_unless_allowed(site):
    port = site.rpartition(":")[2]
    async with Fetcher((), 2, MOST_BYTES) as fetcher:
        for host in ("127.0.0.1", "localhost", "[::1]"):
            with pytest.raises(PlainError):
                await fetcher.fetch(f"http://{host}:{port}/ok")
        with pytest.raises(PlainError, match="not a public one"):
            await fetcher.fetch("http://localhost/ok")


async def test_a_name_is_checked_at_the_moment_of_connecting(site):
    """A name that turns from public to private between two look-ups gains nothing: there is one for each connection."""
    asked: list[str] = []

    async def rebinding(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["203.0.113.7", "127.0.0.1"] if len(asked) > 1 else ["127.0.0.1"]

    async with Fetcher((site.removeprefix("http://"),), 2, MOST_BYTES, look_up=rebinding) as fetcher:
        with pytest.raises(PlainError, match="not a public one"):
            await fetcher.fetch("http://rebinding.example/ok")
        with pytest.raises(PlainError, match="not a public one"):
            await fetcher.fetch("http://rebinding.example/ok")
    assert asked == ["rebinding.example"] * 2


async def test_the_address_that_was_checked_is_the_address_connected_to(monkeypatch):
    """The first look-up gives a public address, every later one a private one; only the first is ever dialled."""
    asked, dialled = [], []

    async def rebinding(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["1.1.1.1"] if len(asked) == 1 else ["127.0.0.1"]

    async def dial(*_, addr_infos, **__):
        dialled.extend(info[4][0] for info in addr_infos)
        raise OSError("not from a test")

    monkeypatch.setattr("aiohappyeyeballs.start_connection", dial)
    async with Fetcher((), 2, MOST_BYTES, look_up=rebinding) as fetcher:
        with pytest.raises(PlainError, match="cannot be reached"):
            await fetcher.fetch("http://rebinding.example/")
        with pytest.raises(PlainError, match="not a public one"):
            await fetcher.fetch("http://rebinding.example/")
    assert dialled == ["1.1.1.1"]


async def test_an_allowed_name_may_lead_to_a_private_address(site):
    port = site.rpartition(":")[2]

    async def intranet(host: str, port: int) -> list[str]:
        return ["127.0.0.1"]

    async with Fetcher((f"intranet.example:{port}",), 2, MOST_BYTES, look_up=intranet) as fetcher:
        assert (await fetcher.fetch(f"http://intranet.example:{port}/ok")).content_type == "text/html"


@pytest.mark.parametrize("error", [OSError, UnicodeError, socket.gaierror])
async def test_a_name_that_nobody_knows_says_so(error):
    async def unknown(host: str, port: int) -> list[str]:
        raise error

    async with Fetcher((), 2, MOST_BYTES, look_up=unknown) as fetcher:
        with pytest.raises(PlainError, match="No site of that name"):
            await fetcher.fetch("http://unknown.example/")


async def test_a_name_without_addresses_says_so():
    async def empty(host: str, port: int) -> list[str]:
        return []

    async with Fetcher((), 2, MOST_BYTES, look_up=empty) as fetcher:
        with pytest.raises(PlainError, match="No site of that name"):
            await fetcher.fetch("http://empty.example/")


@pytest.mark.parametrize(
    "url", ["", " ", "http://", "http://[::1", "http://x:y/", "mailto:a@b", "http://a b/", "\0", "http://a\0/"]
)
async def test_what_is_no_address_is_refused(fetcher, url):
    assert isinstance(await read(url, fetcher), Refusal)


async def test_endless_headers_are_cut_off():
    async def shout(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            writer.write(b"HTTP/1.1 200 OK\r\n")
            while True:
                writer.write(b"X-A: " + b"x" * 1000 + b"\r\n")
                await writer.drain()
        except OSError:
            writer.close()

    server = await asyncio.start_server(shout, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server, Fetcher((f"127.0.0.1:{port}",), 2, MOST_BYTES) as fetcher:
        with pytest.raises(PlainError, match="cannot be reached"):
            await fetcher.fetch(f"http://127.0.0.1:{port}/")
