"""Error pages. They repeat no part of the request, because an attacker can choose the request."""

import logging
from collections.abc import Callable, Sequence
from http import HTTPStatus

from flask import Flask, Response, render_template
from werkzeug.exceptions import HTTPException

from feedsvc.errors import FeedsvcError

log = logging.getLogger(__name__)

#: Status → title and text of its page.
MESSAGES = {
    400: ("参数不对", "地址里的参数无法识别。"),
    403: ("不能查看", "这里的内容只给管理者看。"),
    404: ("没有这个页面", "地址也许写错了；现有的订阅源都在首页。"),
    405: ("不支持这种请求", "这里只能读取。"),
    410: ("已经撤下", "这个页面或订阅源曾经存在，现在已经撤下，不再更新。"),
    429: ("请求太频繁", "这样的请求太多了，请稍后再试；不带参数的订阅地址不受影响。"),
    500: ("服务出错了", "错误已经记录，请稍后再试。"),
    503: ("暂时无法服务", "数据库此刻没有回应，请稍后再试。"),
}

#: Title and text before the first import ends (503). A reader polls again after 503, but may remove a feed after 404.
STARTING = ("正在第一次导入", "文章还没有导入完，请稍后再来；已有的文章不会丢失。")

#: Seconds for which caches may keep a 404 or 410.
MISSING_MAX_AGE = 60

#: `Retry-After` during the first import, and while the database does not answer, in seconds.
STARTING_SECONDS = 10
UNAVAILABLE_SECONDS = 30


class BadQueryError(Exception):
    """A parameter of a feed has a value that is not allowed. `lines` say which values are."""

    def __init__(self, lines: Sequence[str]) -> None:
        super().__init__("a query is wrong")
        self.lines = tuple(lines)


class BusyError(Exception):
    """A client, or all clients together, asked for too many new views."""

    def __init__(self, seconds: int) -> None:
        super().__init__("too many views")
        self.seconds = seconds


class StartingError(Exception):
    """The first import has not ended: a feed that does not exist yet is not missing."""


def register(app: Flask, prefix: str) -> None:
    """Answer every error of `app` with a short page."""

    def page(status: int, said: tuple[str, str] | None = None) -> Response:
        title, message = said or MESSAGES.get(status, (f"错误 {status}", "请求无法处理。"))
        response = Response(
            render_template("error.html", title=title, message=message, prefix=prefix),
            status,
            content_type="text/html; charset=utf-8",
        )
        is_missing = status in {404, 410}
        response.headers["Cache-Control"] = f"public, max-age={MISSING_MAX_AGE}" if is_missing else "no-store"
        if status == HTTPStatus.SERVICE_UNAVAILABLE:
            response.headers["Retry-After"] = str(STARTING_SECONDS if said else UNAVAILABLE_SECONDS)
        return response

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> Response:
        response = page(error.code or 500)
        for name, value in error.get_headers():
            if name.lower() == "allow":
                response.headers["Allow"] = value
        return response

    @app.errorhandler(StartingError)
    def starting(_: StartingError) -> Response:
        return page(503, STARTING)

    @app.errorhandler(FeedsvcError)
    def our_error(error: FeedsvcError) -> Response:
        log.error("%s", error)
        return page(503)

    @app.errorhandler(Exception)
    def unexpected(error: Exception) -> Response:
        log.error("unexpected: %s", type(error).__name__, exc_info=error)
        return page(500)

    _register_views(app, page)


def _register_views(app: Flask, page: Callable[[int, tuple[str, str] | None], Response]) -> None:
    """Answer the errors of views."""

    @app.errorhandler(BadQueryError)
    def bad_query(error: BadQueryError) -> Response:
        return page(400, (MESSAGES[400][0], " ".join(error.lines)))

    @app.errorhandler(BusyError)
    def busy(error: BusyError) -> Response:
        response = page(429, None)
        response.headers["Retry-After"] = str(error.seconds)
        return response
