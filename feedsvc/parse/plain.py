"""Plain text as HTML. Pure."""

import html


def paragraphs(text: str) -> str:
    """Plain text as HTML, with a paragraph for each line that is not blank."""
    return "".join(f"<p>{html.escape(line, quote=False)}</p>" for line in text.split("\n") if line.strip())
