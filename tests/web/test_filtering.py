"""The form that makes a view of a feed: what it asks for, what it shows, and the lines of configuration."""

from collections.abc import Iterator
from urllib.parse import quote, urlencode

import lxml.html
import pytest
import yaml
from flask.testing import FlaskClient

from feedsvc.filters import forms
from feedsvc.filters.parameters import chosen
from feedsvc.filters.searching import Term, terms, words, written
from feedsvc.store import Store
from feedsvc.texts import LANGUAGES
from feedsvc.update import update
from feedsvc.web.filtering import asked
from feedsvc.web.rate import CLIENT_TOKENS
from tests.conftest import CONFIG, NOW, SANDBOX, Folder, catalogue, seed
from tests.data.new_stores import new_store
from tests.data.samples import SITE, client

SITE_CONFIG = CONFIG + "feeds: {clouds: {filters: [{title: 云}]}}\n"
TITLES = ["云上新闻", "云上广告", "无关", "1 < 2 & 3"]
WRONG = ("filter_title", "filterout", "since")
MARKUP = '"><script>alert(1)</script>'


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Folder, Store]]:
    """Four entries of one category."""
    folder = Folder(path=tmp_path_factory.mktemp("site"))
    folder.configure(SITE_CONFIG)
    for number, title in enumerate(TITLES):
        folder.write(f"{number}.txt", seed(title, categories="[新媒体]"))
    store = new_store(folder.database_url)
    config = folder.config()
    update(store, SANDBOX, config.sources, catalogue(config), NOW)
    yield folder, store
    store.close()


@pytest.fixture
def web(served: tuple[Folder, Store]) -> FlaskClient:
    """A client that asked for nothing yet."""
    return client(*served)


def look(web: FlaskClient, fields: dict[str, str], slug: str = "all", status: int = 200) -> lxml.html.HtmlElement:
    """The page of a sent form."""
    found = web.get(f"/feeds/{quote(slug)}/filter", query_string=fields)
    assert found.status_code == status
    return lxml.html.document_fromstring(found.text)


def titles(page: lxml.html.HtmlElement) -> list[list[str]]:
    """The titles that stay, and those that go."""
    return [[str(one) for one in part.xpath("./li/a/text()")] for part in page.xpath("//ul[@class='tried']")]


@pytest.mark.parametrize(
    "text", ['华为 "折叠 屏"', "-x title:y date:2026 a:b 「x」", '“a”b c"d', "  ", "!!! ... 5G", "AND title: or"]
)
def test_words_are_taken_as_they_are(text: str) -> None:
    """A search that is made of words has exactly these words: no minus, colon or quotation mark becomes a sign."""
    found = [
        Term(minus, field, one) for one in words(text) for minus in (False, True) for field in ("", "title", "text")
    ]

    assert terms(written(found)) == found


def test_a_form_of_words_is_a_search() -> None:
    """Fields of words become one search, in their order. The switch for patterns does not change other fields."""
    given = {
        "filter": "甲 -乙",
        "filter_title": '"两 个"',
        "filterout_description": "广告",
        "limit": "5",
        "kind": "words",
    }
    found = asked(urlencode({**given, "since": "", "sorted": "false"}), SITE.timezone)

    assert found.view.filters == (("search", '甲 "-乙" title:"两 个" -text:广告'),)
    assert (found.view.limit, found.view.since, found.view.is_sorted, dict(found.faults)) == (5, None, False, {})


@pytest.mark.parametrize(
    "fields",
    [
        {"filter_title": "云", "filterout": "广告"},
        {"kind": "patterns", "filter_title": "^云", "filterout_title": "广.", "filter_case_sensitive": "false"},
    ],
)
def test_the_page_shows_what_the_view_has(web: FlaskClient, fields: dict[str, str]) -> None:
    """The entries that stay are those of the address on the page. The others go, each with a reason."""
    page = look(web, fields)
    stays, goes = titles(page)
    (address,) = page.xpath("//input[@id='address-json']/@value")
    view = web.get(address.removeprefix("https://feeds.example.org")).get_json(force=True)

    assert stays == [one["title"] for one in view["items"]] == ["云上新闻"]
    assert sorted(goes) == sorted(TITLES[1:])
    reasons = dict(zip(goes, page.xpath("(//ul[@class='tried'])[2]//span/text()"), strict=True))
    assert reasons["无关"].startswith("标题没有 ")
    assert "有 " in reasons["云上广告"]
    assert page.xpath("//script[not(@src)]") == []


@pytest.mark.parametrize(
    ("slug", "key"), [("all", None), ("新媒体", {"categories": ["新媒体"]}), ("clouds", {"feeds": ["clouds"]})]
)
@pytest.mark.parametrize(
    "fields",
    [
        {"filter": "云 007 yes: #x 'é' -y", "filterout_title": "\\ {a: b} &amp; \U0001f600"},
        {"kind": "patterns", "filter": "云|\\d{2}: #'\"", "filterout": "^- !x%@`"},
    ],
)
def test_the_lines_are_the_view(
    web: FlaskClient, folder: Folder, slug: str, key: dict[str, list[str]] | None, fields: dict[str, str]
) -> None:
    """The configuration with the lines of the page is valid, and its feed has the filters of the view."""
    page = look(web, fields, slug)
    (lines,) = page.xpath("//textarea[@id='configuration']/text()")
    section = yaml.safe_load(SITE_CONFIG)
    section["feeds"] |= yaml.safe_load(lines)["feeds"]
    folder.configure(yaml.safe_dump(section, allow_unicode=True))
    made = folder.config().catalogue.feeds[f"{slug}-filtered"].selection
    view = asked(urlencode(fields), SITE.timezone).view
    fits = chosen(view.filters, SITE.timezone)

    assert fits is not None
    assert forms.canonical(made.filters) == forms.canonical([fits])
    assert {"categories": list(made.categories), "feeds": list(made.feeds)} == {
        "categories": [],
        "feeds": [],
        **(key or {}),
    }


def test_faults_stand_at_their_fields(web: FlaskClient) -> None:
    """Each wrong field says where its pattern fails and what to write. Its text stays in the form, escaped."""
    fields = {"kind": "patterns", "filter": "云", "filter_title": "云(", "filterout": f"[{MARKUP}", "since": "soon"}
    page = look(web, fields, status=400)
    title, out, since = (page.xpath(f"string(//p[@id='fault-{name}'])") for name in WRONG)

    assert set(page.xpath("//input[@aria-invalid='true']/@id")) == set(WRONG)
    assert title.startswith("第 2 个字符“(”：")
    assert "“]”" in out
    assert "7d" in since
    assert page.xpath("//input[@id='filterout']/@value") == [f"[{MARKUP}"]
    assert page.xpath("//script[not(@src)]") == []


@pytest.mark.parametrize(
    ("query", "chinese", "english"),
    [
        ("filter=a(?!b)", "参数 filter 有错：第 2 个字符“(?!”：不支持环视", "at character 2, `(?!`: look-around"),
        ("filterout=" + "a" * 201, "请写 1 到 200 个字符", "write a pattern of 1 to 200 characters"),
        ("search=date:x", "参数 search 有错：日期写作 2026", "write a date as 2026"),
    ],
)
def test_a_fault_is_said_in_the_language_of_the_page(web: FlaskClient, query: str, chinese: str, english: str) -> None:
    """The page of an error names what is wrong with a filter in Chinese or English."""
    for language, said in (("zh", chinese), ("en", english)):
        found = web.get(f"/feeds/all.rss?{query}", headers={"Accept-Language": language})
        assert found.status_code == 400
        assert said in found.text


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("filter=a&filter=b&limit=5", "参数 filter 只能有一个值。"),
        ("filter_title=%E4%BA&kind=words", "参数 filter_title 的值必须是 UTF-8 文字，不含字符 0。"),
        ("kind=words&kind=patterns&filter=a", "参数 kind 只能有一个值。"),
    ],
)
def test_a_field_has_one_text(web: FlaskClient, query: str, said: str) -> None:
    """Two values of a field, and bytes that are no text, are a fault at their field."""
    found = web.get(f"/feeds/all/filter?{query}")

    assert found.status_code == 400
    assert lxml.html.document_fromstring(found.text).xpath("string(//form//p[@class='fault'])") == said


def test_too_many_words(web: FlaskClient) -> None:
    """The bound of a search stands at the first field that has words."""
    page = look(web, {"filterout_title": " ".join("abcdefghijklmnopqrstu")}, status=400)

    assert "1 到 20 个词" in page.xpath("string(//p[@id='fault-filterout_title'])")


def test_the_form_alone(web: FlaskClient) -> None:
    """An empty form, sent or not, has no result. The form sends to this site, and needs no script."""
    for fields in ({}, {"filter": " ", "kind": "words", "sorted": ""}):
        found = web.get("/feeds/all/filter", query_string=fields)
        assert (found.status_code, found.text.count("<form"), "tried" in found.text) == (200, 1, False)
        assert "form-action 'self'" in found.headers["Content-Security-Policy"]
    assert web.get("/feeds/no/filter").status_code == 404
    assert web.get("/feeds/ALL/filter?filter=云").headers["Location"] == f"/feeds/all/filter?filter={quote('云')}"
    assert 'href="/feeds/all/filter"' in web.get("/feeds/all").text


def test_a_look_costs_as_much_as_the_view(web: FlaskClient) -> None:
    """A client that tries too often gets 429, also for the same form."""
    tried = [web.get("/feeds/all/filter?filter=a").status_code for _ in range(int(CLIENT_TOKENS) // 10 + 1)]

    assert tried == [*[200] * (len(tried) - 1), 429]


def test_all_languages_have_the_texts() -> None:
    """The form has the same texts, with the same places, in each language."""
    first, *others = ({name: text.count("{") for name, text in one.filters.items()} for one in LANGUAGES.values())

    assert all(one == first for one in others)
