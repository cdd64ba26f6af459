"""Form facts, pairs of problems and measures, and the figures of the substance."""

import pytest
from form_corpus import PLAN, examined, framed


def facts(problems, **entry):
    text = framed({"text": problems, "part": "problems", **entry})
    return examined(text)[1].facts


@pytest.mark.parametrize(
    "problems, gives",
    [
        ("一是执法力量不足，由于编制总量受限，人员补充困难。", True),
        ("一是新业态监管能力不强，究其原因，主要是学习不够、研究不深。", True),
        ("一是执法文书错漏较多，因人员变动频繁，培训没有跟上。", True),
        ("一是乡镇法制员仅两人，疲于应付，审核质量不高。", True),
        ("一是受财力制约，执法装备更新不及时。", True),
        ("一是案件办理周期偏长，这与部门间协作机制不健全有关。", True),
        ("一是新法出台多，学习不深不透，导致适用法律不够准确。", True),
        ("一是对法治政府建设的重要性认识不足，重视不够。", False),
        ("一是执法水平不高，需要进一步加强培训，因地制宜抓好落实。", False),
        ("一是普法形式单一，针对性不强。二是决策程序落实不到位。", False),
        ("一是个别单位全年没有负责人出庭，出庭效果不佳。", False),
        ("一是群众法律意识有待提高，宣传力度不够大。", False),
    ],
)
def test_gives_causes(problems, gives):
    assert facts(problems)["gives_causes"] is gives


@pytest.mark.parametrize(
    "problems, specific",
    [
        ("一是部分街镇综合执法人员配备不到位。", True),
        ("一是执法文书制作不规范，送达程序不到位。", True),
        ("一是公众参与以网上征求意见为主，听证会开得少。", True),
        ("一是全县仅有法制审核人员6名，占比不足5%。", True),
        ("一是城市管理领域案件败诉较多。", True),
        ("一是法治意识还需进一步增强。二是依法行政水平有待提高。", False),
        ("一是有的部门对法治建设重视不够，推进力度不大。", False),
        ("一是个别单位依法行政能力还需提升，制度机制还不够健全。", False),
        ("一是少数干部法治思维不强，运用法治方式解决问题的能力不足。", False),
    ],
)
def test_problems_specific(problems, specific):
    assert facts(problems)["problems_specific"] is specific


def test_missing_parts():
    text = "东坪县2023年度法治政府建设情况报告\n\n一、工作情况\n\n（一）规范执法。全年评查案卷120卷，发现问题36个，均已整改。\n"
    found = examined(text)[1].facts
    assert found["has_achievements"] is True
    assert found["has_problems"] is False
    assert found["has_plan"] is False
    assert found["has_responsible"] is False
    assert found["own_heading_responsible"] is None
    assert found["gives_causes"] is None
    assert found["problems_specific"] is None


def test_own_heading():
    assert facts("一是执法力量不足。")["own_heading_responsible"] is True


def test_pairs():
    problems = "一是乡镇执法力量不足，持证人员偏少。二是普法针对性不强，青年群体覆盖不够。三是历史档案保管条件简陋，霉变较多。"
    text = framed({"text": problems, "part": "problems", "plan_text": PLAN})
    pairs = examined(text)[1].pairs
    shown = [
        (text[p.problem.start : p.problem.end], [text[m.start : m.end] for m in p.measures]) for p in pairs
    ]
    assert [words[:6] for words, _ in shown] == ["一是乡镇执法", "二是普法针对", "三是历史档案"]
    assert any("充实执法力量" in m or "选派骨干" in m for m in shown[0][1])
    assert any("普法" in m for m in shown[1][1])
    assert shown[2][1] == []


def test_pairs_of_headed_problems():
    problems = (
        "（一）复议应诉能力有待提升。个别单位答辩材料质量不高。\n\n（二）数据壁垒没有打通。执法信息重复填报。"
    )
    plan = "（一）加强应诉培训，落实负责人出庭应诉制度。\n\n（二）推进数据共享，打通执法平台。\n\n（三）抓好作风建设。"
    text = framed({"text": problems, "part": "problems", "plan_text": plan})
    pairs = examined(text)[1].pairs
    assert len(pairs) == 2
    assert "应诉" in text[pairs[0].measures[0].start : pairs[0].measures[0].end]
    assert "数据" in text[pairs[1].measures[0].start : pairs[1].measures[0].end]


def test_substance():
    text = framed({"text": "坚持依法决策，严格落实各项程序，不断提高决策质量和水平，推动工作开展。"})
    substance = examined(text)[1].substance
    assert substance["quantified"] == pytest.approx(2 / 3, abs=0.01)
    assert substance["problems_characters"] > 20
    assert substance["problems_specific_share"] == 1.0
    assert 0 < substance["plan_specific_share"] <= 1.0
