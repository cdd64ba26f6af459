"""Whose report it is where no title, signature or sentence names the body: 我镇, and the town told of most."""

from __future__ import annotations

import re

from audit.document.bodies import HAN, lists

GOVERNED = ("省", "市", "县", "区", "州", "盟", "旗", "镇", "乡", "街道")
_OWN = re.compile(
    r"[我本](?P<one>省|市|县|区|州|盟|旗|镇|乡|街道|街|局|厅|委)(?!级|直|里|内|外)"
    r"|全(?P<all>市各级行政机关|[县旗镇乡州盟]|街道)|(?:^|,)(?P<bare>街道|乡(?=党委|政府|依法))(?!办事处)"
)
_RANKS = ("局", "厅", "委", "街道", "镇", "乡", "县", "旗", "区", "州", "盟", "市", "省")
"""The narrower a kind, the surer it is the body's own: a bureau speaks of 我市 too."""


def own_kind(lead: str) -> str:
    """What the text calls its body without a name: 镇 for 我镇 or 全镇, 局 for 我局; "" for nothing."""
    kinds = {found["one"] or found["all"] or found["bare"] for found in _OWN.finditer(lead)}
    kinds = {{"街": "街道", "市各级行政机关": "市"}.get(kind, kind) for kind in kinds}
    return next((kind for kind in _RANKS if kind in kinds), "")


_CUT = re.compile(r"[在让把将对向由为于和与及至到入制发印了的是从给进,、]")
NO_PLACE = re.compile(
    r"[我全本各该治省市县区州盟旗镇乡街社园辖示地景校小村范制度年]$|^[我全本各该]|法治|依法|委|个|[开展立织践]$|公开|推[进行动荐]|建立|加强|强化"
    r"|报送|及时|定期|纳入|带动|围绕|落实|贯彻|坚持|覆盖|深入|打造|承接|配合|走进|联系|结合|上级|政府|部门"
)


def frequent(kind: str, norm: str) -> str:
    """The place of a kind (镇, 县, 街道) that the text names most often in running words; "" for none."""
    counts: dict[str, int] = {}
    for match in re.finditer(rf"({HAN}{{1,6}}){kind}(?![级域街长])", norm[:6000]):
        stem = _CUT.split(match[1])[-1]
        for size in range(2, min(len(stem), 4) + 1):
            part = stem[-size:]
            if not NO_PLACE.search(part):
                counts[part] = counts.get(part, 0) + 1 + (size == len(stem) < 4)
    named_often = {part: count for part, count in counts.items() if count > 1}
    if named_often:
        return max(named_often, key=lambda part: (named_often[part], len(part))) + kind
    known = lists()
    named = {"省": known.provinces, "市": known.municipalities}.get(kind, frozenset())
    told = [name for name in named if name in norm[:6000]]
    return told[0] + kind if len(told) == 1 else ""
