"""Where entries come from: one file a kind, one line each here."""

from feedsvc.sources import seeds

SOURCES = {
    "seeds": seeds,  # a folder of articles: front matter and HTML or Markdown
}
