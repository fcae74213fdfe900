"""No text that an author hides from the public is in the entry."""

import re
from collections.abc import Iterator
from dataclasses import asdict, replace
from time import process_time
from zoneinfo import ZoneInfo

import pytest

from feedsvc.errors import EntryError
from feedsvc.model import SourceSpec
from feedsvc.parse.encrypted import without_encrypted
from feedsvc.parse.private import may_be_private
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
        "build: {list: no}", "build: {list: off}", "build: {list: 0}", "build: {List: Never}", "build: never",
        "published: draft", "published: [false]", "published: ''", "publish: private", "public: private",
        "visible: PRIVATE", "visible: INTERNAL", "visible: [a, true]", "visibility: [public, members]",
        "status: [a, Draft]", "status: Draft (2)", "status: auto-draft", "status: 私密", "state: draft",
        "access: private", "permission: private", "is_published: false", "isVisible: no", "is_listed: 0", "is_hide: 1",
        "not_published: true", "unlist: true", "unpublish: yes", "unlisted: {enable: true}", "hideInList: true",
        "hidden_from_feed: true",
        "status: wip", "status: WIP (2)", "wip: true", "drafts: true", "publish_status: private", "type: draft",
        "layout: Draft", "level: private", "privacy: secret", "display: false", "feed: {exclude: true}",
        "rss: {Excluded: yes}",
        "草稿: true", "草稿: 是", "私有: true", "私密: 1", "隐藏: true", "是否隐藏: 是", "公开: 否", "不公开: true",
        "未发布: 是", "发布: 否", "状态: 草稿", "状态: 待发布", "文章状态: 私密", "类型: 草稿",
        "访问权限: 私密", "权限: 仅自己", "权限: 仅自己可见", "状态: 仅自己可见", "invisible: true",
        "可见性: 私密", "可见范围: 仅自己", "可见范围: 自己", "私人: true", "仅自己可见: true", "仅自己可见: 是",
        "status: 私人", "status: 未公开", "hide_post: true", "hidePost: 1", "private_post: true", "post_hidden: true",
        "secret_page: yes", "hidden_article: true", "hide_all: true", "hide_from_all: true", "draft_post: true",
        "display: none", "display: hidden", "feed: exclude", "rss: none", "trash: true", "自己可见: true",
        "ｄｒａｆｔ: true", "draft: ｔｒｕｅ", "published: false\u200b", "published: private media",
        "publish: no press", "hide: [toc, article]", "hide: {toc: true, enable: true}", "hide: 全文",
        "published: [2022-07-25, no]", "published: 未出版社", "disable_publish: true",
        "do_not_publish: true", "access_level: private", "in_feed: false", "show_in_feed: false", "listed_in_rss: no",
        "not_in_feed: true",
        "rss_exclude: true", "hide: [toc, true]", "hide: page", "hidden: toc", "hidden: all", "private: everyone",
        "list: [never]", "access: members", "visible: 会员", "published: 待定", "dont_publish: 1",
        "exclude-from-rss: true", "no_feed: 1", "feed: false", "render: never", "eleventyExcludeFromCollections: true",
    ],
)  # fmt: skip
def test_a_hidden_article_is_no_entry(line: str) -> None:
    """A hidden article is not published, and a notice names the field."""
    found = article(line)

    assert found.entry is None
    ((number, said),) = found.notices
    assert number == 3
    assert re.fullmatch(rf"{line.partition(':')[0]}(\.\w+)?: the article is not published", said)


@pytest.mark.parametrize(
    "line",
    [
        "password: '1234'", "password: 1234", "password: no", "password: 0", "password: 'false'", "password: [a, b]",
        "Password: x", "encrypted: true", "encrypt: true", "encrypt: {enable: true, pwd: x}", "enc_pwd: x", "pwd: x",
        "visibility: password", "protected: true", "visibility: [password]", "lock: true", "is_locked: true",
        "pass: abc", "access_pass: x", "Pass: no", "密码: abc", "密码: 0", "访问密码: x", "阅读口令: x", "加密: true",
        "文章加密: 是", "锁定: true", "密码保护: true", "文章密码保护: 是", "type: password", "权限: 加密",
        "blogpan_password: x", "encrypt_password: public", "encrypt_password: 公开", "日记密码: x",
        "passcode: x", "passwords: [a]", "article_password: x", "view-password: 1", "readPassword: x", "blog_pwd: x",
        "encrypt_password: x", "pwd_hash: x", "is_encrypted: true", "isProtected: 1", "need_password: true",
        "visibility: 密码", "可见性: 密码", "阅读权限: 密码", "权限: 密码保护", "访问权限: 需要密码",
        "disable_encrypt: false", "without_password: no", "password: No", "password: 'False'",
        "encrypt_password_reset_done: x",
        "encrypted_content: maybe", "encrypt: {Enabled: yes}", "unencrypted: false", "unlock_password: 1",
    ],
)  # fmt: skip
def test_a_locked_article_is_its_title_and_its_abstract(line: str) -> None:
    """No part of a locked text is in its entry. The notice does not contain the password."""
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
    ("line", "meant", "is_locked"),
    [
        ("privat: true", "private", False), ("Pirvate: yes", "private", False), ("drfat: true", "draft", False),
        ("is_darft: 1", "draft", False), ("hiden: true", "hidden", False), ("hiddden: on", "hidden", False),
        ("publishd: false", "published", False), ("pubished: no", "published", False),
        ("unlsted: true", "unlisted", False), ("params: {privte: true}", "private", False),
        ("passwrod: abc", "password", True), ("pasword: no", "password", True), ("passwort: [a]", "password", True),
        ("encypted: true", "encrypted", True), ("protectd: true", "protected", True),
        ("encypt: true", "encrypt", True), ("encrpyt: true", "encrypt", True), ("lokced: true", "locked", True),
        ("publsh: false", "publish", False), ("publihs: no", "publish", False), ("secrect: true", "secret", False),
        ("hied: true", "hide", False), ("hidee: yes", "hide", False), ("unpublised: true", "unpublished", False),
        ("visibilty: private", "visibility", False), ("visiblity: 仅自己", "visibility", False),
        ("visibilty: password", "visibility", True), ("visble: no", "visible", False),
        ("pubilc: false", "public", False), ("stauts: draft", "status", False),
        ("statsu: 私密", "status", False), ("staus: 加密", "status", True),
        ("daft: true", "draft", False), ("rdaft: yes", "draft", False), ("raft: 1", "draft", False),
        ("paswd: x", "passwd", True),
    ],
)  # fmt: skip
def test_a_misspelled_field_keeps_an_article_back(line: str, meant: str, is_locked: object) -> None:
    """A misspelled field counts if its value is plainly yes or no, and a notice names the right spelling."""
    found = article(line)

    assert HIDDEN_TEXT not in repr(found)
    assert (found.entry is not None) is is_locked
    ((number, said),) = found.notices
    assert (number, said.endswith(f"; did you mean {meant}?")) == (3, True)


@pytest.mark.parametrize(
    "line",
    [
        "publisher: 人民出版社", "publisher: no", "publishd: true", "publishd: x", "drfat: false", "hiden: toc",
        "daft: x", "raft: 竹筏", "side: true", "wide: true", "ride: true", "blocked: true", "stauts: done",
        "visibilty: 10km", "stats: hidden", "protested: true", "secrets: x", "encypt: AES", "visble: x", "locker: x",
        "hiden: [true]", "hiden:", "privat: 私人", "craft: true", "passwrod:", "passwrod: ''", "protectd: 0",
        "draft_note: true", "passwrod_hint: x",
    ],
)  # fmt: skip
def test_a_name_that_only_resembles_a_private_one_is_none(line: str) -> None:
    """Similar names with another meaning, and other values, hide nothing."""
    assert HIDDEN_TEXT in repr(article(line))


def test_a_misspelled_published_is_a_draft() -> None:
    """A site that publishes its drafts publishes these; the field itself is named before a misspelled one."""
    assert article("publishd: false").is_draft
    assert article("publishd: false", spec=replace(SPEC, has_drafts=True)).entry is not None
    assert article("privat: true", "hidden: true").notices == ((4, "hidden: the article is not published"),)


@pytest.mark.parametrize(
    "line",
    [
        "password: ''", "password:", "password: ~", "password: false", "password: null", "encrypt: false",
        "encrypt: {enable: false, pwd: x}", "encrypted: no", "hidden: false", "hidden:", "hidden: ''", "private: 0",
        "draft: false", "published: true", "published: 2022-07-25", "published:", "public: true", "visibility: public",
        "visibility: ''", "visibility:", "status: publish", "build: {list: always, render: always}", "build: 7",
        "build: {render: link}", "unlisted: off",
        "build: {List: Always}", "published: [yes]", "published: 2022/7/25 14:48", "published: 2022-02-30",
        "published: '2022'", "published: July 25, 2022", "published: 1658731712", "publish: 2022年7月25日",
        "visible: ALL",
        "visibility: [public]", "status: 连载中", "state: solved", "permission: 转载请注明出处", "access: open",
        "is_hidden: off", "is_encrypted: {enable: no}", "unencrypted: true", "not_private: true", "need_password: no",
        # Texts and looks of a page, and what is for search engines or for the site's home page.
        "password_hint: 生日", "encrypt_message: 请输入密码", "wrong_pass_message: 不对",
        "wrong_password_message: 不对",
        "password-placeholder: 密码", "hide_title: true", "hideMeta: true", "hide_toc: true",
        "hiddenFromHomePage: true",
        "hiddenFromSearch: true", "hiddenInHomeList: true", "noindex: true", "sitemap: false", "search: false",
        "isolated: true", "notes: x", "issue: 7", "list: [a, b]", "feed: {excerpt_only: true}", "show: 3",
        "rss: https://e.example/rss", "publisher: x",
        "密码:", "密码提示: 生日", "加密: 否", "公开: 是", "是否公开: true", "草稿: false", "未发布: 否",
        "发布: 2022-07-25",
        "hide: [navigation, toc]", "hide: toc", "hide: title", "hide: [Tags, 0]",
        "解压密码: www.e.org", "解壓密碼: x", "提取密码: ab12", "下载密码: x", "网盘密码: x", "zip_password: x",
        "pan_pwd: ab12", "wifi_password: x", "baidu_pan_pwd: x",
        "access: free", "access: anonymous", "visibility: world", "visible: 所有人", "visible: 显示",
        "公开: 所有人可见",
        "private: 公开", "private: public", "draft: 已发布", "hidden: 不隐藏", "加密: 未加密", "密码保护: 否",
        "published: 人民邮电出版社", "published: MIT Press", "list: [0, 1]", "show: [toc, no]", "show_in_feed: true",
        "权限: 所有人", "权限: 仅供学习", "invisible: false", "do_not_publish: false", "in_feed: yes",
        "disable_encrypt: true", "disable_password: true", "skip_encrypt: true", "without_password: true",
        "password: False", "password: FALSE", "passwordless: true", "password_reset: true", "encryption_algorithm: AES",
        "password_manager: 1password", "hide: {toc: true}", "hide: {toc: true, navigation: true}", "hide: [thumbnail]",
        "hide: 日期", "hide: [word_count, ads]", "隐藏: 目录", "隐藏: [toc]", "hide_post: no", "hide_page: [toc]",
        "published: 中信出版集团", "published: O'Reilly Media", "published: O'Reilly", "published: 知乎",
        "published: https://e.org/1", "published: 是的", "published: [2022-07-25, 2023-07-25]", "发布: 公众号",
        "visible: 全部", "可见性: 全部", "可见范围: 所有人", "公开: 是的", "display: inline", "trash: false",
        "status: 自己整理", "阅读权限: 所有人", "private_repo: x", "hidden_gem: true",
        "状态: 连载中", "类型: 日记", "type: post", "layout: drafting", "level: 3", "bypass: x", "compass: x", "pass:",
        "status: wipe", "feed: {exclude: false}", "cascade: {type: docs}", "cascade: [{draft: false}]",
        "display: block",
    ],
)  # fmt: skip
def test_what_is_not_private_is_published(line: str) -> None:
    """A value that means "no" hides nothing."""
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
        f'+++\ntitle = "标题"\npassword = "false"\n+++\n{HIDDEN_TEXT}',
        f';;;\n"title": "标题",\n"password": "false"\n;;;\n{HIDDEN_TEXT}',
        f"---\ntitle: 标题\nparams: {{password: 'false'}}\n---\n{HIDDEN_TEXT}",
        f'+++\ntitle = "标题"\n[params]\npassword = "x"\n+++\n{HIDDEN_TEXT}',
        f"---\ntitle: 标题\nParams: {{Draft: true}}\n---\n{HIDDEN_TEXT}",
        f"---\ntitle: 标题\nparams: {{params: {{is-private: true}}}}\n---\n{HIDDEN_TEXT}",
        f'+++\ntitle = "标题"\n[extra]\nhidden = true\n+++\n{HIDDEN_TEXT}',
        f'+++\ntitle = "标题"\n[_Build]\nRender = false\n+++\n{HIDDEN_TEXT}',
        f"---\ntitle: 标题\ncascade: {{draft: true}}\n---\n{HIDDEN_TEXT}",
        f"---\ntitle: 标题\ncascade:\n- build: {{list: never}}\n- params: {{密码: x}}\n---\n{HIDDEN_TEXT}",
        f"---\ntitle: 标题\nstatus: {{draft: true}}\n---\n{HIDDEN_TEXT}",
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
        "TOML's text that looks like a boolean",
        "JSON's text that looks like a boolean",
        "a quoted text in a mapping",
        "Hugo's params",
        "params of another case",
        "params in params",
        "Zola's extra",
        "TOML's table of another case",
        "Hugo's cascade",
        "a list in Hugo's cascade",
        "a mapping of states",
        "no first fence",
        "merge key",
    ],
)
def test_every_form_of_front_matter_may_say_so(text: str) -> None:
    """An article can be private in YAML, TOML and JSON."""
    found = read(text.encode(), "a.md", SPEC)

    assert HIDDEN_TEXT not in repr(found)
    assert len(found.notices) == 1


@pytest.mark.parametrize("value", ["false", "False"])
def test_a_boolean_is_no_password(value: str) -> None:
    """In TOML and JSON too, only a text is a password."""
    for text in (f"+++\ntitle = '标题'\npassword = false\n+++\n{HIDDEN_TEXT}",
                 f';;;\n"title": "标题", "password": false\n;;;\n{HIDDEN_TEXT}',
                 f"---\ntitle: 标题\nparams: {{password: {value}}}\n---\n{HIDDEN_TEXT}"):  # fmt: skip
        assert HIDDEN_TEXT in repr(read(text.encode(), "a.md", SPEC))


@pytest.mark.parametrize(
    ("lines", "field"),
    [
        ((" draft：true",), "draft"),
        (("summary: 甲", "  乙", "  hidden ： true"), "hidden"),
        (("params:", "  a: b", "    private：yes"), "private"),
        ((" 密码：x",), "密码"),
        (("summary: 甲", " privat：true"), "privat"),
    ],
)
def test_a_field_that_yaml_reads_as_text_counts(lines: tuple[str, ...], field: str) -> None:
    """With a full-width colon, an indented line continues the text above. Its author meant a field."""
    found = article(*lines)

    assert HIDDEN_TEXT not in repr(found)
    assert found.notices[0][0] == 2 + len(lines)
    assert found.notices[0][1].startswith(f"{field}: ")


@pytest.mark.parametrize(
    "lines",
    [
        (" draft：false",),
        ("summary: draft：true",),
        ("summary: |", "  draft：true"),
        ("summary: '甲", "  密码：x'"),
        ("summary: 甲", "  注意：私密"),
    ],
    ids=["no", "in a line", "a block", "quoted", "another name"],
)
def test_a_colon_in_a_text_hides_nothing(lines: tuple[str, ...]) -> None:
    """A text that its author quoted, or that has no field's name at the beginning of a line, is a text."""
    found = article(*lines)

    assert HIDDEN_TEXT in repr(found)
    assert found.notices == ()


def test_a_notice_about_json_without_a_first_fence_names_a_line_of_the_file() -> None:
    """There is no line 0."""
    found = read(f'"title": "标题",\n"draft": true\n;;;\n{HIDDEN_TEXT}'.encode(), "a.md", SPEC)

    assert found.notices == ((1, "draft: the article is not published"),)


@pytest.mark.parametrize("lines", [(), ("password: 'x'", "abstract: '乙'")], ids=["public", "locked"])
def test_an_entry_has_plain_strings_only(lines: tuple[str, ...]) -> None:
    """The mark that a value was quoted stays in the front matter."""
    entry = article(
        *lines, "guid: 'g'", "link: 'https://e.org/a'", "language: 'zh-CN'", "rights: 'r'", "summary: 's'",
        "author: ['A', {name: 'B', url: 'https://e.org/b'}]", "categories: ['c']", "tags: ['t']", "date: '2022-01-01'",
        "headimg: 'https://e.org/a.png'", "permalink: 'x/'",
        "enclosures: [{url: 'https://e.org/a.mp3', type: 'audio/mpeg', length: '3'}]",
    ).entry  # fmt: skip

    assert entry
    assert {type(one) for one in _texts(asdict(entry))} == {str}


def _texts(value: object) -> Iterator[object]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)


def test_hidden_counts_more_than_locked() -> None:
    """A hidden and locked article is not published, in any order of the fields."""
    assert article("password: x", "hidden: true").entry is None


@pytest.mark.parametrize(
    ("line", "is_locked"),
    [
        ("tags: [甲, 日记]", True),
        ("tags: 日记", True),
        ("tag: 日记", True),
        ("tags:\ntag: [甲, 日记]", True),
        ("tags: [甲]", False),
        ("tags: [日记]\npassword: ''", False),
    ],
    ids=["one of several", "the only one", "Hexo's other name", "beside an empty one", "another", "an empty password"],
)
def test_a_tag_locks_an_article(line: str, is_locked: object) -> None:
    """Tags with a password lock their articles. The site's own abstract is shown."""
    spec = replace(SPEC, locking_tags=("日记",), locked_abstract="需要密码。")
    found = article(line, spec=spec)

    assert found.entry is not None
    assert (HIDDEN_TEXT in found.entry.content, "需要密码。" in found.entry.content) == (not is_locked, is_locked)


@pytest.mark.parametrize(
    ("path", "folder"),
    [
        ("_drafts/a.md", "_drafts"),
        ("source/_drafts/a.md", "_drafts"),
        ("blog/_drafts/2022/a.html", "_drafts"),
        ("_posts/_drafts/a.md", "_drafts"),
        ("_Drafts/a.md", "_Drafts"),
        ("x/_draft/a.md", "_draft"),
        ("_drafts.md", None),
        ("my_drafts/a.md", None),
        ("_drafts-of-laws/a.md", None),
        ("drafts/a.md", None),
    ],
)
def test_a_folder_of_drafts_is_found_at_any_level(path: str, folder: str | None) -> None:
    """An article in it is a draft, and a notice names the folder. Other names are names of subjects."""
    found = article(path=path)

    assert found.is_draft is (folder is not None)
    assert found.notices == (((1, f"{folder}: the article is not published"),) if folder else ())
    assert article(path=path, spec=replace(SPEC, has_drafts=True)).entry is not None


def test_an_article_whose_published_is_no_is_a_draft() -> None:
    """A site that publishes its drafts publishes what Hexo calls so, and nothing that is hidden otherwise."""
    spec = replace(SPEC, has_drafts=True)

    assert article("published: false").is_draft
    assert article("published: false", spec=spec, path="_drafts/a.md").entry is not None
    assert article("published: false", "hidden: true", spec=spec).entry is None


def test_a_site_may_name_its_own_field() -> None:
    """A configured field hides articles."""
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
        f"前 {{%+ encrypt %}}{HIDDEN_TEXT}{{%+ endencrypt +%}} 后",
        f"前 {{% locked %}}{HIDDEN_TEXT}{{% endlocked %}} 后",
        f"前 {{% protect 密 %}}{HIDDEN_TEXT}{{% endprotect %}} 后",
        f"前 {{% pwd 密 %}}{HIDDEN_TEXT}{{% endpwd %}} 后",
        f"前 {{% hidden %}}{HIDDEN_TEXT}{{% endhidden %}} 后",
        f"前 {{{{< lock >}}}}{HIDDEN_TEXT}{{{{< /lock >}}}} 后",
        f"前 {{% hbe password:密 %}}{HIDDEN_TEXT}{{% endhbe %}} 后",
        f"前 {{% encrypt %}}a{{% encrypt %}}b{{% endencrypt %}}{HIDDEN_TEXT}{{% endencrypt %}} 后",
    ],
    ids=[
        "hugo-encryptor",
        "fixit-encryptor",
        "hugo-encrypt",
        "Hexo's tag",
        "Liquid",
        "Jinja",
        "locked",
        "protect",
        "pwd",
        "hidden",
        "lock",
        "hexo-blog-encrypt",
        "one in another",
    ],
)
def test_an_encrypted_part_is_left_out(body: str) -> None:
    """An encrypted part is left out with a notice. The rest is published."""
    found = article(body=body, path="a.html")

    assert found.entry is not None
    assert found.entry.content.split() == ["前", "后"]
    assert [line for line, _ in found.notices] == [1]


@pytest.mark.parametrize(
    "body",
    [
        f"前{{% encrypt %}}{HIDDEN_TEXT}",
        f"前{{% hbe 密 %}}{HIDDEN_TEXT}",
        f"前{{{{% hugo-encryptor 密 %}}}}\n\n```\n{HIDDEN_TEXT}\n{{{{% /hugo-encryptor %}}}}\n",
        f"前{{% private %}}{HIDDEN_TEXT}{{% private %}}a{{% endprivate %}}b",
    ],
    ids=["no end", "hexo-blog-encrypt's has no end", "its end is code", "of two beginnings one has an end"],
)
def test_an_encrypted_part_without_an_end_goes_on(body: str) -> None:
    """If an end tag is missing, the rest of the body is left out."""
    assert without_encrypted(body, is_markdown=True) == ("前", True)


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        (f"前{{% private %}}\n{HIDDEN_TEXT}\n\n    {{% endprivate %}}\n\n后", "前\n\n后"),
        (f"前{{% private %}}\n```\n{HIDDEN_TEXT}\n{{% endprivate %}}", "前"),
        (f"前{{% private %}}\n{HIDDEN_TEXT}\n```\n{{% endprivate %}}\n```\n后", "前\n```\n后"),
        (f"前{{% private %}}{HIDDEN_TEXT} `{{% endprivate %}}` 后", "前` 后"),
        (f"前{{% private %}}`{{% endprivate %}}`{HIDDEN_TEXT}{{% endprivate %}}后", "前后"),
        (f"前{{% lock %}}`{{% endlock %}}`{HIDDEN_TEXT}`{{% endlock %}}`后", "前`后"),
        (f"前{{% lock %}}`{{% lock %}}{{% endlock %}}`{HIDDEN_TEXT}`{{% endlock %}}`后", "前`后"),
        (f"{{% lock %}}{HIDDEN_TEXT}`{{% endlock %}}`甲{{% lock %}}{HIDDEN_TEXT}{{% endlock %}}后", "后"),
        (f"前{{{{< secret >}}}}\n~~~\n{HIDDEN_TEXT}\n{{{{< /secret >}}}}\n", "前\n"),
    ],
    ids=[
        "indented", "a fence without end", "fenced", "in a line", "an example inside", "two ends in code",
        "an example with both tags", "two parts", "shortcode",
    ],
)  # fmt: skip
def test_an_end_tag_in_code_ends_an_encrypted_part(body: str, kept: str) -> None:
    """A start tag outside of code takes a later end tag, also one in code, if no start tag in code belongs to it."""
    assert without_encrypted(body, is_markdown=True) == (kept, True)


@pytest.mark.parametrize(
    "name",
    [
        "password-protected", "password_protect", "passwordprotect", "passcode", "passwords", "post-passwd", "pass",
        "protected-content", "private_block", "hidden_block", "lockblock", "secret-text", "locked_post", "pwd-protect",
    ],
)  # fmt: skip
def test_a_longer_name_of_an_encrypted_part_counts_with_an_end_tag(name: str) -> None:
    """Such a tag encrypts its content in Hexo, Jekyll and Hugo. Without an end tag, it encrypts nothing."""
    for body in (
        f"前{{% {name} x %}}{HIDDEN_TEXT}{{% end{name} %}}后",
        f"前{{{{< {name} >}}}}{HIDDEN_TEXT}{{{{< /{name} >}}}}后",
    ):
        assert without_encrypted(body, is_markdown=True) == ("前后", True)
    for body in (f"前{{% {name} x %}}后", f"前`{{% {name} %}}` 与 `{{% end{name} %}}`后"):
        assert without_encrypted(body, is_markdown=True) == (body, False)


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        (f"前 ` {{% encrypt %}}{HIDDEN_TEXT} ` {{% endencrypt %}}后", "前 ` 后"),
        (f"前\n\n- 项\n\n    {{% private %}}{HIDDEN_TEXT}{{% endprivate %}}后", "前\n\n- 项\n\n    后"),
        (f"`{{% private %}}` {{% private %}}{HIDDEN_TEXT}{{% endprivate %}}后", "`{% private %}` 后"),
        (f"{{% private %}}{HIDDEN_TEXT}{{% secret %}}a{{% endprivate %}}{HIDDEN_TEXT}{{% endsecret %}}后", "后"),
        (f"<pre>{{% private %}}{HIDDEN_TEXT}{{% endprivate %}}</pre>", "<pre></pre>"),
        (f"前\ufdd00\ufdd1 `\ufdd0{'9' * 5000}\ufdd1` {{% private %}}{HIDDEN_TEXT}{{% endprivate %}}", None),
    ],
    ids=["code ends inside", "a list's item is no code", "named before", "across", "HTML in Markdown", "noncharacters"],
)
def test_what_only_looks_like_code_is_left_out(body: str, kept: str | None) -> None:
    """A part is encrypted if its start tag or its end tag is outside of code."""
    found, is_partly_locked = without_encrypted(body, is_markdown=True)

    assert (HIDDEN_TEXT in found, is_partly_locked) == (False, True)
    assert kept is None or found == kept


@pytest.mark.parametrize(
    "body",
    [
        "```\n{{% hugo-encryptor 密 %}}\n甲\n{{% /hugo-encryptor %}}\n```\n后文",
        "> ~~~ {% encrypt %}\n> 甲\n> ~~~\n\n后文",
        "- 项\n\n  ```\n  {% encrypt %}\n  ```\n\n后文",
        "文\n\n    {% encrypt %}\n    甲\n\n后文",
        "用 `{% private %}` 标签。后面的全文",
        "用 ``{% encrypt %}`` 与 `{% endencrypt %}` 标签。后面的全文",
        "| 列 |\n|---|\n| `{% encrypt %}` |\n\n后文",
        "说明 {{< secret k >}} 后文",
        "说明 {{< encrypted-image k />}} 后文",
        "说明 {% password %} 后文",
        "说明 {% hidden %} 后文",
        "说明 {% locked-door %}甲{% endlocked-door %} 后文",
        "说明 {% secretary %}甲{% endsecretary %} 后文",
        "说明 {% hidden %} 后文\n\n```\n{% hidden %}甲{% endhidden %}\n```\n\n后文",
    ],
)
def test_a_tag_in_code_and_a_tag_without_content_encrypt_nothing(body: str) -> None:
    """A tag in code, and a tag without content, remove no text."""
    assert without_encrypted(body, is_markdown=True) == (body, False)


def test_code_of_a_page_encrypts_nothing() -> None:
    """In a page, a tag inside a code element is ignored. A tag outside counts."""
    body = "<pre>{% encrypt %}</pre><p><code>{% endencrypt %}</code></p><code>"
    whole = f"{body}{{% encrypt %}}{HIDDEN_TEXT}{{% endencrypt %}}</p>"

    assert without_encrypted(body, is_markdown=False) == (body, False)
    assert without_encrypted(whole, is_markdown=False) == (f"{body}</p>", True)


@pytest.mark.parametrize("body", ["{% note %}文{% endnote %}", "password: 1", "{{ encrypt }}", "{% endencrypt %}"])
def test_other_tags_stay(body: str) -> None:
    """Another tag, a plain word, and an end tag without a start remove nothing."""
    assert without_encrypted(body, is_markdown=True) == (body, False)


@pytest.mark.parametrize(
    ("lines", "is_private"),
    [
        (["title: [b]", "password: x"], True),
        (["title: [b]"], False),
        (["password: @x"], True),
        (["password: 'a'b'"], True),
        (["summary: a: b", "hidden: true"], True),
        (["summary: a: b", "hidden: false", "password: ''", "draft:", "published: 2022-07-25"], False),
        (["summary: a: b", "published: false"], True),
        (["summary: a: b", "visibility: private"], True),
        (["summary: a: b", "  status: [draft]"], True),
        (["summary: a: b", "status:", "- draft"], True),
        (["summary: a: b", "password:", "  - x"], True),
        (["summary: a: b", "build: {list: never}"], True),
        (["summary: a: b", "build:", "  list: never"], True),
        (["summary: a: b", "public: false"], True),
        (["summary: a: b", "passphrase: x # y"], True),
        (["summary: a: b", "encrypt_password: x"], True),
        (["summary: a: b", "isPrivate: true"], True),
        (["summary: a: b", "params.secret: true"], True),
        (["summary: a: b", "x: {a: 1, 'is_protected': true}"], True),
        (["summary: a: b", "password: ["], True),
        (["summary: a: b", "x: " + "y" * 30_000, "hidden: true"], True),
        (["summary: a: b", "password_hint: x", "tags: [甲]", "hidden: 'false' # x", "draft: ~,"], False),
        (["summary: a: b", "tags: [甲, 日记]"], True),
        (["summary: a: b", "feed_hidden: true"], True),
        (["summary: a: b", "privat: true"], True),
        (["summary: a: b", "passwrod: x"], True),
        (["summary: a: b", "publisher: x"], False),
        (["draft：true"], True),
        (["密码：x"], True),
        (["隐藏:true"], True),
        (["draft：false"], False),
    ],
)
def test_a_broken_file_says_whether_it_may_be_private(lines: list[str], is_private: object) -> None:
    """If a broken file may be private, its published form is withdrawn."""
    with pytest.raises(EntryError) as caught:
        article(*lines, body="password: x", spec=replace(SPEC, locking_tags=("日记",), hiding_fields=("feed_hidden",)))

    assert caught.value.is_private is is_private


@pytest.mark.parametrize(
    ("data", "path"),
    [
        (b"+++\ntitle = x\n[params]\npassword = 'x'\n+++\n", "a.md"),
        (b';;;\n"title": x, "private": true\n;;;\n', "a.md"),
        (b"---\ntitle: x\nhidden: true\n--\n", "a.md"),
        (b"---\ntitle: x\n----\nhidden: true\n---\n", "a.md"),
        (b"title: x\n----\nhidden: true\n---\n", "a.md"),
        (b"+++\ntitle = x\n---\nhidden = true\n+++\n", "a.md"),
        (b"---\ntitle: x\nhidden: true\n---\n\xff\xff\xff", "a.md"),
        (b"---\ntitle: a: b\n---\n", "_drafts/a.md"),
        (b"---\ntitle: a: b\n---\n", "source/_Drafts/a.md"),
    ],
    ids=[
        "TOML",
        "JSON",
        "no end",
        "another fence",
        "another fence, no first",
        "another fence in TOML",
        "no text",
        "a draft",
        "a draft below a folder",
    ],
)
def test_a_broken_file_of_any_form_may_be_private(data: bytes, path: str) -> None:
    """All forms of front matter, invalid bytes and the folder of drafts count."""
    with pytest.raises(EntryError) as caught:
        read(data, path, SPEC)

    assert caught.value.is_private


@pytest.mark.parametrize(
    "unit", [",a:", "{a:", "- ", "a.", "a:\n ", "password", "{% encrypt %}", "`{% private %}", "{%encrypt1%}<pre>"]
)
def test_time_is_linear(unit: str) -> None:
    """Broken front matter and many tags take linear time."""
    text = unit * (500_000 // len(unit))
    began = process_time()
    may_be_private(f"---\n{text}", "a.md", SPEC)
    without_encrypted(text, is_markdown=True)
    without_encrypted(text, is_markdown=False)

    assert process_time() - began < 5


@pytest.mark.parametrize("field", ["date: soon", "author: {a: {}}", "categories: !x {a: b}", "? [a]\n: b", "guid: [a]"])
@pytest.mark.parametrize(
    "lock", ["password: x", "hidden: true", "? [password]\n: x", "tags: !!set {秘}", "tags: !x [秘]"]
)
def test_a_field_that_cannot_be_read_makes_nothing_public(field: str, lock: str) -> None:
    """An article with an unreadable field stays as private as it is."""
    found = article(*field.split("\n"), *lock.split("\n"), spec=replace(SPEC, locking_tags=("秘",)))

    assert found.entry is None or found.entry.content == ""
