"""
The cost of hostile Markdown: CPU and memory of the parser, and of the steps that follow, for each shape.

    python -m tests.bench.markdown [SIZE ...]        100000 500000 characters

Each shape is measured in a process of its own. The last columns say how many characters come out, and why they are
plain text where they are.
"""

import os
import resource
import sys
import time

from feedsvc.model import RawEntry
from feedsvc.parse.markdown import rendered
from feedsvc.sanitize.entry import sanitize


def shapes(size: int) -> dict[str, str]:
    """Shapes for which one parser or another takes time that grows with the square."""

    def repeated(text: str) -> str:
        return (text * (size // len(text) + 1))[:size]

    half = size // 2
    return {
        "prose": repeated("这里有一段普通的文字，**粗** 与 *斜* 和 `code`。\n\n"),
        "brackets": "[" * size, "links": repeated("[a]("), "pictures": repeated("!["), "nested links": "[" * half + "](a)" * (half // 4),
        "definitions": "".join(f"[r{n}]: https://e.org/{n}\n" for n in range(size // 26)),
        "references": "".join(f"[r{n}]: https://e.org/{n}\n\n[r{n}]\n\n" for n in range(size // 40)),
        "lazy quotations": "> a\n" + "b\n" * half, "deep quotations": ">" * size + " a",
        "backticks": repeated("`a ``b ```c "), "growing backticks": "".join("`" * n + " " for n in range(1, int((2 * size) ** 0.5))),
        "emphasis": repeated("*a **a "), "strikes": repeated("~a~~b~"), "long table": "|a|b|\n|-|-|\n" + repeated("|1|2|\n"),
        "short rows": "|" + "a|" * int(size**0.5) + "\n|" + "-|" * int(size**0.5) + "\n" + "|\n" * (size // 4),
        "html": repeated("<a "), "comments": repeated("<!-- a "), "entities": repeated("&amp;"), "ampersands": "&" * size,
        "nested lists": "\n".join("  " * n + "- x" for n in range(int(size**0.5))), "lists in a line": "- " * half + "x",
        "mixed lists": repeated("* a\n- b\n+ c\n"), "addresses": repeated("http://a.example.org/x "), "mails": "a@" * half,
        "footnotes": "".join(f"[^{n}]\n\n[^{n}]: note\n\n" for n in range(size // 22)), "terms": repeated("a\n: b\n\n"),
        "open tags": repeated("{% a "), "tags": repeated("{% note %}\n"), "ends": repeated("{% endnote %}\n"), "raw": repeated("{% raw %}"),
        "fences in quotations": repeated("> ```\n"), "notes": repeated("[^n]: note\n"), "lone notes": "".join(f"[^{n}]: a note\n\n" for n in range(size // 18)),
        "answers": "".join(f"[q{n}]: answer\n\n" for n in range(size // 18)), "open definitions": repeated("[a]: /x 'a\n"), "open labels": repeated("[a\\]"),
        "wide tables": repeated("|a|\n|-|\n|1|2|\n\n"), "delimiters": repeated("|-|\n"), "tildes": repeated("a ~b~ ~~c "), "blank lines": "a" + "\n" * size + "b",
        "page": "<div>" + repeated("\n\n    <p>a</p>") + "\n</div>", "open pre": "<div>" + repeated("<pre>\n\n") + "</div>",
        "comments before": repeated("<!-- a - -->\n") + "<p>a</p>", "comments behind": "<p>a</p>" + repeated("\n<!-- a -->"), "spaces": "<p>a" + " " * size + ">",
        "open quotes": repeated('{{< figure "'), "open quotes of both kinds": repeated('{{< figure "a` '), "quotes": "{{< figure " + repeated('"a" `b` '),
        "open titles": repeated("[a]: # (x\n"), "secret notes": repeated("[^_^]: a\n\n    b\n"), "signs": repeated("[/]: a"), "lines": repeated("[//]: # (\n"),
        "other ends": repeated("<!-- a ") + "--!>", "open comments": repeated("{::comment}"), "open comments of Hugo": repeated("{{< comment >}}"),
        "marks": repeated("<!-- more --> "), "paragraphs of a tag": "{% a " + repeated("b\n \t c % { "), "numbers": repeated("1. 1) "),
    }  # fmt: skip


def measured(shape: str, body: str) -> None:
    """Print one line, from a child of this process."""
    began = time.process_time()
    html = rendered(body, "a.md", None).html
    parsed = time.process_time()
    entry = sanitize(RawEntry(guid="a", title="标题", content=html))
    ended = time.process_time()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{len(body):7} {shape:22} parse {parsed - began:5.2f} s, all {ended - began:5.2f} s, {peak:4} MB, "
        f"{len(html):8} {len(entry.content):8} {entry.fallback or ''}",
        flush=True,
    )


if __name__ == "__main__":
    for size in map(int, sys.argv[1:] or ("100000", "500000")):
        for shape, body in shapes(size).items():
            child = os.fork()
            if not child:
                measured(shape, body)
                os._exit(0)
            os.waitpid(child, 0)
