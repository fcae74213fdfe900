"""Labelled pairs of headlines: more of the same kinds."""

from tests.data.headline_pairs import Pair

PAIRS: tuple[Pair, ...] = (
    Pair(
        first="工信部：前三季度软件业务收入同比增长12.8%，利润增速回升",
        second="工信部：前三季度软件业务收入同比增长 12.8%，利润增速回升 - IT之家",
        is_same=True,
        first_site="财联社",
        second_site="IT之家",
    ),
    Pair(
        first="[图]微软向Beta频道推送Windows 11 Build 26220.7344：任务栏新增天气卡片",
        second="微软向 Beta 频道推送 Windows 11 Build 26220.7344：任务栏新增天气卡片",
        is_same=True,
        first_site="cnBeta",
        second_site="IT之家",
    ),
    Pair(
        first="【独家】小红书内测“附近”频道，成都、武汉首批试点",
        second="小红书内测「附近」频道，成都、武汉首批试点",
        is_same=True,
        first_site="36氪",
        second_site="少数派",
    ),
    Pair(
        first="消息称理想汽车明年将推出两款纯电SUV",
        second="理想汽车明年将推出两款纯电 SUV",
        is_same=True,
        first_site="IT之家",
        second_site="新浪科技",
    ),
    Pair(
        first="曝某国产影像旗舰改用双2亿像素 长焦微距一步到位",
        second="某国产影像旗舰改用双2亿像素，长焦微距一步到位_快科技",
        is_same=True,
        first_site="快科技",
        second_site="快科技",
    ),
    Pair(
        first="快讯：沪指收涨0.46%，半导体设备板块领涨",
        second="沪指收涨0.46%，半导体设备板块领涨",
        is_same=True,
        first_text=(
            "财联社11月18日电，A股三大指数今日集体走高，截至收盘，沪指涨0.46%，深成指涨0.71%，创业板指涨"
            "1.02%。盘面上，半导体设备板块领涨两市，多只个股封板。"
        ),
        second_text=(
            "11月18日，A股三大指数今日集体走高，截至收盘，沪指涨0.46%，深成指涨0.71%，创业板指涨1.02%。盘"
            "面上，半导体设备板块领涨两市，多只个股封板。"
        ),
        first_site="新浪财经",
        second_site="财联社",
    ),
    Pair(
        first="一亩地里的“数字账本”：寿光菜农如何用传感器种番茄",
        second='一亩地里的"数字账本":寿光菜农如何用传感器种番茄',
        is_same=True,
        first_site="新华网",
        second_site="人民网",
    ),
    Pair(
        first="国家医保局：生育津贴将直接发放至个人",
        second="国家医保局：生育津贴将直接发放至个人——中新网",
        is_same=True,
        first_site="央视新闻",
        second_site="中新网",
    ),
    Pair(
        first="字节跳动开源视频生成模型，单卡可跑1080P",
        second="字节跳动开源视频生成模型，单卡可跑１０８０Ｐ",
        is_same=True,
        first_site="机器之心",
        second_site="量子位",
    ),
    Pair(
        first="36氪首发 | 专注柔性钙钛矿电池，“曜晶光电”完成近亿元A轮融资",
        second="专注柔性钙钛矿电池，「曜晶光电」完成近亿元A轮融资",
        is_same=True,
        first_text=(
            "36氪获悉，柔性钙钛矿电池研发商「曜晶光电」近日完成近亿元A轮融资，由元禾控股领投，老股东跟投，"
            "资金将主要用于百兆瓦产线建设以及海外市场的拓展。"
        ),
        second_text=(
            "36氪获悉，柔性钙钛矿电池研发商“曜晶光电”近日完成近亿元A轮融资，由元禾控股领投，老股东跟投，"
            "资金将主要用于百兆瓦产线建设以及海外市场的拓展。"
        ),
        first_site="36氪",
        second_site="创业邦",
    ),
    Pair(
        first="据报道，三星西安工厂将升级至236层NAND产线",
        second="三星西安工厂将升级至 236 层 NAND 产线",
        is_same=True,
        first_site="新浪科技",
        second_site="IT之家",
    ),
    Pair(
        first="我国科学家在青藏高原发现距今3800万年的鱼类化石",
        second="我国科学家在青藏高原发现距今3800万年的鱼类化石 | 科技日报",
        is_same=True,
        first_site="新华社",
        second_site="科技日报",
    ),
    Pair(
        first="科技·宇航 | 天舟货运飞船完成在轨补加试验",
        second="天舟货运飞船完成在轨补加试验",
        is_same=True,
        first_site="央视网",
        second_site="cnBeta",
    ),
    Pair(
        first="马拉松遇上暴雨：无锡赛事组委会宣布取消半程项目",
        second="【体育】马拉松遇上暴雨：无锡赛事组委会宣布取消半程项目！",
        is_same=True,
        first_site="澎湃新闻",
        second_site="新浪体育",
    ),
    Pair(
        first="AMD锐龙7 9850X3D跑分曝光：单核提升约7%",
        second="AMD 锐龙 7 9850X3D 跑分曝光，单核提升约 7%",
        is_same=True,
        first_site="快科技",
        second_site="IT之家",
    ),
    Pair(
        first="为什么你的路由器总在晚上变慢？",
        second="为什么你的路由器总在晚上变慢? 📶",
        is_same=True,
        first_site="少数派",
        second_site="什么值得买",
    ),
    Pair(
        first="外媒：苹果正与印度塔塔集团商谈扩大iPhone产能",
        second="苹果正与印度塔塔集团商谈扩大 iPhone 产能",
        is_same=True,
        first_text=(
            "据外媒报道，苹果近期与印度塔塔集团就卡纳塔克邦工厂的扩建进行磋商，目标是在两年之内把当地的整"
            "机组装能力提高一倍，并引入更多的零部件配套厂商入驻园区。"
        ),
        second_text=(
            "据外媒报道，苹果近期与印度塔塔集团就卡纳塔克邦工厂的扩建进行磋商，目标是在两年之内把当地的整"
            "机组装能力提高一倍，并引入更多的零部件配套厂商入驻园区。"
        ),
        first_site="环球网",
        second_site="IT之家",
    ),
    Pair(
        first="比亚迪10月海外销量首破8万辆(图)",
        second="比亚迪10月海外销量首破8万辆",
        is_same=True,
        first_text=(
            "比亚迪今日披露10月产销快报，当月海外销售乘用车及皮卡合计超过8万辆，创下历史新高。公司表示，"
            "巴西、泰国以及欧洲多国市场的交付量均有明显增长。"
        ),
        second_text=(
            "比亚迪今日披露10月产销快报，当月海外销售乘用车及皮卡合计超过8万辆，创下历史新高。公司表示，"
            "巴西、泰国以及欧洲多国市场的交付量均有明显增长。"
        ),
        first_site="网易汽车",
        second_site="第一财经",
    ),
    Pair(
        first="Firefox 147发布：默认启用垂直标签页的自动折叠",
        second="FIREFOX 147 发布：默认启用垂直标签页的自动折叠 - Solidot",
        is_same=True,
        first_site="cnBeta",
        second_site="Solidot",
    ),
    Pair(
        first="央行：11月25日将开展9000亿元MLF操作",
        second="央行：11月25日将开展9000亿元MLF操作。",
        is_same=True,
        first_site="证券时报",
        second_site="财联社",
    ),
    Pair(
        first="《黑神话》音乐会武汉站加演，门票明日10时开售",
        second="黑神话音乐会武汉站加演 门票明日10时开售",
        is_same=True,
        first_site="游民星空",
        second_site="长江日报",
    ),
    Pair(
        first="广州地铁：12号线东段预计年底开通",
        second="广州地铁:12号线东段预计年底开通_南方网",
        is_same=True,
        first_site="羊城晚报",
        second_site="南方网",
    ),
    Pair(
        first="突发！南太平洋岛国汤加附近海域发生6.4级地震",
        second="南太平洋岛国汤加附近海域发生6.4级地震",
        is_same=True,
        first_site="海外网",
        second_site="中国地震台网",
    ),
    Pair(
        first="IT早报独家：阿里云将下调对象存储标准型单价",
        second="阿里云将下调对象存储标准型单价",
        is_same=True,
        first_site="IT早报",
        second_site="新浪科技",
    ),
    Pair(
        first="高通骁龙X3 Elite工程机现身，最高配128GB内存",
        second="高通骁龙 X3 Elite 工程机现身 最高配 128GB 内存",
        is_same=True,
        first_site="cnBeta",
        second_site="IT之家",
    ),
    Pair(
        first="「老房改造」到底要不要装中央空调？我算了一笔账",
        second="“老房改造”到底要不要装中央空调？我算了一笔账 - 少数派",
        is_same=True,
        first_text=(
            "去年冬天，我和家人搬进了一套建于1998年的老房子，层高只有两米六。关于要不要装中央空调这件事，"
            "我们足足争论了三个月，最后决定把所有的费用摊开来算一算。"
        ),
        second_text=(
            "去年冬天，我和家人搬进了一套建于 1998 年的老房子，层高只有两米六。关于要不要装中央空调这件事，"
            "我们足足争论了三个月，最后决定把所有的费用摊开来算一算。"
        ),
        first_site="少数派",
        second_site="少数派",
    ),
    Pair(
        first="传OpenAI考虑自建卫星地面站",
        second="OpenAI考虑自建卫星地面站？",
        is_same=True,
        first_site="界面新闻",
        second_site="新浪科技",
    ),
    Pair(
        first="中国男篮76:68逆转韩国队，世预赛取得开门红",
        second="中国男篮76：68逆转韩国队，世预赛取得开门红-虎扑",
        is_same=True,
        first_site="新浪体育",
        second_site="虎扑",
    ),
    Pair(
        first="研究：长期夜班或增加房颤风险",
        second="研究:长期夜班或增加房颤风险 · 果壳",
        is_same=True,
        first_text=(
            "一项覆盖28万人、随访十年以上的队列研究显示，与从不上夜班的人相比，每月夜班超过八次的人患心房"
            "颤动的风险上升约一成半，而且这一关联在女性当中更为明显。"
        ),
        second_text=(
            "一项覆盖28万人、随访十年以上的队列研究显示，与从不上夜班的人相比，每月夜班超过八次的人患心房"
            "颤动的风险上升约一成半，而且这一关联在女性当中更为明显。"
        ),
        first_site="科学网",
        second_site="果壳",
    ),
    Pair(
        first="宁德时代：钠电池乘用车包已通过-40℃冷启动测试",
        second="宁德时代：钠电池乘用车包已通过 -40℃ 冷启动测试",
        is_same=True,
        first_text=(
            "宁德时代在投资者互动平台上表示，公司为乘用车开发的钠离子电池包已经通过零下40摄氏度的整车冷启"
            "动测试，低温容量保持率超过九成，计划于明年配套首批量产车型。"
        ),
        second_text=(
            "宁德时代在投资者互动平台上表示，公司为乘用车开发的钠离子电池包已经通过零下 40 摄氏度的整车冷"
            "启动测试，低温容量保持率超过九成，计划于明年配套首批量产车型。"
        ),
        first_site="财联社",
        second_site="IT之家",
    ),
    Pair(
        first="国产数据库OceanBase 5.0正式发布",
        second="【OSC资讯】国产数据库 OceanBase 5.0 正式发布",
        is_same=True,
        first_site="InfoQ",
        second_site="开源中国",
    ),
    Pair(
        first="《自然》：迄今最完整的章鱼大脑图谱公布",
        second="《自然》: 迄今最完整的章鱼大脑图谱公布",
        is_same=True,
        first_site="中国科学报",
        second_site="科学网",
    ),
    Pair(
        first="【早知道】美联储会议纪要：多数官员支持放缓缩表",
        second="美联储会议纪要：多数官员支持放缓缩表",
        is_same=True,
        first_site="华尔街见闻",
        second_site="第一财经",
    ),
    Pair(
        first="上海迪士尼将于2027年春季开放新剧场",
        second="上海迪士尼将于2027年春季开放新剧场 -- 界面新闻",
        is_same=True,
        first_site="上观新闻",
        second_site="界面新闻",
    ),
    Pair(
        first="华为Mate XTs三折叠降价3000元",
        second="华为 Mate XTs 三折叠降价 3000 元🔥",
        is_same=True,
        first_site="快科技",
        second_site="什么值得买",
    ),
    Pair(
        first="知情人士：滴滴正与巴西监管机构沟通自动驾驶测试许可",
        second="滴滴正与巴西监管机构沟通自动驾驶测试许可",
        is_same=True,
        first_text=(
            "知情人士透露，滴滴近期已向巴西圣保罗州交通主管部门提交自动驾驶道路测试的申请材料，预计首批投"
            "放不超过二十辆测试车，并全程配备安全员，双方沟通仍处于初期阶段。"
        ),
        second_text=(
            "知情人士透露，滴滴近期已向巴西圣保罗州交通主管部门提交自动驾驶道路测试的申请材料，预计首批投"
            "放不超过二十辆测试车，并全程配备安全员，双方沟通仍处于初期阶段。"
        ),
        first_site="路透中文",
        second_site="36氪",
    ),
    Pair(
        first="Linux 6.19-rc3发布，Linus称“节后一切平静”",
        second="Linux 6.19-rc3 发布，Linus 称「节后一切平静」",
        is_same=True,
        first_site="cnBeta",
        second_site="开源中国",
    ),
    Pair(
        first="财经频道 > 国债期货收盘全线下跌 30年期主力合约跌0.35%",
        second="国债期货收盘全线下跌，30年期主力合约跌0.35%",
        is_same=True,
        first_site="和讯网",
        second_site="财联社",
    ),
    Pair(
        first="北京：明年起五环内禁止国三标准柴油货车通行",
        second="北京 : 明年起五环内禁止国三标准柴油货车通行",
        is_same=True,
        first_site="北京日报",
        second_site="新京报",
    ),
    Pair(
        first="贾樟柯新片入围鹿特丹电影节主竞赛单元",
        second="贾樟柯新片入围鹿特丹电影节主竞赛单元 – 豆瓣电影",
        is_same=True,
        first_site="时光网",
        second_site="豆瓣电影",
    ),
    Pair(
        first="任天堂：Switch 2全球销量已突破1500万台",
        second="任天堂：ＳＷＩＴＣＨ ２全球销量已突破１５００万台",
        is_same=True,
        first_site="游民星空",
        second_site="机核",
    ),
    Pair(
        first="深度 | 县城咖啡馆的第三个冬天",
        second="县城咖啡馆的第三个冬天",
        is_same=True,
        first_text=(
            "十二月的豫南小城，早晨七点街上还没有多少人，周琳已经把咖啡机预热好了。这是她回到县城开店的第"
            "三个冬天，附近同行从十一家减少到了四家，她却打算把隔壁的铺面租下来。"
        ),
        second_text=(
            "十二月的豫南小城，早晨七点街上还没有多少人，周琳已经把咖啡机预热好了。这是她回到县城开店的第"
            "三个冬天，附近同行从十一家减少到了四家，她却打算把隔壁的铺面租下来。"
        ),
        first_site="虎嗅",
        second_site="界面新闻",
    ),
    Pair(
        first="马斯克：星链手机直连服务明年覆盖非洲18国",
        second="马斯克:星链手机直连服务明年覆盖非洲18国!",
        is_same=True,
        first_site="cnBeta",
        second_site="新浪科技",
    ),
    Pair(
        first="[视频]大疆发布Flip 2：折叠桨保护罩、249克机身",
        second="大疆发布 Flip 2：折叠桨保护罩、249 克机身",
        is_same=True,
        first_site="cnBeta",
        second_site="IT之家",
    ),
    Pair(
        first="国家统计局：10月份规模以上工业增加值同比增长4.9%",
        second="国家统计局：10月份规模以上工业增加值同比增长4.9％",
        is_same=True,
        first_site="国家统计局",
        second_site="央视财经",
    ),
    Pair(
        first="彭博社：谷歌拟向Anthropic追加投资",
        second="彭博社 | 谷歌拟向 Anthropic 追加投资",
        is_same=True,
        first_site="新浪科技",
        second_site="IT之家",
    ),
    Pair(
        first="三星堆8号坑出土“猪鼻龙”跨坑拼对成功",
        second="三星堆8号坑出土‘猪鼻龙’跨坑拼对成功",
        is_same=True,
        first_site="四川日报",
        second_site="红星新闻",
    ),
    Pair(
        first="小米YU9申报图曝光：六座布局、车长5.2米【图】",
        second="小米 YU9 申报图曝光：六座布局，车长 5.2 米",
        is_same=True,
        first_site="快科技",
        second_site="IT之家",
    ),
    Pair(
        first="德国联邦议院通过新版数据中心能效法案",
        second="国际·德国联邦议院通过新版数据中心能效法案",
        is_same=True,
        first_site="参考消息",
        second_site="新华网",
    ),
    Pair(
        first="腾讯会议将于12月8日起调整免费版时长",
        second="腾讯会议将于 12 月 8 日起调整免费版时长（附公告）",
        is_same=True,
        first_text=(
            "腾讯会议今日发布公告称，自12月8日零时起，免费版用户单场会议时长上限将调整，教育认证用户不受"
            "影响。公告同时说明，已经预约的会议仍按照原有规则执行至结束。"
        ),
        second_text=(
            "腾讯会议今日发布公告称，自 12 月 8 日零时起，免费版用户单场会议时长上限将调整，教育认证用户"
            "不受影响。公告同时说明，已经预约的会议仍按照原有规则执行至结束。"
        ),
        first_site="36氪",
        second_site="IT之家",
    ),
    Pair(
        first="吉林查干湖冬捕头鱼拍出1399999元",
        second="吉林查干湖冬捕头鱼拍出1,399,999元",
        is_same=True,
        first_site="吉林日报",
        second_site="中新网",
    ),
    Pair(
        first="PostgreSQL 19 Beta 1可供下载",
        second="PostgreSQL 19 Beta 1 可供下载 | Linux中国",
        is_same=True,
        first_site="开源中国",
        second_site="Linux中国",
    ),
    Pair(
        first="欧盟委员会对Temu处以2.1亿欧元罚款",
        second="最新！欧盟委员会对 Temu 处以 2.1 亿欧元罚款",
        is_same=True,
        first_site="财联社",
        second_site="IT之家",
    ),
    Pair(
        first="铁路12306：学生票今起可预约购买",
        second="铁路12306：学生票今起可预约购买 - 民生 - 央视网",
        is_same=True,
        first_site="人民日报",
        second_site="央视网",
    ),
    Pair(
        first="vivo X500 Ultra渲染图出炉，后摄模组更薄了…",
        second="vivo X500 Ultra 渲染图出炉 后摄模组更薄了",
        is_same=True,
        first_site="快科技",
        second_site="数码闲聊站",
    ),
    Pair(
        first="“氢能重卡”跑通京沪线，单程补氢两次",
        second="氢能重卡跑通京沪线 单程补氢两次｜第一财经",
        is_same=True,
        first_site="第一电动",
        second_site="第一财经",
    ),
    Pair(
        first="科学家首次拍到“孤儿行星”吞食气体的过程",
        second="[组图]科学家首次拍到“孤儿行星”吞食气体的过程",
        is_same=True,
        first_site="cnBeta",
        second_site="cnBeta",
    ),
    Pair(
        first="独家｜美团优选团队并入小象超市",
        second="独家 | 美团优选团队并入小象超市",
        is_same=True,
        first_text=(
            "据《晚点》了解，美团近日完成了新一轮组织调整，原优选业务的选品、仓配两支团队整体并入小象超市，"
            "涉及员工约六百人。美团方面表示，此次调整是为了统一生鲜供应链。"
        ),
        second_text=(
            "据《晚点》了解，美团近日完成了新一轮组织调整，原优选业务的选品、仓配两支团队整体并入小象超市，"
            "涉及员工约六百人。美团方面表示，此次调整是为了统一生鲜供应链。"
        ),
        first_site="晚点LatePost",
        second_site="晚点LatePost",
    ),
    Pair(
        first="雷军回应“座椅异响”：已成立专项小组",
        second="雷军回应『座椅异响』：已成立专项小组 - 新浪科技",
        is_same=True,
        first_site="IT之家",
        second_site="新浪科技",
    ),
    Pair(
        first="台積電嘉義廠明年第二季量產先進封裝",
        second="台积电嘉义厂明年第二季量产先进封装",
        is_same=True,
        first_site="經濟日報",
        second_site="cnBeta",
    ),
    Pair(
        first="港交所擬縮短新股結算周期至兩日",
        second="港交所拟缩短新股结算周期至两日 - 财新网",
        is_same=True,
        first_site="信報",
        second_site="财新网",
    ),
    Pair(
        first="【獨家】輝達擬在臺北北投設立海外總部",
        second="辉达拟在台北北投设立海外总部",
        is_same=True,
        first_site="聯合新聞網",
        second_site="新浪科技",
    ),
    Pair(
        first="大谷翔平連續第三年獲得國聯MVP",
        second="大谷翔平连续第三年获得国联 MVP",
        is_same=True,
        first_site="中央社",
        second_site="虎扑",
    ),
    Pair(
        first="消委會：市面三成暖風機溫度過高",
        second="消委会：市面三成暖风机温度过高",
        is_same=True,
        first_text=(
            "消費者委員會公布最新一期測試結果，市面上十二款暖風機當中，有四款在運作半小時後出風口溫度超出"
            "標準上限，部分樣本的外殼亦錄得過熱情況，消委會呼籲生產商改善設計。"
        ),
        second_text=(
            "消费者委员会公布最新一期测试结果，市面上十二款暖风机当中，有四款在运作半小时后出风口温度超出"
            "标准上限，部分样本的外壳亦录得过热情况，消委会呼吁生产商改善设计。"
        ),
        first_site="香港01",
        second_site="大公网",
    ),
    Pair(
        first="故宮南院「書畫裡的冬天」特展開幕｜文化",
        second="故宫南院“书画里的冬天”特展开幕",
        is_same=True,
        first_site="自由時報",
        second_site="澎湃新闻",
    ),
    Pair(
        first="聯發科天璣9600採用2奈米製程，年底前送樣",
        second="联发科天玑9600采用2奈米制程，年底前送样",
        is_same=True,
        first_site="科技新報",
        second_site="电子工程专辑",
    ),
    Pair(
        first="快訊／花蓮外海規模5.2地震 最大震度4級",
        second="花莲外海规模5.2地震，最大震度4级",
        is_same=True,
        first_site="ETtoday",
        second_site="海峡导报",
    ),
    Pair(
        first="港鐵東鐵綫訊號故障 服務延誤二十分鐘",
        second="港铁东铁线讯号故障，服务延误二十分钟",
        is_same=True,
        first_site="明報",
        second_site="大公网",
    ),
    Pair(
        first="研究團隊發現：珊瑚能「記住」熱浪",
        second="研究团队发现：珊瑚能“记住”热浪",
        is_same=True,
        first_text=(
            "澳洲與臺灣學者合作的研究團隊在大堡礁追蹤了四百株軸孔珊瑚，發現曾經歷中度熱浪的個體，在第二次"
            "升溫時白化的比例明顯較低，這種耐受力至少可以維持三年以上。"
        ),
        second_text=(
            "澳洲与台湾学者合作的研究团队在大堡礁追踪了四百株轴孔珊瑚，发现曾经历中度热浪的个体，在第二次"
            "升温时白化的比例明显较低，这种耐受力至少可以维持三年以上。"
        ),
        first_site="泛科學",
        second_site="环球科学",
    ),
    Pair(
        first="鴻海攜手三菱電機 布局資料中心電源 | 科技新報 TechNews",
        second="鸿海携手三菱电机，布局资料中心电源",
        is_same=True,
        first_text=(
            "鴻海今日宣布與日本三菱電機簽署合作備忘錄，雙方將共同開發用於資料中心的高壓直流電源系統，首批"
            "產品預計在明年下半年送交客戶驗證，並規劃在高雄設立聯合測試實驗室。"
        ),
        second_text=(
            "鸿海今日宣布与日本三菱电机签署合作备忘录，双方将共同开发用于资料中心的高压直流电源系统，首批"
            "产品预计在明年下半年送交客户验证，并规划在高雄设立联合测试实验室。"
        ),
        first_site="科技新報",
        second_site="半导体行业观察",
    ),
    Pair(
        first="歐洲央行維持利率不變，拉加德稱通脹「處於良好位置」",
        second="欧洲央行维持利率不变 拉加德称通胀“处于良好位置”",
        is_same=True,
        first_site="信報",
        second_site="华尔街见闻",
    ),
    Pair(
        first="颱風「海鷗」逼近菲律賓 逾十萬人撤離",
        second="台风“海鸥”逼近菲律宾，逾十万人撤离",
        is_same=True,
        first_site="中央社",
        second_site="参考消息",
    ),
    Pair(
        first="電動車電池護照怎麼做？歐盟新規一次看懂",
        second="电动车电池护照怎么做？欧盟新规一次看懂",
        is_same=True,
        first_site="數位時代",
        second_site="第一电动",
    ),
    Pair(
        first="傳 Garmin 將推出搭載 MicroLED 螢幕的潛水錶",
        second="Garmin将推出搭载MicroLED萤幕的潜水表",
        is_same=True,
        first_site="癮科技",
        second_site="cnBeta",
    ),
    Pair(
        first="Exclusive | Stripe weighs tender offer that would value payments firm at $140 billion",
        second="Stripe weighs tender offer that would value payments firm at $140 billion",
        is_same=True,
        first_site="WSJ",
        second_site="TechCrunch",
    ),
    Pair(
        first="Breaking: Magnitude 6.8 quake strikes off the coast of northern Chile",
        second="Magnitude 6.8 quake strikes off the coast of northern Chile",
        is_same=True,
        first_site="Sky News",
        second_site="Reuters",
    ),
    Pair(
        first="The best e-readers for people who hate screens - The Verge",
        second="The Best E-Readers for People Who Hate Screens",
        is_same=True,
        first_site="The Verge",
        second_site="The Verge",
    ),
    Pair(
        first="“It’s just a rock”: Why astronomers keep arguing about 3I/ATLAS",
        second='"It\'s just a rock": Why astronomers keep arguing about 3I/ATLAS | Ars Technica',
        is_same=True,
        first_text=(
            "When the third known interstellar object swept past Mars this fall, the argument about what "
            "it was had already been running for months. Most astronomers were tired of it."
        ),
        second_text=(
            "When the third known interstellar object swept past Mars this fall, the argument about what "
            "it was had already been running for months. Most astronomers were tired of it."
        ),
        first_site="Ars Technica",
        second_site="Ars Technica",
    ),
    Pair(
        first="Rust 1.93 stabilizes inline const patterns",
        second="Rust 1.93 Stabilizes Inline Const Patterns [LWN.net]",
        is_same=True,
        first_site="Phoronix",
        second_site="LWN.net",
    ),
    Pair(
        first="Wimbledon to scrap line-side towels from 2027 – BBC Sport",
        second="Wimbledon to scrap line-side towels from 2027",
        is_same=True,
        first_site="BBC Sport",
        second_site="Sky Sports",
    ),
    Pair(
        first="Review: A foldable that finally feels finished",
        second="A foldable that finally feels finished",
        is_same=True,
        first_site="Engadget",
        second_site="The Verge",
    ),
    Pair(
        first="Waymo says its robotaxis will serve Heathrow by spring",
        second="WAYMO SAYS ITS ROBOTAXIS WILL SERVE HEATHROW BY SPRING",
        is_same=True,
        first_site="TechCrunch",
        second_site="Drudge Report",
    ),
    Pair(
        first="Show HN: A spreadsheet that compiles to SQLite",
        second="A spreadsheet that compiles to SQLite — Hacker News",
        is_same=True,
        first_site="Hacker News",
        second_site="Hacker News",
    ),
    Pair(
        first="Scientists map every neuron in a zebrafish larva’s hindbrain",
        second="Science · Scientists map every neuron in a zebrafish larva's hindbrain",
        is_same=True,
        first_text=(
            "A five-year effort involving eleven laboratories has produced a complete wiring diagram of "
            "the hindbrain of a larval zebrafish, researchers reported on Wednesday."
        ),
        second_text=(
            "A five-year effort involving eleven laboratories has produced a complete wiring diagram of "
            "the hindbrain of a larval zebrafish, researchers reported on Wednesday."
        ),
        first_site="Nature News",
        second_site="Ars Technica",
    ),
    Pair(
        first="Canada’s inflation rate cools to 2.1% in October",
        second="Canada's inflation rate cools to 2.1 % in October - CBC News",
        is_same=True,
        first_site="Reuters",
        second_site="CBC News",
    ),
    Pair(
        first="Report: Valve is testing a Steam Deck with a detachable keyboard",
        second="Valve is testing a Steam Deck with a detachable keyboard!",
        is_same=True,
        first_text=(
            "Valve has been trying out a version of its handheld with a keyboard that snaps onto the "
            "bottom edge, according to two people who have seen early hardware samples."
        ),
        second_text=(
            "Valve has been trying out a version of its handheld with a keyboard that snaps onto the "
            "bottom edge, according to two people who have seen early hardware samples."
        ),
        first_site="PC Gamer",
        second_site="The Verge",
    ),
    Pair(
        first="How Lagos built a bus network in 18 months 🚌",
        second="How Lagos built a bus network in 18 months",
        is_same=True,
        first_site="Rest of World",
        second_site="Bloomberg",
    ),
    Pair(
        first="ソニー、フルサイズミラーレス「α7 VI」を国内発表　価格は約42万円",
        second="ソニー、フルサイズミラーレス「α7 VI」を国内発表 価格は約42万円 - ITmedia NEWS",
        is_same=True,
        first_site="デジカメ Watch",
        second_site="ITmedia NEWS",
    ),
    Pair(
        first="【速報】首都圏で大雪警報 新幹線に遅れ",
        second="首都圏で大雪警報　新幹線に遅れ",
        is_same=True,
        first_site="NHK",
        second_site="朝日新聞",
    ),
    Pair(
        first="ＪＡＸＡ、Ｈ３ロケット９号機の打ち上げを延期",
        second="JAXA、H3ロケット9号機の打ち上げを延期",
        is_same=True,
        first_site="読売新聞",
        second_site="PC Watch",
    ),
    Pair(
        first="荣耀Magic9 Pro通过3C认证，支持100W快充",
        second="荣耀Magic9 Pro+通过3C认证，支持100W快充",
        is_same=False,
        first_site="IT之家",
        second_site="快科技",
    ),
    Pair(
        first="小米17S入网，首批搭载新款骁龙",
        second="小米17S Max入网，首批搭载新款骁龙",
        is_same=False,
        first_site="快科技",
        second_site="快科技",
    ),
    Pair(
        first="OPPO Find X10标准版电池容量曝光",
        second="OPPO Find X10 mini电池容量曝光",
        is_same=False,
        first_site="IT之家",
        second_site="cnBeta",
    ),
    Pair(
        first="特斯拉Model Y L在韩国开启预订",
        second="特斯拉Model Y在韩国开启预订",
        is_same=False,
        first_site="新浪科技",
        second_site="IT之家",
    ),
    Pair(
        first="离岸人民币兑美元升破7.08关口",
        second="离岸人民币兑美元跌破7.08关口",
        is_same=False,
        first_site="财联社",
        second_site="华尔街见闻",
    ),
    Pair(
        first="今日晚间油价调整：92号汽油每升上调0.06元",
        second="今日晚间油价调整：92号汽油每升下调0.06元",
        is_same=False,
        first_text=(
            "国家发展改革委今日发布消息，新一轮成品油调价窗口开启，国内汽油、柴油价格每吨分别提高75元和70"
            "元，折合92号汽油每升上调0.06元，加满一箱油多花约3元。"
        ),
        second_text=(
            "国内成品油价格迎来年内第二十二次调整，自今日24时起，汽油、柴油每吨分别降低70元和65元，私家车"
            "主加满一箱50升的92号汽油将少花大约3元钱。"
        ),
        first_site="央视财经",
        second_site="新浪财经",
    ),
    Pair(
        first="日本央行宣布加息25个基点",
        second="日本央行宣布不加息",
        is_same=False,
        first_site="财联社",
        second_site="第一财经",
    ),
    Pair(
        first="京东否认收购德国连锁药房",
        second="京东确认收购德国连锁药房",
        is_same=False,
        first_site="36氪",
        second_site="界面新闻",
    ),
    Pair(
        first="蔚来：计划年内进入葡萄牙市场",
        second="蔚来：已进入葡萄牙市场",
        is_same=False,
        first_text=(
            "蔚来欧洲业务负责人在里斯本的一场行业论坛上表示，公司正与当地经销商商谈合作细节，希望赶在今年"
            "年底之前将萤火虫品牌带到葡萄牙，首批门店的选址仍在评估当中。"
        ),
        second_text=(
            "蔚来今日宣布，萤火虫品牌已在葡萄牙的里斯本与波尔图同步开业，首批五十位车主在当天完成了提车，"
            "这也是蔚来通过经销商模式进入的第四个欧洲国家，售后网点同时启用。"
        ),
        first_site="IT之家",
        second_site="新浪科技",
    ),
    Pair(
        first="詹俊：曼城3-1战胜利物浦是一场教科书式胜利",
        second="詹俊：利物浦3-1战胜曼城是一场教科书式胜利",
        is_same=False,
        first_site="虎扑",
        second_site="新浪体育",
    ),
    Pair(
        first="9点1氪：多家航司下调燃油附加费；宜家中国将关闭两家门店",
        second="9点1氪：多家航司上调燃油附加费；宜家中国将新开两家门店",
        is_same=False,
        first_site="36氪",
        second_site="36氪",
    ),
    Pair(
        first="早餐FM｜2026年11月12日",
        second="早餐FM｜2026年11月13日",
        is_same=False,
        first_text=(
            "美国政府结束停摆，三大股指涨跌互现，道指再创收盘新高。鲍威尔的继任人选预计将在年底前公布。国"
            "内方面，央行发布第三季度货币政策执行报告，强调保持流动性充裕。"
        ),
        second_text=(
            "美股科技板块遭遇抛售，纳指跌逾2%，比特币失守十万美元关口。国内方面，10月社融数据公布，新增人"
            "民币贷款低于市场预期，M1与M2的剪刀差进一步收窄。"
        ),
        first_site="华尔街见闻",
        second_site="华尔街见闻",
    ),
    Pair(
        first="派早报：苹果发布 iOS 26.2 候选版、高德上线街景等",
        second="派早报：苹果发布 iOS 26.3 候选版、高德下线街景等",
        is_same=False,
        first_site="少数派",
        second_site="少数派",
    ),
    Pair(
        first="本周看什么",
        second="本周看什么",
        is_same=False,
        first_text=(
            "这一周我们为你挑选了四部新片：冰岛导演的家庭喜剧、讲述拳击手晚年的传记片、一部关于捕鲸业的纪"
            "录片，还有迟到了两年才登陆国内流媒体平台的科幻剧集。"
        ),
        second_text=(
            "暑期档接近尾声，本期栏目里你会看到一部获奖的动画短片集、翻拍自韩国的悬疑剧，以及一部重映的黑"
            "帮经典。编辑部最推荐的是那部成本只有两百万的公路电影。"
        ),
        first_site="少数派",
        second_site="少数派",
    ),
    Pair(
        first="科学家首次在火星岩石中确认有机硫化物",
        second="科学家首次在月球岩石中确认有机硫化物",
        is_same=False,
        first_site="cnBeta",
        second_site="环球科学",
    ),
    Pair(
        first="杭州亚残运会场馆对市民免费开放",
        second="苏州奥体中心场馆对市民免费开放",
        is_same=False,
        first_site="杭州日报",
        second_site="扬子晚报",
    ),
    Pair(
        first="一周融资速递",
        second="一周融资速递",
        is_same=False,
        first_text=(
            "本周国内一级市场共发生融资事件87起，较上周增加9起，其中人形机器人赛道最为活跃，三家公司单笔"
            "融资额超过五亿元，医疗器械领域紧随其后，早期项目占比过半。"
        ),
        second_text=(
            "据不完全统计，本周共有64家公司宣布获得融资，新消费和商业航天领域交易数量居前，其中一家火箭发"
            "动机公司完成了12亿元的C轮融资，为本周金额最大的一笔交易。"
        ),
        first_site="创业邦",
        second_site="创业邦",
    ),
    Pair(
        first="贵州茅台第三季度净利润192亿元，同比增长0.5%",
        second="贵州茅台第二季度净利润192亿元，同比增长0.5%",
        is_same=False,
        first_site="证券时报",
        second_site="财联社",
    ),
    Pair(
        first="网易2025年第三季度净收入283亿元",
        second="网易2024年第三季度净收入262亿元",
        is_same=False,
        first_site="新浪科技",
        second_site="36氪",
    ),
    Pair(
        first="《凡人修仙传》第168集：坠魔谷开启",
        second="《凡人修仙传》第169集：坠魔谷开启",
        is_same=False,
        first_site="哔哩哔哩",
        second_site="哔哩哔哩",
    ),
    Pair(
        first="从零开始搭建家庭媒体库（上）",
        second="从零开始搭建家庭媒体库（下）",
        is_same=False,
        first_text=(
            "几年前我在二手平台淘了一台退役的小主机，本想用来做软路由，后来却成了家里的影音中心。这篇文章"
            "先聊聊硬件选择、硬盘阵列的取舍和系统的安装方法。"
        ),
        second_text=(
            "在上一篇文章里，我们已经完成了系统安装和存储规划。这一篇进入软件部分：怎样刮削影片信息、怎样"
            "开启硬件转码，以及怎样让家里的老人也能轻松点播。"
        ),
        first_site="少数派",
        second_site="少数派",
    ),
    Pair(
        first="KDE Plasma 6.6.1发布",
        second="KDE Plasma 6.6.2发布",
        is_same=False,
        first_site="Solidot",
        second_site="开源中国",
    ),
    Pair(
        first="Chrome 143正式版修复13个安全漏洞",
        second="Chrome 144正式版修复13个安全漏洞",
        is_same=False,
        first_site="cnBeta",
        second_site="IT之家",
    ),
    Pair(
        first="铠侠推出4TB版Exceria G3固态硬盘",
        second="铠侠推出2TB版Exceria G3固态硬盘",
        is_same=False,
        first_site="IT之家",
        second_site="快科技",
    ),
    Pair(
        first="罗技新鼠标续航达120小时",
        second="罗技新鼠标续航达120天",
        is_same=False,
        first_site="快科技",
        second_site="IT之家",
    ),
    Pair(
        first="法院裁定：某短视频平台须下架该款插件",
        second="法院裁定：某短视频平台无须下架该款插件",
        is_same=False,
        first_site="澎湃新闻",
        second_site="界面新闻",
    ),
    Pair(
        first="华为起诉传音专利侵权",
        second="传音起诉华为专利侵权",
        is_same=False,
        first_text=(
            "德国慕尼黑地方法院的公开信息显示，华为已对传音控股提起诉讼，指控后者的多款智能手机未经许可使"
            "用了与视频编码相关的两项标准必要专利，案件预计明年开庭。"
        ),
        second_text=(
            "深圳市中级人民法院的公告显示，传音控股作为原告，指控华为旗下某款入门机型侵犯其一项深肤色影像"
            "算法专利，请求判令停止侵权并赔偿经济损失，尚未确定开庭日期。"
        ),
        first_site="财新网",
        second_site="IT之家",
    ),
    Pair(
        first="上海：首套住房公积金贷款利率下调",
        second="深圳：首套住房公积金贷款利率下调",
        is_same=False,
        first_site="财联社",
        second_site="财联社",
    ),
    Pair(
        first="王楚钦4比2胜林诗栋，夺得男单冠军",
        second="王楚钦4比3胜林诗栋，夺得男单冠军",
        is_same=False,
        first_site="新华社",
        second_site="新浪体育",
    ),
    Pair(
        first="微软确认Win11新版导致打印机失灵",
        second="微软否认Win11新版导致打印机失灵",
        is_same=False,
        first_text=(
            "微软今日更新了已知问题页面，承认在安装本月的安全更新之后，部分通过USB连接的打印机会随机输出"
            "乱码，工程师正在制作修复补丁，预计将于下月随更新一同推送。"
        ),
        second_text=(
            "针对近期社交平台上流传的打印机故障视频，微软发言人表示，公司经过内部测试与遥测数据的核对，没"
            "有发现本月的更新与这些故障之间存在任何关联，建议先检查驱动。"
        ),
        first_site="cnBeta",
        second_site="IT之家",
    ),
    Pair(
        first="欧盟拟对华电解铝启动反倾销调查",
        second="欧盟已对华电解铝启动反倾销调查",
        is_same=False,
        first_site="财联社",
        second_site="观察者网",
    ),
    Pair(
        first="智己LS9增程版预售，31.99万元起",
        second="智己LS9增程版上市，31.99万元起",
        is_same=False,
        first_site="IT之家",
        second_site="网易汽车",
    ),
    Pair(
        first="紫金山天文台：今晚双子座流星雨极大",
        second="紫金山天文台：今晚狮子座流星雨极大",
        is_same=False,
        first_site="新华社",
        second_site="科普中国",
    ),
    Pair(
        first="历史上的今天：11月3日",
        second="历史上的今天：11月4日",
        is_same=False,
        first_site="环球网",
        second_site="环球网",
    ),
    Pair(
        first="每日一图",
        second="每日一图",
        is_same=False,
        first_text=(
            "一只成年雪豹从岩壁上方走过，身后是被晨光染成粉色的雪线。摄影师在青海省的这处山谷里守候了四十"
            "七天，用红外触发相机记录下了这个仅持续三秒钟的瞬间。"
        ),
        second_text=(
            "孟加拉湾的渔民正在收网，水面上漂浮的竹筏连成了一条弧线。无人机从一百二十米的高度俯拍下这一幕，"
            "也拍到了远处正在形成的雷暴云，暴雨随后持续了整整一夜。"
        ),
        first_site="国家地理中文网",
        second_site="国家地理中文网",
    ),
    Pair(
        first="英伟达对英特尔的50亿美元投资获美监管机构批准",
        second="英伟达对诺基亚的10亿美元投资获美监管机构批准",
        is_same=False,
        first_site="新浪科技",
        second_site="cnBeta",
    ),
    Pair(
        first="英特尔酷睿Ultra 7 365K规格曝光",
        second="英特尔酷睿Ultra 7 365规格曝光",
        is_same=False,
        first_site="IT之家",
        second_site="快科技",
    ),
    Pair(
        first="影石发布Ace Pro 3运动相机",
        second="影石发布Ace 3运动相机",
        is_same=False,
        first_site="IT之家",
        second_site="36氪",
    ),
    Pair(
        first="RTX 5070 Ti SUPER功耗350W",
        second="RTX 5070 SUPER功耗275W",
        is_same=False,
        first_site="快科技",
        second_site="cnBeta",
    ),
    Pair(
        first="国台办：愿同台湾同胞共享发展机遇（11月5日发布会）",
        second="国台办：愿同台湾同胞共享发展机遇（11月19日发布会）",
        is_same=False,
        first_site="新华网",
        second_site="新华网",
    ),
    Pair(
        first="韩国三季度GDP环比增长1.2%",
        second="韩国三季度GDP同比增长1.7%",
        is_same=False,
        first_site="财联社",
        second_site="华尔街见闻",
    ),
    Pair(
        first="10月CPI同比上涨0.2%",
        second="10月PPI同比下降2.1%",
        is_same=False,
        first_site="国家统计局",
        second_site="新华社",
    ),
    Pair(
        first="iPhone Air 2或推迟至2027年春季",
        second="iPhone Air 2或推迟至2027年秋季",
        is_same=False,
        first_site="cnBeta",
        second_site="IT之家",
    ),
    Pair(
        first="三星Galaxy S26 Ultra将支持60W有线充电",
        second="三星Galaxy S26 Ultra将不支持60W有线充电",
        is_same=False,
        first_site="快科技",
        second_site="IT之家",
    ),
    Pair(
        first="成都车主注意：12月1日起恢复尾号限行",
        second="成都车主注意：12月1日起取消尾号限行",
        is_same=False,
        first_site="四川在线",
        second_site="红星新闻",
    ),
    Pair(
        first="俄外长称愿与乌方在伊斯坦布尔会谈",
        second="乌外长称愿与俄方在伊斯坦布尔会谈",
        is_same=False,
        first_site="参考消息",
        second_site="环球网",
    ),
    Pair(
        first="国足1-0小胜乌兹别克斯坦",
        second="国足0-1小负乌兹别克斯坦",
        is_same=False,
        first_site="新浪体育",
        second_site="虎扑",
    ),
    Pair(
        first="Steam周销榜",
        second="Steam周销榜",
        is_same=False,
        first_text=(
            "新一期Steam周销榜出炉，《战地6》继续领跑，《光与影：33号远征队》借着折扣重新回到前五名，本周"
            "唯一的新面孔是一款国产合作生存游戏，首周好评率达到94%。"
        ),
        second_text=(
            "最新一周Steam销量排行公布，掌机新版型刚开售便登上榜首，《红色沙漠》预购位列第二，老牌模拟游"
            "戏《城市：天际线2》在大型更新发布之后重返榜单的第八名。"
        ),
        first_site="游民星空",
        second_site="游民星空",
    ),
    Pair(
        first="寒武纪复牌后涨停", second="寒武纪复牌后跌停", is_same=False, first_site="证券时报", second_site="财联社"
    ),
    Pair(
        first="小鹏汇天“陆地航母”完成首飞",
        second="小鹏汇天“陆地航母”推迟首飞",
        is_same=False,
        first_site="广州日报",
        second_site="IT之家",
    ),
    Pair(
        first="国产C919首航拉萨",
        second="国产C909首航拉萨",
        is_same=False,
        first_site="央视新闻",
        second_site="西藏日报",
    ),
    Pair(
        first="长征十二号甲运载火箭首飞成功",
        second="长征十二号运载火箭再次发射成功",
        is_same=False,
        first_site="新华社",
        second_site="cnBeta",
    ),
    Pair(
        first="第18批中药材集采开标，平均降幅42%",
        second="第19批中药材集采开标，平均降幅42%",
        is_same=False,
        first_site="健康界",
        second_site="健康界",
    ),
    Pair(
        first="刘国梁：新规则对年轻球员有利",
        second="刘国梁：新规则对年轻球员不利",
        is_same=False,
        first_site="新浪体育",
        second_site="腾讯体育",
    ),
    Pair(
        first="机器人会取代护工吗？来自日本养老院的观察",
        second="机器人会取代护工吗？来自丹麦养老院的观察",
        is_same=False,
        first_text=(
            "在横滨郊外的一家养老院里，一台会说方言的陪护机器人已经工作了四年。院长山口女士告诉我们，它最"
            "大的用处不是搬运老人，而是在深夜里陪他们说话。"
        ),
        second_text=(
            "哥本哈根以北二十公里的一家公立养老院里，吃饭辅助机械臂的使用率从最初的八成降到了两成。护士长"
            "说，老人们并不讨厌机器，只是更愿意等人来喂饭。"
        ),
        first_site="虎嗅",
        second_site="界面新闻",
    ),
    Pair(
        first="微信8.0.66安卓正式版发布：朋友圈可评论图片",
        second="微信8.0.66 iOS正式版发布：朋友圈可评论图片",
        is_same=False,
        first_site="IT之家",
        second_site="cnBeta",
    ),
    Pair(
        first="阿里Qwen3.5-Max登顶LMArena",
        second="阿里Qwen3.5-Plus登顶LMArena",
        is_same=False,
        first_site="量子位",
        second_site="机器之心",
    ),
    Pair(
        first="DeepSeek-V4-Lite开放下载",
        second="DeepSeek-V4开放下载",
        is_same=False,
        first_site="IT之家",
        second_site="新浪科技",
    ),
    Pair(
        first="全国铁路今日预计发送旅客1650万人次",
        second="全国铁路今日预计发送旅客1560万人次",
        is_same=False,
        first_site="央视新闻",
        second_site="中新网",
    ),
    Pair(
        first="中央气象台发布暴雪黄色预警",
        second="中央气象台发布暴雪橙色预警",
        is_same=False,
        first_site="中国天气网",
        second_site="央视新闻",
    ),
    Pair(
        first="中央气象台继续发布寒潮蓝色预警",
        second="中央气象台继续发布寒潮蓝色预警",
        is_same=False,
        first_text=(
            "中央气象台11月16日06时继续发布寒潮蓝色预警：预计16日08时至18日08时，西北地区东部、华北、黄淮"
            "等地先后降温8至10℃，其中内蒙古中部局地降温幅度可达14℃。"
        ),
        second_text=(
            "中央气象台11月17日18时继续发布寒潮蓝色预警：预计17日20时至19日20时，江淮、江南以及华南北部等"
            "地气温将下降6至8℃，最低气温0℃线将南压到江南北部一带。"
        ),
        first_site="中国天气网",
        second_site="中国天气网",
    ),
    Pair(
        first="雄安至商丘高铁全线铺轨完成",
        second="雄安至忻州高铁全线铺轨完成",
        is_same=False,
        first_site="新华社",
        second_site="人民日报",
    ),
    Pair(
        first="谷歌起诉微软云业务捆绑销售",
        second="谷歌撤诉：不再指控微软云业务捆绑销售",
        is_same=False,
        first_site="cnBeta",
        second_site="新浪科技",
    ),
    Pair(
        first="索尼PS5 Pro国行降价500元",
        second="索尼PS5国行降价500元",
        is_same=False,
        first_site="机核",
        second_site="IT之家",
    ),
    Pair(
        first="极氪9X首月交付破1万辆",
        second="极氪9X首周交付破1万辆",
        is_same=False,
        first_site="36氪",
        second_site="网易汽车",
    ),
    Pair(
        first="赣江新区发放500万元家电消费券",
        second="赣江新区发放5000万元家电消费券",
        is_same=False,
        first_site="江西日报",
        second_site="大江网",
    ),
    Pair(
        first="重庆火锅店爆炸事故原因公布",
        second="重庆火锅店爆炸事故原因仍未公布",
        is_same=False,
        first_site="上游新闻",
        second_site="澎湃新闻",
    ),
    Pair(
        first="Meta向谷歌采购TPU，订单达数十亿美元",
        second="谷歌向Meta供应TPU谈判破裂，订单曾达数十亿美元",
        is_same=False,
        first_site="华尔街见闻",
        second_site="cnBeta",
    ),
    Pair(
        first="专访陈凯歌：我还想拍一部关于长安的电影",
        second="专访张艺谋：我还想拍一部关于长安的电影",
        is_same=False,
        first_text=(
            "见到陈凯歌是在怀柔的剪辑室里，他刚看完新片的第三版粗剪，情绪不错。谈起二十年前在西安的一次采"
            "风，他站起来，在白板上画出了朱雀大街的走向，一讲就是半个小时。"
        ),
        second_text=(
            "张艺谋的日程以小时计算，我们的采访被安排在他两个会议之间的空隙。这位七十五岁的导演说，自己是"
            "西安人，却一直没有拍出心里的那座长安城，这件事他不想再拖下去了。"
        ),
        first_site="南方人物周刊",
        second_site="三联生活周刊",
    ),
    Pair(
        first="北京时间今晨：标普500指数连涨四日",
        second="北京时间今晨：标普500指数连跌四日",
        is_same=False,
        first_site="华尔街见闻",
        second_site="新浪财经",
    ),
    Pair(
        first="B站第一季度日活用户达1.07亿",
        second="B站第一季度月活用户达3.68亿",
        is_same=False,
        first_site="36氪",
        second_site="新浪科技",
    ),
    Pair(
        first="好价清单：这些数码产品降到新低",
        second="好价清单：这些数码产品降到新低",
        is_same=False,
        first_text=(
            "今天的清单里，最值得关注的是一款27英寸的4K显示器，叠加平台优惠券之后到手价只要1399元；另外还"
            "有降噪耳机、氮化镓充电器和两款入门级的机械键盘。"
        ),
        second_text=(
            "双十二预热已经开始，我们在各家平台上翻找了一个下午：2TB固态硬盘跌到699元，某款旗舰平板直降"
            "1200元，喜欢拍照的朋友可以留意二代运动相机套装。"
        ),
        first_site="什么值得买",
        second_site="什么值得买",
    ),
    Pair(
        first="国乒女队3比0横扫德国晋级决赛",
        second="国乒男队3比0横扫德国晋级决赛",
        is_same=False,
        first_site="新华社",
        second_site="新浪体育",
    ),
    Pair(
        first="台风“凤凰”将在广东沿海登陆",
        second="台风“凤凰”已在广东沿海登陆",
        is_same=False,
        first_site="中国天气网",
        second_site="南方日报",
    ),
    Pair(
        first="《流浪地球3》定档2027年大年初一",
        second="《流浪地球3》撤档2027年大年初一",
        is_same=False,
        first_site="豆瓣电影",
        second_site="时光网",
    ),
    Pair(
        first="尹锡悦一审被判有罪",
        second="尹锡悦一审部分罪名被判无罪",
        is_same=False,
        first_site="环球网",
        second_site="参考消息",
    ),
    Pair(
        first="周鸿祎：大模型的幻觉有救了",
        second="周鸿祎：大模型的幻觉没救了",
        is_same=False,
        first_site="新浪科技",
        second_site="凤凰科技",
    ),
    Pair(
        first="联想拯救者Y9000P 2026款开售",
        second="联想拯救者R9000P 2026款开售",
        is_same=False,
        first_site="IT之家",
        second_site="快科技",
    ),
    Pair(
        first="追觅扫地机X60 SE首销价2999元",
        second="追觅扫地机X60首销价2999元",
        is_same=False,
        first_site="什么值得买",
        second_site="IT之家",
    ),
    Pair(
        first="读者来信：我们为什么离开大厂（二）",
        second="读者来信：我们为什么离开大厂（三）",
        is_same=False,
        first_text=(
            "上一期来信刊出之后，我们又收到了二百多封邮件。这一次我们选登其中的三封，作者分别是一位做过支"
            "付系统的工程师、一位广告销售和一位刚满三十岁的产品经理。"
        ),
        second_text=(
            "写信给我们的人里，也有一些后来又回去了。本期选登的四封来信，讲的就是这些“离开又返回”的故事："
            "有人因为房贷，有人因为孩子，还有人单纯是觉得太无聊。"
        ),
        first_site="虎嗅",
        second_site="虎嗅",
    ),
    Pair(
        first="三大运营商10月净增5G套餐用户超900万",
        second="三大运营商10月净减宽带用户超90万",
        is_same=False,
        first_site="通信世界",
        second_site="C114",
    ),
    Pair(
        first="蘋果在臺推出 Apple Watch SE 3 教育優惠",
        second="苹果在台推出 Apple Watch Ultra 3 教育优惠",
        is_same=False,
        first_site="自由時報",
        second_site="cnBeta",
    ),
    Pair(
        first="恒生指數收市升312點",
        second="恒生指数收市跌312点",
        is_same=False,
        first_site="明報",
        second_site="新浪财经",
    ),
    Pair(
        first="聯電：暫無與格羅方德合併計畫",
        second="联电：正与格罗方德商谈合并计划",
        is_same=False,
        first_text=(
            "聯電今日發布重大訊息澄清，針對媒體報導與美國格羅方德洽談合併一事，公司目前並沒有任何合併案正"
            "在進行當中，對市場傳聞不予評論，一切資訊以公開資訊觀測站為準。"
        ),
        second_text=(
            "有知情人士称，联电管理层近日与美国格罗方德就合并的可行性进行了数轮接触，双方已经各自聘请财务"
            "顾问，交易架构尚未敲定，最快可能于明年上半年公布初步方案。"
        ),
        first_site="中央社",
        second_site="集微网",
    ),
    Pair(
        first="台北捷運環狀線北環段延至2032年通車",
        second="台北捷运环状线南环段延至2032年通车",
        is_same=False,
        first_site="聯合新聞網",
        second_site="海峡导报",
    ),
    Pair(
        first="華碩 ROG Ally 掌機降價千元",
        second="华硕 ROG Ally X 掌机降价千元",
        is_same=False,
        first_site="ETtoday",
        second_site="IT之家",
    ),
    Pair(
        first="港府擬放寬的士車隊牌照限制",
        second="港府拟收紧的士车队牌照限制",
        is_same=False,
        first_site="香港01",
        second_site="大公网",
    ),
    Pair(
        first="戴資穎擊敗陳雨菲 闖進四強",
        second="陈雨菲击败戴资颖，闯进四强",
        is_same=False,
        first_site="中央社",
        second_site="新浪体育",
    ),
    Pair(
        first="【天氣】明日最低氣溫14度",
        second="【天气】明日最低气温11度",
        is_same=False,
        first_site="明報",
        second_site="大公网",
    ),
    Pair(
        first="一文看懂今日國際財經大事",
        second="一文看懂今日国际财经大事",
        is_same=False,
        first_text=(
            "美國十月零售銷售意外下滑，市場押注聯準會十二月降息的機率升破八成；歐洲股市收高，石油公司領漲；"
            "日圓貶至十個月新低，財務大臣再度口頭干預匯市，效果並不明顯。"
        ),
        second_text=(
            "英国公布秋季预算案，英镑先跌后涨；国际金价重新站上四千美元，央行购金需求依然强劲；加拿大央行"
            "行长暗示降息周期接近尾声，加元兑美元升至六周以来的最高水平。"
        ),
        first_site="鉅亨網",
        second_site="新浪财经",
    ),
    Pair(
        first="OpenAI to open Munich office next year",
        second="OpenAI opens Munich office",
        is_same=False,
        first_site="TechCrunch",
        second_site="Reuters",
    ),
    Pair(
        first="Google Pixel 11 review: the safe choice",
        second="Google Pixel 11a review: the safe choice",
        is_same=False,
        first_text=(
            "After two weeks with the Pixel 11, I keep returning to the same word: dependable. The "
            "camera is a little quicker, the modem is finally good, and the price hasn't moved."
        ),
        second_text=(
            "Google's new midrange phone borrows its screen and most of its camera from last year's "
            "flagship. After ten days with the Pixel 11a, I'd hand it to almost anyone I know."
        ),
        first_site="The Verge",
        second_site="The Verge",
    ),
    Pair(
        first="Boeing sues Spirit over fuselage delays",
        second="Spirit sues Boeing over fuselage delays",
        is_same=False,
        first_site="Reuters",
        second_site="Bloomberg",
    ),
    Pair(
        first="Fed’s Waller: December cut is appropriate",
        second="Fed’s Waller: December cut is not appropriate",
        is_same=False,
        first_site="CNBC",
        second_site="CNBC",
    ),
    Pair(
        first="Rocket Report: A busy week at the Cape",
        second="Rocket Report: A busy week at the Cape",
        is_same=False,
        first_text=(
            "Welcome to Edition 8.19 of the Rocket Report! Two companies launched within ninety minutes "
            "of each other on Tuesday, and a third scrubbed because of upper-level winds."
        ),
        second_text=(
            "Welcome to Edition 8.31 of the Rocket Report! The big story this week is a new "
            "methane-fueled upper stage that survived its first long coast and relit on schedule."
        ),
        first_site="Ars Technica",
        second_site="Ars Technica",
    ),
    Pair(
        first="Python 3.15.0 alpha 2 released",
        second="Python 3.15.0 alpha 3 released",
        is_same=False,
        first_site="LWN.net",
        second_site="Phoronix",
    ),
    Pair(
        first="Today’s NYT Connections hints, answers for Nov. 8, #881",
        second="Today’s NYT Connections hints, answers for Nov. 9, #882",
        is_same=False,
        first_site="CNET",
        second_site="CNET",
    ),
    Pair(
        first="Arsenal beat Tottenham 4-1 in north London derby",
        second="Arsenal beat Tottenham 2-1 in north London derby",
        is_same=False,
        first_site="BBC Sport",
        second_site="The Guardian",
    ),
    Pair(
        first="Nissan denies talks with Foxconn over Oppama plant",
        second="Nissan confirms talks with Foxconn over Oppama plant",
        is_same=False,
        first_text=(
            "Nissan Motor said on Friday there was no truth to reports that it had been negotiating with "
            "Taiwan's Foxconn about building electric cars at its Oppama factory."
        ),
        second_text=(
            "Nissan Motor's chief executive acknowledged on Monday that the carmaker had met Foxconn to "
            "discuss sharing the Oppama factory, though he said nothing had been signed."
        ),
        first_site="Nikkei Asia",
        second_site="Reuters",
    ),
    Pair(
        first="Microsoft’s Copilot+ laptops are getting a cheaper tier",
        second="Microsoft’s Copilot laptops are getting a cheaper tier",
        is_same=False,
        first_site="The Verge",
        second_site="Engadget",
    ),
    Pair(
        first="Daily Crunch: What you missed today",
        second="Daily Crunch: What you missed today",
        is_same=False,
        first_text=(
            "Good evening. A battery recycler has filed for bankruptcy, two food delivery startups are "
            "merging, and a former Uber executive wants to sell you a very small boat."
        ),
        second_text=(
            "Hello from a rainy Berlin. Today a defense startup doubled its valuation, a popular "
            "note-taking app started charging for sync, and regulators fined an ad network."
        ),
        first_site="TechCrunch",
        second_site="TechCrunch",
    ),
    Pair(
        first="U.S. jobless claims rise to 227,000",
        second="U.S. jobless claims fall to 227,000",
        is_same=False,
        first_site="Bloomberg",
        second_site="CNBC",
    ),
    Pair(
        first="A giant iceberg is drifting toward South Georgia",
        second="A giant iceberg is drifting away from South Georgia",
        is_same=False,
        first_site="BBC News",
        second_site="The Guardian",
    ),
    Pair(
        first="Podcast: The long road to fusion, part 1",
        second="Podcast: The long road to fusion, part 2",
        is_same=False,
        first_text=(
            "In the first of three episodes, we visit a drafty hangar in Oxfordshire where physicists "
            "spent four decades coaxing plasma to behave, and ask what they learned there."
        ),
        second_text=(
            "In our second episode, the story moves to southern France, where the largest tokamak ever "
            "attempted is late, over budget, and closer to finished than its critics admit."
        ),
        first_site="Nature News",
        second_site="Nature News",
    ),
    Pair(
        first="Samsung Q3 operating profit up 32%",
        second="Samsung Q4 operating profit up 32%",
        is_same=False,
        first_site="Yonhap",
        second_site="Reuters",
    ),
    Pair(
        first="Spotify raises Premium price in Australia",
        second="Spotify raises Premium price in Austria",
        is_same=False,
        first_site="Engadget",
        second_site="TechCrunch",
    ),
    Pair(
        first="Framework Laptop 13 gets a new mainboard",
        second="Framework Laptop 16 gets a new mainboard",
        is_same=False,
        first_site="Ars Technica",
        second_site="The Verge",
    ),
    Pair(
        first="日経平均終値、412円高の5万0376円",
        second="日経平均終値、412円安の4万9552円",
        is_same=False,
        first_site="日本経済新聞",
        second_site="ロイター",
    ),
    Pair(
        first="スクウェア・エニックス、新作RPGの発売延期を発表",
        second="スクウェア・エニックス、新作RPGの発売日を発表",
        is_same=False,
        first_site="ファミ通",
        second_site="4Gamer",
    ),
    Pair(
        first="今日の注目アプリ",
        second="今日の注目アプリ",
        is_same=False,
        first_text=(
            "毎朝の散歩を記録する「てくてく日記」を紹介する。地図に足跡を残すだけの単純な作りだが、季節ご"
            "とに変わる背景の絵が美しく、開発者は元絵本作家だという。広告はない。"
        ),
        second_text=(
            "冷蔵庫の中身を撮影すると献立を提案してくれる「のこりもの食堂」を試した。画像認識の精度は思っ"
            "たより高く、賞味期限の管理もできる。無料版は一日三回まで使える。"
        ),
        first_site="ITmedia Mobile",
        second_site="ITmedia Mobile",
    ),
)
