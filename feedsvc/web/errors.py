"""Errors as pages that repeat nothing of the request: an error page is a page an attacker can choose."""

import logging

from flask import Flask, Response, render_template
from werkzeug.exceptions import HTTPException

from feedsvc.errors import FeedsvcError

log = logging.getLogger(__name__)

#: Status → what a person reads.
MESSAGES = {
    404: ("没有这个页面", "地址也许写错了；现有的订阅源都在首页。"),
    405: ("不支持这种请求", "这里只能读取。"),
    410: ("已经撤下", "这个页面或订阅源曾经存在，现在已经撤下，不再更新。"),
    500: ("服务出错了", "错误已经记录，请稍后再试。"),
    503: ("暂时无法服务", "数据库此刻没有回应，请稍后再试。"),
}

#: Before anything was published. A reader that gets 503 asks again; one that gets 404 may drop the feed.
STARTING = ("正在第一次导入", "文章还没有导入完，请稍后再来；已有的文章不会丢失。")

#: Seconds for which a missing page may be remembered as missing.
MISSING_MAX_AGE = 60


#: Seconds after which a client may ask again while the first import is at work.
STARTING_SECONDS = 10


class StartingError(Exception):
    """Nothing was ever published: no feed is missing yet."""


def register(app: Flask, prefix: str) -> None:
    """Let every error of `app` become a short page."""

    def page(status: int, said: tuple[str, str] | None = None) -> Response:
        title, message = said or MESSAGES.get(status, (f"错误 {status}", "请求无法处理。"))
        response = Response(
            render_template("error.html", title=title, message=message, prefix=prefix),
            status,
            content_type="text/html; charset=utf-8",
        )
        is_missing = status in {404, 410}
        response.headers["Cache-Control"] = f"public, max-age={MISSING_MAX_AGE}" if is_missing else "no-store"
        if status == 503:  # noqa: PLR2004 - as in MESSAGES
            response.headers["Retry-After"] = str(STARTING_SECONDS if said else 30)
        return response

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> Response:
        response = page(error.code or 500)
        for name, value in error.get_headers():
            if name.lower() == "allow":
                response.headers["Allow"] = value
        return response

    @app.errorhandler(StartingError)
    def starting(error: StartingError) -> Response:  # noqa: ARG001 - there is no more to say
        return page(503, STARTING)

    @app.errorhandler(FeedsvcError)
    def our_error(error: FeedsvcError) -> Response:
        log.error("%s", error)
        return page(503)

    @app.errorhandler(Exception)
    def unexpected(error: Exception) -> Response:
        log.error("unexpected: %s", type(error).__name__, exc_info=error)
        return page(500)
