"""The body of a seed, Markdown or HTML, as HTML. Pure. No other package uses comrak."""

from feedsvc.parse.markdown.bodies import Body, body_html, reads_markdown, rendered

__all__ = ["Body", "body_html", "reads_markdown", "rendered"]
