"""
What words around a headline are: names of sites and media, lead-ins, and what is part of the piece. Tables; pure.

A table of names helps where one headline is all that is known. The rule is the form of a name, and what most
headlines of a source share (`learnt.py`).
"""

import re

#: What editors call a piece, in brackets, or before a bar, a colon or a space: nothing of the piece itself.
LABELS = (
    "[多组附配]?图|图文|图集|图辑|图赏|动图|高清图?|视频|短视频|影|影音|影片|有片|有影片|音频|附?全文|"
    "更新|已更新|持续更新|不断更新|更新中|最新|最新消息|新消息|"
    "独家|独家报道|快讯|急讯|速报|速递|快报|简讯|短讯|突发|首发|首发于\\w{1,6}|转载?|原创|热点|热闻|热议|热门|热搜|"
    "头条|要闻|要闻速递|公告|重磅|重磅消息|关注|聚焦|焦点|置顶|推荐|推广|精选|现场|深度|深度报道|专访|特稿|特写|专题|"
    "资讯|新闻|今日\\w{2}|早报|晚报|午报|日报|周报|早间\\w{2}|晚间\\w{2}|盘[前中后]\\w{2}|消息|传闻|爆料|曝光|曝|传|刚刚|官宣|"
    "updated?|exclusive|scoop|alert|flash|developing|video|breaking(?: news)?|photos?|pics?|pdf|gallery|reports?|rumou?rs?|"
    "leak|just in|watch|news|速報|独自|動画|写真|更新|단독|속보|영상|사진|종합"
)
#: Sections of a site. Alone behind a headline a section may be a part of the piece.
SECTIONS = (
    "科技|财经|国际|国内|社会|体育|娱乐|数码|手机|汽车|游戏|科学|业界|互联网|商业|产业|军事|健康|教育|文化|时政|证券|"
    "tech(?:nology)?|business|world|sports?|science|politics|culture|health|entertainment|markets|gaming"
)
LABEL = re.compile(rf"(?:{LABELS})(?:[ /·]+(?:{LABELS}))?", re.IGNORECASE)
SECTION = re.compile(rf"(?:{SECTIONS})(?:新闻|频道|资讯|要闻)?", re.IGNORECASE)

#: Agencies and papers, as they sign a headline before a colon. A company or an office before one is the subject.
MEDIUM = (
    "路透|彭博|央视|法新|美联|韩联|日经(?:中文网|亚洲)?|财新|澎湃|虎嗅|36氪|钛媒体|第一财经|华尔街见闻|it之家|快科技|"
    "驱动之家|cnbeta(?:\\.com)?|bbc|cnn|cnbc|reuters|bloomberg|wsj|nyt|ft|ap|afp|nikkei|the information|techcrunch|"
    "the verge|macrumors|9to5mac|9to5google|digitimes|the elec|gizmochina|"
    "[\\u4e00-\\u9fff]{2}社|[\\u4e00-\\u9fff]{2,5}网|[\\u4e00-\\u9fff]{0,4}媒体?|"
    "[\\u4e00-\\u9fff]{1,5}(?:[日晚时早周商邮导]报|青年报|财经|周刊|杂志|新闻网?|电视台|卫视|电台|通讯社)"
)
MEDIA = re.compile(rf"(?:{MEDIUM})(?:\s?(?:记者|报道))?|\w{{2,8}}\s?(?:独家|首发|快讯|获悉)(?:报道|消息)?", re.IGNORECASE)
#: Words that end as names of media do.
NO_MEDIA = re.compile(
    r".*(?:[财海预公简情举申战年季汇通]报|[自流多新全]媒体|社交媒体|旅行社|合作社|出版社|公社|[电路]网|[互物车]联网|官网|传媒)$"
)

#: Portals, which name their sections after themselves.
PORTALS = "新浪|网易|腾讯|搜狐|凤凰|太平洋|中关村在线|环球|人民|央视|中新|东方财富"

#: How a site's name ends.
SITE_END = (
    "网|网站|新闻|资讯|报|社|之家|在线|频道|头条|客户端|移动版|中文版?|门户|论坛|社区|博客|周刊|杂志|电[视台]台|卫视|"
    "广播|媒体|财经|见闻|"
    "times|news|post|daily|journal|tribune|herald|magazine|blog|online|today|press|wire|weekly|gazette|chronicle|"
    "observer|review|media|radio|tv|hub|central|network|report|insider|mag"
)
SITE = re.compile(
    rf"(?:.*[^\W_](?:{SITE_END})|[\w.-]+\.(?:com|cn|net|org|tw|hk|io|co|jp|uk|de|tv|info|me|news|app|dev)(?:\.\w\w)?"
    rf"|the [\w ]{{3,20}}|(?:{MEDIUM})|(?:{PORTALS})网?(?:{SECTIONS}|新闻)?|百度|知乎|微博|少数派|爱范儿|机核|煎蛋|solidot|slashdot|engadget"
    r"|ars technica|wired|zdnet|v2ex|51cto|csdn|3dm|17173|bilibili|哔哩哔哩|b站|雷锋网|极客公园|cnet|npr|axios)",
    re.IGNORECASE,
)  # fmt: skip

#: Words that make the part of a headline behind a separator a part of the piece: which model, part or edition, and
#: whether the piece is news at all, or somebody's opinion of the news, or its contrary.
TELLING = re.compile(
    r"[\d+]|[的了将把被是在已会要让使与及]|不|未|没|无|非|否|谣|不实|虚假|取消|推迟|撤|澄清|更正|回应|道歉|暂停|恢复|终止|"
    r"涨|跌|升|降|增|减|[上中下前后终续完]$|[上中下前后终续]集|[篇版季期集章卷部代款级][)]?$|评论|观点|社[论评]|前瞻|直播|回放|"
    r"(?<![a-z])(?:pro|max|plus|ultra|mini|air|lite|se|ti|super|xl|beta|alpha|opinion|review|live|preview|part|not?|"
    r"denie[sd]|false|hoax|fake|correction|retract\w*|[a-z])(?![a-z'])",
    re.IGNORECASE,
)

#: A clause, not a name.
CLAUSE = re.compile(r"[,!?:;。]|\.\s|(?<![\w])(?:is|are|was|will|to|has|with|after|as|by|from|how|why|what)(?![\w])", re.I)
