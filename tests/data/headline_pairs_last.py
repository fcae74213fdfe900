"""Labelled pairs of headlines: still more of the same kinds."""

from tests.data.headline_pairs import Pair

PAIRS: tuple[Pair, ...] = (
    Pair(
        first="[图]微软为Windows 11资源管理器测试预加载功能 打开速度明显提升",
        second="微软为 Windows 11 资源管理器测试预加载功能，打开速度明显提升",
        is_same=True,
        first_site="cnBeta",
        second_site="快科技",
    ),
    Pair(
        first="消息称小米正在自研 3nm 手机基带，预计 2027 年量产",
        second="小米正在自研3nm手机基带 预计2027年量产_新浪科技_新浪网",
        is_same=True,
        first_site="IT之家",
        second_site="新浪科技",
    ),
    Pair(
        first="36氪独家 | 智能割草机器人公司「青禾动力」完成近亿元B轮融资",
        second="智能割草机器人公司“青禾动力”完成近亿元B轮融资",
        is_same=True,
        first_site="36氪",
        second_site="财联社",
    ),
    Pair(
        first="财联社：央行开展4000亿元买断式逆回购操作",
        second="【快讯】央行开展4000亿元买断式逆回购操作",
        is_same=True,
        first_site="财联社",
        second_site="华尔街见闻",
    ),
    Pair(
        first="用一台旧平板，搭一块会更新的家庭日程屏 - 少数派",
        second="用一台旧平板搭一块会更新的家庭日程屏",
        is_same=True,
        first_text=(
            "家里人口一多，谁哪天加班、谁去接孩子就容易乱。我翻出抽屉里吃灰的旧平板，花一个周末把它改成了挂在玄"
            "关的日程屏，这篇文章记录从选软件到固定支架的全过程，以及踩过的几个坑。"
        ),
        second_text=(
            "家里人口一多，谁哪天加班、谁去接孩子就容易乱。我翻出抽屉里吃灰的旧平板，花一个周末把它改成了挂在玄"
            "关的日程屏，这篇文章记录从选软件到固定支架的全过程，以及踩过的几个坑。"
        ),
        first_site="少数派",
    ),
    Pair(
        first="Solidot | 研究发现乌鸦能记住人脸长达十七年",
        second="研究发现乌鸦能记住人脸长达十七年",
        is_same=True,
        first_site="Solidot",
    ),
    Pair(
        first="史诗级降价！三星990 EVO Plus 2TB固态跌破800元",
        second="史诗级降价! 三星 990 EVO Plus 2TB 固态跌破 800 元",
        is_same=True,
        first_site="快科技",
        second_site="IT之家",
    ),
    Pair(
        first="北京地铁十三号线扩能工程西段开始热滑试验_一号专案_澎湃新闻-The Paper",
        second="北京地铁十三号线扩能工程西段开始热滑试验",
        is_same=True,
        first_site="澎湃新闻",
        second_site="新浪新闻",
    ),
    Pair(
        first="[视频]波士顿动力展示Atlas新技能：单手拆装轮胎 - cnBeta.COM",
        second="波士顿动力展示 Atlas 新技能：单手拆装轮胎",
        is_same=True,
        first_site="cnBeta",
        second_site="IT之家",
    ),
    Pair(
        first="早下班五分钟的人，到底在赶什么？ | 爱范儿",
        second="早下班五分钟的人，到底在赶什么",
        is_same=True,
        first_site="爱范儿",
    ),
    Pair(
        first="县城里的自习室，为什么一家接一家地关门？-虎嗅网",
        second="县城里的自习室为什么一家接一家地关门",
        is_same=True,
        first_text=(
            "从贵州一座县城的主街走到尽头，三年前有七家自习室，如今只剩一家还亮着灯。老板把隔间拆掉一半，摆上了"
            "麻将桌。他算过账，考研的人少了，而家长更愿意让孩子在家里由人盯着。"
        ),
        second_text=(
            "从贵州一座县城的主街走到尽头，三年前有七家自习室，如今只剩一家还亮着灯。老板把隔间拆掉一半，摆上了"
            "麻将桌。他算过账，考研的人少了，而家长更愿意让孩子在家里由人盯着。（图片来自作者）"
        ),
        first_site="虎嗅",
        second_site="钛媒体",
    ),
    Pair(
        first="特斯拉上海储能超级工厂第十万台Megapack下线",
        second="特斯拉上海储能超级工厂第十万台 Megapack 下线 🎉",
        is_same=True,
        first_site="新浪科技",
        second_site="cnBeta",
    ),
    Pair(
        first="曝荣耀 Magic9 系列全系标配潜望长焦，首发 2 亿像素传感器",
        second="荣耀Magic9系列全系标配潜望长焦 首发2亿像素传感器",
        is_same=True,
        first_site="IT之家",
        second_site="快科技",
    ),
    Pair(
        first="【独家】盒马筹备独立仓储会员店品牌，首店拟落户苏州",
        second="独家丨盒马筹备独立仓储会员店品牌，首店拟落户苏州",
        is_same=True,
        first_site="界面新闻",
        second_site="财联社",
    ),
    Pair(
        first="一财独家：多地银行上调大额存单起购金额",
        second="多地银行上调大额存单起购金额｜第一财经",
        is_same=True,
        first_site="第一财经",
        second_site="第一财经",
    ),
    Pair(
        first="Debian项目投票通过关于AI生成代码的总决议",
        second="Debian 项目投票通过关于 AI 生成代码的总决议 —— Solidot",
        is_same=True,
        first_text=(
            "Debian 开发者以较大优势通过了一项总决议，要求提交者在补丁说明里披露是否使用了大语言模型。决议不禁"
            "止此类贡献，但维护者有权在不给出理由的情况下拒绝。投票持续两周，共收到三百多张有效选票。"
        ),
        second_text=(
            "Debian开发者以较大优势通过了一项总决议，要求提交者在补丁说明里披露是否使用了大语言模型。决议不禁止"
            "此类贡献，但维护者有权在不给出理由的情况下拒绝。投票持续两周，共收到三百多张有效选票。"
        ),
        first_site="cnBeta",
        second_site="Solidot",
    ),
    Pair(
        first="哈勃望远镜拍到“宇宙水母”：距地球 2,300 万光年",
        second="哈勃望远镜拍到「宇宙水母」：距地球2300万光年",
        is_same=True,
        first_site="IT之家",
    ),
    Pair(
        first="全球首款！海信发布163寸RGB-Mini LED电视：峰值亮度破万尼特",
        second="全球首款 海信发布 163 寸 RGB-Mini LED 电视：峰值亮度破万尼特 - 视点·观察 - cnBeta",
        is_same=True,
        first_site="快科技",
        second_site="cnBeta",
    ),
    Pair(
        first="《黑神话：钟馗》公布全新实机演示",
        second="《黑神话:钟馗》公布全新实机演示 _ 游民星空 GamerSky.com",
        is_same=True,
        first_site="机核",
        second_site="游民星空",
    ),
    Pair(
        first='当我们谈论"箱庭式关卡"时，我们在谈论什么',
        second="当我们谈论「箱庭式关卡」时，我们在谈论什么 - 游研社",
        is_same=True,
        first_site="游研社",
        second_site="游研社",
    ),
    Pair(
        first="我国成功发射遥感四十九号卫星",
        second="（科技）我国成功发射遥感四十九号卫星",
        is_same=True,
        first_site="新华网",
        second_site="人民网",
    ),
    Pair(
        first="央视新闻：长江干线全线恢复正常通航",
        second="长江干线全线恢复正常通航-中新网",
        is_same=True,
        first_site="央视新闻",
        second_site="中新网",
    ),
    Pair(
        first="8点1氪｜网易云音乐回应年度报告数据错误",
        second="8点1氪：网易云音乐回应年度报告数据错误",
        is_same=True,
        first_text=(
            "网易云音乐回应年度报告数据错误：已紧急修复并补发一个月会员。另外，多家航空公司下月起下调国内航线燃"
            "油附加费，某连锁咖啡品牌回应杯装容量缩水，以下是今天的早间资讯。"
        ),
        second_text=(
            "网易云音乐回应年度报告数据错误：已紧急修复并补发一个月会员。另外，多家航空公司下月起下调国内航线燃"
            "油附加费，某连锁咖啡品牌回应杯装容量缩水，以下是今天的早间资讯……"
        ),
        first_site="36氪",
    ),
    Pair(
        first="Rust 重写的 coreutils 进入 Ubuntu 默认安装：性能与兼容性实测 - InfoQ",
        second="Rust重写的coreutils进入Ubuntu默认安装——性能与兼容性实测",
        is_same=True,
        first_site="InfoQ",
        second_site="开源中国",
    ),
    Pair(
        first="PostgreSQL 19 Beta 2 发布 - OSCHINA - 中文开源技术交流社区",
        second="PostgreSQL 19 Beta 2 发布",
        is_same=True,
        first_site="开源中国",
    ),
    Pair(
        first="女子买到“三无”充电宝登机被拦 民航局提醒：认准3C标识",
        second="女子买到'三无'充电宝登机被拦！民航局提醒:认准3C标识",
        is_same=True,
        first_site="快科技",
    ),
    Pair(
        first="智驾芯片混战第五年，谁还在牌桌上 | 深度",
        second="深度 | 智驾芯片混战第五年，谁还在牌桌上？",
        is_same=True,
        first_site="雷峰网",
    ),
    Pair(
        first="传亚马逊计划在印度推出10分钟送达服务",
        second="据报道，亚马逊计划在印度推出 10 分钟送达服务",
        is_same=True,
        first_site="cnBeta",
        second_site="新浪科技",
    ),
    Pair(
        first="比亚迪 海狮 08 DM-i 到店实拍：双腔空悬、后轮转向",
        second="比亚迪海狮08 DM-i到店实拍：双腔空悬 后轮转向[组图]",
        is_same=True,
        first_site="IT之家",
        second_site="快科技",
    ),
    Pair(
        first="他花了八年，只做一把安静的键盘 | 极客公园",
        second="他花了八年 只做一把安静的键盘",
        is_same=True,
        first_text=(
            "谷仓改成的工作室里堆着几百块报废的轴体。他说自己并不讨厌声音，只是孩子睡得浅，夜里写代码时每一次回"
            "弹都像在敲门。八年里他换过四家模具厂，卖掉一辆车，最后只量产了六百把。"
        ),
        second_text=(
            "谷仓改成的工作室里堆着几百块报废的轴体。他说自己并不讨厌声音,只是孩子睡得浅，夜里写代码时每一次回"
            "弹都像在敲门。八年里他换过四家模具厂，卖掉一辆车，最后只量产了六百把。"
        ),
        first_site="极客公园",
    ),
    Pair(
        first="晚点独家丨叮咚买菜调整华东前置仓，单仓SKU减至2800个",
        second="【晚点独家】叮咚买菜调整华东前置仓，单仓 SKU 减至 2800 个",
        is_same=True,
        first_site="晚点LatePost",
        second_site="36氪",
    ),
    Pair(
        first="Valve澄清：Steam Machine并非按主机模式亏本销售",
        second="Valve 澄清：Steam Machine 并非按主机模式亏本销售 | IT之家",
        is_same=True,
        first_site="cnBeta",
        second_site="IT之家",
    ),
    Pair(
        first="沪指收复4000点\u3000两市成交额突破2.1万亿元",
        second="【收评】沪指收复4000点 两市成交额突破2.1万亿元",
        is_same=True,
        first_site="证券时报",
        second_site="财联社",
    ),
    Pair(
        first="ＲＯＧ发布便携投影：１０８０Ｐ／２４０Ｈｚ",
        second="ROG发布便携投影：1080P/240Hz-中关村在线",
        is_same=True,
        first_site="中关村在线",
        second_site="中关村在线",
    ),
    Pair(
        first="鸿蒙 6.1 尝鲜版推送首批机型名单公布，共 24 款",
        second="[更新] 鸿蒙6.1尝鲜版推送首批机型名单公布，共24款",
        is_same=True,
        first_site="IT之家",
        second_site="IT之家",
    ),
    Pair(
        first="猫为什么总爱把杯子推下桌？科学家终于认真研究了一次",
        second="果壳 | 猫为什么总爱把杯子推下桌?科学家终于认真研究了一次",
        is_same=True,
        first_site="果壳",
        second_site="果壳",
    ),
    Pair(
        first="PingWest品玩：得物上线二手奢侈品鉴定大模型",
        second="得物上线二手奢侈品鉴定大模型 - PingWest品玩",
        is_same=True,
        first_site="品玩",
    ),
    Pair(
        first="OpenAI据悉将在首尔设立亚太研发中心",
        second="【网易科技】OpenAI 据悉将在首尔设立亚太研发中心",
        is_same=True,
        first_text=(
            "OpenAI正与首尔市政府商讨设立亚太研发中心的选址，预计初期招聘约一百名研究人员，重点是韩语和日语的语"
            "音模型。知情人士说，双方最快下月签署备忘录，公司方面没有回应置评请求。"
        ),
        second_text=(
            "【网易科技】OpenAI 正与首尔市政府商讨设立亚太研发中心的选址，预计初期招聘约一百名研究人员，重点是"
            "韩语和日语的语音模型。知情人士说，双方最快下月签署备忘录，公司方面没有回应置评请求。"
        ),
        first_site="网易科技",
        second_site="cnBeta",
    ),
    Pair(
        first="南京长江大桥公路桥今夜起封闭养护，为期三天",
        second="快讯｜南京长江大桥公路桥今夜起封闭养护 为期三天",
        is_same=True,
        first_site="腾讯新闻",
    ),
    Pair(
        first="月球背面样品再出新成果：28亿年前仍有火山活动",
        second="月球背面样品再出新成果 28亿年前仍有火山活动 —凤凰网科技—凤凰网",
        is_same=True,
        first_text=(
            "中国科学院的一个研究团队在嫦娥六号带回的月壤里挑出了一百余颗玄武岩岩屑，测得其中一类年龄约为二十八"
            "亿年，说明月球背面的岩浆活动持续时间比过去认为的更长，论文已在线发表。"
        ),
        second_text=(
            "中国科学院的一个研究团队在嫦娥六号带回的月壤里挑出了一百余颗玄武岩岩屑，测得其中一类年龄约为28亿年"
            "，说明月球背面的岩浆活动持续时间比过去认为的更长，论文已在线发表。"
        ),
        first_site="快科技",
        second_site="凤凰科技",
    ),
    Pair(
        first="AMD公布锐龙AI Max+ 500系列：最高集成48组CU",
        second="AMD 公布锐龙 AI Max+ 500 系列：最高集成 48 组 CU（附规格表）",
        is_same=True,
        first_site="cnBeta",
    ),
    Pair(
        first="墨西哥城遭遇罕见冰雹，街道积冰逾半米",
        second="墨西哥城遭遇罕见冰雹,街道积冰逾半米【图】",
        is_same=True,
        first_site="观察者网",
        second_site="环球网",
    ),
    Pair(
        first="京东京造 人体工学椅 Z9 Air：三天无理由试坐，到手 699 元",
        second="京东京造人体工学椅Z9 Air：三天无理由试坐，到手699元_什么值得买",
        is_same=True,
        first_site="什么值得买",
        second_site="什么值得买",
    ),
    Pair(
        first="Everything 1.5 正式版 - 更快的 Windows 文件搜索神器 | 异次元软件下载",
        second="Everything 1.5正式版 - 更快的Windows文件搜索神器",
        is_same=True,
        first_site="异次元软件",
    ),
    Pair(
        first="LocalDrop – 不用账号，在浏览器里互传文件 - 小众软件",
        second="LocalDrop — 不用账号，在浏览器里互传文件",
        is_same=True,
        first_text=(
            "同一个局域网内的两台设备打开同一个网页，就能看到对方，把文件拖进去即可发送。LocalDrop 不需要账号，"
            "也不会把文件存到服务器上，手机、电脑和电视盒子都能使用，源代码按 MIT 许可公开。"
        ),
        second_text=(
            "同一个局域网内的两台设备打开同一个网页，就能看到对方，把文件拖进去即可发送。LocalDrop不需要账号，"
            "也不会把文件存到服务器上，手机、电脑和电视盒子都能使用，源代码按MIT许可公开。"
        ),
        first_site="小众软件",
    ),
    Pair(
        first="《流浪地球3》杀青 定档2027年大年初一",
        second="《流浪地球3》杀青，定档2027年大年初一！",
        is_same=True,
        first_site="豆瓣电影",
        second_site="时光网",
    ),
    Pair(
        first="德约科维奇：明年还会再打一届澳网",
        second="德约科维奇:明年还会再打一届澳网_体坛网",
        is_same=True,
        first_site="新浪体育",
        second_site="体坛周报",
    ),
    Pair(
        first="微信 8.0.68 安卓内测版发布：朋友圈可设“仅好友可转存”",
        second='微信8.0.68安卓内测版发布：朋友圈可设"仅好友可转存"(附下载)',
        is_same=True,
        first_site="IT之家",
        second_site="快科技",
    ),
    Pair(
        first="[多图]iPhone Air二代机模曝光 后置双摄横排",
        second="iPhone Air二代机模曝光：后置双摄横排",
        is_same=True,
        first_site="cnBeta",
        second_site="威锋网",
    ),
    Pair(
        first="印尼电商 Tokopedia 关闭自营仓 · 动点科技",
        second="印尼电商Tokopedia关闭自营仓",
        is_same=True,
        first_site="动点科技",
    ),
    Pair(
        first="仅用8张显卡复现旗舰推理模型，清华团队把配方全开源了 | 量子位",
        second="仅用 8 张显卡复现旗舰推理模型 清华团队把配方全开源了",
        is_same=True,
        first_site="量子位",
        second_site="机器之心",
    ),
    Pair(
        first="南都讯：深圳湾口岸元旦延长通关至凌晨两点",
        second="深圳湾口岸元旦延长通关至凌晨两点",
        is_same=True,
        first_site="南方都市报",
    ),
    Pair(
        first="财新周刊｜地方专项债的新去处",
        second="地方专项债的新去处_财新周刊_财新网",
        is_same=True,
        first_site="财新网",
        second_site="财新网",
    ),
    Pair(
        first="每经快讯|宁德时代：钠离子电池已在三家车企完成冬季标定",
        second="宁德时代：钠离子电池已在三家车企完成冬季标定",
        is_same=True,
        first_site="每日经济新闻",
        second_site="财联社",
    ),
    Pair(
        first="NASA：“毅力号”样品管里发现疑似有机分子",
        second="NASA:毅力号样品管里发现疑似有机分子",
        is_same=True,
        first_site="快科技",
        second_site="cnBeta",
    ),
    Pair(
        first="台積電嘉義先進封裝廠二期明年動土",
        second="台积电嘉义先进封装厂二期明年动土",
        is_same=True,
        first_site="自由時報",
        second_site="cnBeta",
    ),
    Pair(
        first="國巨收購日本感測器大廠案 通過日方審查 | 聯合新聞網：最懂你的新聞網站",
        second="国巨收购日本感测器大厂案通过日方审查",
        is_same=True,
        first_site="聯合新聞網",
        second_site="新浪财经",
    ),
    Pair(
        first="港鐵公布東涌綫延綫工程進度 料2029年完工",
        second="港铁公布东涌线延线工程进度，料2029年完工",
        is_same=True,
        first_site="香港經濟日報",
        second_site="财联社",
    ),
    Pair(
        first="【教學】三步找回被刪除的 WhatsApp 對話 - unwire.hk",
        second="三步找回被删除的WhatsApp对话",
        is_same=True,
        first_site="unwire.hk",
        second_site="IT之家",
    ),
    Pair(
        first="GitHub Actions遭植入惡意程式，逾600個專案受影響",
        second="GitHub Actions 遭植入恶意程式，逾 600 个专案受影响",
        is_same=True,
        first_text=(
            "資安業者揭露，一個被廣泛使用的自動化元件在上週末遭人竄改，攻擊者把惡意程式放進新的版本標籤，凡是沒"
            "有鎖定雜湊值的流程都會執行，已知有超過六百個公開專案的金鑰可能外洩。"
        ),
        second_text=(
            "资安业者揭露，一个被广泛使用的自动化元件在上周末遭人窜改，攻击者把恶意程式放进新的版本标签，凡是没"
            "有锁定杂凑值的流程都会执行，已知有超过六百个公开专案的金钥可能外泄。"
        ),
        first_site="iThome",
        second_site="cnBeta",
    ),
    Pair(
        first="快訊／阿里山林鐵全線恢復行駛",
        second="阿里山林铁全线恢复行驶",
        is_same=True,
        first_site="中央社",
    ),
    Pair(
        first="記憶體漲勢未歇！美光調升第四季財測 | TechNews 科技新報",
        second="记忆体涨势未歇，美光调升第四季财测",
        is_same=True,
        first_text=(
            "記憶體大廠美光今日上調會計年度第四季財測，理由是資料中心需求強勁、合約價續漲。執行長表示，供給吃緊"
            "的情況將延續到明年下半年，公司也會提前擴充廣島與新加坡的產能，盤後股價上揚。"
        ),
        second_text=(
            "记忆体大厂美光今日上调会计年度第四季财测，理由是资料中心需求强劲、合约价续涨。执行长表示，供给吃紧"
            "的情况将延续到明年下半年，公司也会提前扩充广岛与新加坡的产能，盘后股价上扬。"
        ),
        first_site="科技新報",
        second_site="36氪",
    ),
    Pair(
        first="裏海石油平台起火 五名工人獲救",
        second="里海石油平台起火，五名工人获救",
        is_same=True,
        first_site="明報",
        second_site="观察者网",
    ),
    Pair(
        first="〈美股盤後〉博通財報優於預期 盤後勁揚逾7%",
        second="【美股盘后】博通财报优于预期，盘后劲扬逾7%",
        is_same=True,
        first_site="鉅亨網",
        second_site="华尔街见闻",
    ),
    Pair(
        first="把一週計畫寫在一張紙上：我用了十年的方法 - 電腦玩物",
        second="把一周计画写在一张纸上：我用了十年的方法",
        is_same=True,
        first_site="電腦玩物",
    ),
    Pair(
        first="《魔物獵人 荒野》第五彈免費更新將追加歷戰王個體",
        second="《魔物猎人 荒野》第五弹免费更新将追加历战王个体",
        is_same=True,
        first_site="巴哈姆特",
        second_site="机核",
    ),
    Pair(
        first="【01獨家】啟德體育園加開深夜接駁巴士｜香港01",
        second="启德体育园加开深夜接驳巴士",
        is_same=True,
        first_site="HK01",
    ),
    Pair(
        first="為什麼 SSD 放著不用也會掉資料？",
        second="为什么SSD放着不用也会掉资料 | T客邦",
        is_same=True,
        first_site="T客邦",
        second_site="快科技",
    ),
    Pair(
        first="臺北捷運環狀線北環段隧道貫通",
        second="台北捷运环状线北环段隧道贯通",
        is_same=True,
        first_site="臺灣醒報",
    ),
    Pair(
        first="開箱「羅技 MX Master 5」：手感更沉，滾輪更靜",
        second="开箱“罗技MX Master 5”：手感更沉，滚轮更静",
        is_same=True,
        first_text=(
            "這一代最有感的改變是重量，比前作多了九公克，推起來穩定許多；滾輪的磁吸機構重新設計，夜裡在臥室用也"
            "幾乎聽不到聲音，不過側鍵的位置仍然不適合手小的人，以下是兩週使用心得。"
        ),
        second_text=(
            "这一代最有感的改变是重量，比前作多了九公克，推起来稳定许多；滚轮的磁吸机构重新设计，夜里在卧室用也"
            "几乎听不到声音，不过侧键的位置仍然不适合手小的人，以下是两周使用心得。"
        ),
        first_site="Mobile01",
    ),
    Pair(
        first="專訪｜Gogoro新執行長：先把換電站做到賺錢",
        second="专访 | Gogoro新执行长：先把换电站做到赚钱",
        is_same=True,
        first_site="數位時代",
    ),
    Pair(
        first="Exclusive: Payroll startup Ledgerly raises $42M to pay gig workers by the hour | TechCrunch",
        second="Payroll startup Ledgerly raises $42M to pay gig workers by the hour",
        is_same=True,
        first_site="TechCrunch",
    ),
    Pair(
        first="Sonos' new soundbar is finally quiet about being loud - The Verge",
        second="Sonos’ new soundbar is finally quiet about being loud",
        is_same=True,
        first_site="The Verge",
    ),
    Pair(
        first="The tiny Arctic island where rockets go to be weighed – Ars Technica",
        second="The Tiny Arctic Island Where Rockets Go to Be Weighed",
        is_same=True,
        first_text=(
            "The scale sits in a hangar built for herring boats, and it can tell the difference between a full "
            "upper stage and one with a bird's nest in it. We spent two days with the four people who run it."
        ),
        second_text=(
            "The scale sits in a hangar built for herring boats, and it can tell the difference between a full "
            "upper stage and one with a bird’s nest in it. We spent two days with the four people who run it."
        ),
        first_site="Ars Technica",
    ),
    Pair(
        first="BREAKING: Nvidia supplier SK Hynix to build second plant in Indiana",
        second="Nvidia supplier SK Hynix to build second plant in Indiana",
        is_same=True,
        first_site="Reuters",
        second_site="Yahoo Finance",
    ),
    Pair(
        first="Garmin’s next Fenix may drop the charging clip… for good",
        second="Garmin's next Fenix may drop the charging clip... for good | Engadget",
        is_same=True,
        first_site="Engadget",
        second_site="Engadget",
    ),
    Pair(
        first="Show HN: Pgtop – a top-like monitor for Postgres locks",
        second="Show HN: Pgtop - a top-like monitor for Postgres locks | Hacker News",
        is_same=True,
        first_site="Hacker News",
        second_site="Hacker News",
    ),
    Pair(
        first="Report: Apple to move all AirTag production to Vietnam - 9to5Mac",
        second="Apple to move all AirTag production to Vietnam",
        is_same=True,
        first_site="9to5Mac",
        second_site="MacRumors",
    ),
    Pair(
        first="Ferry services resume after two-day storm closure - BBC News",
        second="Ferry services resume after two\u2011day storm closure",
        is_same=True,
        first_site="BBC News",
    ),
    Pair(
        first="Exclusive | Carlyle weighs sale of Dutch chip-tool maker",
        second="Carlyle Weighs Sale of Dutch Chip-Tool Maker - Bloomberg",
        is_same=True,
        first_site="Bloomberg",
        second_site="Bloomberg",
    ),
    Pair(
        first="“We Were Promised Robots”: Inside the Quietest Factory in Ohio | WIRED",
        second='"We were promised robots": inside the quietest factory in Ohio',
        is_same=True,
        first_site="Wired",
    ),
    Pair(
        first="Linux 7.1 To Drop i486 Boot Support - Phoronix",
        second="Linux 7.1 to drop i486 boot support",
        is_same=True,
        first_text=(
            "Support for booting on 486-class processors is on its way out after maintainers queued a patch "
            "series removing thousands of lines of emulation code that nobody has been testing for years."
        ),
        second_text=(
            "Support for booting on 486-class processors is on its way out after maintainers queued a patch "
            "series removing thousands of lines of emulation code that nobody has been testing for years."
        ),
        first_site="Phoronix",
    ),
    Pair(
        first="🚀 Watch live: Rocket Lab attempts first Neutron landing",
        second="Watch Live: Rocket Lab Attempts First Neutron Landing [Updated]",
        is_same=True,
        first_site="Gizmodo",
    ),
    Pair(
        first="UK councils told to bin Windows Server 2016 by spring • The Register",
        second="UK councils told to bin Windows Server 2016 by spring",
        is_same=True,
        first_site="The Register",
    ),
    Pair(
        first="Hong Kong taxi fleets to accept e-payments from April | South China Morning Post",
        second="Hong Kong taxi fleets to accept e-payments from April",
        is_same=True,
        first_text=(
            "The city's five licensed fleets will have to offer at least two forms of electronic payment under "
            "rules gazetted on Friday, with drivers who refuse facing a fine, the transport department said."
        ),
        second_text=(
            "The city's five licensed fleets will have to offer at least two forms of electronic payment under "
            "rules gazetted on Friday, with drivers who refuse facing a fine, the transport department said."
        ),
        first_site="South China Morning Post",
    ),
    Pair(
        first="How Lagos street vendors built their own delivery app — Rest of World",
        second="How Lagos street vendors built their own delivery app",
        is_same=True,
        first_site="Rest of World",
    ),
    Pair(
        first="TSMC's Kumamoto fab hires 300 local graduates -- Nikkei Asia",
        second="TSMC's Kumamoto fab hires 300 local graduates",
        is_same=True,
        first_site="Nikkei Asia",
    ),
    Pair(
        first="【速報】楽天モバイル、全国で通信障害\u3000午前9時ごろから - ITmedia NEWS",
        second="楽天モバイル、全国で通信障害 午前9時ごろから",
        is_same=True,
        first_site="ITmedia",
    ),
    Pair(
        first="ＮＥＣ、重さ８４９ｇの１４型ノート「LAVIE X14」を発売",
        second="NEC、重さ849gの14型ノート「LAVIE X14」を発売 - PC Watch",
        is_same=True,
        first_site="PC Watch",
        second_site="PC Watch",
    ),
    Pair(
        first="古いラジオを「ネットにつながない」まま便利にする方法 - GIGAZINE",
        second="古いラジオを『ネットにつながない』まま便利にする方法",
        is_same=True,
        first_text=(
            "物置で見つけた五十年前のラジオを、分解せずに現代の生活で使うための工夫をまとめた動画が公開されてい"
            "ます。必要なのは小さな送信機と古いスマートフォンだけで、費用は三千円ほどとのこと。実際に試してみま"
            "した。"
        ),
        second_text=(
            "物置で見つけた五十年前のラジオを、分解せずに現代の生活で使うための工夫をまとめた動画が公開されてい"
            "ます。必要なのは小さな送信機と古いスマートフォンだけで、費用は三千円ほどとのこと。実際に試してみま"
            "した。"
        ),
        first_site="GIGAZINE",
    ),
    Pair(
        first="三星 Galaxy S26 欧洲售价曝光：起步容量升至 256GB",
        second="三星Galaxy S26+欧洲售价曝光：起步容量升至256GB",
        is_same=False,
        first_site="IT之家",
        second_site="快科技",
    ),
    Pair(
        first="高德否认将独立上市",
        second="【独家】高德将独立上市",
        is_same=False,
        first_site="cnBeta",
        second_site="36氪",
    ),
    Pair(
        first="美团收购朴朴超市",
        second="消息称朴朴超市收购美团优选华南业务",
        is_same=False,
        first_site="新浪科技",
        second_site="财联社",
    ),
    Pair(
        first="AMD RX 9070 XT公版显卡价格跌至4299元",
        second="AMD RX 9070 GRE公版显卡价格跌至4299元",
        is_same=False,
        first_site="快科技",
        second_site="快科技",
    ),
    Pair(
        first="谷歌 Pixel 10a 通过 FCC 认证",
        second="谷歌 Pixel 10 通过 FCC 认证",
        is_same=False,
        first_site="IT之家",
        second_site="IT之家",
    ),
    Pair(
        first="国际金价日内涨0.5%",
        second="国际金价日内涨5%",
        is_same=False,
        first_site="第一财经",
        second_site="证券时报",
    ),
    Pair(
        first="WTI原油期货收跌1.2% 报61.3美元/桶",
        second="WTI原油期货收涨1.2%，报61.3美元/桶",
        is_same=False,
        first_site="财联社",
        second_site="财联社",
    ),
    Pair(
        first="Linux 6.1.8 释出",
        second="Linux 6.18 释出",
        is_same=False,
        first_text=(
            "Linus Torvalds 在内核邮件列表上宣布了新版本的发布，稳定分支的维护者同时提醒用户尽快升级。这是一个"
            "例行的维护版本，主要修正了网络驱动和文件系统中的数十个小错误，没有引入新的功能，详细变更见日志。"
        ),
        second_text=(
            "Linus Torvalds 在内核邮件列表上宣布了新版本的发布，预计它会成为今年的长期支持内核。主要变化包括改"
            "进交换子系统的性能，移除一个早已停止维护的文件系统，以及大量新硬件的支持，详细变更见日志。"
        ),
        first_site="Solidot",
        second_site="Solidot",
    ),
    Pair(
        first="机器人关节公司「力矩未来」完成A轮融资",
        second="机器人关节公司「力矩未来」完成A+轮融资",
        is_same=False,
        first_site="36氪",
        second_site="36氪",
    ),
    Pair(
        first="中央气象台7月3日继续发布暴雨橙色预警",
        second="中央气象台7月13日继续发布暴雨橙色预警",
        is_same=False,
        first_text=(
            "预计今天上午八时至明天上午八时，四川盆地西部、陕西南部、河南西部等地有大到暴雨，部分地区有大暴雨，"
            "并伴有短时强降水和雷暴大风，提请注意防范山洪和城市内涝等次生灾害。"
        ),
        second_text=(
            "预计今天上午八时至明天上午八时，辽宁东部、吉林南部、山东半岛等地有大到暴雨，部分地区有大暴雨，并伴"
            "有短时强降水和雷暴大风，提请注意防范山洪和城市内涝等次生灾害。"
        ),
        first_site="央视新闻",
        second_site="央视新闻",
    ),
    Pair(
        first="36氪晚报｜11月18日",
        second="36氪晚报｜11月19日",
        is_same=False,
        first_text=(
            "大公司：某乳业集团宣布将在内蒙古新建三座智慧牧场；一家新势力车企下调全年交付指引；投融资：脑机接口"
            "公司获数亿元新资金。以下是今日晚间的商业资讯，更多内容请点击查看全文。"
        ),
        second_text=(
            "大公司：快递行业协会发布旺季服务倡议，多家企业承诺不涨派费；国产大飞机签下东南亚新订单；投融资：合"
            "成生物公司完成战略融资。以下是今日晚间的商业资讯，更多内容请点击查看全文。"
        ),
        first_site="36氪",
        second_site="36氪",
    ),
    Pair(
        first="派早报：微信上线语音转文字分段、索尼公布新款头显等",
        second="派早报：微信上线群聊总结、任天堂公布直面会时间等",
        is_same=False,
        first_text=(
            "你可能错过的新鲜事。微信在最新的内测版本里加入了语音转文字的分段显示，长语音会按停顿自动断句；索尼"
            "则公布了面向专业创作者的新头显，重量比前代减轻两成，预计明年春季发售。"
        ),
        second_text=(
            "你可能错过的新鲜事。微信开始小范围测试群聊总结，未读超过一百条时可一键生成要点；任天堂宣布将于本周"
            "四晚间举办直面会，时长约四十分钟，内容以明年上半年的作品为主。"
        ),
        first_site="少数派",
        second_site="少数派",
    ),
    Pair(
        first="一日一技｜如何让访达默认打开下载文件夹",
        second="一日一技｜如何让访达默认打开桌面文件夹",
        is_same=False,
        first_site="少数派",
        second_site="少数派",
    ),
    Pair(
        first="【上篇】一家新能源车企的一百天",
        second="【下篇】一家新能源车企的一百天",
        is_same=False,
        first_site="晚点LatePost",
        second_site="晚点LatePost",
    ),
    Pair(
        first="《空洞骑士：丝之歌》全收集攻略（一）",
        second="《空洞骑士：丝之歌》全收集攻略（二）",
        is_same=False,
        first_text=(
            "这是攻略的第一部分，覆盖从苔穴到髓地的所有面具碎片、丝轴碎片和跳蚤位置，按照正常流程的顺序排列，不"
            "需要任何后期能力。图片均为作者自行截取，如有遗漏欢迎在评论区补充。"
        ),
        second_text=(
            "这是攻略的第二部分，从深坞开始，依次介绍猎者小径与灰沼的收集要素，部分位置需要先拿到抓钩能力。图片"
            "均为作者自行截取，如有遗漏欢迎在评论区补充，也可以先回看前一篇。"
        ),
        first_site="机核",
        second_site="机核",
    ),
    Pair(
        first="iOS 26.1正式版发布",
        second="iOS 26.1.1正式版发布",
        is_same=False,
        first_text=(
            "苹果今日凌晨向用户推送了新的系统更新，加入了液态玻璃效果的浓淡选项、锁屏相机手势开关，以及更多语言"
            "的实时翻译，安装包大小因机型而异，符合条件的设备可在设置里升级。"
        ),
        second_text=(
            "苹果今日凌晨向用户推送了新的系统更新，仅修复影响部分机型的蓝牙断连和相册闪退问题，并包含安全补丁，"
            "没有新功能，安装包大小因机型而异，符合条件的设备可在设置里升级。"
        ),
        first_site="cnBeta",
        second_site="cnBeta",
    ),
    Pair(
        first="小米 17 Ultra 国补后到手价 5499 元",
        second="小米17 Pro国补后到手价5499元",
        is_same=False,
        first_site="IT之家",
        second_site="快科技",
    ),
    Pair(
        first="郑州至重庆高铁今日开通",
        second="重庆至郑州高铁今日开通",
        is_same=False,
        first_site="新华网",
        second_site="中新网",
    ),
    Pair(
        first="杭州地铁三期建设规划获批",
        second="杭州地铁四期建设规划获批",
        is_same=False,
        first_site="澎湃新闻",
        second_site="澎湃新闻",
    ),
    Pair(
        first="茅台批价跌破1600元",
        second="茅台批价未跌破1600元",
        is_same=False,
        first_site="界面新闻",
        second_site="新浪财经",
    ),
    Pair(
        first="微软：Windows 10扩展更新将对欧洲用户收费",
        second="微软：Windows 10扩展更新不会对欧洲用户收费",
        is_same=False,
        first_site="快科技",
        second_site="cnBeta",
    ),
    Pair(
        first="理想汽车：2026年第一季度营收259亿元",
        second="理想汽车：2025年第一季度营收259亿元",
        is_same=False,
        first_site="新浪财经",
        second_site="新浪财经",
    ),
    Pair(
        first="蔚来第三季度交付87071辆",
        second="蔚来第四季度交付87071辆",
        is_same=False,
        first_site="财联社",
        second_site="财联社",
    ),
    Pair(
        first="长江存储致态 TiPlus7100 2TB 固态硬盘 749 元",
        second="长江存储致态 TiPlus7100s 2TB 固态硬盘 749 元",
        is_same=False,
        first_site="IT之家",
        second_site="IT之家",
    ),
    Pair(
        first="英特尔酷睿Ultra 7 270K Plus跑分出炉",
        second="英特尔酷睿Ultra 5 250K Plus跑分出炉",
        is_same=False,
        first_site="快科技",
        second_site="快科技",
    ),
    Pair(
        first="SpaceX计划周四进行星舰第十三次试飞",
        second="SpaceX完成星舰第十三次试飞",
        is_same=False,
        first_text=(
            "如果天气允许，这枚巨型火箭将在当地时间周四傍晚从得克萨斯州南部的基地起飞，助推器计划在海上溅落，飞"
            "船将首次尝试在轨重启三台发动机，发射窗口为七十五分钟，全程有网络直播。"
        ),
        second_text=(
            "这枚巨型火箭于当地时间周四傍晚从得克萨斯州南部的基地起飞，助推器按计划在海上溅落，飞船成功在轨重启"
            "了三台发动机，约六十六分钟后在印度洋上空再入，落水前传回了清晰画面。"
        ),
        first_site="cnBeta",
        second_site="网易科技",
    ),
    Pair(
        first="日本宣布向菲律宾出口旧式驱逐舰",
        second="菲律宾宣布向日本订购旧式驱逐舰",
        is_same=False,
        first_site="环球网",
        second_site="观察者网",
    ),
    Pair(
        first="广州启动防汛Ⅳ级应急响应",
        second="广州启动防汛Ⅲ级应急响应",
        is_same=False,
        first_site="南方都市报",
        second_site="南方都市报",
    ),
    Pair(
        first="黑龙江漠河气温降至-38℃",
        second="黑龙江漠河气温降至-48℃",
        is_same=False,
        first_site="人民网",
        second_site="新华网",
    ),
    Pair(
        first="CLion 新版改进 C 语言静态分析",
        second="CLion 新版改进 C++ 语言静态分析",
        is_same=False,
        first_site="开源中国",
        second_site="开源中国",
    ),
    Pair(
        first="为什么我们从 C++ 迁移到 C#",
        second="为什么我们从 C# 迁移到 C++",
        is_same=False,
        first_site="InfoQ",
        second_site="InfoQ",
    ),
    Pair(
        first="《繁花》导演剪辑版第1集：黄河路上",
        second="《繁花》导演剪辑版第11集：黄河路上",
        is_same=False,
        first_site="豆瓣",
        second_site="时光网",
    ),
    Pair(
        first="《唐朝诡事录之长安》第二季开机",
        second="《唐朝诡事录之长安》第三季开机",
        is_same=False,
        first_site="爱奇艺",
        second_site="新浪娱乐",
    ),
    Pair(
        first="财新周刊｜银行减员潮",
        second="财新周刊｜券商减员潮",
        is_same=False,
        first_site="财新网",
        second_site="财新网",
    ),
    Pair(
        first="雷军：YU9不会在明年上半年发布",
        second="雷军：YU9会在明年上半年发布",
        is_same=False,
        first_site="快科技",
        second_site="IT之家",
    ),
    Pair(
        first="湖人112-108战胜勇士",
        second="勇士112-108战胜湖人",
        is_same=False,
        first_site="虎扑",
        second_site="新浪体育",
    ),
    Pair(
        first="中国女排3-1战胜日本女排",
        second="中国女排3-1战胜泰国女排",
        is_same=False,
        first_site="新浪体育",
        second_site="腾讯体育",
    ),
    Pair(
        first="今日天气提示：华北东北有大风降温",
        second="今日天气提示：江南华南有大风降温",
        is_same=False,
        first_site="中国天气网",
        second_site="中国天气网",
    ),
    Pair(
        first="问界M8纯电版上市，售35.98万元起",
        second="问界M8增程版上市，售35.98万元起",
        is_same=False,
        first_site="汽车之家",
        second_site="懂车帝",
    ),
    Pair(
        first="Steam一周销量榜：《艾尔登法环 黑夜君临》登顶",
        second="Steam一周销量榜：《艾尔登法环》登顶",
        is_same=False,
        first_site="cnBeta",
        second_site="cnBeta",
    ),
    Pair(
        first="Epic本周喜加一：《城市：天际线》",
        second="Epic本周喜加一：《城市：天际线2》",
        is_same=False,
        first_text=(
            "本周的免费游戏已经上线，领取后永久入库。这款城市建造游戏由芬兰团队开发，玩家需要规划道路、供水和公"
            "共交通，创意工坊内容极其丰富，首发至今仍有不少忠实玩家，活动到下周四晚十一点结束。"
        ),
        second_text=(
            "本周的免费游戏已经上线，领取后永久入库。作为系列续作，本作的地图面积扩大了五倍，并加入了季节变化与"
            "更细的经济模拟，不过对显卡的要求也明显提高，活动到下周四晚十一点结束。"
        ),
        first_site="游民星空",
        second_site="游民星空",
    ),
    Pair(
        first="腾讯回应“元宝后台常驻”：不属实",
        second="腾讯回应“元宝后台常驻”：属实，已修复",
        is_same=False,
        first_site="IT之家",
        second_site="新浪科技",
    ),
    Pair(
        first="瑞幸咖啡门店数突破3万家",
        second="瑞幸咖啡海外门店数突破300家",
        is_same=False,
        first_site="36氪",
        second_site="钛媒体",
    ),
    Pair(
        first="北京优化住房限购政策",
        second="上海优化住房限购政策",
        is_same=False,
        first_site="第一财经",
        second_site="界面新闻",
    ),
    Pair(
        first="摩根士丹利上调腾讯目标价至735港元",
        second="摩根大通上调腾讯目标价至735港元",
        is_same=False,
        first_site="财联社",
        second_site="财联社",
    ),
    Pair(
        first="苹果在巴西败诉，须开放侧载",
        second="苹果在巴西胜诉，无须开放侧载",
        is_same=False,
        first_site="cnBeta",
        second_site="IT之家",
    ),
    Pair(
        first="一加Turbo 6外观公布",
        second="一加Turbo 6V外观公布",
        is_same=False,
        first_site="快科技",
        second_site="快科技",
    ),
    Pair(
        first="大疆 Osmo Pocket 4 开箱",
        second="大疆 Osmo Pocket 4 评测",
        is_same=False,
        first_text=(
            "包装里除了主机，还有一只磁吸保护壳、手柄延长杆和一条编织腕带，没有充电头。机身比上一代略厚，转轴阻"
            "尼明显变紧，屏幕旋转即开机的设计得到保留。先放一组开箱图，详细体验稍后奉上。"
        ),
        second_text=(
            "连续拍了三周之后，我们对这台小相机的看法有了变化。夜景的噪点控制确实进步很大，跟焦也更果断，但四倍"
            "变焦下的防抖仍有拖影，续航在高帧率模式下不到七十分钟，以下是完整的评测。"
        ),
        first_site="IT之家",
        second_site="IT之家",
    ),
    Pair(
        first="北京环球影城二期明年动工",
        second="北京环球影城二期年内动工",
        is_same=False,
        first_site="新京报",
        second_site="北京日报",
    ),
    Pair(
        first="隆基绿能拟回购不超过5亿元股份",
        second="隆基绿能已回购5亿元股份",
        is_same=False,
        first_site="每日经济新闻",
        second_site="证券时报",
    ),
    Pair(
        first="DeepSeek-V4技术报告逐段解读",
        second="DeepSeek-V4-Lite技术报告逐段解读",
        is_same=False,
        first_site="量子位",
        second_site="机器之心",
    ),
    Pair(
        first="谷歌发布Gemini 3.5 Flash：面向低延迟场景",
        second="谷歌发布Gemini 3.5 Pro：面向低延迟场景",
        is_same=False,
        first_site="cnBeta",
        second_site="cnBeta",
    ),
    Pair(
        first="库克增持苹果股票",
        second="库克减持苹果股票",
        is_same=False,
        first_site="新浪科技",
        second_site="新浪科技",
    ),
    Pair(
        first="欧盟对Meta展开反垄断调查",
        second="欧盟对Meta结束反垄断调查",
        is_same=False,
        first_site="网易科技",
        second_site="财联社",
    ),
    Pair(
        first="山西一煤矿发生事故 致3人遇难",
        second="山西一煤矿发生事故 致5人遇难",
        is_same=False,
        first_text=(
            "某县应急管理局通报，二十四日凌晨，当地一座煤矿井下发生顶板事故，有三人遇难、四人受伤，伤者已送医，"
            "均无生命危险，事故原因正在调查，企业负责人已被控制，救援仍在继续。"
        ),
        second_text=(
            "某县应急管理局续报，经过三十多个小时的搜救，此前失联的两人已被找到，均无生命体征，事故遇难人数升至"
            "五人，现场救援工作结束，善后和原因调查正在进行，全县煤矿停产排查。"
        ),
        first_site="澎湃新闻",
        second_site="中新网",
    ),
    Pair(
        first="今日油价：92号汽油每吨上调120元，今晚24时起",
        second="今日油价：92号汽油每吨下调120元，今晚24时起",
        is_same=False,
        first_text=(
            "根据国际市场油价变化情况，按照现行成品油价格形成机制，今晚二十四时起国内汽油、柴油价格每吨分别提高"
            "120元和115元，加满一箱五十升的油大约多花五块钱，相关部门要求企业保障供应。"
        ),
        second_text=(
            "根据国际市场油价变化情况，按照现行成品油价格形成机制，今晚二十四时起国内汽油、柴油价格每吨分别降低"
            "120元和115元，加满一箱五十升的油大约少花五块钱，相关部门要求企业保障供应。"
        ),
        first_site="汽油网",
        second_site="新浪财经",
    ),
    Pair(
        first="人民币中间价报7.0826，上调13点",
        second="人民币中间价报7.0862，下调36点",
        is_same=False,
        first_text=(
            "中国外汇交易中心受权公布，今日银行间外汇市场人民币汇率中间价为1美元对人民币7.0826元，较上一交易日"
            "上调13个基点。上一交易日在岸人民币夜盘收于7.1034，较前收盘上涨。"
        ),
        second_text=(
            "中国外汇交易中心受权公布，今日银行间外汇市场人民币汇率中间价为1美元对人民币7.0862元，较上一交易日"
            "下调36个基点。上一交易日在岸人民币夜盘收于7.1102，较前收盘下跌。"
        ),
        first_site="中国货币网",
        second_site="财联社",
    ),
    Pair(
        first="一周热点回顾",
        second="一周热点回顾",
        is_same=False,
        first_text=(
            "本周读者最关心的消息包括：一个使用了三十年的压缩库换了维护者，天文学家在邻近恒星周围找到水汽，某国"
            "法院裁定爬虫抓取公开页面不构成侵权，以及浏览器厂商为扩展接口吵了起来。"
        ),
        second_text=(
            "本周读者最关心的消息包括：邮件列表时代的最后一座档案馆关闭，研究称重度咖啡饮用者的睡眠并未变差，一"
            "家卫星公司失去了对三颗卫星的联系，以及某发行版决定放弃三十二位支持。"
        ),
        first_site="Solidot",
        second_site="Solidot",
    ),
    Pair(
        first="早报｜iPhone Fold 或推迟发布/宇树通过上市辅导/大众裁撤软件部门",
        second="早报｜iPhone Fold 量产在即/宇树递交招股书/大众重组软件部门",
        is_same=False,
        first_text=(
            "供应链人士称，首款折叠手机的铰链良率仍不理想，发布时间可能后移一个季度。另外，一家机器人公司完成上"
            "市辅导验收，某德国车企将裁撤软件子公司约三分之一的岗位。周末也值得一看。"
        ),
        second_text=(
            "分析师在最新报告里写道，首款折叠手机的铰链问题已经解决，工厂将在下月开始爬坡。另外，一家机器人公司"
            "正式递交招股书，某德国车企把软件子公司并入研发总部。周末也值得一看。"
        ),
        first_site="爱范儿",
        second_site="爱范儿",
    ),
    Pair(
        first="科技爱好者周刊（第 371 期）：慢下来的工具",
        second="科技爱好者周刊（第 372 期）：慢下来的工具人",
        is_same=False,
        first_text=(
            "这里记录每周值得分享的科技内容，周五发布。本期的封面图是冰岛的一座地热温室，夜里透出粉色的光。最近"
            "我开始用一支只能写三百字的电子打字机，发现自己反而写得更多了。"
        ),
        second_text=(
            "这里记录每周值得分享的科技内容，周五发布。本期的封面图是首尔新落成的市立图书馆。上周的话题引来许多"
            "来信，不少读者说，真正需要慢下来的并不是工具，而是被工具催着走的人。"
        ),
        first_site="阮一峰的网络日志",
        second_site="阮一峰的网络日志",
    ),
    Pair(
        first="每周设备讨论：你的主力键盘是什么",
        second="每周设备讨论：你的主力鼠标是什么",
        is_same=False,
        first_site="V2EX",
        second_site="V2EX",
    ),
    Pair(
        first="微星发布MPG 322URX显示器",
        second="微星发布MPG 322URDX显示器",
        is_same=False,
        first_site="cnBeta",
        second_site="快科技",
    ),
    Pair(
        first="红米 K90 至尊版支持 100W 有线快充",
        second="红米K90至尊版支持100W无线快充",
        is_same=False,
        first_site="IT之家",
        second_site="快科技",
    ),
    Pair(
        first="中芯国际涨超5% 华虹半导体跌超2%",
        second="华虹半导体涨超5% 中芯国际跌超2%",
        is_same=False,
        first_site="财联社",
        second_site="新浪财经",
    ),
    Pair(
        first="万科：债券展期议案获通过",
        second="万科：债券展期议案未获通过",
        is_same=False,
        first_site="界面新闻",
        second_site="界面新闻",
    ),
    Pair(
        first="最前线｜库迪咖啡进入日本市场",
        second="最前线｜库迪咖啡退出日本市场",
        is_same=False,
        first_site="36氪",
        second_site="36氪",
    ),
    Pair(
        first="神舟二十三号载人飞船将于近日择机发射",
        second="神舟二十三号载人飞船发射圆满成功",
        is_same=False,
        first_site="新华网",
        second_site="新华网",
    ),
    Pair(
        first="泰国总理访问柬埔寨",
        second="柬埔寨首相访问泰国",
        is_same=False,
        first_site="中国新闻网",
        second_site="环球网",
    ),
    Pair(
        first="华为 Pura 90 入网：支持北斗卫星消息",
        second="华为 Pura 90 Pro 入网：支持北斗卫星消息，另有天通版",
        is_same=False,
        first_site="IT之家",
        second_site="IT之家",
    ),
    Pair(
        first="微软Xbox部门营收同比下降29%",
        second="微软Xbox硬件营收同比下降29%",
        is_same=False,
        first_site="cnBeta",
        second_site="cnBeta",
    ),
    Pair(
        first="梅西复出首秀进球 迈阿密国际两球小胜",
        second="梅西复出首秀助攻 迈阿密国际两球小胜",
        is_same=False,
        first_site="网易体育",
        second_site="新浪体育",
    ),
    Pair(
        first="网传某音乐节因天气延期 主办方：消息不实",
        second="某音乐节因天气延期 主办方：可全额退票",
        is_same=False,
        first_site="新浪娱乐",
        second_site="腾讯娱乐",
    ),
    Pair(
        first="NeurIPS 2025最佳论文公布",
        second="NeurIPS 2026最佳论文公布",
        is_same=False,
        first_text=(
            "今年的最佳论文共四篇，其中两篇来自高校，主题涵盖注意力机制的门控设计、深层网络在强化学习里的作用以"
            "及语言模型输出的同质化问题，评审委员会在公告里逐篇说明了理由。"
        ),
        second_text=(
            "今年的最佳论文减为三篇，评审委员会称投稿总数首次超过三万，评审压力前所未有。获奖工作分别讨论世界模"
            "型的可识别性、稀疏训练的理论下界，以及一套新的评测数据审计方法。"
        ),
        first_site="机器之心",
        second_site="机器之心",
    ),
    Pair(
        first="Firefox 150 默认启用标签页分组",
        second="Firefox 150 默认停用标签页分组",
        is_same=False,
        first_site="cnBeta",
        second_site="Solidot",
    ),
    Pair(
        first="DDR5 32GB内存条涨至1299元",
        second="DDR4 32GB内存条涨至1299元",
        is_same=False,
        first_site="快科技",
        second_site="快科技",
    ),
    Pair(
        first="钛媒体科股早知道：固态电池中试线提速",
        second="钛媒体科股早知道：固态变压器中试线提速",
        is_same=False,
        first_site="钛媒体",
        second_site="钛媒体",
    ),
    Pair(
        first="龙虎榜丨三机构净买入中际旭创4.1亿元",
        second="龙虎榜丨三机构净卖出中际旭创4.1亿元",
        is_same=False,
        first_text=(
            "盘后数据显示，这只光模块龙头今日收涨一成多，全天换手率百分之六，成交额两百三十亿元。席位方面，三家"
            "机构合计净买入4.1亿元，深股通买入9.8亿元并卖出7.2亿元，营业部席位分歧较大。"
        ),
        second_text=(
            "盘后数据显示，这只光模块龙头今日收跌近一成，全天换手率百分之七，成交额两百六十亿元。席位方面，三家"
            "机构合计净卖出4.1亿元，深股通买入6.1亿元并卖出11.3亿元，营业部席位分歧较大。"
        ),
        first_site="证券日报",
        second_site="证券日报",
    ),
    Pair(
        first="印度一架战机在训练中坠毁 飞行员获救",
        second="印度一架战机在训练中坠毁 飞行员遇难",
        is_same=False,
        first_site="观察者网",
        second_site="澎湃新闻",
    ),
    Pair(
        first="宇树 G1 机器人涨价 1 万元",
        second="宇树R1机器人涨价1万元",
        is_same=False,
        first_site="IT之家",
        second_site="新浪科技",
    ),
    Pair(
        first="深交所终止对云洲智能IPO审核",
        second="深交所中止对云洲智能IPO审核",
        is_same=False,
        first_site="财联社",
        second_site="证券时报",
    ),
    Pair(
        first="铠侠发布XG10固态硬盘：顺序读取14000MB/s",
        second="铠侠发布 XG10 固态硬盘：顺序写入 14000MB/s",
        is_same=False,
        first_site="快科技",
        second_site="IT之家",
    ),
    Pair(
        first="具透｜macOS 26.2 有哪些值得关注的变化",
        second="具透 | iPadOS 26.2有哪些值得关注的变化",
        is_same=False,
        first_text=(
            "新版本把通知中心的分组逻辑改了回去，聚焦搜索也能直接调用捷径的参数。对多显示器用户来说，最实在的变"
            "化是窗口位置终于能跨重启记住，这篇文章会按照使用频率逐项介绍。"
        ),
        second_text=(
            "台前调度在小尺寸机型上恢复了三窗口布局，触控笔悬停也支持了更多系统控件。对外接键盘的用户来说，最实"
            "在的变化是全局快捷键可以自定义，这篇文章会按照使用频率逐项介绍。"
        ),
        first_site="少数派",
        second_site="少数派",
    ),
    Pair(
        first="国家统计局：10月CPI同比上涨0.2%",
        second="国家统计局：10月CPI环比上涨0.2%",
        is_same=False,
        first_site="新京报",
        second_site="新京报",
    ),
    Pair(
        first="【直播回放】罗技发布会全程 P1",
        second="【直播回放】罗技发布会全程 P2",
        is_same=False,
        first_site="B站",
        second_site="B站",
    ),
    Pair(
        first="颱風假？北北基明天停止上班上課",
        second="台风假？北北基明天正常上班上课",
        is_same=False,
        first_site="自由時報",
        second_site="自由时报",
    ),
    Pair(
        first="聯發科天璣 9500 跑分曝光",
        second="联发科天玑9500s跑分曝光",
        is_same=False,
        first_site="科技新報",
        second_site="cnBeta",
    ),
    Pair(
        first="六合彩第118期攪珠結果",
        second="六合彩第119期搅珠结果",
        is_same=False,
        first_text=(
            "今期六合彩已於今晚九時半攪珠，頭獎無人中，二獎一注半中，每注派彩一百二十餘萬元，多寶累積至下一期，"
            "馬會預計下期若由一注獨中，頭獎獎金可達三千萬元，攪珠號碼如下。"
        ),
        second_text=(
            "今期六合彩已于今晚九时半搅珠，头奖两注中，每注派彩一千五百余万元，二奖三注中，马会公布头奖投注分别"
            "在沙田及屯门的投注站售出，下一期不设多宝，搅珠号码如下。"
        ),
        first_site="香港01",
        second_site="星島日報",
    ),
    Pair(
        first="鴻海上調全年展望 AI伺服器營收年增五成",
        second="鸿海下调全年展望 AI伺服器营收年增五成",
        is_same=False,
        first_site="聯合新聞網",
        second_site="财联社",
    ),
    Pair(
        first="台股收盤下跌212點 失守28000點",
        second="台股收盘下跌122点 守住28000点",
        is_same=False,
        first_site="經濟日報",
        second_site="新浪财经",
    ),
    Pair(
        first="社評：輸入外勞不能一刀切",
        second="社评：输入外劳须设上限",
        is_same=False,
        first_site="明報",
        second_site="明报",
    ),
    Pair(
        first="【資安週報】11月3日到11月7日",
        second="【资安周报】11月10日到11月14日",
        is_same=False,
        first_text=(
            "這一週最值得注意的是供應鏈攻擊，有駭客假冒知名套件的維護者上架惡意版本；另外，防火牆廠商修補了一個"
            "已遭利用的零時差漏洞，醫療院所也傳出資料外洩，主管機關要求限期改善。"
        ),
        second_text=(
            "这一周最值得注意的是勒索软体，有制造业者的产线因此停摆三天；另外，浏览器厂商释出例行更新，修补二十"
            "多个漏洞，研究人员也揭露新的钓鱼工具包，可绕过双因素验证。"
        ),
        first_site="iThome",
        second_site="iThome",
    ),
    Pair(
        first="屯馬綫列車服務受阻 港鐵料需時20分鐘",
        second="东铁线列车服务受阻 港铁料需时20分钟",
        is_same=False,
        first_site="東網",
        second_site="东网",
    ),
    Pair(
        first="Rivian will not sell its charging network to Volkswagen",
        second="Rivian will now sell its charging network to Volkswagen",
        is_same=False,
        first_site="TechCrunch",
        second_site="TechCrunch",
    ),
    Pair(
        first="The Ray-Ban Meta Gen 2 are $50 off today",
        second="The Ray-Ban Meta Gen 1 are $50 off today",
        is_same=False,
        first_site="The Verge",
        second_site="The Verge",
    ),
    Pair(
        first="Rocket Report: A second chance for Vulcan; India tests a reusable stage",
        second="Rocket Report: A second delay for Vulcan; India tests a crew capsule",
        is_same=False,
        first_text=(
            "Welcome to this week's edition of the Rocket Report. United Launch Alliance got the go-ahead to "
            "fly again after engineers traced the nozzle anomaly to a bad weld. We welcome reader submissions."
        ),
        second_text=(
            "Welcome to this week's edition of the Rocket Report. A faulty valve has pushed United Launch "
            "Alliance's next mission into the new year, to a general's annoyance. We welcome reader "
            "submissions."
        ),
        first_site="Ars Technica",
        second_site="Ars Technica",
    ),
    Pair(
        first="Oil settles up 2% on OPEC+ supply outlook",
        second="Oil settles down 2% on OPEC+ supply outlook",
        is_same=False,
        first_site="Reuters",
        second_site="Reuters",
    ),
    Pair(
        first="Intel in talks to buy SambaNova",
        second="SambaNova in talks to buy Intel unit",
        is_same=False,
        first_site="Bloomberg",
        second_site="CNBC",
    ),
    Pair(
        first="Disney is raising prices again next month",
        second="Disney+ is raising prices again next month",
        is_same=False,
        first_site="The Verge",
        second_site="Engadget",
    ),
    Pair(
        first="OpenZFS 2.4 ships with faster dedup",
        second="OpenZFS 2.4-rc4 ships with faster dedup",
        is_same=False,
        first_site="Ars Technica",
        second_site="Phoronix",
    ),
    Pair(
        first="Morning briefing: Tuesday",
        second="Morning briefing: Wednesday",
        is_same=False,
        first_text=(
            "Good morning. Rail unions and ministers meet again today after a weekend of cancelled trains, and "
            "a rare copy of a first folio goes under the hammer in Edinburgh. Here is what you need to know."
        ),
        second_text=(
            "Good morning. Schools across the north are shut after heavy snow, and the hospital fire inquiry "
            "hears its first witnesses this afternoon. Here is what you need to know."
        ),
        first_site="BBC News",
        second_site="BBC News",
    ),
    Pair(
        first="Apple seeds third beta of watchOS 26.3 to developers",
        second="Apple seeds third beta of tvOS 26.3 to developers",
        is_same=False,
        first_site="MacRumors",
        second_site="9to5Mac",
    ),
    Pair(
        first="The Best Espresso Machines Under $500",
        second="The Best Espresso Machines Under $1,500",
        is_same=False,
        first_site="Wired",
        second_site="Wired",
    ),
    Pair(
        first="Boeing confirms talks over 777-9 compensation with Emirates",
        second="Boeing denies talks over 777-9 compensation with Emirates",
        is_same=False,
        first_site="Reuters",
        second_site="AP News",
    ),
    Pair(
        first="Wordle hints and answer for Nov. 21, No. 1616",
        second="Wordle hints and answer for Nov. 22, No. 1617",
        is_same=False,
        first_text=(
            "Need a nudge with today's puzzle? The word has two vowels, no repeated letters, and it's "
            "something you might find in a kitchen drawer. Scroll slowly: the full answer is at the bottom of "
            "the page."
        ),
        second_text=(
            "Need a nudge with today's puzzle? The word has one vowel, a repeated letter, and it describes how "
            "you may feel after a long walk. Scroll slowly: the full answer is at the bottom of the page."
        ),
        first_site="New York Times",
        second_site="New York Times",
    ),
    Pair(
        first="Honda moves hybrid output from Mexico to Indiana",
        second="Honda moves hybrid output from Indiana to Mexico",
        is_same=False,
        first_site="Nikkei Asia",
        second_site="Nikkei Asia",
    ),
    Pair(
        first="Ask HN: Who is hiring? (October 2026)",
        second="Ask HN: Who is hiring? (November 2026)",
        is_same=False,
        first_site="Hacker News",
        second_site="Hacker News",
    ),
    Pair(
        first="「Pixel 11」国内発売は10月9日\u3000価格は12万8900円から",
        second="「Pixel 11 Pro」国内発売は10月9日\u3000価格は12万8900円から",
        is_same=False,
        first_site="ITmedia",
        second_site="Impress Watch",
    ),
    Pair(
        first="2026年11月12日のヘッドラインニュース",
        second="2026年11月13日のヘッドラインニュース",
        is_same=False,
        first_text=(
            "今日の小ネタ記事をまとめてお届けします。世界最小の折り紙飛行機を作った学生の話、地下鉄の忘れ物だけ"
            "を並べた展覧会、さらに二十年前のゲーム機を冷蔵庫に組み込んだ猛者など、気になる話題が盛りだくさんで"
            "す。"
        ),
        second_text=(
            "今日の小ネタ記事をまとめてお届けします。砂漠に突然あらわれた巨大な湖の衛星写真、廃線の駅を買い取っ"
            "た夫婦の暮らし、さらに猫の鳴き声を翻訳すると称する首輪の実験など、気になる話題が盛りだくさんです。"
        ),
        first_site="GIGAZINE",
        second_site="GIGAZINE",
    ),
    Pair(
        first="ソニー、テレビ事業の分離を検討",
        second="ソニー、テレビ事業の分離を否定",
        is_same=False,
        first_site="日本経済新聞",
        second_site="NHK",
    ),
    Pair(
        first="北向资金动向：增持比亚迪，减持贵州茅台",
        second="北向资金动向：增持贵州茅台，减持比亚迪",
        is_same=False,
        first_text=(
            "交易所披露的数据显示，今日北向成交总额约两千三百亿元，占两市成交的一成多。个股方面，一家新能源车企"
            "获大额增持，居各股之首，白酒龙头则连续第三日被减持，银行股变动不大。"
        ),
        second_text=(
            "交易所披露的数据显示，今日北向成交总额约一千九百亿元，占两市成交的一成左右。个股方面，白酒龙头重新"
            "得到青睐，增持额居首，新能源车企遭减持，半导体设备股也有资金离场。"
        ),
        first_site="东方财富",
        second_site="东方财富",
    ),
)
