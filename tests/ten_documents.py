# ruff: noqa: E501 - a paragraph of a document is one line
"""Ten invented documents of ten kinds, as structures from which `five_formats` makes files.

PLAN.parts  # paragraphs, headings, lists and tables in reading order
"""

from dataclasses import dataclass

from ofd_files import Box


@dataclass(frozen=True)
class Head:
    """A heading that has its line for itself; `level` 1 is below the title."""

    words: str
    level: int = 1


@dataclass(frozen=True)
class Items:
    """Items that Word numbers by itself as （一）, （二）…; other formats print the numbers."""

    words: tuple[str, ...]

    @property
    def printed(self) -> list[str]:
        """The items with their numbers."""
        return [f"（{'一二三四五六七八九'[n]}）{one}" for n, one in enumerate(self.words)]


@dataclass(frozen=True)
class Table:
    """A table; a spanning cell stands in its first place only; the first `header` rows name."""

    rows: tuple[tuple[Box, ...], ...]
    header: int = 1


Part = str | Head | Items | Table


@dataclass(frozen=True)
class Paper:
    """A document: head, parts, signature, what is annexed; and three questions that it answers."""

    title: str
    number: str
    parts: tuple[Part, ...]
    questions: tuple[str, str, str]
    addressed: str = ""
    signature: str = ""
    date: str = ""
    annex: tuple[Part, ...] = ()


def table(*rows: str, header: int = 1) -> Table:
    """A table of rows whose cells are parted by bars."""
    return Table(tuple(tuple(Box(cell) for cell in row.split("|")) for row in rows), header)


PLAN = Paper(
    "沅湖市推进城市绿道建设三年行动方案",
    "沅政办发〔2032〕14号",
    (
        "为完善城市慢行系统，方便市民健身休闲，根据《沅湖市绿地系统规划》，制定本方案。",
        Head("一、总体目标"),
        "到2034年底，新建绿道186公里，改造绿道62公里，绿道5分钟步行覆盖率达到75%以上，每千米绿道配备休息座椅不少于12处。",
        Head("二、主要任务"),
        Head("（一）贯通滨水绿道", 2),
        "1.打通断点。全面排查沿湖绿道断点，2033年6月底前打通断点27处，恢复水岸步行空间。（牵头单位：市园林局；配合单位：市水务局、各区政府）",
        "2.增设驿站。按照每3公里1处的标准建设绿道驿站，提供饮水、充电和急救服务。（责任单位：市园林局、市文旅局）",
        Head("（二）建设社区绿道", 2),
        "1.利用边角空地。利用拆违腾退空地建设口袋公园40个，串联社区绿道。（牵头单位：市城管局；配合单位：市住建局）",
        "2.完善标识。统一绿道标识样式，设置双语标牌，2032年12月底前完成。（责任单位：市交通局）",
        Head("三、保障措施"),
        "（一）加强资金保障。市财政每年安排绿道建设资金不超过4800万元，区级配套不低于30%。（责任单位：市财政局）",
        "（二）强化督查。市政府督查室每季度通报建设进度。（责任单位：市政府督查室）",
    ),
    ("打通断点由哪个部门牵头？", "要建多少个口袋公园？", "市财政每年安排多少资金？"),
    "各区人民政府，市政府各部门：", "沅湖市人民政府办公室", "2032年3月18日",
)  # fmt: skip

SUBSIDY = Paper(
    "白榆县农户沼气设施补贴办法",
    "白农规〔2031〕5号",
    (
        Head("第一章　总则"),
        "第一条　为鼓励农户建设和维护沼气设施，改善农村人居环境，制定本办法。",
        "第二条　本办法所称沼气设施，是指农户自建的容积6立方米以上的户用沼气池及其配套管道。",
        "村集体建设的集中供气工程不适用本办法。",
        Head("第二章　条件和标准"),
        "第三条　申请补贴的农户应当符合下列条件：",
        Items((
            "户籍在本县行政区域内，并在当地实际居住；",
            "沼气设施已通过镇农业服务中心验收；",
            "近三年内未享受同类补贴。",
        )),
        "第四条　补贴标准按照下表执行：",
        Table((
            (Box("设施类别"), Box("补贴标准（元）", columns=2)),
            (Box("新建沼气池", rows=2), Box("6至8立方米"), Box("1200")),
            (Box("8立方米以上"), Box("1600")),
            (Box("维修改造"), Box("所有容积"), Box("450")),
        )),
        "第五条　低保户、特困户按照前条标准上浮20%，每户补贴总额不超过2000元。",
        "第六条　有下列情形之一的，不予补贴：",
        "（一）提供虚假材料的；",
        "（二）设施建成后闲置一年以上的。",
        Head("第三章　附则"),
        "第七条　本办法自2031年7月1日起施行，有效期三年，由县农业农村局负责解释。",
    ),
    ("申请补贴的农户应当符合哪些条件？", "每户补贴总额最多多少元？", "维修改造补贴多少钱？"),
)  # fmt: skip

ANSWERS = Paper(
    "溪口区老年助浴服务政策问答",
    "",
    (
        Head("一、哪些老年人可以申请助浴服务？"),
        "答：具有本区户籍、年满75周岁，经评估为中度以上失能的老年人可以申请。",
        Head("二、助浴服务怎么收费？"),
        "答：上门助浴每次收费90元，其中政府补贴60元，个人承担30元；到点助浴每次收费40元。",
        Head("三、每月可以享受几次？"),
        "答：每人每月最多享受3次补贴服务，超过的次数由个人承担费用。",
        Head("四、到哪里申请？"),
        "答：可以到居住地社区服务站申请，也可以由家属代为申请，社区服务站在5个工作日内答复。",
    ),
    ("上门助浴个人要出多少钱？", "哪些老年人可以申请助浴服务？", "每月可以享受几次助浴服务？"),
)  # fmt: skip

GUIDE = Paper(
    "桐州市建筑垃圾运输许可办事指南",
    "",
    (
        Head("一、受理机构"),
        "桐州市城市管理局行政审批科，窗口设在市政务服务中心二楼C区。",
        Head("二、办理条件"),
        "申请人应当具有企业法人资格，自有运输车辆不少于15辆，车辆安装卫星定位装置。",
        Head("三、申请材料"),
        "1.建筑垃圾运输许可申请表；",
        "2.营业执照复印件；",
        "3.运输车辆行驶证复印件。",
        Head("四、办理流程"),
        "第一步：申请。申请人通过政务服务网或者窗口提交材料。",
        "第二步：受理。窗口在1个工作日内作出是否受理的决定。",
        "第三步：审查。审批科在7个工作日内完成现场核查，并提出审查意见。",
        "第四步：发证。审查通过的，2个工作日内制发许可证。",
        Head("五、收费标准"),
        "本事项不收费。",
    ),
    ("办理建筑垃圾运输许可需要什么材料？", "现场核查要多少个工作日？", "办理流程有哪几步？"),
)  # fmt: skip

RULES = Paper(
    "荷泽市共享单车停放管理规定",
    "荷泽市人民政府令第36号",
    (
        "第一条　为规范共享单车停放秩序，保障道路通畅，根据有关法律、法规，结合本市实际，制定本规定。",
        "第二条　市交通运输部门负责共享单车停放的监督管理工作；城市管理部门负责人行道上停放秩序的执法工作。",
        "第三条　经营企业应当按照投放车辆总数的千分之八配备管理人员，并在接到通知后两小时内清理违规停放的车辆。",
        "第四条　任何单位和个人不得在盲道、消防通道、公交站台停放共享单车。",
        "第五条　经营企业违反本规定第三条，未按时清理的，由城市管理部门责令限期改正；逾期不改正的，处二千元以上一万元以下的罚款。",
        "经营企业拒不接受监督检查的，处一万元以上三万元以下的罚款。",
        "第六条　个人违反本规定第四条的，由城市管理部门给予警告，可以并处五十元罚款。",
        "第七条　本规定自2033年1月1日起施行。2026年5月发布的《荷泽市互联网租赁自行车管理暂行办法》同时废止。",
    ),
    ("逾期不清理单车罚多少钱？", "谁负责人行道上停放秩序的执法？", "第四条是怎么规定的？"),
    date="2032年10月9日", signature="荷泽市人民政府",
)  # fmt: skip
