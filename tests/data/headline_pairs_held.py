"""More pairs of headlines, each marked as one piece spelled in two ways or as two pieces."""

from tests.data.headline_pairs import Pair

PAIRS: tuple[Pair, ...] = (
    Pair(
        first="特斯拉FSD登台時程 交通部：尚未受理申請",
        second="特斯拉FSD登台時程 交通部：已受理申請",
        is_same=False,
        first_site="自由時報",
        second_site="自由時報",
    ),
    Pair(
        first="Apple Sues Epic Over Leaked Contract Terms",
        second="Epic Sues Apple Over Leaked Contract Terms",
        is_same=False,
        first_site="Bloomberg",
        second_site="Bloomberg",
    ),
    Pair(
        first="小米 SU7 Ultra 纽北圈速 7 分 04 秒",
        second="小米 SU7 Ultra 纽北圈速 6 分 22 秒",
        is_same=False,
        first_site="IT之家",
        second_site="IT之家",
        first_text=(
            "小米汽车今日宣布，SU7 Ultra量产版在德国纽博格林北环赛道跑出7分04秒957的成绩，成为该赛道最快的量产"
            "电动车，驾驶者为专业车手文森特。"
        ),
        second_text=(
            "小米汽车今日宣布，SU7 Ultra原型车在德国纽博格林北环赛道跑出6分22秒091的成绩，刷新个人纪录并位列赛"
            "道总榜第三，全程车载视频同步公开。"
        ),
    ),
    Pair(
        first="突发！宕机",
        second="突发！宕机",
        is_same=False,
        first_site="第一财经",
        second_site="快科技",
        first_text=(
            "今天上午十点左右，多地用户反映支付宝无法完成付款，页面提示系统繁忙。十一点二十分官方通报称机房光纤"
            "受损，目前服务已全部恢复，资金不受影响。"
        ),
        second_text=(
            "北京时间昨晚七点半，Cloudflare出现全球性故障，X、ChatGPT等大批网站打不开。公司称是一份配置文件过大"
            "触发崩溃，三小时后流量才逐步回归正常。"
        ),
    ),
    Pair(
        first="中国空间站第九批航天员将执行三次出舱任务",
        second="中国空间站第八批航天员将执行三次出舱任务",
        is_same=False,
        first_site="IT之家",
        second_site="IT之家",
    ),
    Pair(
        first="贾跃亭：FX Super One量产车下线",
        second="贾跃亭：FX Super One量产车年底下线",
        is_same=False,
        first_site="新浪科技",
        second_site="新浪科技",
        first_text=(
            "法拉第未来今日在加州汉福德工厂举行仪式，首台FX Super One正式驶下生产线。贾跃亭在现场表示，车辆将首"
            "先交付给阿联酋的合作伙伴试用。"
        ),
        second_text=(
            "法拉第未来创始人贾跃亭在最新一期视频周报中透露，FX Super One的预生产验证进入最后阶段，计划年底在加"
            "州汉福德工厂实现首台量产车下线。"
        ),
    ),
    Pair(
        first="折りたためるｅインク端末、ついに量産へ | ギズモード・ジャパン",
        second="折りたためるeインク端末、ついに量産へ",
        is_same=True,
        first_site="ギズモード・ジャパン",
        second_site="ギズモード・ジャパン",
    ),
    Pair(
        first="曝特斯拉FSD V15将于春节前在华推送",
        second="消息称特斯拉 FSD V15 将于春节前在华推送",
        is_same=True,
        first_site="凤凰科技",
        second_site="IT之家",
    ),
    Pair(
        first="商务部：将对原产于美国的进口模拟芯片继续实施反倾销调查",
        second="商务部：将对原产于美国的进口模拟芯片继续实施反倾销调查--财联社",
        is_same=True,
        first_site="观察者网",
        second_site="财联社",
        first_text=(
            "商务部新闻发言人在例行记者会上表示，调查机关将依法继续推进对原产于美国的进口模拟芯片的反倾销调查，"
            "充分保障各利害关系方权利，并根据调查结果作出客观公正的裁决。"
        ),
        second_text=(
            "商务部新闻发言人在例行记者会上表示，调查机关将依法继续推进对原产于美国的进口模拟芯片的反倾销调查，"
            "充分保障各利害关系方权利，并根据调查结果作出客观公正的裁决。"
        ),
    ),
    Pair(
        first="长征十二号甲火箭首飞成功",
        second="长征十二号甲火箭首飞推迟",
        is_same=False,
        first_site="IT之家",
        second_site="IT之家",
        first_text=(
            "今日上午十时，长征十二号甲运载火箭在酒泉东风商业航天创新试验区点火升空，二级顺利进入预定轨道，一级"
            "未能完成回收，首飞任务取得基本成功。"
        ),
        second_text=(
            "原定今日上午执行的长征十二号甲运载火箭首飞任务，因发射场高空风超出限制而取消，新的窗口将另行通知，"
            "任务团队表示火箭与地面系统状态良好。"
        ),
    ),
    Pair(
        first="埃安UT super上市：换电版4.99万",
        second="埃安UT上市：换电版4.99万",
        is_same=False,
        first_site="新出行",
        second_site="新出行",
    ),
    Pair(
        first="钛媒体独家：字节AI眼镜项目未被叫停",
        second="钛媒体独家：字节AI眼镜项目被叫停",
        is_same=False,
        first_site="钛媒体",
        second_site="钛媒体",
    ),
    Pair(
        first="小米米家中央空调Pro上架：5匹一拖四",
        second="小米米家中央空调 Pro 上架：6 匹一拖五",
        is_same=False,
        first_site="快科技",
        second_site="IT之家",
    ),
    Pair(
        first="『モンスターハンターワイルズ』大型拡張、2026年夏に配信",
        second="『モンスターハンターワイルズ』大型拡張、2026年冬に配信",
        is_same=False,
        first_site="ファミ通.com",
        second_site="ファミ通.com",
    ),
    Pair(
        first="Google Home’s new ‘Ask’ button rolls out to everyone [Gallery]",
        second="Google Home's new 'Ask' button rolls out to everyone - 9to5Google",
        is_same=True,
        first_site="9to5Google",
        second_site="9to5Google",
    ),
    Pair(
        first="微信 iOS 版 8.0.65 正式版更新",
        second="微信安卓版 8.0.65 正式版更新",
        is_same=False,
        first_site="IT之家",
        second_site="IT之家",
    ),
    Pair(
        first="台電：大林電廠跳機 全台未停電",
        second="台電：興達電廠跳機 全台未停電",
        is_same=False,
        first_site="自由時報",
        second_site="自由時報",
    ),
    Pair(
        first="理想i8召回：涉及1.1万辆",
        second="理想i6召回：涉及1.1万辆",
        is_same=False,
        first_site="盖世汽车",
        second_site="盖世汽车",
    ),
    Pair(
        first="Tell HN: Happy Thanksgiving 2025",
        second="Tell HN: Happy Thanksgiving (2026)",
        is_same=False,
        first_site="Hacker News",
        second_site="Hacker News",
    ),
    Pair(
        first="Inside Meta's race to build its own chips, part 1",
        second="Inside Meta's race to build its own chips, part 2",
        is_same=False,
        first_site="The Information",
        second_site="The Information",
    ),
    Pair(
        first="科学家发现章鱼会做梦",
        second="科学家发现乌贼会做梦",
        is_same=False,
        first_site="环球科学",
        second_site="环球科学",
    ),
    Pair(
        first="今日好价：金士顿NV3 1TB固态硬盘459元",
        second="今日好价：西数SN7100 1TB固态硬盘459元",
        is_same=False,
        first_site="什么值得买",
        second_site="什么值得买",
    ),
    Pair(
        first="独家丨小红书测试站内外卖入口",
        second="小红书测试站内外卖入口|界面新闻 · 科技",
        is_same=True,
        first_site="财联社",
        second_site="界面新闻",
    ),
    Pair(
        first="港股科网股午后走强 美团涨超5%",
        second="港股科网股午后走弱 美团跌超5%",
        is_same=False,
        first_site="财联社",
        second_site="财联社",
    ),
    Pair(
        first="独家｜字节跳动内部测试代号“海狸”的电商助手",
        second="字节跳动内部测试代号“海狸”的电商助手",
        is_same=True,
        first_site="界面新闻",
        second_site="虎嗅",
    ),
    Pair(
        first="AMD锐龙9 9950X3D2首测：双缓存到底值不值 (组图)",
        second="AMD锐龙9 9950X3D2首测：双缓存到底值不值",
        is_same=True,
        first_site="驱动之家",
        second_site="快科技",
    ),
    Pair(
        first="我国首台百兆瓦级重型燃气轮机投入商运",
        second="【科技自立自强】我国首台百兆瓦级重型燃气轮机投入商运",
        is_same=True,
        first_site="人民网",
        second_site="科技日报",
    ),
    Pair(
        first="特斯拉Model 3长续航后驱版降价1万元",
        second="特斯拉Model Y长续航后驱版降价1万元_新浪汽车",
        is_same=False,
        first_site="快科技",
        second_site="新浪汽车",
    ),
    Pair(
        first="Café robots are back, and they still can't steam milk",
        second="CAFÉ ROBOTS ARE BACK, AND THEY STILL CAN’T STEAM MILK",
        is_same=True,
        first_site="Gizmodo",
        second_site="Gizmodo",
    ),
    Pair(
        first="字节跳动否认与博通合作开发AI芯片",
        second="字节跳动与博通合作开发AI芯片",
        is_same=False,
        first_site="澎湃新闻",
        second_site="cnBeta",
    ),
    Pair(
        first="一加15T入网：6.3英寸小屏+7500mAh大电池",
        second="一加 15T 入网：6.3 英寸小屏 + 7500mAh 大电池",
        is_same=True,
        first_site="快科技",
        second_site="IT之家",
    ),
    Pair(
        first="传京东将自建卫星互联网团队",
        second="消息称京东将自建卫星互联网团队",
        is_same=True,
        first_site="新浪科技",
        second_site="cnBeta",
    ),
    Pair(
        first="Chrome 150开始默认启用HTTPS优先模式 – 蓝点网",
        second="Chrome 150开始默认启用HTTPS优先模式",
        is_same=True,
        first_site="蓝点网",
        second_site="cnBeta",
    ),
    Pair(
        first="Xbox confirms next console will play PC games",
        second="Xbox exec says next console won't play PC games",
        is_same=False,
        first_site="Windows Central",
        second_site="Windows Central",
    ),
    Pair(
        first="谷歌Pixel 10a不会采用Tensor G5芯片",
        second="谷歌Pixel 10a会采用Tensor G5芯片",
        is_same=False,
        first_site="cnBeta",
        second_site="cnBeta",
    ),
    Pair(
        first="DeepSeek-V4技术报告公开",
        second="DeepSeek-R2技术报告公开",
        is_same=False,
        first_site="新智元",
        second_site="量子位",
    ),
    Pair(
        first="Figure acquires rival humanoid startup Apptronik",
        second="Apptronik acquires rival humanoid startup Figure",
        is_same=False,
        first_site="TechCrunch",
        second_site="TechCrunch",
    ),
    Pair(
        first="The Quiet Collapse of the Smart Lock Business | WIRED",
        second="The quiet collapse of the smart lock business",
        is_same=True,
        first_site="Wired",
        second_site="Wired",
    ),
    Pair(
        first="楽天モバイル、最強プランを値上げしない方針",
        second="楽天モバイル、最強プランを値上げする方針",
        is_same=False,
        first_site="ITmedia Mobile",
        second_site="ITmedia Mobile",
    ),
    Pair(
        first="一张4090跑满千亿参数？清华团队开源新推理框架",
        second="一张 4090 跑满千亿参数?清华团队开源新推理框架_新浪科技_新浪网",
        is_same=True,
        first_site="机器之心",
        second_site="新浪科技",
        first_text=(
            "清华大学团队近日开源了一套异构推理框架，把专家权重放进内存、注意力留在显卡，在一张RTX 4090与一台双"
            "路服务器上，实现了千亿参数模型每秒二十个词元的输出速度。"
        ),
        second_text=(
            "清华大学团队近日开源了一套异构推理框架，把专家权重放进内存、注意力留在显卡，在一张RTX 4090与一台双"
            "路服务器上，实现了千亿参数模型每秒二十个词元的输出速度。"
        ),
    ),
    Pair(
        first="台積電 2 奈米良率傳達七成 | TechNews 科技新報",
        second="台积电3奈米良率传达七成",
        is_same=False,
        first_site="科技新報",
        second_site="IT之家",
    ),
    Pair(
        first="大疆 Mini 6 Pro 无人机通过 FCC 认证",
        second="大疆Mini 6无人机通过FCC认证",
        is_same=False,
        first_site="IT之家",
        second_site="快科技",
    ),
    Pair(
        first="8点1氪丨2026年11月4日要闻",
        second="8点1氪丨2026年11月5日要闻",
        is_same=False,
        first_site="36氪",
        second_site="36氪",
    ),
    Pair(
        first="PC Gamer：V社新掌机不会在两年内推出",
        second="V社新掌机不会在两年内推出",
        is_same=True,
        first_site="cnBeta",
        second_site="游民星空",
    ),
    Pair(
        first="Sonos is bringing back its old app, one feature at a time | The Verge",
        second="Sonos is bringing back its old app, one feature at a time",
        is_same=True,
        first_site="The Verge",
        second_site="Techmeme",
        first_text=(
            "Two years after the redesign that cost a chief executive his job, Sonos says the next update will "
            "restore local library search and sleep timers, with the old queue view to follow before summer."
        ),
        second_text=(
            "Two years after the redesign that cost a chief executive his job, Sonos says the next update will "
            "restore local library search and sleep timers, with the old queue view to follow before summer."
        ),
    ),
    Pair(
        first="被AI取代的插画师",
        second="取代插画师的AI",
        is_same=False,
        first_site="虎嗅",
        second_site="虎嗅",
        first_text=(
            "阿冉接到的最后一张商单是今年三月。甲方发来一张由模型生成的草图，问她能不能“修一修手”，报价只有从前"
            "的十分之一，她想了一晚，还是接了下来。"
        ),
        second_text=(
            "一家只有九个人的公司，靠卖绘本插图模型做到了年收入四千万元。创始人说，他们的客户里有三成是插画师自"
            "己，买来画背景，把时间留给人物的表情。"
        ),
    ),
    Pair(
        first="中华电信推出 5G 吃到饱新资费",
        second="遠傳電信推出 5G 吃到飽新資費",
        is_same=False,
        first_site="IT之家",
        second_site="科技新報",
    ),
    Pair(
        first="吉利与极氪合并完成 - 第一财经",
        second="快讯丨吉利与极氪合并完成",
        is_same=True,
        first_site="第一财经",
        second_site="36氪",
    ),
    Pair(
        first="Security updates for Tuesday",
        second="Security updates for Wednesday",
        is_same=False,
        first_site="LWN.net",
        second_site="LWN.net",
    ),
    Pair(
        first="BREAKING: Intel to sell majority stake in network chip unit",
        second="Intel to sell majority stake in network chip unit | Reuters",
        is_same=True,
        first_site="Reuters",
        second_site="Reuters",
        first_text=(
            "Nov 6 (Reuters) - Intel said on Friday it had agreed to sell a 51% stake in its networking and "
            "edge unit to a private equity consortium in a deal valuing the business at $5.4 billion, "
            "including debt."
        ),
        second_text=(
            "Nov 6 (Reuters) - Intel said on Friday it had agreed to sell a 51% stake in its networking and "
            "edge unit to a private equity consortium in a deal valuing the business at $5.4 billion, "
            "including debt."
        ),
    ),
    Pair(
        first="Ask Slashdot: What's On Your Home Server?",
        second="Ask Slashdot: What's On Your Home Server?",
        is_same=False,
        first_site="Slashdot",
        second_site="Slashdot",
        first_text=(
            "Longtime reader wattage writes: my old tower died last week and I am rebuilding from scratch on a "
            "fanless box. Before I commit to containers for everything, what do you actually run?"
        ),
        second_text=(
            "An anonymous reader asks: with drive prices doubling this year, I am trimming services rather "
            "than adding disks. Which of yours turned out to be worth the power bill, and which did you kill?"
        ),
    ),
    Pair(
        first="ヘッドラインニュース",
        second="ヘッドラインニュース",
        is_same=False,
        first_site="GIGAZINE",
        second_site="GIGAZINE",
        first_text=(
            "本日のヘッドラインニュースです。火星の地下に液体の水がある可能性を示す新しい地震波の解析、パスワー"
            "ド管理ソフトの値上げ、世界最小のゲームボーイ互換機の登場など、今日の話題をまとめました。"
        ),
        second_text=(
            "本日のヘッドラインニュースです。欧州議会がチャット監視法案を再び否決、猫の鳴き声を翻訳するAIの検証"
            "結果、百年前の路面電車を復元する計画の資金集めが始まったことなど、今日の話題をまとめました。"
        ),
    ),
    Pair(
        first="英特尔酷睿Ultra 7 270K Plus跑分曝光",
        second="英特尔酷睿 Ultra 7 270K 跑分曝光",
        is_same=False,
        first_site="快科技",
        second_site="IT之家",
    ),
    Pair(
        first="马斯克起诉OpenAI案明年开庭",
        second="OpenAI反诉马斯克案明年开庭",
        is_same=False,
        first_site="新浪科技",
        second_site="新浪科技",
    ),
    Pair(
        first="不到两千！小米REDMI Turbo 5跌破发行价",
        second="不到两千！小米REDMI Turbo 5跌破发行价 🔥",
        is_same=True,
        first_site="快科技",
        second_site="什么值得买",
    ),
    Pair(
        first="极客早知道：何小鹏称机器人明年量产；OpenAI 上线群聊",
        second="极客早知道：何小鹏称飞行汽车明年量产；OpenAI 上线群聊",
        is_same=False,
        first_site="极客公园",
        second_site="极客公园",
    ),
    Pair(
        first="WSJ：亚马逊计划将超过一半仓库岗位自动化",
        second="亚马逊计划将超过一半仓库岗位自动化",
        is_same=True,
        first_site="凤凰网",
        second_site="cnBeta",
    ),
    Pair(
        first="消息称苹果 iPad mini 8 将搭载 A19 Pro 芯片",
        second="消息称苹果iPad 12将搭载A19 Pro芯片",
        is_same=False,
        first_site="IT之家",
        second_site="cnBeta",
    ),
    Pair(
        first="国家主席会见芬兰总理",
        second="国家主席会见荷兰首相",
        is_same=False,
        first_site="新华社",
        second_site="新华社",
        first_text=(
            "新华社北京电：国家主席今天下午在北京人民大会堂会见来华进行正式访问的芬兰总理，双方就能源转型、林业"
            "、冬季运动等领域合作交换了意见。"
        ),
        second_text=(
            "新华社北京电：国家主席今天下午在北京人民大会堂会见来华进行正式访问的荷兰首相，双方就半导体供应链、"
            "水利、农业等领域合作交换了意见。"
        ),
    ),
    Pair(
        first="研究：咖啡可降低老年人跌倒风险",
        second="研究：咖啡不能降低老年人跌倒风险",
        is_same=False,
        first_site="cnBeta",
        second_site="cnBeta",
    ),
    Pair(
        first="华硕 ROG 幻 X 2026 平板开售",
        second="华硕 ROG 幻 14 2026 开售",
        is_same=False,
        first_site="IT之家",
        second_site="IT之家",
    ),
    Pair(
        first="试驾理想MEGA Home：家的延伸",
        second="试驾理想MEGA Ultra：家的延伸",
        is_same=False,
        first_site="新出行",
        second_site="新出行",
    ),
    Pair(
        first="LINE新功能曝光 訊息收回時間延長至一週",
        second="LINE新功能曝光！訊息收回時間延長至一周",
        is_same=True,
        first_site="電獺少女",
        second_site="三立新聞網",
    ),
    Pair(
        first="官方辟谣！手机号满20年奖励话费是假的",
        second="官方辟谣！手机号满 20 年奖励话费是假的",
        is_same=True,
        first_site="快科技",
        second_site="IT之家",
        first_text=(
            "针对网传“手机号使用满20年可领取500元话费”一事，三大运营商客服今日均表示没有此类活动。中国互联网联"
            "合辟谣平台提醒，用户切勿点击短信中的不明链接。"
        ),
        second_text=(
            "针对网传“手机号使用满20年可领取500元话费”一事，三大运营商客服今日均表示没有此类活动。中国互联网联"
            "合辟谣平台提醒，用户切勿点击短信中的不明链接。"
        ),
    ),
    Pair(
        first="當咖啡店裏只剩下機器人",
        second="当咖啡店里只剩下机器人",
        is_same=True,
        first_site="端傳媒",
        second_site="端传媒",
    ),
    Pair(
        first="支付宝致歉：部分用户重复扣款",
        second="微信支付致歉：部分用户重复扣款",
        is_same=False,
        first_site="新浪科技",
        second_site="新浪科技",
    ),
    Pair(
        first="最前线丨刚刚，财报发布",
        second="最前线 | 刚刚，财报发布",
        is_same=False,
        first_site="36氪",
        second_site="36氪",
        first_text=(
            "哔哩哔哩今日公布三季度业绩：总营收七十六点九亿元，同比增长百分之五，净利润四点七亿元，日活用户首次"
            "突破一亿一千七百万，广告收入增幅超过两成。"
        ),
        second_text=(
            "小鹏汽车今日公布三季度业绩：总营收二百零三点八亿元，同比翻倍，净亏损收窄至三点八亿元，毛利率提升至"
            "百分之二十点一，预计四季度交付量再创新高。"
        ),
    ),
    Pair(
        first="早报｜苹果或推迟发布折叠屏 iPad / 微信支持原图自动清理 / 理想发布首款轿车",
        second="早报丨苹果或推迟发布折叠屏iPad/微信支持原图自动清理/理想发布首款轿车",
        is_same=True,
        first_site="爱范儿",
        second_site="爱范儿",
    ),
    Pair(
        first="收评：沪指涨0.5%",
        second="收评：沪指涨0.5％",
        is_same=False,
        first_site="新浪财经",
        second_site="新浪财经",
        first_text=(
            "11月4日，沪指全天震荡走高，收盘报3992点，涨0.5%，创业板指涨0.8%。福建板块掀涨停潮，冰雪旅游概念活"
            "跃，贵金属板块跌幅居前，两市成交不足两万亿。"
        ),
        second_text=(
            "11月18日，三大指数探底回升，沪指收报4017点，涨0.5%，深成指微跌。AI应用端集体爆发，多股二十厘米涨停"
            "，锂电池产业链回调，近四千只个股下跌。"
        ),
    ),
    Pair(
        first="鸿蒙 HarmonyOS 6.1 开发者 Beta3 发布：新增应用接续白名单",
        second="鸿蒙HarmonyOS 6.1开发者Beta3发布 新增应用接续白名单 📱",
        is_same=True,
        first_site="IT之家",
        second_site="华为中心",
    ),
    Pair(
        first="问界M8增程版申报图曝光 - 太平洋汽车",
        second="问界 M8 增程版申报图曝光",
        is_same=True,
        first_site="太平洋汽车",
        second_site="IT之家",
    ),
    Pair(
        first="Sponsor: WorkOS Radar",
        second="Sponsor: WorkOS Radar",
        is_same=False,
        first_site="Daring Fireball",
        second_site="Daring Fireball",
        first_text=(
            "Does your app get fake signups? Radar spots throwaway addresses and bot farms before they reach "
            "your database, using device fingerprints instead of puzzles. My thanks to WorkOS for sponsoring "
            "this week."
        ),
        second_text=(
            "My thanks to WorkOS for once again sponsoring the site. The new release of Radar adds rules that "
            "your support staff can edit without a deploy, and a log that says why someone was turned away."
        ),
    ),
    Pair(
        first="何恺明新作：扩散模型也能一步出图",
        second="何恺明新作 扩散模型也能一步出图|新浪科技",
        is_same=True,
        first_site="量子位",
        second_site="新浪科技",
    ),
    Pair(
        first="美国撤销三星西安工厂设备豁免",
        second="美国恢复三星西安工厂设备豁免",
        is_same=False,
        first_site="集微网",
        second_site="集微网",
    ),
    Pair(
        first="AMD发布Adrenalin 25.11.1驱动 支持新游戏",
        second="AMD发布Adrenalin 25.10.1驱动 支持新游戏",
        is_same=False,
        first_site="cnBeta",
        second_site="驱动之家",
    ),
    Pair(
        first="具身智能“GPT-2时刻”到了？我们和五位创始人聊了聊",
        second="具身智能「GPT-2时刻」到了?我们和五位创始人聊了聊 | 量子位",
        is_same=True,
        first_site="量子位",
        second_site="量子位",
        first_text=(
            "过去一年，人形机器人融资总额超过前五年之和，但能稳定叠衣服的机器人仍然屈指可数。我们把同一个问题抛"
            "给五位创始人：你的机器人什么时候能离开遥控器？"
        ),
        second_text=(
            "过去一年，人形机器人融资总额超过前五年之和，但能稳定叠衣服的机器人仍然屈指可数。我们把同一个问题抛"
            "给五位创始人：你的机器人什么时候能离开遥控器？"
        ),
    ),
    Pair(
        first="何以中国造：一颗螺丝的旅程",
        second="何以中国造：一块玻璃的旅程",
        is_same=False,
        first_site="南方周末",
        second_site="南方周末",
        first_text=(
            "系列报道之三。在河北永年，每天有上万吨紧固件从这里发往全国。老赵的工厂做了二十年普通螺丝，今年他第"
            "一次接到航天院所的订单，精度要求是头发丝的十分之一。"
        ),
        second_text=(
            "系列报道之五。在安徽蚌埠，一条窑炉从点火到熄火要连续烧上八年。老孙守着它拉出了三十微米厚、可以弯折"
            "一百万次的玻璃，如今装进了折叠屏手机。"
        ),
    ),
    Pair(
        first="美团骑手社保试点扩至17城",
        second="美团骑手社保试点扩至7城",
        is_same=False,
        first_site="晚点LatePost",
        second_site="36氪",
        first_text=(
            "美团宣布骑手养老保险补贴试点自本月起扩大至十七个城市，凡在当月收入达到就业地缴费基数下限的骑手，均"
            "可申领百分之五十的补贴，不限跑单时长与平台。"
        ),
        second_text=(
            "美团宣布骑手养老保险补贴试点自本月起扩大至七个城市，包括泉州、南通等，骑手自主选择参保地，平台按缴"
            "费额的一半给予补贴，年底前再评估推广。"
        ),
    ),
    Pair(
        first="日本央行加息至0.75厘 三十年最高",
        second="日本央行维持利率0.75厘 三十年最高",
        is_same=False,
        first_site="BBC News 中文",
        second_site="BBC News 中文",
    ),
    Pair(
        first="亿欧独家：蚂蚁集团调整医疗事业群架构",
        second="蚂蚁集团调整医疗事业群架构",
        is_same=True,
        first_site="亿欧",
        second_site="36氪",
    ),
    Pair(
        first="ソニー、4～6月期の営業利益36％増",
        second="ソニー、7～9月期の営業利益36％増",
        is_same=False,
        first_site="ITmedia NEWS",
        second_site="ITmedia NEWS",
    ),
    Pair(
        first="【獨家】小米台灣門市擴編 明年拚百家",
        second="小米台灣門市擴編，明年拚百家",
        is_same=True,
        first_site="鏡週刊",
        second_site="鏡週刊",
    ),
    Pair(
        first="UK government denies plan to scrap digital ID scheme",
        second="UK government confirms plan to scrap digital ID scheme",
        is_same=False,
        first_site="The Register",
        second_site="The Register",
    ),
    Pair(
        first="鴻海：第三季伺服器營收首度超越消費電子 | 科技 | 中央社 CNA",
        second="鸿海：第三季伺服器营收首度超越消费电子",
        is_same=True,
        first_site="中央社",
        second_site="财联社",
        first_text=(
            "（中央社台北12日電）鴻海今天召開法人說明會，第三季伺服器相關營收占比達百分之四十二，首度超越消費智"
            "能產品，AI機櫃出貨季增三倍，全年展望維持顯著成長。"
        ),
        second_text=(
            "鸿海今天召开法人说明会，第三季伺服器相关营收占比达百分之四十二，首度超越消费智能产品，AI机柜出货季"
            "增三倍，全年展望维持显著成长。"
        ),
    ),
    Pair(
        first="輕颱「海神」不會登陸 北部注意降雨",
        second="輕颱「海神」將登陸 北部注意降雨",
        is_same=False,
        first_site="TVBS新聞網",
        second_site="TVBS新聞網",
    ),
    Pair(
        first="首次！我国成功实现地月空间激光测距白天作业",
        second="首次！我国成功实现地月空间激光测距白天作业丨央视新闻",
        is_same=True,
        first_site="快科技",
        second_site="央视新闻",
        first_text=(
            "记者从中国科学院获悉，我国科研团队近日利用天都一号卫星，在白天强光背景下成功实施了地月空间激光测距"
            "，突破了光学观测只能在夜间进行的限制，属于国际首次。"
        ),
        second_text=(
            "记者从中国科学院获悉，我国科研团队近日利用天都一号卫星，在白天强光背景下成功实施了地月空间激光测距"
            "，突破了光学观测只能在夜间进行的限制，属于国际首次。"
        ),
    ),
    Pair(
        first="比亚迪海豹06 DM-i路试谍照曝光",
        second="比亚迪海豹06 EV路试谍照曝光",
        is_same=False,
        first_site="快科技",
        second_site="汽车之家",
    ),
    Pair(
        first="索尼发布WH-1000XM7耳机 售价3299元(图)",
        second="索尼发布 WH-1000XM7 耳机，售价 3299 元",
        is_same=True,
        first_site="新浪科技",
        second_site="IT之家",
    ),
    Pair(
        first="Stocks close higher as Nvidia leads chip rally",
        second="Stocks close lower as Nvidia leads chip slump",
        is_same=False,
        first_site="CNBC",
        second_site="CNBC",
        first_text=(
            "U.S. stocks rose on Wednesday, with the S&P 500 adding 1.1%, after Nvidia's forecast eased "
            "worries about spending on artificial intelligence. The Nasdaq gained 1.8% and the Dow rose 240 "
            "points."
        ),
        second_text=(
            "U.S. stocks fell on Thursday, with the S&P 500 losing 1.6%, as Nvidia reversed an early gain and "
            "dragged the chip sector down. The Nasdaq dropped 2.2% and the Dow slid 386 points at the close."
        ),
    ),
    Pair(
        first="苹果CEO库克再次抛售公司股票 套现约4200万美元",
        second="苹果CEO库克再次抛售公司股票，套现约4200万美元",
        is_same=True,
        first_site="网易科技",
        second_site="cnBeta",
        first_text=(
            "美国证券交易委员会披露的文件显示，苹果首席执行官库克上周出售约十五万股公司股票，均价二百七十四美元"
            "，套现约四千二百万美元，交易依据此前设定的十条规则自动执行。"
        ),
        second_text=(
            "美国证券交易委员会披露的文件显示，苹果首席执行官库克上周出售约十五万股公司股票，均价二百七十四美元"
            "，套现约四千二百万美元，交易依据此前设定的十条规则自动执行。"
        ),
    ),
    Pair(
        first="新能源日报",
        second="【新能源日报】",
        is_same=False,
        first_site="行业内参",
        second_site="行业内参",
        first_text=(
            "11月12日星期三。江西两座锂云母矿停产检修；欧洲十月电动车销量同比增三成；某头部电芯厂与船企签下换电"
            "货船订单；碳酸锂期货主力合约小幅收涨。"
        ),
        second_text=(
            "11月13日星期四。内蒙古公布第三批独立储能名单；光伏玻璃库存降至年内低点；国内首条固态电池量产线在合"
            "肥贯通；多家车企上调明年出口目标。"
        ),
    ),
    Pair(
        first="Go 1.26 RC1发布",
        second="Go 1.26 RC2 发布",
        is_same=False,
        first_site="开源中国",
        second_site="InfoQ",
        first_text=(
            "Go 团队公布了1.26的首个候选版本。新的垃圾回收器 Green Tea 默认启用，new 函数支持表达式作为参数，cg"
            "o 调用开销降低约三成，欢迎开发者测试反馈。"
        ),
        second_text=(
            "Go 团队公布了1.26的第二个候选版本，主要修复交叉编译时的链接错误与若干安全问题，包括 archive/zip 的"
            "解析漏洞，正式版预计在明年二月推出。"
        ),
    ),
    Pair(
        first="我在东莞做假发",
        second="我在许昌做假发",
        is_same=False,
        first_site="虎嗅",
        second_site="虎嗅",
    ),
    Pair(
        first="阿里千问App月活破亿，凭什么？",
        second="阿里千问 App 月活破亿,凭什么?| 钛媒体焦点",
        is_same=True,
        first_site="钛媒体",
        second_site="钛媒体",
        first_text=(
            "上线公测不到三个月，千问的月活跃用户就突破了一亿。它靠的不是跑分，而是把点外卖、订机票、查快递这些"
            "小事放进了同一个对话框里，背后是淘宝、飞猪与高德的接口改造。"
        ),
        second_text=(
            "上线公测不到三个月，千问的月活跃用户就突破了一亿。它靠的不是跑分，而是把点外卖、订机票、查快递这些"
            "小事放进了同一个对话框里，背后是淘宝、飞猪与高德的接口改造。"
        ),
    ),
    Pair(
        first="一家代工厂的二十年（上）",
        second="一家代工厂的二十年（下）",
        is_same=False,
        first_site="虎嗅",
        second_site="虎嗅",
        first_text=(
            "二〇〇五年冬天，老梁带着七个人从一间铁皮房起步，第一笔订单是三千只随身听的耳机线。那时没有人知道，"
            "这家工厂后来会替一半的国产手机做充电头。"
        ),
        second_text=(
            "疫情之后，工厂的订单一夜之间少了四成。老梁把儿子从新加坡叫了回来，父子俩为要不要去越南建厂吵了整整"
            "一个春节，最后把决定权交给了工人代表。"
        ),
    ),
    Pair(
        first="大众安徽工厂计划裁员",
        second="大众安徽工厂否认裁员",
        is_same=False,
        first_site="盖世汽车",
        second_site="盖世汽车",
    ),
    Pair(
        first="苹果 iPhone Fold 铰链采用液态金属",
        second="苹果iPhone Fold铰链改用不锈钢",
        is_same=False,
        first_site="IT之家",
        second_site="cnBeta",
    ),
    Pair(
        first="[组图]嫦娥七号着陆器在月球南极传回首批影像",
        second="嫦娥七号着陆器在月球南极传回首批影像",
        is_same=True,
        first_site="cnBeta",
        second_site="中新网",
        first_text=(
            "国家航天局今日公布嫦娥七号着陆器拍摄的首批影像。画面中可见撞击坑边缘的永久阴影区以及着陆器的影子，"
            "科研人员正据此规划飞跃器的首次飞行路线。"
        ),
        second_text=(
            "国家航天局今日公布嫦娥七号着陆器拍摄的首批影像。画面中可见撞击坑边缘的永久阴影区以及着陆器的影子，"
            "科研人员正据此规划飞跃器的首次飞行路线。"
        ),
    ),
    Pair(
        first="张一鸣卸任字节跳动董事",
        second="张一鸣未卸任字节跳动董事",
        is_same=False,
        first_site="界面新闻",
        second_site="界面新闻",
    ),
    Pair(
        first="黃仁勳：不會放棄中國市場",
        second="黄仁勋：已放弃中国市场",
        is_same=False,
        first_site="數位時代",
        second_site="網易科技",
    ),
    Pair(
        first="国产电动重卡占有率首破三成",
        second="國產電動重卡佔有率首破三成",
        is_same=True,
        first_site="IT之家",
        second_site="汽車之家香港",
    ),
    Pair(
        first="早知道",
        second="早知道",
        is_same=False,
        first_site="网易科技",
        second_site="网易科技",
        first_text=(
            "神舟飞船返回舱今晨安全着陆；苹果在韩国被罚一亿美元；小米武汉科技园二期封顶；国内成品油价格今晚二十"
            "四时下调，加满一箱少花六元。"
        ),
        second_text=(
            "长三角首条市域铁路跨省贯通运营；谷歌反垄断案宣判，不必出售浏览器；京东物流接手达达骑手业务；今夜猎"
            "户座流星雨迎来极大，每小时可见二十颗。"
        ),
    ),
    Pair(
        first="REDMI K90标准版电池容量公布",
        second="REDMI K90至尊版电池容量公布",
        is_same=False,
        first_site="快科技",
        second_site="快科技",
    ),
    Pair(
        first="工信部:加快6G频谱研究",
        second="工信部：加快６Ｇ频谱研究",
        is_same=True,
        first_site="财联社",
        second_site="通信世界",
    ),
    Pair(
        first="一箭18星！千帆星座第七批组网卫星升空",
        second="一箭18星！千帆星座第六批组网卫星升空",
        is_same=False,
        first_site="快科技",
        second_site="快科技",
    ),
    Pair(
        first="路透社：台积电亚利桑那第二座工厂明年装机",
        second="路透社:台积电亚利桑那第二座工厂明年装机",
        is_same=True,
        first_site="IT之家",
        second_site="cnBeta",
    ),
    Pair(
        first="SK海力士HBM4單價調漲五成",
        second="三星HBM4單價調漲五成",
        is_same=False,
        first_site="科技新報",
        second_site="科技新報",
    ),
    Pair(
        first="德國擬全面禁止華為參與6G建設",
        second="德国拟全面禁止中兴参与6G建设",
        is_same=False,
        first_site="RFI 華語",
        second_site="RFI 华语",
    ),
    Pair(
        first="FT Exclusive | Sony weighs spin-off of image sensor arm",
        second="Sony weighs spin-off of image sensor arm",
        is_same=True,
        first_site="Financial Times",
        second_site="Financial Times",
    ),
    Pair(
        first="Exclusive | Databricks Plans to Double Its Sales Force in Europe — The Information",
        second="Databricks plans to double its sales force in Europe",
        is_same=True,
        first_site="The Information",
        second_site="The Information",
    ),
    Pair(
        first="拼多多第三季度营收1082.8亿元",
        second="拼多多第三季度营收993.6亿元",
        is_same=False,
        first_site="电商报",
        second_site="电商报",
    ),
    Pair(
        first="【快讯】中芯国际：三季度产能利用率升至95.8%",
        second="中芯国际：三季度产能利用率升至95.8%",
        is_same=True,
        first_site="财联社",
        second_site="证券时报",
        first_text=(
            "中芯国际公告，第三季度销售收入二十三亿八千万美元，环比增长百分之七点八，毛利率百分之二十二，产能利"
            "用率升至百分之九十五点八，预计四季度收入持平至增长百分之二。"
        ),
        second_text=(
            "中芯国际公告，第三季度销售收入二十三亿八千万美元，环比增长百分之七点八，毛利率百分之二十二，产能利"
            "用率升至百分之九十五点八，预计四季度收入持平至增长百分之二。"
        ),
    ),
    Pair(
        first="中國機器人產業為何跑得這麼快 - 紐約時報中文網",
        second="中国机器人产业为何跑得这么快",
        is_same=True,
        first_site="紐約時報中文網",
        second_site="纽约时报中文网",
    ),
    Pair(
        first="iOS 26.1 正式版发布：锁屏滑动相机可关闭",
        second="iOS 26.2 正式版发布：锁屏滑动相机可关闭",
        is_same=False,
        first_site="IT之家",
        second_site="IT之家",
        first_text=(
            "苹果今日向iPhone用户推送了iOS 26.1更新，内部版本号23B85，距离上次更新相隔十四天。本次更新增加液态"
            "玻璃色调开关，锁屏左滑打开相机的手势可以关闭。"
        ),
        second_text=(
            "苹果今日向iPhone用户推送了iOS 26.2更新，内部版本号23C55，距离上次更新相隔三十九天。本次更新增加锁"
            "屏时钟透明度滑块，锁屏左滑打开相机的手势可以关闭。"
        ),
    ),
    Pair(
        first="蘋果台灣官網換新 iPhone Air 缺席",
        second="蘋果台灣官網換新 iPad Air 缺席",
        is_same=False,
        first_site="聯合新聞網",
        second_site="聯合新聞網",
    ),
    Pair(
        first="Steam秋季特卖开启，《博德之门3》首次五折",
        second="Steam 秋季特卖开启，《博德之门 3》首次五折",
        is_same=True,
        first_site="游研社",
        second_site="IT之家",
    ),
    Pair(
        first="雷鸟 X3 Pro 眼镜降价 1000 元",
        second="雷鸟X3 Pro眼镜涨价1000元",
        is_same=False,
        first_site="IT之家",
        second_site="快科技",
    ),
    Pair(
        first="聯電：無意與格羅方德合併",
        second="联电：有意与格罗方德合并",
        is_same=False,
        first_site="中央社",
        second_site="财联社",
        first_text=(
            "針對外媒報導與格羅方德研議合併一事，聯電今日於公開資訊觀測站澄清，公司目前沒有任何進行中的合併案，"
            "對市場傳言不予評論，營運一切正常。"
        ),
        second_text=(
            "针对外媒报道与格罗方德研议合并一事，联电财务长今日于法说会坦言，公司对任何能提升股东价值的策略合作"
            "持开放态度，双方已有初步接触，尚无结论。"
        ),
    ),
    Pair(
        first="每日新游推荐",
        second="每日新游推荐",
        is_same=False,
        first_site="游研社",
        second_site="游研社",
        first_text=(
            "今天推荐的是由两人团队制作的《灯塔与信》。玩家扮演邮差，在没有地图的群岛上靠星星和海浪声辨认方向，"
            "把写错地址的信送到收信人手里。"
        ),
        second_text=(
            "今天推荐的是俯视角射击游戏《锈铁军团》。所有敌人都由玩家上一局用过的武器组成，打得越顺手，下一局就"
            "越难，节奏紧张，支持双人合作。"
        ),
    ),
    Pair(
        first="特朗普称将允许英伟达向中国出售Blackwell芯片",
        second="特朗普称将不允许英伟达向中国出售Blackwell芯片",
        is_same=False,
        first_site="第一财经",
        second_site="第一财经",
    ),
    Pair(
        first="佳能EF 50mm f/1.4镜头官降500元-中关村在线",
        second="佳能EF 50mm f/1.8镜头官降500元-中关村在线",
        is_same=False,
        first_site="中关村在线",
        second_site="中关村在线",
    ),
    Pair(
        first="一财早报|央行等八部门发文支持民企债券融资 苹果发布M6芯片",
        second="一财早报丨央行等八部门发文支持民企债券融资，苹果发布M6芯片",
        is_same=True,
        first_site="第一财经",
        second_site="第一财经",
    ),
    Pair(
        first="[图+视频]任天堂公布Switch 2新款粉色手柄",
        second="任天堂公布Switch 2新款粉色手柄",
        is_same=True,
        first_site="cnBeta",
        second_site="游民星空",
    ),
    Pair(
        first="WhatsApp 網頁版支援群組視像通話",
        second="WhatsApp 网页版支援群组语音通话",
        is_same=False,
        first_site="ezone.hk",
        second_site="ezone.hk",
    ),
    Pair(
        first="长征十号甲火箭完成首次静态点火试验[视频]",
        second="长征十号甲火箭完成首次静态点火试验",
        is_same=True,
        first_site="新浪科技",
        second_site="cnBeta",
    ),
    Pair(
        first="高盛：上调甲骨文目标价至320美元",
        second="高盛：下调甲骨文目标价至220美元",
        is_same=False,
        first_site="华尔街见闻",
        second_site="华尔街见闻",
    ),
    Pair(
        first="新玩意 221｜少数派的编辑们最近买了啥？",
        second="新玩意 222｜少数派的编辑们最近买了啥？",
        is_same=False,
        first_site="少数派",
        second_site="少数派",
    ),
    Pair(
        first="消委會：氣炸鍋樣本全部通過安全測試",
        second="消委會：氣炸鍋樣本未全部通過安全測試",
        is_same=False,
        first_site="有線寬頻",
        second_site="有線寬頻",
    ),
    Pair(
        first="威秀影城App當機 業者：遭駭客攻擊",
        second="威秀影城App當機 業者：非駭客攻擊",
        is_same=False,
        first_site="三立新聞網",
        second_site="三立新聞網",
    ),
    Pair(
        first="苹果AirTag 2销量超预期 - CNMO科技",
        second="苹果AirTag 2销量超预期",
        is_same=True,
        first_site="手机中国",
        second_site="cnBeta",
    ),
    Pair(
        first="科技爱好者周刊（第 372 期）：软件的保质期",
        second="科技爱好者周刊(第372期):软件的保质期 - 阮一峰的网络日志",
        is_same=True,
        first_site="阮一峰的网络日志",
        second_site="阮一峰的网络日志",
        first_text=(
            "这里记录每周值得分享的科技内容，周五发布。本杂志开源，欢迎投稿。封面图：冰岛新落成的地热博物馆，屋"
            "顶由回收的风机叶片搭成，游客可以从叶片内部走到观景台。"
        ),
        second_text=(
            "这里记录每周值得分享的科技内容，周五发布。本杂志开源，欢迎投稿。封面图：冰岛新落成的地热博物馆，屋"
            "顶由回收的风机叶片搭成，游客可以从叶片内部走到观景台。"
        ),
    ),
    Pair(
        first="可灵O1发布",
        second="豆包O1发布",
        is_same=False,
        first_site="品玩",
        second_site="品玩",
    ),
    Pair(
        first="知名博主：小米16系列销量已突破400万台",
        second="知名博主:小米16系列销量已突破400万台",
        is_same=True,
        first_site="新浪科技",
        second_site="快科技",
    ),
    Pair(
        first="临港新片区，第二个“超级工厂”投产了",
        second='临港新片区，第二个"超级工厂"投产了！',
        is_same=True,
        first_site="上观新闻",
        second_site="澎湃新闻",
    ),
    Pair(
        first="董明珠：格力不做低价空调",
        second="董明珠：格力要做低价空调",
        is_same=False,
        first_site="快科技",
        second_site="快科技",
    ),
    Pair(
        first="快訊／聯發科法說：第4季營收估季增6%",
        second="快訊／聯發科法說：第4季營收估季減6%",
        is_same=False,
        first_site="鉅亨網",
        second_site="鉅亨網",
    ),
    Pair(
        first="焦点分析｜名创优品为什么盯上了超市",
        second="焦点分析 | 名创优品为什么盯上了超市-36氪",
        is_same=True,
        first_site="36氪",
        second_site="36氪",
    ),
    Pair(
        first="Qwen3.5-Max tops open leaderboards in coding",
        second="Qwen3.5-Mini tops open leaderboards in coding",
        is_same=False,
        first_site="VentureBeat",
        second_site="VentureBeat",
    ),
    Pair(
        first="Axios AM: The new power brokers",
        second="Axios AM: The new power brokers",
        is_same=False,
        first_site="Axios",
        second_site="Axios",
        first_text=(
            "Good Thursday morning. Utility commissioners, once the sleepiest officials in state government, "
            "now decide which data centers get built. We profile three of them, in Georgia, Ohio and Arizona."
        ),
        second_text=(
            "Happy Sunday. Today's lead: podcast hosts who never held a press pass are now the most "
            "sought-after guests at campaign retreats. Smart Brevity count: 1,180 words, about four and a half "
            "minutes."
        ),
    ),
    Pair(
        first="中国移动香港公司获5.5G频段",
        second="中国联通香港公司获5.5G频段",
        is_same=False,
        first_site="C114通信网",
        second_site="C114通信网",
    ),
    Pair(
        first="工信部：1—9月软件业务收入同比增长13%",
        second="工信部：1—10月软件业务收入同比增长13%",
        is_same=False,
        first_site="财联社",
        second_site="通信世界",
    ),
    Pair(
        first="一图看懂｜宁德时代三季报",
        second="一图看懂｜亿纬锂能三季报",
        is_same=False,
        first_site="界面新闻",
        second_site="界面新闻",
    ),
    Pair(
        first="岚图泰山黑武士版实拍_太平洋汽车",
        second="岚图泰山Ultra版实拍_太平洋汽车",
        is_same=False,
        first_site="太平洋汽车",
        second_site="太平洋汽车",
    ),
    Pair(
        first="DDR4内存颗粒现货价周涨8%",
        second="DDR5内存颗粒现货价周涨8%",
        is_same=False,
        first_site="华强电子网",
        second_site="华强电子网",
    ),
    Pair(
        first="Node.js 24.11 LTS 发布",
        second="Node.js 22.21 LTS 发布",
        is_same=False,
        first_site="开源中国",
        second_site="开源中国",
    ),
    Pair(
        first="NeurIPS 2026 Oral | 让大模型学会“遗忘”：一种无需重训的方法",
        second="NeurIPS 2026 Oral｜让大模型学会「遗忘」：一种无需重训的方法",
        is_same=True,
        first_site="机器之心",
        second_site="机器之心",
    ),
    Pair(
        first="追觅洗衣机公布：年内上市",
        second="追觅洗碗机公布：年内上市",
        is_same=False,
        first_site="IT之家",
        second_site="快科技",
    ),
    Pair(
        first="影驰 RTX 5070 Ti 金属大师 16GB 显卡上架",
        second="影驰RTX 5070金属大师12GB显卡上架",
        is_same=False,
        first_site="IT之家",
        second_site="快科技",
    ),
    Pair(
        first="双11战报：扫地机销量TOP10",
        second="双11战报：洗地机销量TOP10",
        is_same=False,
        first_site="什么值得买",
        second_site="什么值得买",
    ),
    Pair(
        first="消息称谷歌正测试无广告的搜索订阅服务 - cnBeta.COM",
        second="谷歌正测试无广告的搜索订阅服务",
        is_same=True,
        first_site="cnBeta",
        second_site="品玩",
    ),
    Pair(
        first="广汽集团换帅",
        second="广汽集团换帅_观察者网",
        is_same=True,
        first_site="财新网",
        second_site="观察者网",
        first_text=(
            "广汽集团今日晚间公告，董事会收到董事长的书面辞职报告，因年龄原因辞去公司一切职务；同时选举现任总经"
            "理为新任董事长，任期至本届董事会届满之日为止。"
        ),
        second_text=(
            "广汽集团今日晚间公告，董事会收到董事长的书面辞职报告，因年龄原因辞去公司一切职务；同时选举现任总经"
            "理为新任董事长，任期至本届董事会届满之日为止。"
        ),
    ),
    Pair(
        first="Apple Releases macOS Tahoe 26.1",
        second="Apple Releases macOS Tahoe 26.2",
        is_same=False,
        first_site="MacRumors",
        second_site="MacRumors",
    ),
    Pair(
        first="消委會測試15款充電器 三款發熱嚴重",
        second="消委會測試１５款充電器\u3000三款發熱嚴重",
        is_same=True,
        first_site="有線寬頻",
        second_site="香港經濟日報",
    ),
    Pair(
        first="长鑫存储 LPDDR6 开始送样，速率 12800 Mbps",
        second="长鑫存储LPDDR6开始送样，速率12800Mbps",
        is_same=True,
        first_site="IT之家",
        second_site="集微网",
    ),
    Pair(
        first="《空洞骑士：丝之歌》首个DLC“盐海”明年推出",
        second="《空洞骑士:丝之歌》首个DLC「盐海」明年推出 _ 游民星空 GamerSky.com",
        is_same=True,
        first_site="机核",
        second_site="游民星空",
    ),
    Pair(
        first="维基百科创始人呼吁编辑抵制AI生成条目",
        second="维基百科编辑呼吁创始人抵制AI生成条目",
        is_same=False,
        first_site="cnBeta",
        second_site="cnBeta",
    ),
    Pair(
        first="Nature：科学家首次在体外培育出完整的人类气道",
        second="科学家首次在体外培育出完整的人类气道",
        is_same=True,
        first_site="生物谷",
        second_site="环球科学",
    ),
    Pair(
        first="宏碁掠夺者擎Neo：i9-14900HX+RTX 5070 Ti",
        second="宏碁掠夺者擎Neo：i9-14900HX+RTX 5070",
        is_same=False,
        first_site="快科技",
        second_site="快科技",
    ),
    Pair(
        first="It’s official: Threads is getting communities on desktop",
        second="It's official : Threads is getting communities on desktop | The Verge",
        is_same=True,
        first_site="The Verge",
        second_site="The Verge",
    ),
    Pair(
        first="Metroid Prime 4: Beyond update adds Hard Mode+ - IGN",
        second="Metroid Prime 4: Beyond Update Adds Hard Mode+",
        is_same=True,
        first_site="IGN",
        second_site="IGN",
    ),
    Pair(
        first="晚点独家丨美团无人机业务开始独立融资",
        second="美团无人机业务开始独立融资",
        is_same=True,
        first_site="晚点LatePost",
        second_site="虎嗅",
    ),
    Pair(
        first="ソニー、新型「LinkBuds Clip」を発表\u3000価格は２万円台 - ITmedia NEWS",
        second="ソニー、新型「LinkBuds Clip」を発表 価格は2万円台",
        is_same=True,
        first_site="ITmedia NEWS",
        second_site="ITmedia NEWS",
    ),
    Pair(
        first="Exclusive: Anduril spinout raises $85M to build autonomous cargo ships",
        second="Anduril spinout raises $85M to build autonomous cargo ships | TechCrunch",
        is_same=True,
        first_site="TechCrunch",
        second_site="TechCrunch",
    ),
    Pair(
        first="绝对值：飞利浦S7000剃须刀369元包邮",
        second="绝对值：飞利浦S9000剃须刀969元包邮",
        is_same=False,
        first_site="什么值得买",
        second_site="什么值得买",
    ),
    Pair(
        first="社评：合作才是唯一正确选择",
        second="社评：合作才是唯一正确选择",
        is_same=False,
        first_site="环球网",
        second_site="环球网",
        first_text=(
            "中欧班列累计开行突破十二万列，这个数字背后是亚欧大陆对稳定供应链的共同需要。有人鼓吹“去风险”，而沿"
            "线的工厂与港口用订单作了回答。"
        ),
        second_text=(
            "中澳领导人年度会晤日前在堪培拉举行。从铁矿石到新能源，两国经济的互补性不因政治噪声而改变，把对方视"
            "为机遇而非威胁，路才会越走越宽。"
        ),
    ),
    Pair(
        first="成都一餐馆用机器人颠勺，老板：省了两个厨师",
        second="成都一餐馆用机器人颠勺 老板:省了两个厨师",
        is_same=True,
        first_site="封面新闻",
        second_site="快科技",
    ),
    Pair(
        first="12 月 1 日起，这些新规将施行",
        second="1 月 1 日起，这些新规将施行",
        is_same=False,
        first_site="IT之家",
        second_site="IT之家",
    ),
    Pair(
        first="黄仁勋将于下周访问中国台湾",
        second="黄仁勋结束访问中国台湾",
        is_same=False,
        first_site="新浪科技",
        second_site="新浪科技",
    ),
    Pair(
        first="彭博社：OpenAI考虑在印度建设1GW数据中心",
        second="OpenAI 考虑在印度建设 1GW 数据中心",
        is_same=True,
        first_site="网易科技",
        second_site="IT之家",
        first_text=(
            "据彭博社援引知情人士报道，OpenAI正在印度寻找本地合作伙伴，拟建设一座容量至少为1GW的数据中心，选址"
            "尚未确定，奥尔特曼可能在下月访问新德里时宣布这一计划。"
        ),
        second_text=(
            "据彭博社援引知情人士报道，OpenAI正在印度寻找本地合作伙伴，拟建设一座容量至少为1GW的数据中心，选址"
            "尚未确定，奥尔特曼可能在下月访问新德里时宣布这一计划。"
        ),
    ),
    Pair(
        first="宝马iX3长轴距版明年6月国产",
        second="宝马iX3长轴距版明年6月国产_电动邦",
        is_same=True,
        first_site="汽车之家",
        second_site="电动邦",
    ),
    Pair(
        first="产业观察｜商业航天“卷”到了发射场",
        second="商业航天“卷”到了发射场 – 钛媒体",
        is_same=True,
        first_site="钛媒体",
        second_site="钛媒体",
    ),
    Pair(
        first="暖闻｜谢谢你，陌生人",
        second="暖闻｜谢谢你，陌生人",
        is_same=False,
        first_site="澎湃新闻",
        second_site="澎湃新闻",
        first_text=(
            "一名外卖骑手在宁波甬江大桥上看到有人落水，扔下车翻过护栏跳了下去。十分钟后两人被巡逻艇拉起，他换了"
            "件衣服又继续送完了剩下的三单。"
        ),
        second_text=(
            "高铁上，一位退休麻醉医生用一支圆珠笔和半截吸管，为突发喉头水肿的乘客打开气道。列车临时停靠许昌东站"
            "，病人转危为安，医生没有留下名字。"
        ),
    ),
    Pair(
        first="外媒：Meta首席AI科学家将离职创业_腾讯新闻",
        second="Meta首席AI科学家将离职创业",
        is_same=True,
        first_site="腾讯科技",
        second_site="cnBeta",
    ),
    Pair(
        first="OpenAI宣布将在印度设立办事处",
        second="OpenAI宣布已在印度设立办事处",
        is_same=False,
        first_site="cnBeta",
        second_site="cnBeta",
    ),
    Pair(
        first="消息称三星 Galaxy S27 Ultra 将取消曲面边框",
        second="三星Galaxy S27 Ultra将取消曲面边框",
        is_same=True,
        first_site="IT之家",
        second_site="快科技",
    ),
    Pair(
        first="品玩：Perplexity完成新一轮5亿美元融资",
        second="Perplexity 完成新一轮 5 亿美元融资",
        is_same=True,
        first_site="品玩",
        second_site="IT之家",
    ),
    Pair(
        first="台積電熊本二廠動工，傳改採 4 奈米製程 | TechNews 科技新報",
        second="台积电熊本二厂动工，传改采4奈米制程",
        is_same=True,
        first_site="科技新報",
        second_site="IT之家",
        first_text=(
            "台積電位於日本熊本縣菊陽町的第二座晶圓廠已於上月動工，當地媒體報導，考量人工智慧需求快速成長，原訂"
            "的六奈米產線可能改採四奈米製程，完工時程恐因此順延。"
        ),
        second_text=(
            "台积电位于日本熊本县菊阳町的第二座晶圆厂已于上月动工，当地媒体报导，考量人工智慧需求快速成长，原订"
            "的六奈米产线可能改采四奈米制程，完工时程恐因此顺延。"
        ),
    ),
    Pair(
        first="小米 17 Ultra 影像样张公布:一英寸主摄,夜景噪点大幅减少",
        second="小米17 Ultra影像样张公布：一英寸主摄，夜景噪点大幅减少",
        is_same=True,
        first_site="IT之家",
        second_site="快科技",
    ),
    Pair(
        first="奈飞收购华纳兄弟获股东批准",
        second="派拉蒙收购华纳兄弟获股东批准",
        is_same=False,
        first_site="cnBeta",
        second_site="cnBeta",
    ),
    Pair(
        first="融资日报",
        second="融资日报",
        is_same=False,
        first_site="36氪",
        second_site="投资界",
        first_text=(
            "昨日国内共披露融资事件二十三起，人工智能与先进制造各占七起。金额最高的一笔来自成都的航空发动机叶片"
            "公司“锐羽”，B轮融资六亿元，由产业基金领投。"
        ),
        second_text=(
            "截至昨晚八点，一级市场新增融资十八起。生物医药连续三日居首，其中“和晟生物”获两亿元A轮，用于口服多"
            "肽平台临床推进；消费赛道仅两起，均未披露金额。"
        ),
    ),
    Pair(
        first="用了三年，我为什么换掉了机械键盘",
        second="用了三年,我为什么换掉了机械键盘 - 少数派",
        is_same=True,
        first_site="少数派",
        second_site="少数派",
    ),
    Pair(
        first="【钛晨报】工信部发布卫星物联网商用试验通知；Meta再裁AI部门；英伟达市值重回第一",
        second="钛晨报 | 工信部发布卫星物联网商用试验通知;Meta再裁AI部门;英伟达市值重回第一-钛媒体官方网站",
        is_same=True,
        first_site="钛媒体",
        second_site="钛媒体",
    ),
    Pair(
        first="微软 Edge 145 稳定版发布：支持垂直标签页分组",
        second="微软Edge 145稳定版发布：支持垂直标签页分组 - 远景论坛 - 微软极客社区",
        is_same=True,
        first_site="IT之家",
        second_site="远景论坛",
    ),
    Pair(
        first="Oracle’s new licence terms leave universities fuming • The Register",
        second="Oracle's new licence terms leave universities fuming",
        is_same=True,
        first_site="The Register",
        second_site="The Register",
    ),
    Pair(
        first="小米中期純利升75% 手機毛利率跌",
        second="小米全年純利升75% 手機毛利率跌",
        is_same=False,
        first_site="香港經濟日報",
        second_site="香港經濟日報",
    ),
    Pair(
        first="一周硬件热点回顾",
        second="一周硬件热点回顾",
        is_same=False,
        first_site="快科技",
        second_site="快科技",
        first_text=(
            "本周内存条继续疯涨，32GB套条价格突破两千元，不少装机店挂出“时价”牌子。与此同时，英伟达RTX 50 SUPER"
            "系列传出延期，原因正是GDDR7颗粒缺货。"
        ),
        second_text=(
            "AMD财务分析师日是本周最大看点，Zen 6与Zen 7路线图悉数公开。此外，英特尔公布了Panther Lake的首批能"
            "效数据，国产显卡厂商则集中递交了上市材料。"
        ),
    ),
    Pair(
        first="沃尔沃召回约4万辆EX30 电池存在过热风险",
        second="沃尔沃召回约 4 万辆 EX30，电池存在过热风险",
        is_same=True,
        first_site="cnBeta",
        second_site="盖世汽车",
    ),
    Pair(
        first="雷军回应小米汽车交付周期过长：产能正在爬坡",
        second="雷军回应小米汽车交付周期过长:产能正在爬坡_科技_新浪网(sina.com.cn)",
        is_same=True,
        first_site="快科技",
        second_site="新浪科技",
        first_text=(
            "针对网友关于交付周期过长的提问，雷军今晚在微博回应称，二期工厂正处在产能爬坡阶段，团队每天都在想办"
            "法多造车，已下定的用户会收到延期补偿方案，请大家再给一点时间。"
        ),
        second_text=(
            "针对网友关于交付周期过长的提问，雷军今晚在微博回应称，二期工厂正处在产能爬坡阶段，团队每天都在想办"
            "法多造车，已下定的用户会收到延期补偿方案，请大家再给一点时间。"
        ),
    ),
    Pair(
        first="Why drivers in Lagos are quitting Bolt",
        second="Why drivers in Nairobi are quitting Bolt",
        is_same=False,
        first_site="Rest of World",
        second_site="Rest of World",
    ),
    Pair(
        first="消息称索尼 PS6 掌机内存为 24GB",
        second="消息称索尼PS6内存为24GB",
        is_same=False,
        first_site="IT之家",
        second_site="cnBeta",
    ),
    Pair(
        first="Rust 2027 版次路线图公布",
        second="Rust 2027版次路线图公布 - OSCHINA - 中文开源技术交流社区",
        is_same=True,
        first_site="InfoQ",
        second_site="开源中国",
    ),
    Pair(
        first="微星 MAG 272QP QD-OLED X50 显示器上架，2999 元",
        second="微星MAG 272QP QD-OLED X24显示器上架，2999元",
        is_same=False,
        first_site="IT之家",
        second_site="快科技",
    ),
    Pair(
        first="SQLite 3.52 released",
        second="SQLite 3.52 Released",
        is_same=True,
        first_site="Hacker News",
        second_site="Lobsters",
        first_text=(
            "Version 3.52.0 adds a percentile aggregate to the core, improves the query planner for large star "
            "joins, and fixes a rare corruption bug in WAL checkpoints that affected multi-process writers."
        ),
        second_text=(
            "Version 3.52.0 adds a percentile aggregate to the core, improves the query planner for large star "
            "joins, and fixes a rare corruption bug in WAL checkpoints that affected multi-process writers."
        ),
    ),
    Pair(
        first="快手可灵2.5发布：支持原生音频",
        second="快手可灵2.6发布：支持原生音频",
        is_same=False,
        first_site="品玩",
        second_site="品玩",
    ),
    Pair(
        first="港版 Galaxy Z TriFold 現身 三摺機售價過兩萬 - 香港 unwire.hk",
        second="港版Galaxy Z TriFold现身 三折机售价过两万",
        is_same=True,
        first_site="unwire.hk",
        second_site="ePrice",
    ),
    Pair(
        first="Security updates for Monday",
        second="Security updates for Monday",
        is_same=False,
        first_site="LWN.net",
        second_site="LWN.net",
        first_text=(
            "Security updates have been issued by AlmaLinux (kernel, libsoup, and openssl), Debian (chromium "
            "and gimp), Fedora (python3.13, qt6-qtsvg), and SUSE (ffmpeg-7, govulncheck, and tomcat)."
        ),
        second_text=(
            "Security updates have been issued by Debian (lasso, thunderbird, and unbound), Mageia (apache and "
            "webkit2), Oracle (bind, tigervnc), Red Hat (podman), and Ubuntu (linux-azure, runc)."
        ),
    ),
    Pair(
        first="WSJ: OpenAI in Talks to Lease Former Google Campus",
        second="OpenAI in talks to lease former Google campus",
        is_same=True,
        first_site="WSJ",
        second_site="Techmeme",
    ),
    Pair(
        first="人工智能如何改變中國鄉村醫療 - BBC News 中文",
        second="人工智能如何改变中国乡村医疗",
        is_same=True,
        first_site="BBC News 中文",
        second_site="BBC News 中文",
        first_text=(
            "在雲南山區的一間衞生室，村醫楊秀蘭打開平板電腦，把老人的舌頭、眼底照片上傳，不到一分鐘就收到了系統"
            "的建議。她說以前遇到拿不準的病人，只能讓他們坐三個小時的車去縣城。"
        ),
        second_text=(
            "在雲南山區的一間衞生室，村醫楊秀蘭打開平板電腦，把老人的舌頭、眼底照片上傳，不到一分鐘就收到了系統"
            "的建議。她說以前遇到拿不準的病人，只能讓他們坐三個小時的車去縣城。"
        ),
    ),
    Pair(
        first="Nintendo will not raise the price of the Switch 2",
        second="Nintendo will raise the price of the Switch 2",
        is_same=False,
        first_site="Engadget",
        second_site="Engadget",
    ),
    Pair(
        first="微信上线“语音转文字”方言版 支持粤语四川话",
        second="微信上线『语音转文字』方言版，支持粤语四川话_业界_太平洋科技",
        is_same=True,
        first_site="新浪科技",
        second_site="太平洋科技",
    ),
    Pair(
        first="【硬塞新聞】LINE Pay 脫離 LINE，獨立 App 上線",
        second="【硬塞新聞】LINE Pay 脫離 LINE，獨立 App 延後上線",
        is_same=False,
        first_site="Inside",
        second_site="Inside",
    ),
    Pair(
        first="科技爱好者周刊（第 368 期）：慢下来的权利",
        second="科技爱好者周刊（第 369 期）：慢下来的权利",
        is_same=False,
        first_site="阮一峰的网络日志",
        second_site="阮一峰的网络日志",
    ),
    Pair(
        first="英伟达N1X笔记本处理器跑分曝光 单核接近M4",
        second="英伟达 N1X 笔记本处理器跑分曝光：单核接近 M4",
        is_same=True,
        first_site="快科技",
        second_site="IT之家",
    ),
    Pair(
        first="Steam Frame review: Valve’s quiet headset is a loud statement",
        second="Steam Frame review: Valve's quiet headset is a loud statement 🎮",
        is_same=True,
        first_site="Engadget",
        second_site="Engadget",
    ),
    Pair(
        first="七彩虹战斧B860M主板评测_主板_太平洋电脑网",
        second="七彩虹战斧B850M主板评测_主板_太平洋电脑网",
        is_same=False,
        first_site="太平洋电脑网",
        second_site="太平洋电脑网",
    ),
    Pair(
        first="《巫师4》实机演示时长45分钟",
        second="《巫师3》实机演示时长45分钟",
        is_same=False,
        first_site="游民星空",
        second_site="机核",
    ),
    Pair(
        first="县城咖啡店，熬不过第二个冬天",
        second="县城咖啡店，熬不过第二个冬天-虎嗅网",
        is_same=True,
        first_site="虎嗅",
        second_site="虎嗅",
        first_text=(
            "腊月还没到，街角那家名叫“慢半拍”的咖啡店已经贴出了转让告示。老板小周说，开业头三个月日均能卖八十杯"
            "，到今年秋天只剩十几杯，房租却涨了一截。"
        ),
        second_text=(
            "腊月还没到，街角那家名叫“慢半拍”的咖啡店已经贴出了转让告示。老板小周说，开业头三个月日均能卖八十杯"
            "，到今年秋天只剩十几杯，房租却涨了一截。"
        ),
    ),
    Pair(
        first="播客｜我们为什么还在玩俄罗斯方块",
        second="播客｜我们为什么还在玩扫雷",
        is_same=False,
        first_site="机核",
        second_site="机核",
    ),
    Pair(
        first="[图]微软为记事本加入表格功能 已向Canary通道推送",
        second="微软为记事本加入表格功能，已向 Canary 通道推送",
        is_same=True,
        first_site="cnBeta",
        second_site="IT之家",
        first_text=(
            "微软今日面向Windows 11的Canary与Dev频道推送记事本更新，用户可从工具栏插入表格，也可用Markdown语法"
            "直接输入，表格支持增删行列，流式生成结果也会更快显示。"
        ),
        second_text=(
            "IT之家 11 月 22 日消息，微软今日面向 Windows 11 的 Canary 与 Dev 频道推送记事本更新，用户可从工具"
            "栏插入表格，也可用 Markdown 语法直接输入，表格支持增删行列，流式生成结果也会更快显示。"
        ),
    ),
    Pair(
        first="米哈游诉B站UP主侵权案一审胜诉",
        second="米哈游被B站UP主诉侵权案一审败诉",
        is_same=False,
        first_site="游戏陀螺",
        second_site="游戏葡萄",
    ),
    Pair(
        first="RTX 5070 Super vs. RX 9070 XT: eight games, one winner",
        second="RTX 5070 Super vs RX 9070 XT : Eight Games, One Winner | Tom's Hardware",
        is_same=True,
        first_site="Tom's Hardware",
        second_site="Tom's Hardware",
    ),
    Pair(
        first="微软Copilot月活用户超1亿",
        second="微软Copilot月活用户超1.5亿",
        is_same=False,
        first_site="品玩",
        second_site="品玩",
    ),
    Pair(
        first="臺灣首顆自製氣象衛星「獵風者二號」升空",
        second="台灣首顆自製氣象衛星「獵風者二號」升空",
        is_same=True,
        first_site="Yahoo奇摩新聞",
        second_site="科技新報",
    ),
    Pair(
        first="中国电信启动2026年服务器集中采购 - C114通信网",
        second="中国电信启动2027年服务器集中采购 - C114通信网",
        is_same=False,
        first_site="C114通信网",
        second_site="C114通信网",
    ),
    Pair(
        first="PostgreSQL 19 Beta 1 发布",
        second="PostgreSQL 19 Beta 1发布",
        is_same=True,
        first_site="IT之家",
        second_site="开源中国",
    ),
    Pair(
        first="全聯併購大潤發案 公平會通過",
        second="全聯併購家福案 公平會不通過",
        is_same=False,
        first_site="ETtoday新聞雲",
        second_site="ETtoday新聞雲",
    ),
    Pair(
        first="本周看什么｜最近值得一看的7部作品",
        second="本周看什么｜最近值得一看的7部作品",
        is_same=False,
        first_site="少数派",
        second_site="少数派",
        first_text=(
            "这一周我们挑了两部电影、三部剧集和两部纪录片。《长夜将至》讲述一座即将被水库淹没的小镇里最后一家照"
            "相馆的故事，节奏舒缓，适合晚上看。"
        ),
        second_text=(
            "这次的片单从科幻动画《玻璃鲸》开始。它用手绘背景搭建了一座漂在木星大气中的城市，主角是一名靠修理风"
            "帆为生的少年，画面让人难忘。"
        ),
    ),
    Pair(
        first="京东将收购德国零售商Ceconomy剩余股份",
        second="京东不会收购德国零售商 Ceconomy 剩余股份",
        is_same=False,
        first_site="新浪财经",
        second_site="36氪",
    ),
    Pair(
        first="Renesas to close Kofu fab in 2027 - Nikkei Asia",
        second="Renesas to close Kofu fab in 2027",
        is_same=True,
        first_site="Nikkei Asia",
        second_site="Nikkei Asia",
    ),
    Pair(
        first="派早报：苹果发布 M6 芯片、Steam 更新家庭共享规则等",
        second="派早报：苹果发布 M6 Pro 芯片、Steam 更新家庭共享规则等",
        is_same=False,
        first_site="少数派",
        second_site="少数派",
    ),
    Pair(
        first="New Proof Settles an Old Question About Primes",
        second="New Proof Settles an Old Question About Knots",
        is_same=False,
        first_site="Quanta Magazine",
        second_site="Quanta Magazine",
    ),
    Pair(
        first="外媒：特斯拉柏林工厂夜班将于明年取消",
        second="特斯拉柏林工厂夜班将于明年取消 | 盖世汽车",
        is_same=True,
        first_site="cnBeta",
        second_site="盖世汽车",
        first_text=(
            "据德国《商报》援引工会人士消息，由于欧洲市场需求疲软，特斯拉位于柏林附近的工厂将从明年一月起取消夜"
            "班，受影响员工转入早晚两班，厂方承诺不会裁减正式岗位。"
        ),
        second_text=(
            "据德国《商报》援引工会人士消息，由于欧洲市场需求疲软，特斯拉位于柏林附近的工厂将从明年一月起取消夜"
            "班，受影响员工转入早晚两班，厂方承诺不会裁减正式岗位。"
        ),
    ),
    Pair(
        first="华为与沃达丰签署6G合作备忘录",
        second="中兴与沃达丰签署6G合作备忘录",
        is_same=False,
        first_site="通信世界",
        second_site="通信世界",
    ),
    Pair(
        first="高鐵訂票App改版 乘客：找不到「只要」早鳥 | ETtoday生活新聞",
        second="高铁订票App改版 乘客:找不到“只要”早鸟",
        is_same=True,
        first_site="ETtoday新聞雲",
        second_site="ETtoday新聞雲",
    ),
    Pair(
        first="早报",
        second="早报",
        is_same=False,
        first_site="虎嗅",
        second_site="36氪",
        first_text=(
            "【虎嗅早报】国家发改委约谈部分光伏企业；腾讯元宝上线群聊；某新茶饮品牌创始人减持套现三亿元；亚马逊"
            "宣布裁员一万四千人，涉及人力与云业务。"
        ),
        second_text=(
            "【氪星早报】小马智行、文远知行同日在港上市双双破发；霸王茶饮进军越南；软银清仓英伟达股份，套现五十"
            "八亿美元投向人工智能基础设施。"
        ),
    ),
    Pair(
        first="月薪三千，他们在义乌教AI认手套",
        second="月薪三千，他们在义乌教 AI 认手套 | 虎嗅",
        is_same=True,
        first_site="虎嗅",
        second_site="虎嗅",
    ),
    Pair(
        first="马斯克：星舰明年底前飞往火星概率约为五成",
        second="马斯克：星舰明年底前飞往火星概率约为五成_网易科技",
        is_same=True,
        first_site="新浪科技",
        second_site="网易科技",
    ),
    Pair(
        first="Windows 11 26H2更新导致部分打印机脱机 微软正在调查",
        second="Windows 11 26H2 更新导致部分打印机脱机，微软正在调查",
        is_same=True,
        first_site="cnBeta",
        second_site="IT之家",
        first_text=(
            "微软今日更新健康仪表板，确认安装 KB5071234 后，通过 USB 连接的部分双模打印机会显示为脱机状态。工程"
            "团队正在调查原因，预计在下月的更新中修复，受影响用户可暂时卸载该补丁。"
        ),
        second_text=(
            "微软今日更新健康仪表板，确认安装 KB5071234 后，通过 USB 连接的部分双模打印机会显示为脱机状态。工程"
            "团队正在调查原因，预计在下月的更新中修复，受影响用户可暂时卸载该补丁。"
        ),
    ),
    Pair(
        first="《黑神话：钟馗》首支实机演示公布",
        second="黑神话：钟馗 首支实机演示公布",
        is_same=True,
        first_site="游民星空",
        second_site="机核",
    ),
    Pair(
        first="宁德时代与马自达达成换电合作",
        second="宁德时代与马自达终止换电合作",
        is_same=False,
        first_site="IT之家",
        second_site="36氪",
    ),
    Pair(
        first="晚安，端友：今天我們讀什麼",
        second="晚安，端友：今天我們讀什麼",
        is_same=False,
        first_site="端傳媒",
        second_site="端傳媒",
        first_text=(
            "今晚推薦一篇舊文：一位在鹿特丹碼頭工作三十年的吊車司機，如何看着身邊的人一個個被遙控室取代。作者用"
            "了半年時間跟訪，寫下港口的聲音如何慢慢消失。"
        ),
        second_text=(
            "今晚想請你讀一封來自檳城的讀者來信。她的外婆留下了一本手抄食譜，用三種語言寫成，其中一種家裏已經沒"
            "有人看得懂，於是她開始四處尋訪會讀的人。"
        ),
    ),
    Pair(
        first="OPPO Find X10 Pro 现身 Geekbench：搭载天玑 9600，单核突破 4000 分",
        second="OPPO Find X10 Pro现身Geekbench:搭载天玑9600 单核突破4000分-中关村在线",
        is_same=True,
        first_site="IT之家",
        second_site="中关村在线",
        first_text=(
            "IT之家 11 月 3 日消息，型号为 PLK110 的 OPPO 新机今日出现在 Geekbench 6 数据库，单核成绩 4012 分，"
            "多核成绩 11873 分，配备 16GB 内存，运行 Android 16 系统。"
        ),
        second_text=(
            "IT之家 11 月 3 日消息，型号为 PLK110 的 OPPO 新机今日出现在 Geekbench 6 数据库，单核成绩 4012 分，"
            "多核成绩 11873 分，配备 16GB 内存，运行 Android 16 系统。"
        ),
    ),
    Pair(
        first="库克将于年底卸任苹果CEO",
        second="库克未定年底卸任苹果CEO",
        is_same=False,
        first_site="TechWeb",
        second_site="TechWeb",
    ),
    Pair(
        first="iPhone Air 2 上手：薄，但不再妥协",
        second="iPhone Air 2上手：薄，但不再妥协 | 爱范儿",
        is_same=True,
        first_site="爱范儿",
        second_site="爱范儿",
    ),
    Pair(
        first="小红书电商负责人离职，柯南接任",
        second="小红书商业化负责人离职，柯南接任",
        is_same=False,
        first_site="极客公园",
        second_site="极客公园",
    ),
    Pair(
        first="罗永浩回应西贝道歉",
        second="西贝回应罗永浩道歉",
        is_same=False,
        first_site="凤凰科技",
        second_site="凤凰科技",
    ),
    Pair(
        first="How to beat the Glass Widow in Silksong: Sea of Sorrow",
        second="How to find the Glass Widow in Silksong: Sea of Sorrow",
        is_same=False,
        first_site="Polygon",
        second_site="Polygon",
    ),
    Pair(
        first="火星样本取回任务被取消",
        second="火星样本取回任务未被取消",
        is_same=False,
        first_site="cnBeta",
        second_site="cnBeta",
    ),
    Pair(
        first="荣耀Magic8 RSR保时捷设计今日发布",
        second="荣耀Magic8 RSR保时捷设计明日发布",
        is_same=False,
        first_site="快科技",
        second_site="快科技",
    ),
    Pair(
        first="美国允许微软向阿联酋出口英伟达芯片",
        second="美国禁止微软向阿联酋出口英伟达芯片",
        is_same=False,
        first_site="IT之家",
        second_site="cnBeta",
    ),
    Pair(
        first="【深度】新能源二手车，谁来定价？",
        second="新能源二手车，谁来定价？",
        is_same=True,
        first_site="界面新闻",
        second_site="界面新闻",
    ),
    Pair(
        first="AWE2027前瞻：海尔新品全曝光",
        second="AWE2027前瞻：海信新品全曝光",
        is_same=False,
        first_site="雷科技",
        second_site="雷科技",
    ),
    Pair(
        first="Intel 18A工艺良率升至65%：明年量产没问题",
        second="Intel 18A工艺良率升至65％ 明年量产没问题",
        is_same=True,
        first_site="快科技",
        second_site="cnBeta",
    ),
    Pair(
        first="蔚来10月交付新车40397辆",
        second="蔚来9月交付新车34749辆",
        is_same=False,
        first_site="证券日报",
        second_site="证券日报",
        first_text=(
            "蔚来公司今日公布交付数据：十月交付新车40397辆，同比增长92.6%，连续第三个月创新高，其中乐道品牌1734"
            "2辆，萤火虫品牌5912辆，累计突破九十一万辆。"
        ),
        second_text=(
            "蔚来公司今日公布交付数据：九月交付新车34749辆，同比增长64.1%，连续第二个月创新高，其中乐道品牌1524"
            "6辆，萤火虫品牌5775辆，累计突破八十七万辆。"
        ),
    ),
    Pair(
        first="Rocket Report: Neutron slips again; Ariane 6 hits its stride",
        second="Rocket Report: Neutron rolls out; Ariane 6 grounded",
        is_same=False,
        first_site="Ars Technica",
        second_site="Ars Technica",
    ),
    Pair(
        first="社区速递",
        second="社区速递 | 少数派",
        is_same=False,
        first_site="少数派",
        second_site="少数派",
        first_text=(
            "本期社区速递收录了九篇派友新作：从自制墨水屏台历、给父母搭一套不用教的智能家居，到一位外科医生如何"
            "用语音备忘录整理手术笔记，总有一篇适合你。"
        ),
        second_text=(
            "秋季征文进入尾声，这一期我们挑出五篇关于“断舍离”的投稿。有人卖掉了十二支镜头，有人注销了三十个账号"
            "，也有人只是把桌面图标清空了一次。"
        ),
    ),
    Pair(
        first="【資安週報】2026年11月2日到11月6日",
        second="【資安週報】2026年11月9日到11月13日",
        is_same=False,
        first_site="iThome",
        second_site="iThome",
    ),
    Pair(
        first="美方取消对华加征的24%关税",
        second="美方暂停对华加征的24%关税",
        is_same=False,
        first_site="观察者网",
        second_site="观察者网",
    ),
    Pair(
        first="大疆Osmo Pocket 4 Pro定档11月20日：双摄来了",
        second="大疆 Osmo Pocket 4 Pro 定档 11 月 20 日，双摄来了",
        is_same=True,
        first_site="快科技",
        second_site="IT之家",
    ),
    Pair(
        first="铁威马 F4-425 Plus NAS 上市：四盘位 + 双 5G 网口，2699 元",
        second="铁威马F4-425 Plus NAS上市:四盘位+双5G网口 2699元",
        is_same=True,
        first_site="IT之家",
        second_site="什么值得买",
    ),
    Pair(
        first="Ubisoft closes Leamington studio · GamesIndustry.biz",
        second="Ubisoft closes Leamington studio",
        is_same=True,
        first_site="GamesIndustry.biz",
        second_site="Eurogamer",
    ),
    Pair(
        first="游戏日报",
        second="游戏日报｜",
        is_same=False,
        first_site="游戏日报",
        second_site="游戏日报",
        first_text=(
            "国家新闻出版署发布十一月国产网络游戏审批信息，共一百七十八款过审；网易旗下《遗忘之海》定档明年一季"
            "度；育碧推迟财报并申请停牌，原因未说明。"
        ),
        second_text=(
            "腾讯三季度本土游戏收入四百二十八亿元；《星际公民》众筹突破九亿美元；世嘉宣布收购印尼移动游戏工作室"
            "；TGA年度游戏提名名单今晚揭晓，六款入围。"
        ),
    ),
    Pair(
        first="传小鹏 P7+ 将推出增程版本",
        second="曝小鹏P7+将推出增程版本",
        is_same=True,
        first_site="IT之家",
        second_site="42号车库",
    ),
    Pair(
        first="【新智元导读】AI数学家登顶：首次独立证明组合猜想",
        second="AI数学家登顶：首次独立证明组合猜想",
        is_same=True,
        first_site="新智元",
        second_site="新浪科技",
    ),
    Pair(
        first="塞尔达真人电影杀青 2027年3月上映",
        second="塞尔达真人电影开机 2027年5月上映",
        is_same=False,
        first_site="cnBeta",
        second_site="机核",
    ),
    Pair(
        first="长城发布16TB企业级固态硬盘 顺序读取14GB/s_固态硬盘_中关村在线",
        second="长城发布 16TB 企业级固态硬盘，顺序读取 14GB/s",
        is_same=True,
        first_site="中关村在线",
        second_site="IT之家",
    ),
    Pair(
        first="突发：又一家折叠屏铰链厂冲刺IPO",
        second="又一家折叠屏铰链厂冲刺IPO",
        is_same=True,
        first_site="投资界",
        second_site="36氪",
    ),
    Pair(
        first="龙虎榜：机构净买入工业富联",
        second="龙虎榜：机构净卖出工业富联",
        is_same=False,
        first_site="证券时报",
        second_site="证券时报",
        first_text=(
            "盘后数据显示，工业富联今日涨停，换手率百分之三点一。上榜席位中，三家机构专用席位合计净买入九点八亿"
            "元，沪股通专用席位净买入二点一亿元。"
        ),
        second_text=(
            "盘后数据显示，工业富联今日跌停，换手率百分之三点七。上榜席位中，四家机构专用席位合计净卖出八点二亿"
            "元，沪股通专用席位净卖出三点三亿元。"
        ),
    ),
    Pair(
        first="公司快报：英特尔与软银达成投资协议",
        second="公司快报：英特尔与英伟达达成投资协议",
        is_same=False,
        first_site="钛媒体",
        second_site="钛媒体",
        first_text=(
            "英特尔今日宣布与软银集团签署最终投资协议，后者将以每股二十三美元认购二十亿美元普通股，约占总股本百"
            "分之二，交易完成须满足惯例成交条件。"
        ),
        second_text=(
            "英特尔今日宣布与英伟达签署最终投资协议，后者将以每股二十三点二八美元认购五十亿美元普通股，双方还将"
            "联合开发数据中心与个人电脑芯片产品。"
        ),
    ),
    Pair(
        first="四川宜宾发生4.1级地震",
        second="四川宜宾发生4.7级地震",
        is_same=False,
        first_site="中国地震台网",
        second_site="中国地震台网",
        first_text=(
            "中国地震台网正式测定：11月2日06时14分，在四川宜宾市长宁县发生4.1级地震，震源深度10千米，宜宾、泸州"
            "等地有震感，暂无人员伤亡报告。"
        ),
        second_text=(
            "中国地震台网正式测定：11月8日21时52分，在四川宜宾市珙县发生4.7级地震，震源深度8千米，宜宾、自贡等"
            "地震感明显，暂无人员伤亡报告。"
        ),
    ),
)
