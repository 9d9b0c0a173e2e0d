"""The level of government that issues a document: 国家, 省, 市, 区县 or 乡镇街道."""

from ingest.patterns import pattern

_NATIONAL = pattern(
    "^(?:国务院|全国|中共中央|中央|中华人民共和国|国家|最高人民|教育部|财政部|公安部|民政部|司法部"
    "|人力资源[和]?社会保障部|住房[和]?城乡建设部|[^省市区县州旗]{2,14}(?:部|总局|总署|委员会办公厅)(?:、|$))"
)
_TOWN = pattern("[镇乡]人民政府|街道|^[^省市区县]{2,4}[镇乡]")
_COUNTY = pattern("[^地自社园小校城片库景辖郊山街专矿牧林]区|县|旗")
_CITY = pattern("市|自治州|盟")
_PROVINCE = pattern("省|自治区|(?:北京|上海|天津|重庆)市")


def level(issuer: str, region: str) -> str:
    """The level of the body that issues a document, "" where neither it nor the region tells.

    >>> level("国务院办公厅", ""), level("甲省人民政府", "甲省"), level("上海市财政局", "上海市")
    ('国家', '省', '省')
    >>> level("甲市乙区人民政府", "甲市乙区"), level("甲市水务局", "甲市"), level("教育部", "")
    ('区县', '市', '国家')
    """
    first = issuer.split("、")[0]
    if _NATIONAL.search(first) and not region:
        return "国家"
    said = region or first
    if _TOWN.search(first):
        return "乡镇街道"
    if _COUNTY.search(said.replace("自治区", "").replace("特区", "")):
        return "区县"
    if _PROVINCE.search(said) and not _CITY.search(_PROVINCE.sub("", said)):
        return "省"
    return "市" if _CITY.search(said) else ""
