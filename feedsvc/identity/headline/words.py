"""
What words around a headline are: labels, sections, names of media and sites; and words that tell a piece. Pure.

A table of names helps where one headline is all that is known. The rule is the form of a name, and what most
headlines of a source share (`learnt.py`). Whatever is not certain here counts as doubtful in `frame.py`.

Patterns that take milliseconds to compile are functions: they are compiled at the first headline, not at the import.
"""

import re
from functools import cache

#: Editors' labels of a piece, in brackets, or before a bar, a colon or a space: nothing of the piece itself.
LABELS = (
    "[多组附配]?图|图文|图集|图辑|图赏|动图|高清图?|视频|短视频|影|影音|影片|有片|有影片|音频|附?全文|转载?|原创|"
    "更新|已更新|持续更新|不断更新|更新中|最新|最新消息|新消息|独家|独家报道|快讯|急讯|速报|速递|快报|简讯|短讯|突发|"
    "首发|刚刚|热点|热闻|热议|热门|热搜|头条|要闻|公告|重磅|重磅消息|关注|聚焦|焦点|置顶|推荐|推广|精选|现场|深度|深度报道|"
    "专访|特稿|特写|专题|资讯|新闻|消息|传闻|爆料|曝光|曝|传|"
    "(?:今日|早间|晚间|午间|盘[前中后])(?:要闻|头条|快讯|热点|新闻|最新|播报|异动)|"
    "updated?|exclusive|scoop|alert|flash|developing|video|breaking(?: news)?|photos?|pics?|pdf|gallery|reports?|"
    "sources?|rumou?rs?|leak|just in|watch|news|速報|独自|動画|写真|단독|속보|영상|사진|종합"
)
LABEL = re.compile(
    rf"(?:{LABELS})(?:[ /·]+(?:{LABELS}))?|(?:来源|转自|图源|via|source)\W.{{1,20}}|据\w{{2,8}}", re.IGNORECASE
)

#: Sections of a site. Alone beside a headline a section may be a part of the piece.
SITE_SECTIONS = (
    "科技|财经|国际|国内|社会|体育|娱乐|数码|手机|汽车|游戏|科学|业界|互联网|商业|产业|军事|健康|教育|文化|时政|证券|"
    "tech(?:nology)?|business|world|sports?|science|politics|culture|health|entertainment|markets|gaming"
)
SECTION = re.compile(rf"(?:{SITE_SECTIONS})(?:新闻|频道|资讯|要闻)?", re.IGNORECASE)

#: One ideograph.
HAN = "[\u3400-\u9fff]"

#: Agencies and papers, as they sign a headline before a colon. A company or an office before one is the subject.
MEDIUM = (
    "路透|彭博|央视(?:新闻)?|法新|美联|韩联|日经(?:中文网|亚洲)?|财新|澎湃|虎嗅|36氪|钛媒体|第一财经|华尔街见闻|it之家|快科技|"
    r"驱动之家|cnbeta(?:\.com)?|solidot|bbc|cnn|cnbc|reuters|bloomberg|wsj|nyt|ft|ap|afp|nikkei|the information|"
    "techcrunch|the verge|macrumors|9to5mac|9to5google|digitimes|the elec|gizmochina|"
    f"{HAN}{{2}}社|通讯社|[外日韩美英德法台港俄]媒|{HAN}{{0,2}}媒体|"
    f"{HAN}{{0,4}}(?:新闻|中文|人民|新华|中新|环球|央视|央广|光明|观察者|中青|经济|财经|日报)网|"
    f"{HAN}{{1,6}}(?:[日晚时早周商邮导]报|青年报|财经|周刊|杂志|新闻)"
)


@cache
def wire() -> re.Pattern[str]:
    """Agencies, and media in general. Before a colon they sign a headline; another medium there may be its subject."""
    return re.compile(
        rf"{HAN}{{2}}社|通讯社|[外日韩美英德法台港俄]媒|{HAN}{{0,2}}媒体|路透|彭博|法新|美联|reuters|bloomberg|afp",
        re.IGNORECASE,
    )


@cache
def media() -> re.Pattern[str]:
    """Names of media, also as newsrooms mark their own news: `某科技独家`."""
    return re.compile(rf"(?:{MEDIUM})(?:\s?(?:记者|报道))?|\w{{2,8}}\s?(?:独家|获悉)(?:报道|消息)?", re.IGNORECASE)


#: Names of newsrooms where they were first: `36氪首发`.
FIRST = re.compile(r"\w{2,8}\s?(?:首发|快讯)")
#: Words that end as names of media do.
NO_MEDIA = re.compile(
    r".*(?:[财海预公简情举申战年季汇通研]报|[自流多新全]媒体|社交媒体|旅行?社|合作社|出版社|公社|[电路]网|[互物车]联网|官网)$"
)

#: Portals, which name their sections after themselves.
PORTALS = "新浪|网易|腾讯|搜狐|凤凰|太平洋|中关村在线|环球|人民|央视|中新|东方财富"

#: Ends of a site's name.
SITE_END = (
    "网|网站|新闻|资讯站?|报|之家|频道|头条|周刊|杂志|电[视台]台|卫视|财经|见闻|中文|新闻客户端|"
    "times|news|post|daily|journal|tribune|herald|magazine|blog|weekly|gazette|chronicle|insider|newswire"
)
DOMAIN = r"[\w-]+(?:\.[\w-]+)*\.(?:com|cn|net|org|tw|hk|io|co|jp|uk|de|tv|info|me|news)(?:\.\w\w)?(?:/\S*)?"
#: Well-known names of which the form says nothing.
NAMES = (
    "百度|知乎|微博|豆瓣|少数派|爱范儿|机核|煎蛋|果壳|雷锋网|极客公园|机器之心|量子位|品玩|创业邦|投资界|雪球|同花顺|界面|观察者|"
    "哔哩哔哩|b站|什么值得买|数字尾巴|差评|小众软件|游民星空|游侠|触乐|巴哈姆特|开源中国|奇客|端传媒|香港01|三立|联合早报|"
    r"南方\+|21世纪经济报道|bilibili|v2ex|51cto|csdn|infoq|oschina|3dm|17173|a9vg|4gamers?|c114|techweb|chiphell|"
    "engadget|slashdot|ars technica|wired|zdnet|cnet|gizmodo|mashable|venturebeat|appleinsider|android police|"
    "android authority|"
    "pcmag|pc gamer|pc watch|ign|polygon|kotaku|eurogamer|tom's hardware|anandtech|phoronix|lwn|notebookcheck|gsmarena|"
    "npr|axios|politico|gigazine|itmedia|hacker news|lobsters|substack|"
    "the (?:guardian|register|hill|atlantic|economist|independent|telegraph|new yorker|new stack)"
)


@cache
def site() -> re.Pattern[str]:
    """Names of sites: by their end, as domains, of agencies and papers, well-known ones, and sections of portals."""
    return re.compile(
        rf"(?:.*[^\W_]\s?(?:{SITE_END})|(?:.*\s)?{DOMAIN}(?:\s?移动版)?|{MEDIUM}|{NAMES}|"
        rf"(?:{PORTALS})网?(?:{SITE_SECTIONS}|新闻|资讯|订阅|号|首页)?)",
        re.IGNORECASE,
    )


#: Words that make a part of a headline a part of the piece, wherever it stands: numbers and models, yes and no.
TELLING = re.compile(
    r"[\d+]|[的了将把被是在已会要让使与及]|不|未|没|无|非|否|谣|虚假|取消|推迟|撤|澄清|更正|回应|道歉|暂停|恢复|终止|涨|跌|升|降|增|减|"
    r"(?<![a-z'])(?:pro|max|plus|ultra|mini|air|lite|se|ti|super|xl|beta|alpha|not?|denie[sd]|false|hoax|fake|"
    r"correction|retract\w*|[a-z])(?![a-z'])",
    re.IGNORECASE,
)

#: Behind a separator too: which side or edition, or what kind of piece.
SIDES = re.compile(
    r"[上中下前后终续完]$|[上中下前后终续]集|[篇季期集章卷部代款级机型组]$|(?<!中文)版$|"
    r"第.|[首次]日|[一二三四五六七八九十甲乙丙丁]$|评论|观点|社[论评]|前瞻|直播|回放|客户端|"
    r"评测|测评|体验|上手|开箱|拆解|对比|解读|攻略|教程|指南|汇总|盘点|合集|花絮|预告|访谈|实录|总结|官宣|"
    r"续航|屏幕|影像|性能|价格|配置|外观|拍照|音质|"
    r"(?<![a-z'])(?:opinion|reviews?|live|preview|part|hands-on|unboxing|teardown|guide|recap|trailer|camera|battery|"
    r"display|performance|price|day|week|episode|season|chapter|vol|one|two|three|first|second|third)(?![a-z'])|^(?:windows|mac|macos|linux|android|ios)$",
    re.IGNORECASE,
)

#: A clause, not a name.
CLAUSE = re.compile(
    r"[,?:;。]|!(?! \S)|\.\s|(?<!\w)(?:is|are|was|will|to|has|with|after|as|by|from|how|why|what)(?!\w)",
    re.IGNORECASE,
)
