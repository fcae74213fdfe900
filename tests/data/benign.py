"""Articles as people write them, of many shapes: each with what has to be left of it."""

import itertools
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.bench.articles import WORDS

#: The number of articles of each shape.
VARIATIONS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """HTML, and what is in it to be kept."""

    shape: str
    html: str


def _words(rng: random.Random, count: int = 8) -> str:
    return "".join(rng.choices(WORDS, k=count))


def _picture(rng: random.Random) -> str:
    return f"https://static.example.com/article/{rng.randrange(10**6)}.jpg"


def _prose(rng: random.Random) -> str:
    return "".join(f"<p>{_words(rng)}，<b>{_words(rng, 2)}</b>{_words(rng)}。</p>" for _ in range(6))


def _loose_text(rng: random.Random) -> str:
    return (
        f"<div>   \n{_words(rng)}<br>\n <p> {_words(rng)}</p>{_words(rng)}\n{_words(rng)}<br/>{_words(rng)}   \n</div>"
    )


def _headings(rng: random.Random) -> str:
    return "".join(
        f"<h{level} id=h{level} class=x>{_words(rng)}</h{level}><p>{_words(rng)}</p>" for level in range(1, 7)
    )


def _table(rng: random.Random) -> str:
    rows = "".join(f"<tr><td>{_words(rng, 2)}</td><td align=right>{rng.randrange(99)}</td></tr>" for _ in range(5))
    return (
        f"<table border=1><caption>{_words(rng)}</caption><thead><tr><th scope=col>{_words(rng, 1)}</th><th>数</th></tr>"
        f"</thead><tbody>{rows}</tbody><tfoot><tr><td colspan=2>{_words(rng)}</td></tr></tfoot></table>"
    )


def _table_without_ends(rng: random.Random) -> str:
    return "<table>" + "".join(f"<tr><td>{_words(rng, 2)}<td>{_words(rng, 2)}" for _ in range(4)) + "</table>"


def _table_in_table(rng: random.Random) -> str:
    return f"<table><tr><td>{_words(rng)}{_table(rng)}</td></tr></table>"


def _code(rng: random.Random) -> str:
    lines = "\n".join(
        f"  if (x{n} &lt; {rng.randrange(9)} &amp;&amp; y) {{ return &quot;{n}&quot;; }}" for n in range(5)
    )
    return f"<p>{_words(rng)} <code>a &lt; b</code></p><pre><code class=language-c>{lines}\n</code></pre>"


def _highlighted(rng: random.Random) -> str:
    lines = "".join(f'<span class="line"><span class="keyword">let</span> x{n} = {n};</span><br>' for n in range(5))
    return (
        '<figure class="highlight js"><table><tr><td class="gutter"><pre><span class="line">1</span><br></pre></td>'
        f'<td class="code"><pre>{lines}</pre></td></tr></table></figure><p>{_words(rng)}</p>'
    )


def _figure(rng: random.Random) -> str:
    return (
        f'<figure class=wp-caption><a href="https://example.com/p/{rng.randrange(99)}.html"><img src="{_picture(rng)}" '
        f'alt="{_words(rng, 2)}" width=640 height=360 loading=lazy></a><figcaption>{_words(rng)}</figcaption></figure>'
    )


def _gallery(rng: random.Random) -> str:
    items = "".join(
        f'<li class=blocks-gallery-item><figure><img src="{_picture(rng)}"></figure></li>' for _ in range(6)
    )
    return f"<ul class=wp-block-gallery>{items}</ul><p>{_words(rng)}</p>"


def _lazy(rng: random.Random) -> str:
    return "".join(
        f'<p><img class=lazy src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" data-original="{_picture(rng)}"></p>'
        for _ in range(3)
    )


def _lists(rng: random.Random) -> str:
    inner = "".join(f"<li>{_words(rng, 3)}</li>" for _ in range(3))
    return f"<ul><li>{_words(rng)}<ol start=3>{inner}</ol></li><li><p>{_words(rng)}</p><ul>{inner}</ul></li></ul>"


def _lists_without_ends(rng: random.Random) -> str:
    return "<ul>" + "".join(f"<li>{_words(rng)}" for _ in range(4)) + "</ul><p>" + _words(rng) + "<p>" + _words(rng)


def _definitions(rng: random.Random) -> str:
    return "<dl>" + "".join(f"<dt>{_words(rng, 1)}</dt><dd>{_words(rng)}</dd>" for _ in range(4)) + "</dl>"


def _quote(rng: random.Random) -> str:
    return (
        f'<blockquote cite="https://example.com/q"><p>{_words(rng)}</p><p>{_words(rng)}</p><footer>——<cite>{_words(rng, 2)}'
        f"</cite></footer></blockquote><p>{_words(rng)}<q>{_words(rng)}</q></p>"
    )


def _ruby(rng: random.Random) -> str:
    return f"<p>{_words(rng)}<ruby>漢<rp>(</rp><rt>hàn</rt><rp>)</rp>字<rp>(</rp><rt>zì</rt><rp>)</rp></ruby>{_words(rng)}</p>"


def _footnotes(rng: random.Random) -> str:
    return (
        f'<p>{_words(rng)}<sup id=fnref1><a href="https://example.com/a#fn1">[1]</a></sup></p><hr>'
        f'<section class=footnotes><ol><li id=fn1>{_words(rng)} <a href="https://example.com/a#fnref1">↩</a></li></ol></section>'
    )


def _inline(rng: random.Random) -> str:
    tags = (
        "em",
        "strong",
        "i",
        "b",
        "u",
        "s",
        "small",
        "mark",
        "sub",
        "sup",
        "kbd",
        "samp",
        "var",
        "dfn",
        "abbr",
        "del",
    )
    return "<p>" + " ".join(f"<{tag}>{_words(rng, 1)}</{tag}>" for tag in tags) + "</p>"


def _styled(rng: random.Random) -> str:
    return (
        f'<p style="text-align: left;"><span style="color:#f00">{_words(rng)}</span></p><center><font size=4>{_words(rng)}'
        f"</font></center><section><article><header>{_words(rng)}</header><main>{_words(rng)}</main></article></section>"
    )


def _video(rng: random.Random) -> str:
    return (
        f'<p>{_words(rng)}</p><video controls poster="{_picture(rng)}"><source src="https://v.example.com/{rng.randrange(9)}.mp4" '
        f'type=video/mp4></video><iframe src="//player.bilibili.com/player.html?bvid=BV{rng.randrange(10**6)}"></iframe>'
    )


def _details(rng: random.Random) -> str:
    return (
        f"<details open><summary>{_words(rng)}</summary><p>{_words(rng)}</p><ul><li>{_words(rng)}</li></ul></details>"
    )


def _links(rng: random.Random) -> str:
    return "".join(
        f'<p>{_words(rng)}<a href="https://example.com/{rng.randrange(999)}?a=1&b={_words(rng, 1)}#x" target=_blank '
        f'title="{_words(rng, 2)}">{_words(rng, 2)}</a>，<a href="mailto:editor@example.com">信</a></p>'
        for _ in range(4)
    )


def _english(rng: random.Random) -> str:
    return (
        f"<p>It&rsquo;s &ldquo;quoted&rdquo; &mdash; 5&nbsp;&times;&nbsp;{rng.randrange(9)} &lt; 50 &amp; more&hellip;</p>"
        "<p>Émile Zola, naïve café, ½ cup, 10 °C, ‘x’, “y”, 😀 👩‍👩‍👧 한국어 العربية</p>"
    )


def _quiet_markup(rng: random.Random) -> str:
    return f"<!-- x --><p>{_words(rng)}</p><script>var a = '<p>';</script><style>p {{ }}</style><p>{_words(rng)}</p><!-- y -->"


def _upper(rng: random.Random) -> str:
    return f"<P ALIGN=LEFT>{_words(rng)}<BR>{_words(rng)}</P><IMG SRC='{_picture(rng)}' BORDER=0><A HREF='https://e.org/'>{_words(rng)}</A>"


def _form(rng: random.Random) -> str:
    return f"<p>{_words(rng)}</p><form><label>{_words(rng)}</label></form><fieldset><legend>{_words(rng)}</legend></fieldset>"


SHAPES: tuple[Callable[[random.Random], str], ...] = (
    _prose, _loose_text, _headings, _table, _table_without_ends, _table_in_table, _code, _highlighted, _figure, _gallery,
    _lazy, _lists, _lists_without_ends, _definitions, _quote, _ruby, _footnotes, _inline, _styled, _video, _details, _links,
    _english, _quiet_markup, _upper, _form,
)  # fmt: skip


def articles() -> Iterator[Article]:
    """Each shape alone, and with the next one after it."""
    for number in range(VARIATIONS):
        for shape, other in zip(SHAPES, itertools.chain(SHAPES[1:], SHAPES[:1]), strict=True):
            rng = random.Random(f"{shape.__name__} {number}")  # noqa: S311 - not a secret
            html = shape(rng) if number % 2 else shape(rng) + other(rng)
            yield Article(shape=shape.__name__.strip("_"), html=html)
