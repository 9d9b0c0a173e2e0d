"""Invented documents of other layouts than the plan of this repository."""

import tempfile
from functools import cache
from pathlib import Path

from qa_doubles import RULES, SHIPPED, opened

from qa.service.assistant import Assistant

SCHEME = """岚溪市人民政府办公室关于印发岚溪市2033年河湖清漾行动方案的通知

岚政办发〔2033〕7号

各区县人民政府，市政府各部门：
　　现将方案印发给你们，请认真组织实施。

岚溪市人民政府办公室
2033年4月2日

岚溪市2033年河湖清漾行动方案

　　根据《岚溪市河湖保护条例》《岚溪市水系规划》，制定本方案。
　　一、总体要求
　　（一）主要目标。到2033年底，水质优良断面比例达到92%，新增生态护岸48公里。
　　二、重点任务
　　（一）治理黑臭水体。
　　1. 排查排口。完成排口排查1300个，建立台账。
　　2. 清淤疏浚。完成河道清淤75公里，每公里补助不超过6万元。
　　（牵头单位：市水务局；配合单位：市财政局、市生态环境局；完成时限：2033年9月底前）
　　（二）管护堤岸。
　　1. 巡查堤岸。堤岸巡查每周不少于3次。（责任单位：市水务局、各区县政府）
　　2. 补种林木。补种护岸林木2.6万株。（责任单位：市林业局；完成时限：2033年11月底前）
　　（三）开展宣传。组织志愿者参与护河宣传。
　　本方案自2033年5月1日起施行，有效期至2034年12月31日，由市水务局负责解释。
"""

MEASURES = """关于促进乡村民宿发展的若干措施

禾政办规〔2032〕5号
成文日期：2032年3月6日　　发布日期：2032年3月11日

一、完善设施
第一条　改造乡村道路。改造通往民宿的道路60公里。
责任部门：县交通运输局（牵头）、县财政局
第二条　建设停车场地。新建停车位800个。
责任部门：县自然资源局
二、加大扶持
第三条　给予开业奖励。新开业民宿一次性奖励8万元，装修贷款贴息不超过12个月。
责任部门：县文化旅游局、县财政局
第四条　简化开业手续。民宿开业实行一窗办理。
"""


SUBSIDY = """澄湖区加装电梯补贴办法

澄房规〔2030〕6号

第一条 为支持既有住宅加装电梯,制定本办法。

第二条 申请补贴应当符合下列条件:

(一)房屋在本区范围内,四层以上,没有电梯;

(二)经本单元三分之二以上业主同意;

(三)已办理规划许可。

第三条 补贴按投资额的40%给予,每台最高不超过28万元。已享受市级补贴的,扣除市级补贴后计算。

第四条 申请补贴应当提交下列材料:

(一)申请书;

(二)业主同意书;

(三)规划许可证复印件;

(四)付款凭证。

第五条 区房管局受理申请,应当在15个工作日内作出决定。

第六条 本办法自2030年9月1日起施行,有效期5年。
"""
"""A statute with conditions, an amount with a ceiling, and materials."""

LINES = """# 热线工单分类

|工单类型|办理时限|承办单位|
|---|---|---|
|咨询|1个工作日|热线中心|
|投诉|5个工作日|区城管执法局|
|求助|3个工作日|街道办事处|

## 说明

工单由热线中心派发。
"""
"""A Markdown table at the root of a document."""

ANSWERS = """澄湖区居住证办理问答

一、问:居住证在哪里办理?

答:到居住地派出所或者社区事务受理中心办理。

二、问:办理居住证要多少钱?

答:首次办理免费,补办收取20元工本费。

三、问:居住证多久能拿到?

答:自受理之日起15个工作日内发放。
"""
"""Questions with their answers."""


def write_mixed(folder: Path) -> Path:
    """The folder with a table, questions and answers, two statutes and a plan in it."""
    texts = {"lines.md": LINES, "answers.txt": ANSWERS, "subsidy.txt": SUBSIDY}
    for name, text in {**texts, "meals.txt": RULES, "scheme.txt": SCHEME}.items():
        (folder / name).write_text(text, "utf-8")
    return folder


@cache
def mixed() -> Assistant:
    """A service over documents of all kinds."""
    folder = Path(tempfile.mkdtemp(prefix="wence-mixed-"))
    corpus = folder / "corpus"
    corpus.mkdir()
    return opened(folder, write_mixed(corpus), shipped=SHIPPED)


@cache
def scheme() -> Assistant:
    """A service over the scheme alone."""
    return _over("scheme.txt", SCHEME)


@cache
def measures() -> Assistant:
    """A service over the measures alone."""
    return _over("measures.txt", MEASURES)


def _over(name: str, text: str) -> Assistant:
    folder = Path(tempfile.mkdtemp(prefix="wence-layout-"))
    corpus = folder / "corpus"
    corpus.mkdir()
    (corpus / name).write_text(text, "utf-8")
    return opened(folder, corpus, shipped=SHIPPED)
