"""The body of a seed, Markdown or HTML, as HTML. Pure. No other package uses comrak."""

from feedsvc.parse.markdown.bodies import Body, reads_markdown, rendered

__all__ = ["Body", "reads_markdown", "rendered"]
