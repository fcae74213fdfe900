"""Seeds that nobody can publish, each broken in a way of its own: name → bytes, the line, words of the remedy."""


def _front(*lines: str, body: str = "<p>正文</p>") -> bytes:
    return "\n".join(["---", *lines, "---", body]).encode()


#: Front matter whose second line, the third of the file, is the broken one.
BROKEN_LINES = {
    "colon in a value": ("title: a: b", "must be quoted"),
    "single quote not closed": ("title: 'a", "a quote is not closed"),
    "double quote not closed": ('title: "a', "a quote is not closed"),
    "quote inside quotes": ("title: 'it's a'", "write a quote twice"),
    "at sign": ("title: @a", "must be quoted"),
    "percent sign": ("title: %a", "must be quoted"),
    "backtick": ("title: `a`", "must be quoted"),
    "no key": ("words", "'key: value'"),
    "emphasis": ("title: *a* b", "quote a value that begins with"),
    "alias": ("title: *a", "quote the value"),
    "merge key": ("<<: x", "quote a value that begins with"),
    "template": ("title: {{ x }}", "quote a value that begins with"),
    "python tag": ("title: !!python/object:os.system b", "quote the value"),
    "key twice": ("date: 2022-07-25", "remove one"),
    "nested key twice": ("x: {y: 1, y: 2}", "remove one"),
    "deep": ("x: " + "[" * 101 + "]" * 101, "leave out what no reader sees"),
    "bottomless": ("x: " + "[" * 5000, "leave out what no reader sees"),
    "control character": ("title: a\x07", "remove the one on this line"),
    "list not closed": ("x: [a, b", "close it, or quote the value"),
    "mapping not closed": ("x: {a: b", "close it, or quote the value"),
    "indented": ("  title: a", "remove them"),
    "escape unknown": ('title: "\\q"', "use single quotes"),
    "title is a list": ("title: [a, b]", "one value is wanted"),
    "title is a mapping": ("title: {a: b}", "one value is wanted"),
    "title is empty": ("title:", "add 'title: …'"),
    "title of a type": ("title: !!set {b}", "one value is wanted"),
    "title with a tag": ("title: !important b", "quote the value"),
    "title is blank": ("title: '  '", "add 'title: …'"),
}  # fmt: skip

#: Whole files.
BROKEN_FILES = {
    "empty": (b"", 1, "begin the file with"),
    "blank": (b"\n \n\n", 1, "begin the file with"),
    "no front matter": ("<p>只有正文</p>".encode(), 1, "begin the file with"),
    "not closed": ("---\ntitle: a\n<p>正文</p>".encode(), 1, "close it with a line '---'"),
    "TOML not closed": (b'+++\ntitle = "a"\n', 1, "close it with a line '+++'"),
    "JSON not closed": (b';;;\n"title": "a"\n', 1, "close it with a line ';;;'"),
    "TOML": (b"+++\ntitle = a\n+++\n", 2, "texts stand in double quotes"),
    "TOML key twice": (b'+++\ntitle = "a"\ntitle = "b"\n+++\n', 3, "each key stands once"),
    "JSON": (b';;;\n"title": a\n;;;\n', 2, "texts stand in double quotes"),
    "JSON bottomless": (b';;;\n"title": ' + b"[" * 5000 + b"\n;;;\n", 1, "leave out what no reader sees"),
    "list": (_front("- a", "- b"), 2, "write 'key: value' lines"),
    "words": (_front("only words"), 2, "write 'key: value' lines"),
    "full-width colon": (_front("title：a", "date: 2022-01-01"), 2, "a full-width colon '：' stands behind this key"),
    "full-width colon below": (_front("title: a", "draft：true", "date: 2022-01-01"), 3, "a full-width colon"),
    "full-width colon alone": (_front("title：a"), 2, "a full-width colon"),
    "large front matter": (_front("title: a", "x: " + "y" * 1_000_000), 1, "larger than 1000000 bytes"),
    "picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff\xfe\xfd", 1, "save the file as UTF-8"),
    "one broken byte": (_front("title: '本地新闻三则'") + b"\xff", 4, "save the file as UTF-8"),
    "UTF-16 cut": ("---\ntitle: a\n---\n".encode("utf-16")[:-1], 3, "save the file as UTF-8"),
    "too large": (b"x" * 5_000_001, 1, "a seed holds one article"),
}  # fmt: skip

BROKEN: dict[str, tuple[bytes, int, str]] = {
    **{
        # libyaml sees only at the closing fence that a bracket is open.
        name: (_front("date: 2022-07-24", line), 3 + line.startswith(("title: a\n", "x: [a", "x: {a")), words)
        for name, (line, words) in BROKEN_LINES.items()
    },
    **BROKEN_FILES,
}
