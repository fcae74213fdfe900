"""Pages in the shapes of real sites, each with the text that its readers see."""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape, unescape

from tests.bench.articles import WORDS

#: The number of pages of each shape.
VARIATIONS = 10

Make = Callable[[random.Random], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """HTML, and its text."""

    shape: str
    number: int
    html: str
    text: str


#: Parts of the shapes below that are in the page and not in its text stand between these marks.
UNSEEN = re.compile("\x01.*?\x02", re.DOTALL)


def _unseen(html: str) -> str:
    return f"\x01{html}\x02"


def _say(rng: random.Random, count: int = 8) -> str:
    return "".join(rng.choices(WORDS, k=count)) + rng.choice(
        ["。", "！", "，see https://e.org/a?b=1", " &amp; ", " 3 &lt; 4"]
    )


def _paragraphs(rng: random.Random, count: int = 5) -> str:
    return "".join(f"<p>{_say(rng, 30)}<strong>{_say(rng)}</strong>{_say(rng)}</p>\n" for _ in range(count))


def _picture(rng: random.Random) -> str:
    return f'<img class="wp-image" src="https://i.example.com/{rng.randrange(10**6)}.jpg" alt="">'


def _news(rng: random.Random) -> str:
    figure = f"<figure>{_picture(rng)}<figcaption>{_say(rng)}</figcaption></figure>"
    aside = f"<aside class=related><h3>{_say(rng, 3)}</h3><ul><li><a href=/b>{_say(rng)}</a></li></ul></aside>"
    header = f"<header><h1>{_say(rng)}</h1><time datetime=2022-07-25>7月25日</time></header>"
    return f"<article>{header}{figure}{_paragraphs(rng)}{aside}</article>"


def _wordpress(rng: random.Random) -> str:
    gallery = f'<div class="gallery"><figure>{_picture(rng)}</figure><figure>{_picture(rng)}</figure></div>'
    quote = f'<blockquote class="wp-block-quote"><p>{_say(rng)}</p><cite>{_say(rng, 2)}</cite></blockquote>'
    style = _unseen("<style>.a{b:c}</style>")
    return f"<!-- wp:paragraph -->{_paragraphs(rng)}<!-- /wp:paragraph -->{gallery}{quote}{style}"


def _code(rng: random.Random) -> str:
    lines = "\n".join(
        f'<span class="line"><span class="k">if</span> a &lt; {n}: {_say(rng, 2)}</span>' for n in range(9)
    )
    numbers = "<br>".join(map(str, range(9)))
    return (
        f'{_paragraphs(rng, 2)}<figure class="highlight python"><table><tr><td class="gutter"><pre>{numbers}</pre></td>'
        f'<td class="code"><pre>{lines}</pre></td></tr></table></figure><p><code>{_say(rng, 2)}</code></p>'
    )


def _docs(rng: random.Random) -> str:
    rows = "".join(f"<tr><td><code>--{_say(rng, 1)}</code></td><td>{_say(rng)}<td>{n}" for n in range(6))
    terms = "".join(f"<dt>{_say(rng, 2)}<dd><p>{_say(rng)}" for _ in range(4))
    notes = f"<details><summary>{_say(rng, 3)}</summary><div>{_paragraphs(rng, 1)}</div></details>"
    table = f"<table><thead><tr><th>a<th>b<th>c<tbody>{rows}</table>"
    return f"<main><h2 id=a>{_say(rng)}</h2>{table}<dl>{terms}</dl>{notes}</main>"


def _forum(rng: random.Random) -> str:
    quoted = _say(rng)
    for _ in range(5):
        quoted = f"<blockquote><div class=by>{_say(rng, 1)}:</div>{quoted}<br>{_say(rng)}</blockquote>"
    said = f"{quoted}<font color=red>{_say(rng)}</font>"
    return f'<table class="post"><tr><td width=80>{_say(rng, 1)}</td><td>{said}</td></tr></table>'


def _lists(rng: random.Random) -> str:
    nested = f"<li>{_say(rng)}"
    for number in range(7):
        kind = "ol" if number % 2 else "ul"
        nested = f"<li>{_say(rng)}<{kind}>{nested}<li>{_say(rng)}</{kind}>"
    return f"<ul>{nested}</ul>{_paragraphs(rng, 1)}"


def _table(rng: random.Random) -> str:
    rows = "".join(f"<tr><th scope=row>{_say(rng, 1)}</th><td colspan=2>{_say(rng)}</td></tr>" for _ in range(8))
    table = f"<table><caption>{_say(rng)}</caption><tbody>{rows}</tbody></table>"
    return f"<div class=scroll>{table}</div>{_paragraphs(rng, 2)}"


def _wechat(rng: random.Random) -> str:
    lines = "".join(
        f'<section style="margin:0"><span><span leaf="">{_say(rng)}</span></span></section>' for _ in range(9)
    )
    return f'<section data-tools="x">{lines}<section><mp-style-type data-value="3"></mp-style-type></section></section>'


def _old(rng: random.Random) -> str:
    head = f"<center><b><font size=4>{_say(rng)}</b></font></center>"
    return f"{head}<p>{_say(rng)}<p>{_say(rng)}<br><br>{_say(rng)}<hr><i>{_say(rng)}</i>"


def _components(rng: random.Random) -> str:
    cards = "".join(
        f"<my-card title='x'><list><text>{_say(rng)}</text></list><switch>{_say(rng)}</switch></my-card>"
        for _ in range(5)
    )
    return f"<app-root><view class=page>{cards}{_paragraphs(rng, 2)}</view></app-root>"


def _office(rng: random.Random) -> str:
    lines = "".join(f"<p class=MsoNormal><span lang=ZH-CN>{_say(rng)}<o:p></o:p></span></p>" for _ in range(9))
    return f"<div class=WordSection1>{lines}<st1:place w:st='on'>{_say(rng)}</st1:place></div>"


def _interview(rng: random.Random) -> str:
    talk = "".join(
        f"<p><b>问：</b>{_say(rng)}</p><p>答：<q>{_say(rng)}</q><sup><a href=#n{n}>[{n}]</a></sup></p>"
        for n in range(6)
    )
    notes = "".join(f"<li id=n{n}>{_say(rng)} <a href=#b{n}>↩︎</a></li>" for n in range(6))
    return f"<h2>{_say(rng)}</h2>{talk}<section class=footnotes><ol>{notes}</ol></section>"


def _video(rng: random.Random) -> str:
    frame = '<iframe src="https://player.bilibili.com/player.html?bvid=1" allowfullscreen></iframe>'
    ruby = "<ruby>漢<rp>(</rp><rt>hàn</rt><rp>)</rp></ruby>"
    return (
        f"<p>{ruby}{_say(rng)}</p><div>{frame}</div>{_unseen('<script>var a = 1 < 2;</script>')}{_paragraphs(rng, 3)}"
    )


SHAPES: tuple[Make, ...] = (
    _news, _wordpress, _code, _docs, _forum, _lists, _table, _wechat, _old, _components, _office, _interview, _video,
)  # fmt: skip


def _page(number: int, make: Make) -> Page:
    made = make(random.Random(number))  # noqa: S311 - not a secret
    # Neither of the shapes has a tag with an angle bracket in an attribute.
    text = unescape(re.sub(r"<!--.*?-->|<[^>]*>", "", UNSEEN.sub("", made)))
    html = f"<!-- {escape(make.__name__)} -->" + made.replace("\x01", "").replace("\x02", "")
    return Page(shape=make.__name__[1:], number=number, html=html, text=text)


PAGES = tuple(_page(number, make) for make in SHAPES for number in range(VARIATIONS))
