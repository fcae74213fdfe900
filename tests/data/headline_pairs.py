"""Pairs of headlines, each marked as one piece spelled in two ways or as two pieces."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two headlines, where they stood, how their articles begin, and whether they are the same piece."""

    first: str
    second: str
    is_same: bool
    first_site: str
    second_site: str = ""
    first_text: str = ""
    second_text: str = ""


PAIRS: tuple[Pair, ...] = (
    Pair(
        first="苹果市值突破4万亿美元",
        second="苹果市值跌破4万亿美元",
        is_same=False,
        first_site="新浪科技",
        second_site="新浪科技",
        first_text=(
            "美股周二开盘后，苹果股价上涨百分之零点四，总市值首次站上四万亿美元，成为继英伟达和微软之后第三家达"
            "到这一规模的公司，新机销量好于预期。"
        ),
        second_text=(
            "美股周四收盘，苹果股价下跌百分之二点三，总市值重新回到四万亿美元下方，市场担忧内存涨价侵蚀利润，分"
            "析师普遍下调下一季的毛利率预测。"
        ),
    ),
    Pair(
        first="女子网购10箱牛奶收到11箱 商家要求退回运费",
        second="女子网购10箱牛奶收到11箱，商家要求退回运费",
        is_same=True,
        first_site="快科技",
        second_site="新浪科技",
        first_text=(
            "浙江一名女子在网店购买了十箱牛奶，收到快递后发现多出一箱。她主动联系客服，对方却要求她自行承担三十"
            "八元运费退回，否则将报警处理，双方沟通记录引发网友热议。"
        ),
        second_text=(
            "浙江一名女子在网店购买了十箱牛奶，收到快递后发现多出一箱。她主动联系客服，对方却要求她自行承担三十"
            "八元运费退回，否则将报警处理，双方沟通记录引发网友热议。"
        ),
    ),
    Pair(
        first="杭州发布人工智能产业三年行动计划",
        second="苏州发布人工智能产业三年行动计划",
        is_same=False,
        first_site="新华网",
        second_site="中新网",
    ),
    Pair(
        first="Daily briefing: What whales remember",
        second="Daily briefing: What ravens remember",
        is_same=False,
        first_site="Nature",
        second_site="Nature",
    ),
    Pair(
        first="今日のセール情報：Anker充電器が30％オフ",
        second="今日のセール情報：Anker充電器が30％オフ",
        is_same=False,
        first_site="ギズモード・ジャパン",
        second_site="ギズモード・ジャパン",
        first_text=(
            "本日の注目は、折りたたみプラグを備えた67Wの3ポート充電器です。ノートPCとスマホを同時に充電でき、出"
            "張用にちょうどいい大きさ。タイムセールは今夜23時59分までです。"
        ),
        second_text=(
            "今日はMagSafe対応のワイヤレス充電スタンドが安くなっています。iPhoneを横向きに置けば時計がわりにも"
            "なり、AirPodsも一緒に充電できます。在庫がなくなり次第終了です。"
        ),
    ),
    Pair(
        first="高德地图上线车道级导航长安街版",
        second="百度地图上线车道级导航长安街版",
        is_same=False,
        first_site="IT之家",
        second_site="IT之家",
    ),
    Pair(
        first="每经热评｜平台补贴大战，该降温了",
        second="平台补贴大战，该降温了",
        is_same=True,
        first_site="每日经济新闻",
        second_site="新浪财经",
        first_text=(
            "一杯奶茶卖一块钱，骑手、商户与平台谁也没有赚到钱。当补贴成为唯一的竞争手段，行业离健康也就越来越远"
            "。监管部门约谈之后，平台该把力气用回到服务和效率上去了。"
        ),
        second_text=(
            "一杯奶茶卖一块钱，骑手、商户与平台谁也没有赚到钱。当补贴成为唯一的竞争手段，行业离健康也就越来越远"
            "。监管部门约谈之后，平台该把力气用回到服务和效率上去了。"
        ),
    ),
    Pair(
        first="The Best Electric Toothbrushes, Tested for a Year",
        second="The Best Electric Shavers, Tested for a Year",
        is_same=False,
        first_site="Wired",
        second_site="Wired",
    ),
    Pair(
        first="腾讯控股回购15.5万股，耗资约1亿港元",
        second="腾讯控股回购 17 万股，耗资约 1.1 亿港元",
        is_same=False,
        first_site="雪球",
        second_site="新浪财经",
        first_text=(
            "腾讯控股在港交所发布公告，当日耗资约1亿港元回购15.5万股公司股份，每股回购价介于641.5至650港元之间"
            "，所购回的股份将予以注销。"
        ),
        second_text=(
            "腾讯控股在港交所发布公告，当日耗资约1.1亿港元回购17万股公司股份，每股回购价介于636至648.5港元之间"
            "，所购回的股份将予以注销。"
        ),
    ),
    Pair(
        first="「Xperia 1 VIII」国内で発売へ",
        second="「Xperia 10 VIII」国内で発売へ",
        is_same=False,
        first_site="ケータイ Watch",
        second_site="ケータイ Watch",
    ),
    Pair(
        first="索尼FE 100mm F2.8微距镜头评测",
        second="索尼FE 100mm F2.8 STF镜头评测",
        is_same=False,
        first_site="中关村在线",
        second_site="中关村在线",
    ),
    Pair(
        first="成都无人配送车获发路权",
        second="成都无人配送车被暂停路权",
        is_same=False,
        first_site="封面新闻",
        second_site="封面新闻",
    ),
    Pair(
        first="法国将限制15岁以下青少年使用社群媒体",
        second="法國將限制15歲以下青少年使用社群媒體 - RFI",
        is_same=True,
        first_site="RFI 华语",
        second_site="RFI 華語",
    ),
    Pair(
        first="周大福金价报1259元/克",
        second="周大福金价报1295元/克",
        is_same=False,
        first_site="财联社",
        second_site="财联社",
    ),
    Pair(
        first="網購詐騙集團首腦落網內幕（1）",
        second="網購詐騙集團首腦落網內幕（2）",
        is_same=False,
        first_site="鏡週刊",
        second_site="鏡週刊",
    ),
    Pair(
        first="宁德时代第二代钠电池下线，低温续航保持率超九成_科技_新浪网",
        second="宁德时代第二代钠电池下线，低温续航保持率超九成",
        is_same=True,
        first_site="新浪科技",
        second_site="界面新闻",
        first_text=(
            "宁德时代今日在洛阳基地举行下线仪式，第二代钠离子电池正式量产。该电池能量密度达到每公斤一百七十五瓦"
            "时，零下四十摄氏度仍可保持九成电量，首批将搭载于商用车。"
        ),
        second_text=(
            "宁德时代今日在洛阳基地举行下线仪式，第二代钠离子电池正式量产。该电池能量密度达到每公斤一百七十五瓦"
            "时，零下四十摄氏度仍可保持九成电量，首批将搭载于商用车。"
        ),
    ),
    Pair(
        first="TSMC third-quarter profit rises 39%, beats forecasts",
        second="TSMC fourth-quarter profit rises 39%, beats forecasts",
        is_same=False,
        first_site="Reuters",
        second_site="Reuters",
        first_text=(
            "TAIPEI, Oct 15 (Reuters) - Taiwan's TSMC, the world's main producer of advanced AI chips, "
            "reported a 39% jump in third-quarter net profit to a record, beating market forecasts on surging "
            "demand."
        ),
        second_text=(
            "TAIPEI, Jan 14 (Reuters) - Taiwan's TSMC, the world's main producer of advanced AI chips, "
            "reported a 39% jump in fourth-quarter net profit to a record, beating market forecasts on surging "
            "demand."
        ),
    ),
    Pair(
        first="高通：骁龙8 Elite Gen6将由台积电独家代工",
        second="高通：骁龙 8 Elite Gen 6 将由台积电独家代工",
        is_same=True,
        first_site="快科技",
        second_site="IT之家",
        first_text=(
            "高通首席执行官安蒙在财报电话会上表示，下一代旗舰平台骁龙8 Elite Gen6将继续由台积电独家代工，采用二"
            "纳米工艺，公司对三星的新工艺保持关注，但目前没有下单计划。"
        ),
        second_text=(
            "高通首席执行官安蒙在财报电话会上表示，下一代旗舰平台骁龙8 Elite Gen6将继续由台积电独家代工，采用二"
            "纳米工艺，公司对三星的新工艺保持关注，但目前没有下单计划。"
        ),
    ),
    Pair(
        first="雷科技独家：传音明年推出首款AR眼镜",
        second="传音明年推出首款AR眼镜",
        is_same=True,
        first_site="雷科技",
        second_site="手机中国",
    ),
    Pair(
        first="存储芯片报价一天一变 模组厂暂停接单",
        second="存储芯片报价一天一变，模组厂暂停接单 - 集微网",
        is_same=True,
        first_site="华强电子网",
        second_site="集微网",
    ),
    Pair(
        first="冬天静电为什么总找上你？",
        second="冬天静电为什么总找上你？|静电_新浪科技",
        is_same=True,
        first_site="科普中国",
        second_site="新浪科技",
    ),
    Pair(
        first="澳門輕軌東綫明年通車",
        second="澳门轻轨西线明年通车",
        is_same=False,
        first_site="澳門日報",
        second_site="澎湃新闻",
    ),
    Pair(
        first="谷歌：安卓17不会限制侧载",
        second="谷歌：安卓17将限制侧载",
        is_same=False,
        first_site="快科技",
        second_site="cnBeta",
    ),
    Pair(
        first="索尼ZV-E1 II上手体验：小身材，大底气",
        second="索尼ZV-E10 II上手体验：小身材，大底气",
        is_same=False,
        first_site="爱范儿",
        second_site="爱范儿",
    ),
    Pair(
        first="Doorbell Maker Wants to Share Footage With Ferry Operators",
        second="Doorbell Maker Denies Wanting to Share Footage With Ferry Operators",
        is_same=False,
        first_site="404 Media",
        second_site="404 Media",
    ),
    Pair(
        first="iPhone 18 Pro Max 相機規格曝光：可變光圈確定",
        second="iPhone 18 Pro相机规格曝光：可变光圈确定",
        is_same=False,
        first_site="T客邦",
        second_site="cnBeta",
    ),
    Pair(
        first="Sources: Anthropic is in talks to buy a chip startup",
        second="Sources: Anthropic has ended talks to buy a chip startup",
        is_same=False,
        first_site="Techmeme",
        second_site="Techmeme",
    ),
    Pair(
        first="Ofcom fines forum operator £1.2m over age checks - BBC News",
        second="Ofcom fines forum operator £1.2m over age checks",
        is_same=True,
        first_site="BBC News",
        second_site="BBC News",
    ),
    Pair(
        first="周小川：稳定币须防范过度炒作",
        second="周行涛：稳定币须防范过度炒作",
        is_same=False,
        first_site="财新网",
        second_site="财新网",
    ),
    Pair(
        first="華碩 ROG Strix XG27UCS2 顯示器評測 線條更銳利 - HKEPC Hardware",
        second="华硕ROG Strix XG27UCS2显示器评测 线条更锐利",
        is_same=True,
        first_site="HKEPC",
        second_site="HKEPC",
    ),
    Pair(
        first="女子称被导航带进死胡同 高德：已修正",
        second="女子称被导航带进死胡同 高德：路线无误",
        is_same=False,
        first_site="快科技",
        second_site="快科技",
    ),
    Pair(
        first="Snowflake shares sink 14% after weak product revenue guidance -- CNBC",
        second="Snowflake shares sink 14% after weak product revenue guidance",
        is_same=True,
        first_site="CNBC",
        second_site="CNBC",
    ),
    Pair(
        first="央行：开展5000亿元买断式逆回购操作",
        second="央行:开展 5000 亿元买断式逆回购操作 - 华尔街见闻",
        is_same=True,
        first_site="财联社",
        second_site="华尔街见闻",
    ),
    Pair(
        first="苹果 M5 Max 跑分曝光：多核提升 15%",
        second="苹果M5 Pro跑分曝光：多核提升15%",
        is_same=False,
        first_site="IT之家",
        second_site="cnBeta",
    ),
    Pair(
        first="宇树科技回应上市辅导完成",
        second="宇树科技上市辅导完成",
        is_same=False,
        first_site="快科技",
        second_site="快科技",
        first_text=(
            "针对宇树科技完成上市辅导的消息，公司今日下午对媒体表示，一切以证监会网站公示信息为准，目前生产经营"
            "正常，人形机器人订单已排到明年三月。"
        ),
        second_text=(
            "证监会网站显示，宇树科技的上市辅导状态已变更为“辅导验收”，辅导机构为中信证券，历时约四个月，公司拟"
            "在科创板首次公开发行股票并上市。"
        ),
    ),
    Pair(
        first="5 reasons I switched from Windows to Linux",
        second="5 reasons I switched from Linux to Windows",
        is_same=False,
        first_site="XDA",
        second_site="XDA",
    ),
    Pair(
        first="Vue 3.6 Alpha 发布，Vapor 模式登场",
        second="Vue 3.6 Beta 发布，Vapor 模式登场",
        is_same=False,
        first_site="开源中国",
        second_site="开源中国",
    ),
    Pair(
        first="宁德时代枧下窝锂矿复产",
        second="宁德时代枧下窝锂矿停产",
        is_same=False,
        first_site="IT之家",
        second_site="第一财经",
    ),
    Pair(
        first="中国移动：5G-A套餐用户突破5000万",
        second="中国移动：5G‑A套餐用户突破5000万 - 移动通信 — C114(通信网)",
        is_same=True,
        first_site="快科技",
        second_site="C114通信网",
    ),
    Pair(
        first="科大讯飞：前三季度净利润1.1亿元_证券日报网",
        second="科大讯飞：前三季度净利润 1.1 亿元",
        is_same=True,
        first_site="证券日报",
        second_site="财联社",
    ),
    Pair(
        first="北京：明年起新建小区充电桩须100%预留",
        second="北京：明年起新建小区充电桩须 100％ 预留",
        is_same=True,
        first_site="新京报",
        second_site="澎湃新闻",
    ),
    Pair(
        first="机械硬盘涨价：希捷8TB涨至1399元_太平洋科技",
        second="机械硬盘涨价：希捷16TB涨至1399元",
        is_same=False,
        first_site="太平洋科技",
        second_site="快科技",
    ),
    Pair(
        first="Mistral open-sources Voxtral 2 , a speech model that runs on a phone",
        second="Mistral open-sources Voxtral 2, a speech model that runs on a phone 🎙️",
        is_same=True,
        first_site="VentureBeat",
        second_site="VentureBeat",
    ),
    Pair(
        first="上海马拉松中签结果公布",
        second="北京马拉松中签结果公布",
        is_same=False,
        first_site="澎湃新闻",
        second_site="澎湃新闻",
    ),
    Pair(
        first="阿里巴巴：淘天集团CEO戴珊卸任",
        second="阿里巴巴：菜鸟集团CEO万霖卸任",
        is_same=False,
        first_site="新浪科技",
        second_site="新浪科技",
    ),
    Pair(
        first="Debian 项目投票决定不再支持 i386 架构",
        second="Debian项目投票决定不再支持i386架构",
        is_same=True,
        first_site="Solidot",
        second_site="cnBeta",
        first_text=(
            "Debian 开发者以二百一十四票对三十八票通过一般性决议，从下一个稳定版起不再提供 i386 架构的安装镜像"
            "与内核，仍会保留少量库用于运行旧的三十二位程序。"
        ),
        second_text=(
            "Debian 开发者以二百一十四票对三十八票通过一般性决议，从下一个稳定版起不再提供 i386 架构的安装镜像"
            "与内核，仍会保留少量库用于运行旧的三十二位程序。"
        ),
    ),
    Pair(
        first="苹果起诉三星侵犯折叠屏铰链专利",
        second="三星起诉苹果侵犯折叠屏铰链专利",
        is_same=False,
        first_site="cnBeta",
        second_site="IT之家",
    ),
    Pair(
        first="外媒：蘋果擬在印度生產全部美國版iPhone | 鉅亨網",
        second="苹果拟在印度生产全部美国版iPhone",
        is_same=True,
        first_site="鉅亨網",
        second_site="cnBeta",
    ),
    Pair(
        first="「自变量机器人」完成A+轮融资",
        second="「自变量机器人」完成A++轮融资",
        is_same=False,
        first_site="投资界",
        second_site="36氪",
        first_text=(
            "具身智能公司自变量机器人宣布完成近十亿元A+轮融资，由阿里云与国科投资领投，这也是阿里云在该领域的首"
            "次出手，资金将用于通用基座模型训练。"
        ),
        second_text=(
            "具身智能公司自变量机器人宣布完成A++轮融资，由字节跳动战略投资，老股东继续加码，资金将用于自研硬件"
            "本体的量产以及海外团队的组建。"
        ),
    ),
    Pair(
        first="Zig 1.0 正式发布 🎉",
        second="Zig 1.0正式发布",
        is_same=True,
        first_site="开源中国",
        second_site="InfoQ",
    ),
    Pair(
        first="他们离开了大厂",
        second="他们离开了大厂",
        is_same=False,
        first_site="虎嗅",
        second_site="虎嗅",
        first_text=(
            "三十四岁那年，程工从西二旗的工位上搬走了一盆绿萝，回到老家山西长治开了一间面馆。第一碗面卖出去的时"
            "候，他的手机还在收旧同事的报警短信。"
        ),
        second_text=(
            "在景德镇的三宝村，随处可见前产品经理。他们拉坯、上釉、直播，把“对齐”和“闭环”写进了瓷杯的底款里，一"
            "只卖一百二十八元，月销三千只。"
        ),
    ),
    Pair(
        first="直播带货新规明起征求意见",
        second="直播带货新规明起正式施行",
        is_same=False,
        first_site="澎湃新闻",
        second_site="澎湃新闻",
    ),
    Pair(
        first="罗永浩：细红线科技AI新品明年见",
        second="罗永浩：细红线科技AI新品明年见|罗永浩_新浪科技_新浪网",
        is_same=True,
        first_site="新浪科技",
        second_site="新浪科技",
    ),
    Pair(
        first="RTX 5060笔记本怎么选？看这一篇就够了",
        second="RTX 5070笔记本怎么选？看这一篇就够了",
        is_same=False,
        first_site="快科技",
        second_site="快科技",
        first_text=(
            "预算六千到八千，游戏本怎么买？我们把市面上十二款机器放在一起测了功耗释放、屏幕、噪声和拆机难度，按"
            "价位给出推荐，适合学生党与第一次购买的用户。"
        ),
        second_text=(
            "预算八千到一万，游戏本怎么买？我们把市面上十二款机器放在一起测了功耗释放、屏幕、噪声和拆机难度，按"
            "价位给出推荐，适合剪辑用户与追求高帧率的玩家。"
        ),
    ),
    Pair(
        first="GitHub Copilot新增本地模型支持 可接入Ollama",
        second="GitHub Copilot 新增本地模型支持，可接入 Ollama - OSCHINA",
        is_same=True,
        first_site="cnBeta",
        second_site="开源中国",
    ),
    Pair(
        first="Ask HN: Who is hiring? (November 2026)",
        second="Ask HN: Who is hiring? (December 2026)",
        is_same=False,
        first_site="Hacker News",
        second_site="Hacker News",
    ),
    Pair(
        first="硬氪首发 | 「海柔创新」再获数亿元融资",
        second="“海柔创新”再获数亿元融资",
        is_same=True,
        first_site="36氪",
        second_site="硬氪",
    ),
    Pair(
        first="台股收盤大漲412點 站上28000點",
        second="台股收盤大跌412點 失守28000點",
        is_same=False,
        first_site="自由時報",
        second_site="自由時報",
    ),
    Pair(
        first="黑鲨手机将回归，新品明年见",
        second="黑鲨手机不再回归 新品取消",
        is_same=False,
        first_site="IT之家",
        second_site="快科技",
    ),
    Pair(
        first="京东方OLED屏进入iPhone 17供应链",
        second="京东方 OLED 屏进入 iPhone 17e 供应链",
        is_same=False,
        first_site="快科技",
        second_site="IT之家",
    ),
    Pair(
        first="Google 相簿「用 AI 編輯」功能開放台灣用戶",
        second="Google 相簿「用 AI 編輯」功能開放日本用戶",
        is_same=False,
        first_site="電腦王阿達",
        second_site="電腦王阿達",
    ),
    Pair(
        first="马毅：大模型不等于智能",
        second="马毅：大模型等于智能？",
        is_same=False,
        first_site="量子位",
        second_site="量子位",
    ),
    Pair(
        first="Wordle hints and answer for Monday, Nov. 9 (#1969)",
        second="Wordle hints and answer for Tuesday, Nov. 10 (#1970)",
        is_same=False,
        first_site="NYT",
        second_site="NYT",
    ),
    Pair(
        first="系统更新",
        second="系统更新",
        is_same=False,
        first_site="IT之家",
        second_site="IT之家",
        first_text=(
            "小米今日向小米15系列推送澎湃OS 3.0.8.0正式版，更新包大小612MB，新增相册“人像抠图”分享，修复锁屏壁"
            "纸偶现黑屏，优化蓝牙耳机连接稳定性。"
        ),
        second_text=(
            "华为Mate 70系列今日获得鸿蒙6.0.0.120更新，包大小1.12GB，新增碰一碰传音频、信息页防窥，合入十一月安"
            "全补丁，提升部分场景的系统流畅度。"
        ),
    ),
    Pair(
        first="Xiaomi 17T Pro's battery capacity and charging speed leak",
        second="Xiaomi 17T's battery capacity and charging speed leak",
        is_same=False,
        first_site="GSMArena",
        second_site="GSMArena",
    ),
    Pair(
        first="七彩虹iGame RTX 5080 Vulcan W评测_显卡_太平洋电脑网",
        second="七彩虹iGame RTX 5080 Vulcan W评测",
        is_same=True,
        first_site="太平洋电脑网",
        second_site="太平洋科技",
    ),
    Pair(
        first="Logitech MX Master 4 for Mac is $30 off",
        second="Logitech MX Master 4 is $30 off",
        is_same=False,
        first_site="ZDNET",
        second_site="ZDNET",
    ),
    Pair(
        first="寒武纪股价超越贵州茅台",
        second="贵州茅台股价反超寒武纪",
        is_same=False,
        first_site="证券时报",
        second_site="证券时报",
    ),
    Pair(
        first="智驾公司轻舟智航递表港交所",
        second="智驾公司轻舟智航递表港交所 — 第一财经",
        is_same=True,
        first_site="36氪",
        second_site="第一财经",
    ),
    Pair(
        first="最前线 | 京东外卖上线“夜宵频道”，首批覆盖八座城市",
        second="京东外卖上线「夜宵频道」，首批覆盖八座城市",
        is_same=True,
        first_site="36氪",
        second_site="新浪科技",
        first_text=(
            "36氪获悉，京东外卖今日上线“夜宵频道”，首批覆盖北京、上海、成都、长沙等八座城市，营业时段为晚九点至"
            "次日凌晨三点，骑手夜间配送另有每单两元的补贴。"
        ),
        second_text=(
            "36氪获悉，京东外卖今日上线“夜宵频道”，首批覆盖北京、上海、成都、长沙等八座城市，营业时段为晚九点至"
            "次日凌晨三点，骑手夜间配送另有每单两元的补贴。"
        ),
    ),
    Pair(
        first="欧盟对X平台开出1.2亿欧元罚单",
        second="欧盟对 X 平台开出 1.2 亿欧元罚单",
        is_same=True,
        first_site="cnBeta",
        second_site="IT之家",
        first_text=(
            "欧盟委员会周五宣布，因违反《数字服务法》中的透明度义务，对社交平台 X 处以 1.2 亿欧元罚款，涉及蓝标"
            "认证设计、广告库以及研究人员数据访问三项问题。"
        ),
        second_text=(
            "欧盟委员会周五宣布，因违反《数字服务法》中的透明度义务，对社交平台 X 处以 1.2 亿欧元罚款，涉及蓝标"
            "认证设计、广告库以及研究人员数据访问三项问题。"
        ),
    ),
    Pair(
        first="智谱GLM-5开源：Agent能力登顶",
        second="智谱GLM-5V开源：Agent能力登顶",
        is_same=False,
        first_site="量子位",
        second_site="新浪科技",
    ),
    Pair(
        first="我国成功发射遥感四十六号卫星",
        second="我国成功发射遥感四十七号卫星",
        is_same=False,
        first_site="央视新闻",
        second_site="央视新闻",
    ),
    Pair(
        first="广州海珠：智能网联汽车可上高速测试",
        second="广州南沙：智能网联汽车可上高速测试",
        is_same=False,
        first_site="南方都市报",
        second_site="南方都市报",
    ),
    Pair(
        first="每经早报",
        second="每经早报",
        is_same=False,
        first_site="每日经济新闻",
        second_site="每日经济新闻",
        first_text=(
            "11月3日，周一。财政部发布前三季度国有企业运行情况，营业总收入同比增长1.4%。香港金管局宣布下调基本"
            "利率25个基点，多家银行随后跟进。"
        ),
        second_text=(
            "11月4日，周二。国务院关税税则委员会调整部分商品进口暂定税率，自明年一月一日起施行。深交所修订创业"
            "板指数编制方案，单只股票权重设上限。"
        ),
    ),
    Pair(
        first="中国电竞代表队获亚室会2金",
        second="中国电竞代表队获亚室会2银",
        is_same=False,
        first_site="快科技",
        second_site="快科技",
    ),
    Pair(
        first="国际油价收盘上涨2.1%",
        second="国际油价收盘下跌2.1%",
        is_same=False,
        first_site="华尔街见闻",
        second_site="华尔街见闻",
        first_text=(
            "纽约商品交易所十二月交货的轻质原油期货上涨1.26美元，收于每桶61.04美元，涨幅2.1%。美国对俄油企实施"
            "新制裁，加剧了市场对供应中断的担忧。"
        ),
        second_text=(
            "纽约商品交易所十二月交货的轻质原油期货下跌1.30美元，收于每桶59.74美元，跌幅2.1%。美国原油库存意外"
            "增加五百二十万桶，市场担心供应过剩。"
        ),
    ),
    Pair(
        first="A first look at the new kernel allocator [LWN.net]",
        second="A first look at the new kernel allocator",
        is_same=True,
        first_site="LWN.net",
        second_site="LWN.net",
    ),
    Pair(
        first="Obsidian vs. Logseq: which one survives a 20,000-note vault?",
        second="Obsidian vs Logseq — Which One Survives a 20,000-Note Vault?",
        is_same=True,
        first_site="XDA",
        second_site="XDA",
    ),
    Pair(
        first="外賣平臺將公佈騎手收入準則",
        second="外卖平台将公布骑手收入准则",
        is_same=True,
        first_site="新浪香港",
        second_site="财新网",
    ),
    Pair(
        first="滴滴自动驾驶在阿布扎比获全无人牌照 | 动点科技",
        second="快讯 | 滴滴自动驾驶在阿布扎比获全无人牌照",
        is_same=True,
        first_site="动点科技",
        second_site="36氪",
    ),
    Pair(
        first="曝苹果 iPhone 18 Pro 采用更小的灵动岛",
        second="消息称苹果iPhone 18 Pro采用更小的灵动岛",
        is_same=True,
        first_site="IT之家",
        second_site="cnBeta",
        first_text=(
            "IT之家 11 月 12 日消息，博主数码闲聊站今日爆料称，苹果 iPhone 18 Pro 系列工程机采用单挖孔加屏下泛"
            "光的方案，灵动岛宽度缩小约三分之一，面容识别元件仍有部分外露。"
        ),
        second_text=(
            "博主数码闲聊站今日爆料称，苹果iPhone 18 Pro系列工程机采用单挖孔加屏下泛光的方案，灵动岛宽度缩小约"
            "三分之一，面容识别元件仍有部分外露。"
        ),
    ),
    Pair(
        first="NASA’s Dragonfly passes critical design review, again",
        second="NASA's Dragonfly Passes Critical Design Review, Again",
        is_same=True,
        first_site="Ars Technica",
        second_site="Slashdot",
        first_text=(
            "NASA's nuclear-powered rotorcraft, bound for Saturn's moon Titan, has cleared its critical design "
            "review for the second time after engineers reworked the landing skids. Launch is still set for "
            "July 2028."
        ),
        second_text=(
            "NASA's nuclear-powered rotorcraft, bound for Saturn's moon Titan, has cleared its critical design "
            "review for the second time after engineers reworked the landing skids. Launch is still set for "
            "July 2028."
        ),
    ),
    Pair(
        first="新车上市",
        second="新车上市",
        is_same=False,
        first_site="懂车帝",
        second_site="太平洋汽车",
        first_text=(
            "银河M9七座版今晚正式上市，售价18.38万元起，纯电续航230公里，后排标配零重力座椅。首月购车可享终身免"
            "费流量与三年六次基础保养。"
        ),
        second_text=(
            "全新一代日产轩逸于广州车展上市，共四款配置，指导价9.98万至13.68万元，换装座舱大屏与骁龙芯片，动力"
            "仍是1.6升自吸加CVT的组合。"
        ),
    ),
    Pair(
        first="日本政府考虑禁止公务员手机安装DeepSeek",
        second="韩国政府考虑禁止公务员手机安装DeepSeek",
        is_same=False,
        first_site="环球网",
        second_site="环球网",
    ),
    Pair(
        first="【資安日報】11月6日，駭客鎖定VPN設備發動攻擊",
        second="【资安日报】11月6日,骇客锁定VPN设备发动攻击",
        is_same=True,
        first_site="iThome",
        second_site="iThome",
    ),
    Pair(
        first="Police Bought a Year of Location Data for the Price of a Used Car",
        second="Police bought a year of location data for the price of a used car",
        is_same=True,
        first_site="404 Media",
        second_site="Slashdot",
        first_text=(
            "Documents obtained through a public records request show a county sheriff's department in Ohio "
            "paid a small broker for access to phone location pings covering the whole state, with no warrant "
            "required."
        ),
        second_text=(
            "Documents obtained through a public records request show a county sheriff's department in Ohio "
            "paid a small broker for access to phone location pings covering the whole state, with no warrant "
            "required."
        ),
    ),
    Pair(
        first="独家｜蔚来第三品牌萤火虫将进入香港市场 | 第一财经",
        second="蔚来第三品牌萤火虫将进入香港市场",
        is_same=True,
        first_site="第一财经",
        second_site="新出行",
    ),
    Pair(
        first="“We shipped it broken”: inside the Humane pin’s final weeks",
        second='"We shipped it broken": Inside the Humane Pin\'s final weeks - The Verge',
        is_same=True,
        first_site="The Verge",
        second_site="The Verge",
        first_text=(
            "Three former employees say the company knew the battery would not last through a morning. What "
            "followed was eleven weeks of late-night patches, angry investors and a launch event nobody wanted "
            "to cancel."
        ),
        second_text=(
            "Three former employees say the company knew the battery would not last through a morning. What "
            "followed was eleven weeks of late-night patches, angry investors and a launch event nobody wanted "
            "to cancel."
        ),
    ),
    Pair(
        first="Ryzen AI Max+ 395搭載ミニPCが値下げ - PC Watch",
        second="Ryzen AI Max 390搭載ミニPCが値下げ - PC Watch",
        is_same=False,
        first_site="PC Watch",
        second_site="PC Watch",
    ),
    Pair(
        first="Shenzhen robotaxis win airport permit | South China Morning Post",
        second="Shenzhen robotaxis win airport permit",
        is_same=True,
        first_site="South China Morning Post",
        second_site="South China Morning Post",
    ),
    Pair(
        first="Scoop: White House drafts executive order on AI data center permits",
        second="White House drafts executive order on AI data center permits",
        is_same=True,
        first_site="Axios",
        second_site="Axios",
    ),
    Pair(
        first="特朗普與習近平的會晤會帶來什麼",
        second="特朗普与普京的会晤会带来什么",
        is_same=False,
        first_site="紐約時報中文網",
        second_site="纽约时报中文网",
    ),
    Pair(
        first="Samsung Galaxy S26 Plus review: the middle child grows up",
        second="Samsung Galaxy S26 review: the middle child grows up",
        is_same=False,
        first_site="The Verge",
        second_site="The Verge",
    ),
    Pair(
        first="央视曝光“AI换脸”黑产：30元就能买一套教程",
        second='央视曝光"AI换脸"黑产:30元就能买一套教程_环球网',
        is_same=True,
        first_site="快科技",
        second_site="环球网",
    ),
    Pair(
        first="界面早报",
        second="界面早报丨",
        is_same=False,
        first_site="界面新闻",
        second_site="界面新闻",
        first_text=(
            "外交部宣布法国总统将于下周访华；沪深交易所调整主板风险警示股涨跌幅；美国政府停摆进入第三十六天，航"
            "班大面积取消；宝洁宣布在华更换负责人。"
        ),
        second_text=(
            "国务院总理出席二十国集团峰会并发表讲话；国家药监局批准首款国产减重口服药；日经指数跌破五万点；古茗"
            "奶茶回应食品安全投诉，涉事门店停业整顿。"
        ),
    ),
    Pair(
        first="中芯国际5nm工艺试产进展顺利_新浪科技",
        second="中芯国际7nm工艺试产进展顺利",
        is_same=False,
        first_site="新浪科技",
        second_site="集微网",
    ),
    Pair(
        first="高鐵12月1日起漲價 台北左營單程調至1700元",
        second="高鐵12月1日起不漲價 台北左營單程維持1490元",
        is_same=False,
        first_site="中央社",
        second_site="中央社",
    ),
    Pair(
        first="特斯拉 Cybercab 亮相进博会：无方向盘、无踏板",
        second="特斯拉Cybercab亮相进博会 无方向盘/无踏板_新浪汽车_新浪网",
        is_same=True,
        first_site="IT之家",
        second_site="新浪汽车",
    ),
    Pair(
        first="Kubernetes v1.35新特性一览",
        second="Kubernetes v1.36新特性一览",
        is_same=False,
        first_site="InfoQ",
        second_site="InfoQ",
    ),
    Pair(
        first="雷蛇炼狱蝰蛇 V4 专业版鼠标发布",
        second="雷蛇炼狱蝰蛇V4极速版鼠标发布",
        is_same=False,
        first_site="IT之家",
        second_site="快科技",
    ),
    Pair(
        first="网传“快手收购得物”，快手：不属实",
        second="网传“快手收购得物”，快手：不予置评",
        is_same=False,
        first_site="新浪科技",
        second_site="新浪科技",
    ),
    Pair(
        first="一週大事回顧",
        second="一周大事回顧",
        is_same=False,
        first_site="iThome",
        second_site="iThome",
        first_text=(
            "本週最受矚目的是金管會公布金融業導入後量子密碼的時程表，要求大型銀行在兩年內完成盤點；此外，GitHub"
            " 宣布調整自架執行器的計費方式，引發開發者反彈。"
        ),
        second_text=(
            "數位部主導的公有雲評鑑名單出爐，三家業者通過最高等級；另外，一款知名的 JavaScript 套件遭植入竊密程"
            "式，下載次數每週超過三百萬次，影響範圍仍在擴大。"
        ),
    ),
    Pair(
        first="好物推荐 | 送给父母的五件礼物",
        second="好物推荐 | 送给父母的五件礼物",
        is_same=False,
        first_site="爱范儿",
        second_site="爱范儿",
        first_text=(
            "重阳节快到了，今年我们选的是血压计、防滑拖鞋、带放大镜的指甲钳、大字版电子书阅读器和一台只会打电话"
            "的手机，都经过编辑部爸妈的真实测试。"
        ),
        second_text=(
            "过年回家带什么？这一次我们避开了保健品，选了足浴桶、自动炒菜锅、电动窗帘、颈部按摩仪和一个能看孙子"
            "照片的电子相框，每一件都写了优缺点。"
        ),
    ),
    Pair(
        first="[视频]波士顿动力展示新款Atlas后空翻接抛物",
        second="波士顿动力展示新款Atlas后空翻接抛物【视频】",
        is_same=True,
        first_site="cnBeta",
        second_site="快科技",
    ),
    Pair(
        first="比亚迪：第二季度研发投入同比增长31%",
        second="比亚迪：第三季度研发投入同比增长31%",
        is_same=False,
        first_site="财联社",
        second_site="财联社",
        first_text=(
            "比亚迪公告显示，公司第二季度研发投入同比增长百分之三十一，主要投向智能驾驶、高压平台与下一代电池，"
            "研发人员总数超过十二万人，居行业首位。"
        ),
        second_text=(
            "比亚迪公告显示，公司第三季度研发投入同比增长百分之三十一，主要投向智能驾驶、高压平台与下一代电池，"
            "研发人员总数超过十二万人，居行业首位。"
        ),
    ),
    Pair(
        first="《空洞騎士》遊戲總監談創作：我們只做自己喜歡的遊戲",
        second="空洞骑士游戏总监谈创作：我们只做自己喜欢的游戏",
        is_same=True,
        first_site="科技新報",
        second_site="机核",
    ),
    Pair(
        first="周鸿祎卖车了",
        second="周鸿祎买车了",
        is_same=False,
        first_site="快科技",
        second_site="快科技",
        first_text=(
            "360创始人周鸿祎今日在短视频平台宣布，将自己开了九年的迈巴赫拍卖，起拍价六十万元，所得款项捐给网络"
            "安全人才培养基金，欢迎网友到现场看车。"
        ),
        second_text=(
            "360创始人周鸿祎今日在短视频平台晒出提车照，这次选的是一台国产越野车。他表示先开一个月，再来跟大家"
            "聊智驾到底安不安全，欢迎网友出题。"
        ),
    ),
    Pair(
        first="淘宝闪购日订单峰值突破1.2亿",
        second="淘宝闪购日订单峰值突破１.２亿 | 亿邦动力",
        is_same=True,
        first_site="电商报",
        second_site="亿邦动力",
    ),
    Pair(
        first="沪指收复4000点",
        second="沪指收复4000点！",
        is_same=True,
        first_site="上海证券报",
        second_site="财联社",
    ),
    Pair(
        first="深圳地铁试点“女士优先车厢”延长至全天",
        second="深圳地铁试点 “女士优先车厢” 延长至全天",
        is_same=True,
        first_site="南方都市报",
        second_site="IT之家",
    ),
    Pair(
        first="vivo X500 全系四款配色亮相_手机_太平洋科技",
        second="vivo X500全系四款配色亮相",
        is_same=True,
        first_site="太平洋科技",
        second_site="快科技",
    ),
    Pair(
        first="教你用手機掃描文件：iPhone 篇",
        second="教你用手機掃描文件：Android 篇",
        is_same=False,
        first_site="T客邦",
        second_site="T客邦",
    ),
    Pair(
        first="极氪9X大定破4万 70%选择顶配Hyper",
        second="极氪9X大定破4万 70%未选择顶配Hyper",
        is_same=False,
        first_site="快科技",
        second_site="快科技",
    ),
    Pair(
        first="蜜雪冰城首家美国门店落户纽约",
        second="蜜雪冰城首家美国门店落户洛杉矶",
        is_same=False,
        first_site="36氪",
        second_site="36氪",
    ),
    Pair(
        first="Tesla recalls 12,000 cars in UK over steering fault",
        second="Tesla recalls 21,000 cars in UK over steering fault",
        is_same=False,
        first_site="BBC News",
        second_site="BBC News",
        first_text=(
            "Tesla is recalling almost 12,000 cars in the UK after regulators found that power steering could "
            "fail at low speed in some Model 3s built in 2023. Owners will receive a letter and a software "
            "update."
        ),
        second_text=(
            "Tesla has widened its UK recall over a power steering fault to 21,000 cars, adding Model Ys built "
            "in the first half of 2024. Owners who already had the software update need not return to a "
            "service centre."
        ),
    ),
    Pair(
        first="Apple Explores Making Its Own Server Memory - Bloomberg",
        second="Bloomberg: Apple Explores Making Its Own Server Memory",
        is_same=True,
        first_site="Bloomberg",
        second_site="MacRumors",
    ),
    Pair(
        first="iQOO 15 Ultra真机图曝光 - 手机中国",
        second="iQOO 15 真机图曝光",
        is_same=False,
        first_site="手机中国",
        second_site="IT之家",
    ),
    Pair(
        first="トヨタ、全固体電池車を2027年に発売へ",
        second="日産、全固体電池車を2028年に発売へ",
        is_same=False,
        first_site="日本経済新聞",
        second_site="日本経済新聞",
    ),
    Pair(
        first="廣達10月營收1800億元 創同期新高",
        second="緯創10月營收1800億元 創同期新高",
        is_same=False,
        first_site="經濟日報",
        second_site="經濟日報",
    ),
    Pair(
        first="What are you doing this week?",
        second="What are you doing this week?",
        is_same=False,
        first_site="Lobsters",
        second_site="Lobsters",
        first_text=(
            "I am finally replacing the hinge on my ThinkPad and, if the parts arrive, wiring a small weather "
            "station for the balcony. At work it is mostly code review and a long overdue migration off cron."
        ),
        second_text=(
            "Travelling for a conference, so not much programming. I plan to finish the chapter on register "
            "allocation on the train and to write down why my parser is slower than the one it was meant to "
            "replace."
        ),
    ),
    Pair(
        first="雷神猎刃16开启预售：i9款9499元",
        second="雷神猎刃15开启预售：i9款9499元",
        is_same=False,
        first_site="快科技",
        second_site="快科技",
    ),
    Pair(
        first="傳 Nothing Phone (4) 取消背面燈效 - 流動日報",
        second="Nothing Phone (4)取消背面燈效",
        is_same=True,
        first_site="流動日報",
        second_site="ezone.hk",
    ),
    Pair(
        first="苹果税下调至15%？苹果回应",
        second="苹果税下调至15%?苹果回应",
        is_same=True,
        first_site="快科技",
        second_site="cnBeta",
    ),
    Pair(
        first="中信证券：给予立讯精密“买入”评级",
        second="中信证券：给予歌尔股份“买入”评级",
        is_same=False,
        first_site="财联社",
        second_site="财联社",
        first_text=(
            "中信证券研报指出，公司三季度业绩符合预期，消费电子需求回暖叠加AI终端创新周期，盈利能力持续改善，维"
            "持“买入”评级，目标价七十二元。"
        ),
        second_text=(
            "中信证券研报指出，公司三季度业绩符合预期，消费电子需求回暖叠加AI眼镜放量周期，盈利能力持续改善，维"
            "持“买入”评级，目标价四十一元。"
        ),
    ),
    Pair(
        first="今日晚報",
        second="今日晚報",
        is_same=False,
        first_site="Yahoo奇摩新聞",
        second_site="Yahoo奇摩新聞",
        first_text=(
            "高雄捷運黃線首座車站開挖；立法院三讀通過電業法修正；職棒總冠軍賽第四戰因雨延賽；明起東北季風增強，"
            "北部低溫下探十六度，請民眾注意保暖。"
        ),
        second_text=(
            "央行理監事會決議利率連十凍；阿里山林鐵全線復駛滿週年，推出紀念車票；新竹一處工廠深夜起火，無人傷亡"
            "；週末各地回溫，日夜溫差大，早出晚歸多加件外套。"
        ),
    ),
    Pair(
        first="美联储降息25个基点",
        second="英国央行降息25个基点",
        is_same=False,
        first_site="财联社",
        second_site="财联社",
        first_text=(
            "美国联邦储备委员会结束为期两天的货币政策会议，宣布将联邦基金利率目标区间下调25个基点到3.75%至4.00%"
            "之间，并将于十二月一日结束缩减资产负债表。"
        ),
        second_text=(
            "英国央行货币政策委员会以五票赞成、四票反对的结果，决定将基准利率下调25个基点至3.75%，这是近三年来"
            "的最低水平，行长贝利投出了关键的一票。"
        ),
    ),
    Pair(
        first="亚马逊Kindle Scribe彩色版开卖",
        second="亚马逊 Kindle Scribe 标准版开卖",
        is_same=False,
        first_site="cnBeta",
        second_site="IT之家",
    ),
    Pair(
        first="36氪首发 | “微光医疗”完成近亿元B轮融资，推进冠脉OCT国产化",
        second="「微光医疗」完成近亿元B轮融资，推进冠脉OCT国产化",
        is_same=True,
        first_site="36氪",
        second_site="动脉网",
    ),
    Pair(
        first="差评一周好物",
        second="差评一周好物",
        is_same=False,
        first_site="差评",
        second_site="差评",
        first_text=(
            "这周编辑部人手一个的，是一款能挂在显示器背面的线缆收纳盒。它的磁吸口比想象中牢，装满六根线也不掉，"
            "缺点是只有黑色，放在白色桌面上有点突兀。"
        ),
        second_text=(
            "天气冷了，本期我们试了三款桌面暖风机。结论先说：千元以下最值得买的是那台带倾倒断电的，噪声不到四十"
            "分贝，午睡的同事没有一个被吵醒。"
        ),
    ),
    Pair(
        first="商汤科技：大模型业务收入占比超过六成",
        second="旷视科技：大模型业务收入占比超过六成",
        is_same=False,
        first_site="第一财经",
        second_site="第一财经",
    ),
    Pair(
        first="【速報】ラピダス、2ナノ量産を千歳で開始 - 日本経済新聞",
        second="ラピダス、２ナノ量産を千歳で開始",
        is_same=True,
        first_site="日本経済新聞",
        second_site="Yahoo!ニュース",
    ),
    Pair(
        first="华为 Pura 90 Pro 入网，支持 100W 快充",
        second="华为Pura 90入网 支持100W快充",
        is_same=False,
        first_site="IT之家",
        second_site="快科技",
    ),
    Pair(
        first="突发！国际金价单日跌超4%",
        second="国际金价单日跌超4％",
        is_same=True,
        first_site="证券时报",
        second_site="财联社",
        first_text=(
            "受获利了结与美元走强影响，现货黄金周二盘中一度跌破每盎司四千一百美元，收盘下跌百分之四点二，创五年"
            "来最大单日跌幅，白银跌幅超过百分之七，金矿股全线走低。"
        ),
        second_text=(
            "受获利了结与美元走强影响，现货黄金周二盘中一度跌破每盎司四千一百美元，收盘下跌百分之四点二，创五年"
            "来最大单日跌幅，白银跌幅超过百分之七，金矿股全线走低。"
        ),
    ),
    Pair(
        first="中国铁塔前三季度净利同比增长6.8%",
        second="中国铁塔前三季度净利环比增长6.8%",
        is_same=False,
        first_site="C114通信网",
        second_site="C114通信网",
    ),
    Pair(
        first="群聯潘健成：記憶體缺貨將延續到2027年底 - INSIDE",
        second="群联潘健成：记忆体缺货将延续到2027年底",
        is_same=True,
        first_site="Inside",
        second_site="Inside",
    ),
    Pair(
        first="今日你最关心的科技新闻",
        second="今日你最关心的科技新闻",
        is_same=False,
        first_site="IT之家",
        second_site="IT之家",
        first_text=(
            "苹果秋季第二场活动定在下周二，主角可能是新款家庭中枢；荣耀机器人手机亮相巴塞罗那；高德推出红绿灯车"
            "速提示。点开查看今日评论最多的十条内容。"
        ),
        second_text=(
            "微软承认资源管理器预加载方案效果有限；比亚迪秦换代车型申报；《GTA6》再度跳票至明年十一月，玩家吐槽"
            "。以下是今天阅读量最高的十篇文章。"
        ),
    ),
    Pair(
        first="一加 Ace 6T 内存版本公布：最高 16GB+1TB",
        second="一加Ace 6内存版本公布：最高16GB+1TB",
        is_same=False,
        first_site="IT之家",
        second_site="快科技",
    ),
    Pair(
        first="最前线｜泡泡玛特关闭北美部分门店",
        second="最前线｜泡泡玛特关停欧洲部分门店",
        is_same=False,
        first_site="36氪",
        second_site="36氪",
    ),
    Pair(
        first="小鹏X9超级增程上市 售价30.98万起",
        second="小鹏X9超级增程预售 售价30.98万起",
        is_same=False,
        first_site="懂车帝",
        second_site="懂车帝",
    ),
    Pair(
        first="美团王兴：低质价格战没有赢家",
        second="京东刘强东：低质价格战没有赢家",
        is_same=False,
        first_site="新浪科技",
        second_site="新浪科技",
    ),
    Pair(
        first="氪星晚报｜阿里云宣布日本第四座数据中心启用；西门子拟裁员两千人",
        second="氪星晚报 | 阿里云宣布日本第四座数据中心启用;西门子拟裁员两千人 - 36氪",
        is_same=True,
        first_site="36氪",
        second_site="36氪",
    ),
    Pair(
        first="港鐵東鐵綫信號系統更換工程延至2029年｜香港01",
        second="港铁东铁线信号系统更换工程延至2029年",
        is_same=True,
        first_site="香港01",
        second_site="文汇网",
    ),
    Pair(
        first="ヨドバシ、西武池袋に新店を開業",
        second="ヨドバシ、西武池袋に新店を6月開業へ",
        is_same=False,
        first_site="Impress Watch",
        second_site="Impress Watch",
    ),
    Pair(
        first="8点1氪丨拼多多回应“仅退款”调整；蜜雪冰城进军巴西；瑞幸门店数破三万",
        second='8点1氪 | 拼多多回应"仅退款"调整;蜜雪冰城进军巴西;瑞幸门店数破三万',
        is_same=True,
        first_site="36氪",
        second_site="新浪财经",
    ),
    Pair(
        first="县城里的光伏，冷了",
        second="县城里的光伏,冷了",
        is_same=True,
        first_site="吴晓波频道",
        second_site="吴晓波频道",
    ),
    Pair(
        first="荣耀 500 Pro 首销：2699 元起",
        second="荣耀 500 首销：2699 元起",
        is_same=False,
        first_site="IT之家",
        second_site="IT之家",
    ),
    Pair(
        first="港大研發新型鈉電池 充電僅需6分鐘",
        second="科大研發新型鈉電池 充電僅需6分鐘",
        is_same=False,
        first_site="明報",
        second_site="明報",
    ),
    Pair(
        first="ICLR 2027最佳论文公布",
        second="ICML 2027最佳论文公布",
        is_same=False,
        first_site="机器之心",
        second_site="机器之心",
    ),
    Pair(
        first="【IT之家评测室】华硕灵耀 14 2026 体验：轻薄与续航兼得",
        second="华硕灵耀14 2026体验：轻薄与续航兼得",
        is_same=True,
        first_site="IT之家",
        second_site="新浪科技",
    ),
    Pair(
        first="Mozilla：Firefox不会强制启用AI功能",
        second="Mozilla：Firefox 将默认启用 AI 功能",
        is_same=False,
        first_site="cnBeta",
        second_site="Solidot",
    ),
    Pair(
        first="全新奥迪A5L正式上市",
        second="全新奥迪A6L正式上市",
        is_same=False,
        first_site="汽车之家",
        second_site="汽车之家",
        first_text=(
            "全新奥迪A5L由一汽奥迪生产，提供轿车与Sportback两种车身，搭载华为乾崑智驾，售价23.98万元起，动力为2"
            ".0T高低功率发动机配七速双离合变速箱。"
        ),
        second_text=(
            "全新奥迪A6L由一汽奥迪生产，轴距三米零六，后排配备可调灯光天幕，售价42.98万元起，动力为2.0T与3.0T两"
            "种，配七速双离合与quattro四驱系统。"
        ),
    ),
    Pair(
        first="机械革命极光 X 游戏本开售：i7-14650HX、RTX 5060，6499 元",
        second="机械革命极光X游戏本开售:i7-14650HX/RTX 5060 6499元",
        is_same=True,
        first_site="IT之家",
        second_site="快科技",
    ),
    Pair(
        first="AMD Ryzen 7 9850X3D review: more of the same, faster",
        second="AMD Ryzen 9 9950X3D2 review: more of the same, faster",
        is_same=False,
        first_site="Tom's Hardware",
        second_site="Tom's Hardware",
    ),
    Pair(
        first="天舟十号货运飞船成功对接空间站",
        second="天舟九号货运飞船成功对接空间站",
        is_same=False,
        first_site="IT之家",
        second_site="新华网",
    ),
    Pair(
        first="传音 Infinix 推出太阳能充电手机壳",
        second="传音 Infinix 推出太阳能充电手机",
        is_same=False,
        first_site="IT之家",
        second_site="IT之家",
    ),
    Pair(
        first="Win11 24H2 十一月更新 KB5068861 推送",
        second="Win11 23H2 十一月更新 KB5068865 推送",
        is_same=False,
        first_site="IT之家",
        second_site="IT之家",
        first_text=(
            "微软今日面向Windows 11推送十一月累积更新，版本号升至26100.7171，带来全新开始菜单与彩色电池图标，修"
            "复任务管理器关闭后仍在后台运行的问题。"
        ),
        second_text=(
            "微软今日面向Windows 11推送十一月累积更新，版本号升至22631.6199，家庭版与专业版到期前的最后一次安全"
            "更新，建议用户尽快升级到新版系统。"
        ),
    ),
    Pair(
        first="iOS 26.3 beta 2 now available - here's what's new",
        second="iOS 26.3 beta 2 now available – here’s what’s new - 9to5Mac",
        is_same=True,
        first_site="9to5Mac",
        second_site="9to5Mac",
    ),
    Pair(
        first="[图]今日大图",
        second="今日大图[图]",
        is_same=False,
        first_site="cnBeta",
        second_site="cnBeta",
        first_text=(
            "哈勃望远镜拍下的NGC 1511正在与邻近的两个小星系相互拉扯，扭曲的旋臂中散布着年轻的蓝色恒星团，距离地"
            "球约五千万光年，位于水蛇座方向。"
        ),
        second_text=(
            "冰岛雷克亚内斯半岛的火山在凌晨再度喷发，熔岩沿着新裂缝流向蓝湖温泉。摄影师用无人机拍下了这条一公里"
            "长的火线，背景是绿色的极光。"
        ),
    ),
    Pair(
        first="对话叠纸：“我们没想过做第二个暖暖”",
        second="对话叠纸：「我们没想过做第二个暖暖」-36氪",
        is_same=True,
        first_site="游戏葡萄",
        second_site="36氪",
        first_text=(
            "在上海徐汇的会议室里，制作人把一张三年前的立项便签贴在白板上。上面只有一句话：别重复自己。他说这句"
            "话后来推翻了两个版本、一百多人半年的工作。"
        ),
        second_text=(
            "在上海徐汇的会议室里，制作人把一张三年前的立项便签贴在白板上。上面只有一句话：别重复自己。他说这句"
            "话后来推翻了两个版本、一百多人半年的工作。"
        ),
    ),
    Pair(
        first="对话王兴兴：机器人不该先学跳舞",
        second="对话王小川：机器人不该先学跳舞",
        is_same=False,
        first_site="晚点LatePost",
        second_site="晚点LatePost",
    ),
    Pair(
        first="江苏首条量子保密通信干线建成",
        second="浙江首条量子保密通信干线建成",
        is_same=False,
        first_site="人民网",
        second_site="人民网",
    ),
    Pair(
        first="A股三大指数集体高开 沪指涨0.32%",
        second="A股三大指数集体高开 沪指涨0.23%",
        is_same=False,
        first_site="财联社",
        second_site="财联社",
    ),
    Pair(
        first="独家丨阿里通义实验室负责人离职",
        second="独家丨阿里通义实验室语音负责人离职",
        is_same=False,
        first_site="雷峰网",
        second_site="雷峰网",
        first_text=(
            "雷峰网独家获悉，阿里通义实验室一名核心负责人已于上周五提出离职，去向未定，其团队将由首席技术官直接"
            "管理，阿里方面对此未予置评。"
        ),
        second_text=(
            "雷峰网独家获悉，阿里通义实验室语音方向负责人已于月初离职，加入一家具身智能创业公司，其工作由资深算"
            "法专家接任，阿里方面对此未予置评。"
        ),
    ),
    Pair(
        first="“福建舰”首次跨越第一岛链？国防部回应",
        second="福建舰首次跨越第一岛链?国防部回应",
        is_same=True,
        first_site="观察者网",
        second_site="环球网",
        first_text=(
            "在今天下午举行的国防部例行记者会上，有记者就福建舰编队动向提问。发言人表示，福建舰赴相关海域开展训"
            "练，是根据年度计划作出的安排，不针对任何特定国家与目标。"
        ),
        second_text=(
            "在今天下午举行的国防部例行记者会上，有记者就福建舰编队动向提问。发言人表示，福建舰赴相关海域开展训"
            "练，是根据年度计划作出的安排，不针对任何特定国家与目标。"
        ),
    ),
    Pair(
        first="Firefoxが「タブの墓場」機能を実装、放置タブを自動で整理 - GIGAZINE",
        second="Firefoxが「タブの墓場」機能を実装、放置タブを自動で整理",
        is_same=True,
        first_site="GIGAZINE",
        second_site="GIGAZINE",
    ),
    Pair(
        first="财新周刊 | 稀土博弈",
        second="财新周刊 | 芯片博弈",
        is_same=False,
        first_site="财新网",
        second_site="财新网",
    ),
    Pair(
        first="我国成功试射可重复使用火箭“朱雀三号”",
        second="“朱雀三号”可重复使用火箭回收失败",
        is_same=False,
        first_site="IT之家",
        second_site="IT之家",
    ),
    Pair(
        first="八達通推出虛擬銀行服務｜香港01",
        second="八達通擬推出虛擬銀行服務｜香港01",
        is_same=False,
        first_site="香港01",
        second_site="香港01",
    ),
    Pair(
        first="颱風假遠距上班？勞動部：薪資須照給│TVBS新聞網",
        second="颱風假遠距上班？勞動部：薪資須照給",
        is_same=True,
        first_site="TVBS新聞網",
        second_site="中央廣播電臺",
        first_text=(
            "針對颱風天改採居家工作是否給薪的爭議，勞動部今天重申，勞工若依雇主要求遠距提供勞務，工資即應照給，"
            "雇主不得以停班為由扣薪，也不得強迫補服勞務。"
        ),
        second_text=(
            "針對颱風天改採居家工作是否給薪的爭議，勞動部今天重申，勞工若依雇主要求遠距提供勞務，工資即應照給，"
            "雇主不得以停班為由扣薪，也不得強迫補服勞務。"
        ),
    ),
    Pair(
        first="Why I stopped self-hosting email after nine years | ZDNET",
        second="Why I Stopped Self-Hosting Email After Nine Years",
        is_same=True,
        first_site="ZDNET",
        second_site="ZDNET",
        first_text=(
            "It began with a bounced wedding invitation. Nine years of running my own mail server taught me a "
            "lot about DNS, reputation and patience, and in the end it taught me to pay five dollars a month."
        ),
        second_text=(
            "It began with a bounced wedding invitation. Nine years of running my own mail server taught me a "
            "lot about DNS, reputation and patience, and in the end it taught me to pay five dollars a month."
        ),
    ),
    Pair(
        first="周销量榜：问界第3，理想第6",
        second="周销量榜：问界第6，理想第3",
        is_same=False,
        first_site="懂车帝",
        second_site="懂车帝",
    ),
    Pair(
        first="谷歌 Gemini 3.5 悄悄上线，长文写作终于不“注水”了",
        second='谷歌Gemini 3.5悄悄上线，长文写作终于不"注水"了',
        is_same=True,
        first_site="量子位",
        second_site="新浪科技",
    ),
    Pair(
        first="为什么年轻人不再换手机了？",
        second="为什么年轻人不再换手机了",
        is_same=True,
        first_site="虎嗅",
        second_site="虎嗅APP",
    ),
    Pair(
        first="【快讯】支付宝“碰一下”用户数突破 3 亿",
        second='支付宝"碰一下"用户数突破3亿_互联网_新浪科技_新浪网',
        is_same=True,
        first_site="IT之家",
        second_site="新浪科技",
    ),
    Pair(
        first="快訊／台股開盤大漲500點 重返三萬點",
        second="台股開盤大漲500點 重返三萬點",
        is_same=True,
        first_site="經濟日報",
        second_site="經濟日報",
        first_text=(
            "台股今日開盤在權值股領軍下大漲逾500點，重新站上三萬點整數關卡，台積電早盤上漲30元，鴻海、聯發科等"
            "電子股同步走揚，市場關注美國通膨數據。"
        ),
        second_text=(
            "台股今日開盤在權值股領軍下大漲逾500點，重新站上三萬點整數關卡，台積電早盤上漲30元，鴻海、聯發科等"
            "電子股同步走揚，市場關注美國通膨數據。"
        ),
    ),
    Pair(
        first="特區政府擬立法規管網約車平台 - 明報新聞網",
        second="特区政府拟立法规管网约车平台",
        is_same=True,
        first_site="明報",
        second_site="大公网",
    ),
    Pair(
        first="小米17 Pro Max拆解：背屏成本曝光",
        second="小米 17 Pro 拆解：背屏成本曝光",
        is_same=False,
        first_site="快科技",
        second_site="IT之家",
    ),
    Pair(
        first="刚刚，OpenAI 发布首款硬件",
        second="刚刚，OpenAI发布首款硬件!",
        is_same=True,
        first_site="爱范儿",
        second_site="爱范儿",
    ),
    Pair(
        first="爱奇艺上调会员价格",
        second="爱奇艺下调会员价格",
        is_same=False,
        first_site="界面新闻",
        second_site="界面新闻",
    ),
    Pair(
        first="12306 App 上线“静音车厢”一键筛选功能 | IT之家",
        second="12306App上线“静音车厢”一键筛选功能",
        is_same=True,
        first_site="IT之家",
        second_site="澎湃新闻",
    ),
    Pair(
        first="男子买二手硬盘发现100个比特币",
        second="男子卖二手硬盘丢失100个比特币",
        is_same=False,
        first_site="快科技",
        second_site="快科技",
    ),
    Pair(
        first="融资丨「星际荣耀」完成D轮融资，金额7亿元",
        second="融资丨「星河动力」完成D轮融资，金额24亿元",
        is_same=False,
        first_site="36氪",
        second_site="36氪",
    ),
    Pair(
        first="Ford cancels electric F-150 Lightning production",
        second="Ford resumes electric F-150 Lightning production",
        is_same=False,
        first_site="Electrek",
        second_site="Electrek",
    ),
    Pair(
        first="地平线完成对星海图的战略投资",
        second="星海图完成对地平线的战略投资",
        is_same=False,
        first_site="36氪",
        second_site="36氪",
    ),
    Pair(
        first="联想小新 Pro 14 GT 酷睿版评测：轻薄再进一步",
        second="联想小新Pro 14 GT锐龙版评测：轻薄再进一步",
        is_same=False,
        first_site="IT之家",
        second_site="中关村在线",
    ),
    Pair(
        first="Fallout Season 2 Episode 3 Review",
        second="Fallout Season 2 Episode 4 Review",
        is_same=False,
        first_site="IGN",
        second_site="IGN",
    ),
    Pair(
        first="中国男篮71比70险胜韩国",
        second="中国男篮71比70惜败韩国",
        is_same=False,
        first_site="凤凰网",
        second_site="凤凰网",
        first_text=(
            "世界杯预选赛今晚开打，中国男篮主场在最后三秒凭借胡金秋补篮，以71比70险胜韩国队，取得窗口期开门红，"
            "余嘉豪拿下全队最高的十八分。"
        ),
        second_text=(
            "世界杯预选赛第二回合，中国男篮在原州客场一度领先九分，末节得分荒，被对手最后一投绝杀，以70比71惜败"
            "，主教练赛后表示责任在自己。"
        ),
    ),
    Pair(
        first="Intel Xe3P Linux Driver Support Nearly Complete – Phoronix",
        second="Intel Xe3P Linux driver support nearly complete",
        is_same=True,
        first_site="Phoronix",
        second_site="Phoronix",
    ),
    Pair(
        first="英特尔 Nova Lake-S 桌面处理器曝光：最高 52 核心、TDP 150W",
        second="英特尔Nova Lake-S桌面处理器曝光:最高52核心/TDP 150W",
        is_same=True,
        first_site="IT之家",
        second_site="中关村在线",
    ),
    Pair(
        first="脑机接口公司阶梯医疗完成首例高位截瘫患者植入",
        second="脑机接口公司阶梯医疗完成首例高位截瘫患者植入 🧠",
        is_same=True,
        first_site="网易科技",
        second_site="IT之家",
    ),
    Pair(
        first="韦伯望远镜发现距地球41光年的类地行星存在大气层[图]",
        second="韦伯望远镜发现距地球 41 光年的类地行星存在大气层",
        is_same=True,
        first_site="cnBeta",
        second_site="环球科学",
    ),
    Pair(
        first="国产大飞机C929完成总体设计",
        second="国产大飞机C939完成总体设计",
        is_same=False,
        first_site="央视新闻",
        second_site="央视新闻",
        first_text=(
            "中国商飞今日宣布，C929远程宽体客机已完成总体布局与总体设计，转入详细设计阶段，全机采用约半数复合材"
            "料，座级二百八十，航程一万二千公里。"
        ),
        second_text=(
            "中国商飞相关负责人表示，C939双通道大型客机目前完成总体设计方案论证，座级约四百，后续将根据市场需求"
            "与发动机进展，决定是否转入下一阶段。"
        ),
    ),
    Pair(
        first="輝達市值突破6兆美元 黃仁勳：才剛開始 | 聯合新聞網",
        second="辉达市值突破6兆美元 黄仁勋：才刚开始",
        is_same=True,
        first_site="聯合新聞網",
        second_site="新浪财经",
        first_text=(
            "輝達股價週三再漲百分之三，市值首度突破六兆美元。執行長黃仁勳在受訪時表示，加速運算的轉型才剛開始，"
            "未來幾年資料中心的投資規模將遠遠超過外界想像。"
        ),
        second_text=(
            "辉达股价周三再涨百分之三，市值首度突破六兆美元。执行长黄仁勋在受访时表示，加速运算的转型才刚开始，"
            "未来几年资料中心的投资规模将远远超过外界想像。"
        ),
    ),
    Pair(
        first="Rivian R2 deliveries begin in Illinois [video]",
        second="Rivian R2 deliveries begin in Illinois",
        is_same=True,
        first_site="Electrek",
        second_site="Electrek",
    ),
    Pair(
        first="据报道索尼PS6将采用可拆卸光驱",
        second="索尼PS6将采用可拆卸光驱",
        is_same=True,
        first_site="驱动之家",
        second_site="cnBeta",
    ),
    Pair(
        first="《黑神话：悟空》PS5版迎来2.0更新",
        second="《黑神话：悟空》Xbox版迎来2.0更新",
        is_same=False,
        first_site="游民星空",
        second_site="游民星空",
    ),
    Pair(
        first="Galaxy Buds4 香港售價公佈",
        second="Galaxy Buds4 Pro 香港售價公佈 - 香港 unwire.hk",
        is_same=False,
        first_site="流動日報",
        second_site="unwire.hk",
    ),
    Pair(
        first="亚马逊云服务us-east-1区域再次宕机 多款应用受影响",
        second="亚马逊云服务 us-east-1 区域再次宕机，多款应用受影响",
        is_same=True,
        first_site="cnBeta",
        second_site="IT之家",
    ),
    Pair(
        first="比亚迪腾势 Z 敞篷版谍照曝光",
        second="比亚迪 腾势Z 敞篷版 谍照曝光_汽车之家",
        is_same=True,
        first_site="IT之家",
        second_site="汽车之家",
    ),
    Pair(
        first="Linux 7.0 释出",
        second="Solidot | Linux 7.0 释出",
        is_same=True,
        first_site="Solidot",
        second_site="Solidot",
        first_text=(
            "Linus Torvalds 在内核邮件列表宣布释出 Linux 7.0。新版本的主要特性包括：Rust 支持不再标记为实验性，"
            "新的调度器扩展接口，Btrfs 性能改进，以及对多款新硬件的支持。"
        ),
        second_text=(
            "Linus Torvalds 在内核邮件列表宣布释出 Linux 7.0。新版本的主要特性包括：Rust 支持不再标记为实验性，"
            "新的调度器扩展接口，Btrfs 性能改进，以及对多款新硬件的支持。"
        ),
    ),
    Pair(
        first="三星 Galaxy S26 现身加拿大官网支持页面",
        second="三星Galaxy S26+现身加拿大官网支持页面",
        is_same=False,
        first_site="IT之家",
        second_site="cnBeta",
        first_text=(
            "三星加拿大官网今日上线了型号为SM-S942W的支持页面，对应即将发布的Galaxy S26标准版。页面没有透露具体"
            "参数，但这通常意味着新机距离发布不远。"
        ),
        second_text=(
            "三星加拿大官网今日上线了型号为SM-S947W的支持页面，对应即将发布的Galaxy S26+。页面没有透露具体参数"
            "，但这通常意味着新机距离发布不远。"
        ),
    ),
    Pair(
        first="獨家｜91APP將收購日本電商服務商｜數位時代 BusinessNext",
        second="91APP将收购日本电商服务商",
        is_same=True,
        first_site="數位時代",
        second_site="數位時代",
    ),
    Pair(
        first="荷兰经济大臣：安世半导体接管令已暂停",
        second="荷兰经济大臣：安世半导体接管令已暂停",
        is_same=True,
        first_site="观察者网",
        second_site="财联社",
        first_text=(
            "荷兰经济事务大臣当地时间周三在社交媒体上表示，经与中方多轮磋商，已决定暂停此前对安世半导体作出的部"
            "长令，认为这是朝着建设性方向迈出的一步。"
        ),
        second_text=(
            "荷兰经济事务大臣当地时间周三在社交媒体上表示，经与中方多轮磋商，已决定暂停此前对安世半导体作出的部"
            "长令，认为这是朝着建设性方向迈出的一步。"
        ),
    ),
    Pair(
        first="盘前必读｜美联储会议纪要今夜公布",
        second="盘前必读 | 美联储会议纪要今夜公布",
        is_same=True,
        first_site="华尔街见闻",
        second_site="华尔街见闻",
        first_text=(
            "美联储将于北京时间周四凌晨三点公布十月货币政策会议纪要，市场关注官员们对缩表结束时间和通胀前景的分"
            "歧。隔夜美股三大指数小幅收涨，纳指涨0.6%。"
        ),
        second_text=(
            "美联储将于北京时间周四凌晨三点公布十月货币政策会议纪要，市场关注官员们对缩表结束时间和通胀前景的分"
            "歧。隔夜美股三大指数小幅收涨，纳指涨0.6%。"
        ),
    ),
    Pair(
        first="新冠疫苗接种可延长癌症患者生存期",
        second="流感疫苗接种可延长癌症患者生存期",
        is_same=False,
        first_site="环球科学",
        second_site="环球科学",
    ),
    Pair(
        first="电池村往事",
        second="电池村往事（续）",
        is_same=False,
        first_site="南方周末",
        second_site="南方周末",
    ),
    Pair(
        first="Deal of the day: Save $120 on the Pixel Watch 4",
        second="Deal of the day: Save $120 on the Galaxy Watch 8",
        is_same=False,
        first_site="Android Central",
        second_site="Android Central",
    ),
    Pair(
        first="ULA launches eighth batch of Amazon Leo satellites",
        second="ULA launches ninth batch of Amazon Leo satellites",
        is_same=False,
        first_site="SpaceNews",
        second_site="SpaceNews",
    ),
    Pair(
        first="Dutch court orders Meta to offer chronological feed | Meta | The Guardian",
        second="Dutch court orders Meta to offer chronological feed",
        is_same=True,
        first_site="The Guardian",
        second_site="The Guardian",
    ),
    Pair(
        first="【やじうまPC Watch】秋葉原のPCショップ、40年の歴史に幕 - PC Watch",
        second="秋葉原のPCショップ、40年の歴史に幕",
        is_same=True,
        first_site="PC Watch",
        second_site="PC Watch",
        first_text=(
            "秋葉原の電気街で40年にわたり営業してきたPCパーツショップが、11月末で閉店する。店主は「自作の楽しさ"
            "を伝えることができた」と話し、最終日には在庫の古いマザーボードを無料で配るという。"
        ),
        second_text=(
            "秋葉原の電気街で40年にわたり営業してきたPCパーツショップが、11月末で閉店する。店主は「自作の楽しさ"
            "を伝えることができた」と話し、最終日には在庫の古いマザーボードを無料で配るという。"
        ),
    ),
    Pair(
        first="国产最强显卡来了！摩尔线程MTT S100首发评测",
        second="国产最强显卡来了!摩尔线程MTT S100首发评测--快科技--科技改变未来",
        is_same=True,
        first_site="快科技",
        second_site="快科技",
    ),
    Pair(
        first="《科创板日报》：寒武纪前三季度营收同比增长约24倍",
        second="寒武纪前三季度营收同比增长约24倍",
        is_same=True,
        first_site="科创板日报",
        second_site="财联社",
        first_text=(
            "寒武纪发布三季度报告，前三季度实现营业收入四十六亿零七百万元，同比增长约二十四倍，归母净利润十六亿"
            "零五百万元，同比扭亏为盈，期末存货三十七亿元。"
        ),
        second_text=(
            "寒武纪发布三季度报告，前三季度实现营业收入四十六亿零七百万元，同比增长约二十四倍，归母净利润十六亿"
            "零五百万元，同比扭亏为盈，期末存货三十七亿元。"
        ),
    ),
    Pair(
        first="天文学家在银河系中心附近发现双星系统",
        second="天文学家在银河系中心附近发现双星系统——中新网",
        is_same=True,
        first_site="cnBeta",
        second_site="中新网",
    ),
    Pair(
        first="NASA宣布阿尔忒弥斯二号发射时间定在2月",
        second="NASA宣布阿尔忒弥斯二号发射时间推迟至4月",
        is_same=False,
        first_site="cnBeta",
        second_site="cnBeta",
        first_text=(
            "美国宇航局今日表示，阿尔忒弥斯二号载人绕月任务最早将于明年二月五日发射，四名宇航员已进入最后阶段训"
            "练，火箭与飞船本周完成对接测试。"
        ),
        second_text=(
            "美国宇航局今日表示，由于湿彩排中发现氢气泄漏，阿尔忒弥斯二号载人绕月任务最早将于四月初发射，火箭需"
            "运回装配大楼更换密封件并重新测试。"
        ),
    ),
    Pair(
        first="今日要闻",
        second="今日要闻",
        is_same=False,
        first_site="网易科技",
        second_site="网易科技",
        first_text=(
            "国家网信办就《智能终端应用分发管理规定》公开征求意见；鸿海十月营收创同期新高；谷歌宣布在得州再投资"
            "四百亿美元建设三座数据中心。"
        ),
        second_text=(
            "市场监管总局对携程立案调查；任天堂上调主机全年销量预期至一千九百万台；微软与Anthropic签署算力采购"
            "协议，金额达三百亿美元。"
        ),
    ),
    Pair(
        first="iOS 26.2 beta 3 now available to developers",
        second="iOS 26.2 beta 3 now available to public testers",
        is_same=False,
        first_site="9to5Mac",
        second_site="9to5Mac",
    ),
    Pair(
        first="EU fines Google €3.4bn over ad tech practices",
        second="EU to fine Google over ad tech practices",
        is_same=False,
        first_site="Financial Times",
        second_site="Financial Times",
    ),
    Pair(
        first="I tried the world’s first 8TB microSD card — and it ran hot",
        second="I tried the world's first 8TB microSD card -- and it ran hot | TechRadar",
        is_same=True,
        first_site="TechRadar",
        second_site="TechRadar",
    ),
    Pair(
        first="研究显示每天7000步即可显著降低心血管风险 - 健康 - cnBeta.COM",
        second="研究显示每天7000步即可显著降低心血管风险",
        is_same=True,
        first_site="cnBeta",
        second_site="环球科学",
    ),
    Pair(
        first="欧盟批准微软收购计划",
        second="欧盟否决微软收购计划",
        is_same=False,
        first_site="cnBeta",
        second_site="cnBeta",
    ),
    Pair(
        first="DeepSeek 上线官方桌面客户端",
        second="🐋 DeepSeek上线官方桌面客户端",
        is_same=True,
        first_site="品玩",
        second_site="IT之家",
    ),
    Pair(
        first="ドコモ、ahamoの海外データ容量を15GBから20GBに - ケータイ Watch",
        second="ドコモ、ahamoの海外データ容量を15GBから20GBに",
        is_same=True,
        first_site="ケータイ Watch",
        second_site="ITmedia Mobile",
    ),
    Pair(
        first="财联社：巴菲特旗下伯克希尔三季度再减持苹果",
        second="巴菲特旗下伯克希尔三季度再减持苹果",
        is_same=True,
        first_site="财联社",
        second_site="新浪财经",
    ),
    Pair(
        first="鴻海入股裕隆旗下電動車公司",
        second="裕隆入股鴻海旗下電動車公司",
        is_same=False,
        first_site="聯合新聞網",
        second_site="經濟日報",
    ),
    Pair(
        first="库克：苹果暂未考虑收购Perplexity",
        second="库克：苹果正考虑收购Perplexity",
        is_same=False,
        first_site="快科技",
        second_site="cnBeta",
    ),
    Pair(
        first="英国法院驳回Getty对Stability AI的主要指控",
        second="美国法院驳回Getty对Stability AI的主要指控",
        is_same=False,
        first_site="Solidot",
        second_site="Solidot",
    ),
    Pair(
        first="Leak: Pixel 11a battery gets a modest bump",
        second="Leak: Pixel 11a battery gets a modest bump - Android Authority",
        is_same=True,
        first_site="Android Authority",
        second_site="Android Authority",
    ),
    Pair(
        first="派早报：Arc 浏览器开源、徕卡发布 M12 等",
        second="派早报:Arc浏览器开源、徕卡发布M12等",
        is_same=True,
        first_site="少数派",
        second_site="少数派",
        first_text=(
            "你可能错过的文章：Arc 浏览器宣布将核心代码以 MIT 许可证开源；徕卡发布 M12 旁轴相机，保留光学取景器"
            "；Nothing 公布头戴耳机降噪升级计划。"
        ),
        second_text=(
            "你可能错过的文章：Arc 浏览器宣布将核心代码以 MIT 许可证开源；徕卡发布 M12 旁轴相机，保留光学取景器"
            "；Nothing 公布头戴耳机降噪升级计划。"
        ),
    ),
    Pair(
        first="北京地铁18号线开通初期运营",
        second="北京地铁17号线开通初期运营",
        is_same=False,
        first_site="新京报",
        second_site="北京日报",
    ),
    Pair(
        first="商业航天上市潮：一场迟到的加冕（一）",
        second="商业航天上市潮：一场迟到的加冕（二）",
        is_same=False,
        first_site="雷锋网",
        second_site="雷锋网",
    ),
    Pair(
        first="GeForce RTX 5060 Ti 16GB 顯示卡評測",
        second="GeForce RTX 5060 Ti 8GB 顯示卡評測",
        is_same=False,
        first_site="HKEPC",
        second_site="HKEPC",
    ),
    Pair(
        first="OnePlus 15R in for review",
        second="OnePlus 15 in for review",
        is_same=False,
        first_site="GSMArena",
        second_site="GSMArena",
    ),
    Pair(
        first="Australia's under-16 social media ban begins",
        second="Australia's under-16 social media ban upheld",
        is_same=False,
        first_site="The Guardian",
        second_site="The Guardian",
    ),
    Pair(
        first="An Interview with Dylan Field About Design and AI",
        second="An Interview with Dylan Patel About Design and AI",
        is_same=False,
        first_site="Stratechery",
        second_site="Stratechery",
    ),
    Pair(
        first="Kioxia to build second fab in Kitakami",
        second="Kioxia to delay second fab in Kitakami",
        is_same=False,
        first_site="Nikkei Asia",
        second_site="Nikkei Asia",
        first_text=(
            "TOKYO -- Kioxia plans to invest about $5 billion in a second fabrication plant at Kitakami, Iwate "
            "Prefecture, to raise output of NAND flash memory for AI servers, with construction to begin next "
            "spring."
        ),
        second_text=(
            "TOKYO -- Kioxia will push back the start of production at its second fabrication plant at "
            "Kitakami, Iwate Prefecture, by about a year, citing slow smartphone demand and rising "
            "construction costs."
        ),
    ),
    Pair(
        first="聯發科傳拿下Google TPU大單 法人上修目標價 - 自由財經",
        second="聯發科傳拿下Google TPU大單，法人上修目標價",
        is_same=True,
        first_site="自由時報",
        second_site="聯合新聞網",
    ),
    Pair(
        first="微星推出內建螢幕的主機板 售價破萬元",
        second="微星推出內建螢幕的主機板，售價破萬元 - 電腦王阿達",
        is_same=True,
        first_site="T客邦",
        second_site="電腦王阿達",
    ),
    Pair(
        first="多地宣布：推迟！",
        second="多地宣布：推迟！",
        is_same=False,
        first_site="新京报",
        second_site="澎湃新闻",
        first_text=(
            "受台风外围环流影响，福州、泉州、莆田三地教育局今日先后发布通知，原定本周末举行的中小学运动会推迟至"
            "十一月下旬，具体时间由各校自行安排。"
        ),
        second_text=(
            "因连日强降雪，哈尔滨、长春、沈阳多所高校今早通知推迟校园招聘会，已报名企业改为线上宣讲，返程的应届"
            "生可凭车票申请免费改签与住宿补贴。"
        ),
    ),
    Pair(
        first="星巴克買一送一本週優惠懶人包",
        second="星巴克買一送一本週優惠懶人包",
        is_same=False,
        first_site="電獺少女",
        second_site="電獺少女",
        first_text=(
            "萬聖節限定的南瓜那堤回來啦！週一到週三下午三點到八點，購買兩杯特大杯以上、容量冰熱口味皆相同的飲料"
            "，其中一杯由星巴克招待，會員再送點數。"
        ),
        second_text=(
            "聖誕紅杯登場！這次活動只有週四、週五兩天，太妃核果那堤與薄荷摩卡參加，外送平台不適用，每人每次最多"
            "買二送二，門市數量有限，送完為止。"
        ),
    ),
    Pair(
        first="『ゼルダの伝説 時のオカリナ』リメイク版が2027年春発売！ | ファミ通.com",
        second="ゼルダの伝説 時のオカリナ リメイク版が2027年春発売",
        is_same=True,
        first_site="ファミ通.com",
        second_site="ファミ通.com",
    ),
    Pair(
        first="深圳：符合条件家庭购房不再审核资格",
        second="深圳：符合条件家庭购房仍需审核资格",
        is_same=False,
        first_site="澎湃新闻",
        second_site="澎湃新闻",
    ),
    Pair(
        first="恒大汽车被债权人申请破产重整",
        second="恒大汽车债权人被申请破产重整",
        is_same=False,
        first_site="第一财经",
        second_site="第一财经",
    ),
    Pair(
        first="Redis作者重返公司后首个大版本：向量集合正式可用",
        second="Redis 作者重返公司后首个大版本:向量集合正式可用_数据库_InfoQ",
        is_same=True,
        first_site="快科技",
        second_site="InfoQ",
        first_text=(
            "Redis 8.4 近日发布，这是作者 antirez 回归之后主导的首个大版本。向量集合结束预览，支持八位量化与混"
            "合查询，官方称在十亿条目规模下，召回率仍可保持在百分之九十五以上。"
        ),
        second_text=(
            "Redis 8.4 近日发布，这是作者 antirez 回归之后主导的首个大版本。向量集合结束预览，支持八位量化与混"
            "合查询，官方称在十亿条目规模下，召回率仍可保持在百分之九十五以上。"
        ),
    ),
    Pair(
        first="消息称Adobe将以约30亿美元收购Semrush竞品",
        second="传Adobe将以约30亿美元收购Semrush竞品",
        is_same=True,
        first_site="cnBeta",
        second_site="TechWeb",
    ),
    Pair(
        first="一日一技 | 用快捷指令自动归档截图",
        second="用快捷指令自动归档截图 - 少数派",
        is_same=True,
        first_site="少数派",
        second_site="少数派",
    ),
    Pair(
        first="Mesa 26.0-rc2 Released With More RADV Fixes",
        second="Mesa 26.0-rc3 Released With More RADV Fixes",
        is_same=False,
        first_site="Phoronix",
        second_site="Phoronix",
        first_text=(
            "The second weekly release candidate of Mesa 26.0 is out for testing this open-source OpenGL and "
            "Vulkan driver stack. Most of the churn is in RADV, with ray-tracing fixes for several Unreal "
            "Engine titles."
        ),
        second_text=(
            "The third weekly release candidate of Mesa 26.0 is out for testing this open-source OpenGL and "
            "Vulkan driver stack. RADV again leads the list, along with a handful of Zink and Panfrost "
            "corrections."
        ),
    ),
    Pair(
        first="【已修复】QQ 邮箱无法登录",
        second="QQ 邮箱无法登录",
        is_same=False,
        first_site="IT之家",
        second_site="IT之家",
        first_text=(
            "腾讯QQ邮箱团队今日晚间发布公告称，因服务器故障导致的登录异常已于二十点零五分修复，用户收发邮件恢复"
            "正常，期间的来信不会丢失，请重新登录查看。"
        ),
        second_text=(
            "今天傍晚有大量网友反馈QQ邮箱网页版与客户端均无法登录，页面提示“服务暂时不可用”。截至发稿，官方尚未"
            "说明原因，客服称技术人员正在排查。"
        ),
    ),
    Pair(
        first="Weekly open thread",
        second="Weekly open thread",
        is_same=False,
        first_site="The Verge",
        second_site="The Verge",
        first_text=(
            "Happy Friday. This week we moved offices, lost two keyboards and found one very old Zune. Tell us "
            "what you are playing, reading or fixing over the weekend in the comments below."
        ),
        second_text=(
            "Welcome back. The holiday shopping guides are nearly done and everyone on staff is tired of air "
            "fryers. What is the oddest thing in your cart right now? The usual rules apply."
        ),
    ),
    Pair(
        first="上海首条无人驾驶公交线路今起试运营",
        second="上海首条无人驾驶公交线路今起试运营！",
        is_same=True,
        first_site="澎湃新闻",
        second_site="新民晚报",
    ),
    Pair(
        first="雷军：小米汽车年底前交付35万辆",
        second="雷军：小米汽车年底前交付30万辆",
        is_same=False,
        first_site="TechWeb",
        second_site="快科技",
        first_text=(
            "雷军在微博发文称，随着二期工厂投产，小米汽车有信心将今年的交付目标由三十万辆上调到三十五万辆，并感"
            "谢供应链伙伴的支持与车主的耐心等待。"
        ),
        second_text=(
            "雷军在投资者日上表示，小米汽车今年的交付目标定为三十万辆，第二款车型将于年中上市，一期工厂目前单班"
            "产能已达到设计水平，正在招聘夜班工人。"
        ),
    ),
    Pair(
        first="摩尔线程科创板IPO过会",
        second="沐曦股份科创板IPO过会",
        is_same=False,
        first_site="新浪财经",
        second_site="新浪财经",
    ),
    Pair(
        first="智元机器人完成新一轮融资，估值超 300 亿元",
        second="独家 | 智元机器人完成新一轮融资，估值超300亿元",
        is_same=True,
        first_site="雷锋网",
        second_site="36氪",
    ),
    Pair(
        first="AirPods Pro 3 一个月使用体验",
        second="AirPods Pro 3 一年使用体验",
        is_same=False,
        first_site="爱范儿",
        second_site="爱范儿",
    ),
    Pair(
        first="Digital Foundry: Forza Horizon 6 on Xbox Series X",
        second="Digital Foundry: Forza Horizon 6 on Xbox Series S",
        is_same=False,
        first_site="Eurogamer",
        second_site="Eurogamer",
    ),
    Pair(
        first="曝荣耀Magic9系列全系标配超声波指纹",
        second="荣耀Magic9系列全系标配超声波指纹 - 手机中国",
        is_same=True,
        first_site="快科技",
        second_site="手机中国",
    ),
    Pair(
        first="凤凰网科技独家：自如内测长租无人机配送",
        second="自如内测长租无人机配送 __凤凰网",
        is_same=True,
        first_site="凤凰科技",
        second_site="凤凰科技",
    ),
    Pair(
        first="每日一图：火星上的“蓝色日落”",
        second="每日一图：火星上的蓝色日落_网易科技频道",
        is_same=True,
        first_site="网易科技",
        second_site="网易科技",
        first_text=(
            "这张照片由毅力号火星车的桅杆相机拍摄于杰泽罗陨石坑西缘。火星大气中的细尘会散射红光，使太阳附近的天"
            "空呈现淡蓝色，与地球上的日落恰好相反。"
        ),
        second_text=(
            "这张照片由毅力号火星车的桅杆相机拍摄于杰泽罗陨石坑西缘。火星大气中的细尘会散射红光，使太阳附近的天"
            "空呈现淡蓝色，与地球上的日落恰好相反。"
        ),
    ),
    Pair(
        first="「拼好车」平台关停，创始人：钱烧完了",
        second="“拼好车”平台关停，创始人：钱烧完了",
        is_same=True,
        first_site="极客公园",
        second_site="36氪",
        first_text=(
            "创始人昨天深夜在内部群里发了一封八百字的告别信。信里说，公司账上只够再付一个月的工资，拼车补贴烧掉"
            "了三轮融资，他对不起还没有提现的六千多名车主。"
        ),
        second_text=(
            "创始人昨天深夜在内部群里发了一封八百字的告别信。信里说，公司账上只够再付一个月的工资，拼车补贴烧掉"
            "了三轮融资，他对不起还没有提现的六千多名车主。"
        ),
    ),
    Pair(
        first="每日早报",
        second="【每日早报】",
        is_same=True,
        first_site="每日早报",
        second_site="每日早报",
        first_text=(
            "今天是11月9日，农历九月三十。一、国务院常务会议研究促进数据要素流通；二、国产大飞机C919新增三条航"
            "线；三、北方多地迎来大风降温天气，请注意保暖。"
        ),
        second_text=(
            "今天是11月9日，农历九月三十。一、国务院常务会议研究促进数据要素流通；二、国产大飞机C919新增三条航"
            "线；三、北方多地迎来大风降温天气，请注意保暖。"
        ),
    ),
)
