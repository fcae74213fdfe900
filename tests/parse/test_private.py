"""What an author keeps from the public: nothing of its text is in the entry."""

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from feedsvc.errors import EntryError
from feedsvc.model import SourceSpec
from feedsvc.parse.private import without_encrypted
from feedsvc.parse.seed import Parsed, read

SPEC = SourceSpec(
    name="articles", kind="seeds", path="/seeds", timezone=ZoneInfo("Asia/Shanghai"), tag="example.org,2026"
)

HIDDEN_TEXT = "谁也不该看到的文字"


def article(*lines: str, body: str = HIDDEN_TEXT, spec: SourceSpec = SPEC, path: str = "a.md") -> Parsed:
    """A seed with a title and these lines, which begin on line 3."""
    return read("\n".join(("---", "title: 标题", *lines, "---", body)).encode(), path, spec)


@pytest.mark.parametrize(
    "line",
    [
        "hidden: true", "hide: yes", "private: true", "private: 1", "draft: true", "unlisted: true", "secret: true",
        "headless: true", "published: false", "publish: no", "public: false", "listed: false", "visible: off",
        "visibility: private", "visibility: members", "status: private", "post_status: draft", "Hidden: True",
        "is-private: true", "hidden: [home]", "build: {list: never, render: never}", "_build: {list: false}",
        "build: {render: never, list: always}", "build: {list: local}", "hidden: maybe",
    ],
)  # fmt: skip
def test_a_hidden_article_is_no_entry(line: str) -> None:
    """An article that its author hides is not published, and a line names the field."""
    found = article(line)

    assert found.entry is None
    assert found.notices == ((3, f"{line.partition(':')[0]}: the article is not published"),)


@pytest.mark.parametrize(
    "line",
    [
        "password: '1234'", "password: 1234", "password: no", "password: 0", "password: 'false'", "password: [a, b]",
        "Password: x", "encrypted: true", "encrypt: true", "encrypt: {enable: true, pwd: x}", "enc_pwd: x", "pwd: x",
        "visibility: password", "protected: true",
    ],
)  # fmt: skip
def test_a_locked_article_is_its_title_and_its_abstract(line: str) -> None:
    """Nothing that may be made of the text of a locked article is in its entry; a line says so without the password."""
    found = article(
        line, "abstract: 已加密。", f"summary: {HIDDEN_TEXT}", f"description: {HIDDEN_TEXT}", f"excerpt: {HIDDEN_TEXT}",
        "headimg: https://e.example/a.png", "categories: [日记]", f"tags: [{HIDDEN_TEXT}]",
        "enclosures: {url: 'https://e.example/a.mp3', type: audio/mpeg}",
    )  # fmt: skip

    assert found.entry is not None
    assert (found.entry.title, found.entry.content, found.entry.categories) == ("标题", "已加密。", ("日记",))
    assert HIDDEN_TEXT not in repr(found)
    assert (found.entry.image, found.entry.enclosures) == (None, ())
    assert found.notices == (
        (3, f"{line.partition(':')[0]}: only the title and the abstract are published, not the text"),
    )


@pytest.mark.parametrize(
    "line",
    [
        "password: ''", "password:", "password: ~", "password: false", "password: null", "encrypt: false",
        "encrypt: {enable: false, pwd: x}", "encrypted: no", "hidden: false", "hidden:", "hidden: ''", "private: 0",
        "draft: false", "published: true", "published: 2022-07-25", "published:", "public: true", "visibility: public",
        "visibility: ''", "visibility:", "status: publish", "build: {list: always, render: always}", "build: 7",
        "build: {render: link}", "unlisted: off",
    ],
)  # fmt: skip
def test_what_is_not_private_is_published(line: str) -> None:
    """An answer of no, or none, hides nothing."""
    found = article(line)

    assert found.entry is not None
    assert HIDDEN_TEXT in found.entry.content
    assert found.notices == ()


@pytest.mark.parametrize(
    "text",
    [
        f'+++\ntitle = "标题"\nhidden = true\n+++\n{HIDDEN_TEXT}',
        f'+++\ntitle = "标题"\n[build]\nlist = "never"\n+++\n{HIDDEN_TEXT}',
        f'+++\ntitle = "标题"\npassword = "x"\n+++\n{HIDDEN_TEXT}',
        f'+++\ntitle = "标题"\npassword = 1234\n+++\n{HIDDEN_TEXT}',
        f';;;\n"title": "标题",\n"private": true\n;;;\n{HIDDEN_TEXT}',
        f';;;\n"title": "标题",\n"password": "x"\n;;;\n<p>{HIDDEN_TEXT}</p>',
        f'+++\ntitle = "标题"\n[params]\npassword = "x"\n+++\n{HIDDEN_TEXT}',
        f"title: 标题\npassword: x\n---\n{HIDDEN_TEXT}",
        f"---\ntitle: 标题\nx: &k {{password: y}}\n<<: *k\n---\n{HIDDEN_TEXT}",
    ],
    ids=[
        "TOML",
        "TOML's table",
        "TOML's text",
        "TOML's number",
        "JSON",
        "JSON's text",
        "Hugo's params",
        "no first fence",
        "merge key",
    ],
)
def test_every_form_of_front_matter_may_say_so(text: str) -> None:
    """A private article is private in YAML, TOML and JSON."""
    found = read(text.encode(), "a.md", SPEC)

    assert HIDDEN_TEXT not in repr(found)
    assert len(found.notices) == 1


def test_hidden_counts_more_than_locked() -> None:
    """An article that is hidden and locked is not published, whichever field stands first."""
    assert article("password: x", "hidden: true").entry is None


@pytest.mark.parametrize(
    ("line", "is_locked"),
    [("tags: [甲, 日记]", True), ("tags: 日记", True), ("tags: [甲]", False), ("tags: [日记]\npassword: ''", False)],
    ids=["one of several", "the only one", "another", "an empty password takes it back"],
)
def test_a_tag_locks_an_article(line: str, is_locked: object) -> None:
    """Tags for which the site has a password lock their articles; the site's own abstract stands in."""
    spec = replace(SPEC, locking_tags=("日记",), locked_abstract="需要密码。")
    found = article(line, spec=spec)

    assert found.entry is not None
    assert (HIDDEN_TEXT in found.entry.content, "需要密码。" in found.entry.content) == (not is_locked, is_locked)


def test_a_site_may_name_its_own_field() -> None:
    """A field that the site's plugin hides articles by hides them here."""
    assert article("feed_hidden: true", spec=replace(SPEC, hiding_fields=("feed_hidden",))).entry is None
    assert article("feed_hidden: true").entry is not None


@pytest.mark.parametrize(
    "body",
    [
        f'前\n{{{{% hugo-encryptor "密" %}}}}\n{HIDDEN_TEXT}\n{{{{% /hugo-encryptor %}}}}\n后',
        f'前\n{{{{< fixit-encryptor "密" "提示" >}}}}\n{HIDDEN_TEXT}\n{{{{% x %}}}}\n{{{{< /fixit-encryptor >}}}}\n后',
        f'前\n{{{{% hugo-encrypt "密" %}}}}\n{HIDDEN_TEXT}\n{{{{% /hugo-encrypt %}}}}\n后',
        f"前 {{% encrypt 密 %}}{HIDDEN_TEXT}{{% endencrypt %}} 后",
        f"前 {{%- private -%}}{HIDDEN_TEXT}{{%- endprivate -%}} 后",
        f"前 {{% encrypt %}}a{{% encrypt %}}b{{% endencrypt %}}{HIDDEN_TEXT}{{% endencrypt %}} 后",
    ],
    ids=["hugo-encryptor", "fixit-encryptor", "hugo-encrypt", "Hexo's tag", "Liquid", "one in another"],
)
def test_an_encrypted_part_is_left_out(body: str) -> None:
    """What a site shows only for a password is not in the text; the rest is, and a line says so."""
    found = article(body=body, path="a.html")

    assert found.entry is not None
    assert found.entry.content.split() == ["前", "后"]
    assert [line for line, _ in found.notices] == [1]


def test_an_encrypted_part_without_an_end_goes_on() -> None:
    """Where the end of an encrypted part is missing, all that follows is left out."""
    assert without_encrypted(f"前{{% encrypt %}}{HIDDEN_TEXT}") == ("前", True)


@pytest.mark.parametrize("body", ["{% note %}文{% endnote %}", "password: 1", "{{ encrypt }}", "{% endencrypt %}"])
def test_other_tags_stay(body: str) -> None:
    """A tag of another name, a word, and an end without a beginning encrypt nothing."""
    assert without_encrypted(body) == (body, False)


@pytest.mark.parametrize(
    ("lines", "is_private"),
    [
        (["title: [b]", "password: x"], True),
        (["title: [b]"], False),
        (["password: @x"], True),
        (["password: 'a'b'"], True),
        (["summary: a: b", "hidden: true"], True),
        (["summary: a: b", "hidden: false", "password: ''", "draft:"], False),
    ],
    ids=["a locked title", "a title", "at sign", "quotes", "hidden", "public"],
)
def test_a_broken_file_says_whether_it_may_be_private(lines: list[str], is_private: object) -> None:
    """What cannot be read may be private all the same: then nothing of an earlier form may stay."""
    with pytest.raises(EntryError) as caught:
        article(*lines)

    assert caught.value.is_private is is_private


@pytest.mark.parametrize("field", ["date: soon", "author: {a: {}}", "categories: !x {a: b}", "? [a]\n: b", "guid: [a]"])
@pytest.mark.parametrize(
    "lock", ["password: x", "hidden: true", "? [password]\n: x", "tags: !!set {秘}", "tags: !x [秘]"]
)
def test_a_field_that_cannot_be_read_makes_nothing_public(field: str, lock: str) -> None:
    """The article goes without the field, and stays as private as it is."""
    found = article(*field.split("\n"), *lock.split("\n"), spec=replace(SPEC, locking_tags=("秘",)))

    assert found.entry is None or found.entry.content == ""
