"""Two invented documents of other layouts than the plan of this repository."""

import tempfile
from functools import cache
from pathlib import Path

from qa_doubles import opened

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
    return opened(folder, corpus)
