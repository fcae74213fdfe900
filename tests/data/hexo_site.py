"""A generated Hexo blog, and the feed that it had: in the shape that Hexo 7 and hexo-generator-feed 3 give it."""

import random
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import quote
from xml.sax.saxutils import escape
from zoneinfo import ZoneInfo

from tests.bench.articles import WORDS

ZONE = ZoneInfo("Asia/Shanghai")
URL = "https://blog.example.org"

CONFIG = f"""\
title: 旧站
url: {URL}
root: /
permalink: :year/:month/:day/:title/
timezone: Asia/Shanghai
new_post_name: :title.md
future: true
render_drafts: false
post_asset_folder: false
feed:
  type: atom
  limit: 0
"""


def write(folder: Path, count: int) -> str:
    """Write a blog of `count` posts; its atom.xml."""
    (folder / "source" / "_posts").mkdir(parents=True)
    (folder / "_config.yml").write_text(CONFIG, "utf-8")
    posts = [_post(number) for number in range(count)]
    for slug, title, moment, body in posts:
        file = folder / "source" / "_posts" / f"{slug}.md"
        file.parent.mkdir(exist_ok=True)
        front = f"title: '{title}'\ndate: {moment:%Y-%m-%d %H:%M:%S}\ncategories:\n- 新媒体\n- 旧闻\n"
        file.write_text(f"---\n{front}---\n{body}\n", "utf-8")
    newest_first = sorted(posts, key=lambda post: post[2], reverse=True)
    entries = "".join(_entry(*post) for post in newest_first)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n  <title>旧站</title>\n'
        f'  <link href="{URL}/atom.xml" rel="self"/>\n  <link href="{URL}/"/>\n'
        f"  <updated>{_stamp(newest_first[0][2])}</updated>\n  <id>{URL}/</id>\n"
        f'  <generator uri="https://hexo.io/">Hexo</generator>\n{entries}</feed>\n'
    )


def link(slug: str, moment: datetime) -> str:
    """The address of a post."""
    return f"{URL}/{moment:%Y/%m/%d}/{quote(slug)}/"


def _post(number: int) -> tuple[str, str, datetime, str]:
    rng = random.Random(number)  # noqa: S311 - not a secret
    words = rng.choices(WORDS, k=6)
    slug = ("", "旧站/", "sub/")[number % 3] + "-".join(words[:3]) + f"-{number}"
    # Many of them between midnight and eight, when it is still yesterday in UTC.
    moment = datetime(2015, 1, 1, tzinfo=ZONE) + timedelta(hours=number * 7, seconds=number)
    return slug, f"{''.join(words)} {number}", moment, "".join(rng.choices(WORDS, k=60)) + "。"


def _stamp(moment: datetime) -> str:
    return moment.astimezone(ZoneInfo("UTC")).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def _entry(slug: str, title: str, moment: datetime, body: str) -> str:
    address = link(slug, moment)
    return (
        f'  <entry>\n    <title>{escape(title)}</title>\n    <link href="{address}"/>\n    <id>{address}</id>\n'
        f"    <published>{_stamp(moment)}</published>\n    <updated>{_stamp(moment)}</updated>\n"
        f'    <content type="html"><![CDATA[<p>{body}</p>]]></content>\n  </entry>\n'
    )
