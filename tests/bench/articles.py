"""Generated articles in the shape of scraped cnBeta news: the same from the same seed, about 6 KB each."""

import random
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

WORDS = """
国家 云 平台 发布 芯片 手机 卫星 火箭 电池 屏幕 系统 更新 开发者 用户 公司 市场 数据 网络 安全 模型
训练 工程师 产品 价格 性能 功耗 设计 工厂 产线 良率 季度 增长 下降 计划 合作 标准 开源 驱动 内核 游戏
画面 剧情 玩家 电影 导演 票房 科学家 研究 论文 实验 望远镜 行星 海洋 气候
""".split()  # noqa: SIM905 - a word a line would be no clearer

CATEGORIES = ("新媒体", "cnBeta", "最新", "科技", "科学", "游戏", "电影", "软件")

FRAGMENTS = (
    '<p style="text-align: left;"><strong>{0}</strong></p>',
    '<p><a href="https://c.duomai.com/track.php?site_id=1&euid=&t=https%3A%2F%2Fshop.example.com%2F{1}">{0}</a></p>',
    "<ul><li>{0}</li><li>{0}</li></ul>",
    "<blockquote><p>{0}</p></blockquote>",
    "<table><tbody><tr><td>{0}</td><td>{1}</td></tr></tbody></table>",
    '<p><img src="https://static.example.com/article/2022/{1}.png" alt data-link referrerpolicy="no-referrer"><br></p>',
)


def article(number: int) -> str:
    """The text of one seed file."""
    rng = random.Random(number)  # noqa: S311 - not a secret
    published = datetime(2015, 1, 1, tzinfo=UTC) + timedelta(minutes=number * 97)
    picture = f"https://static.example.com/article/{published:%Y/%m%d}/{number:08x}.png"
    categories = "".join(f" - {name}\n" for name in rng.sample(CATEGORIES, 3))
    body = [
        _sentence(rng, 40) + "<br>\n",
        f' <p> <img src="{picture}" alt data-link referrerpolicy="no-referrer"><br></p>',
    ]
    for _ in range(9):
        body.append(f"<p>{''.join(_sentence(rng, 18) for _ in range(5))}</p>")
        if rng.random() < 0.4:
            body.append(rng.choice(FRAGMENTS).format(_sentence(rng, 8), rng.randrange(10**6)))
    title = f"{_sentence(rng, 8)[:-1]} {number}"
    return (
        f"\n---\ntitle: '{title}'\ncategories: \n{categories}headimg: '{picture}'\n"
        f"author: cnBeta\ncomments: false\ndate: {format_datetime(published, usegmt=True)}\n"
        f"thumbnail: '{picture}'\n---\n\n"
        f"<div>   \n{''.join(body)}   \n</div>\n            "
    )


def _sentence(rng: random.Random, words: int) -> str:
    return "".join(rng.choices(WORDS, k=words)) + "。"


def write(folder: Path, count: int) -> int:
    """Write `count` seeds below `folder`, 500 a subfolder. Returns their size in bytes."""
    size = 0
    for number in range(count):
        file = folder / f"{number // 500:03}" / f"{number:06}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        size += file.write_bytes(article(number).encode())
    return size
