"""Makes web pages as government sites publish reports: the text inside a site's frame."""

import re
from html import escape

_MENU = "".join(
    f'<li><a href="/{i}/">{name}</a></li>'
    for i, name in enumerate(("首页", "走进青溪", "新闻中心", "政务公开", "办事服务", "互动交流", "专题专栏"))
)
_LINKS = "".join(
    f'<li><a href="/n{i}.html">{name}</a><span>2024-0{i + 1}-12</span></li>'
    for i, name in enumerate(
        (
            "青溪县召开2024年法治政府建设工作推进会,研究部署重点任务",
            "县司法局关于印发2024年工作要点的通知",
            "图解:一图读懂青溪县重大行政决策程序规定",
        )
    )
)
_FOOT = (
    "<div class='foot'><p>主办单位:青溪县人民政府办公室 承办单位:青溪县大数据中心</p>"
    "<p>网站标识码:5300000001 滇ICP备05000001号 滇公网安备 53010202000001号</p>"
    "<p>建议使用1366*768及以上分辨率,IE9.0以上浏览器访问本网站,以获得最佳浏览效果。</p></div>"
)
INDEX = (
    ("索引号", "53000/2024-00012"),
    ("发布机构", "青溪县人民政府"),
    ("发布日期", "2024-03-28"),
    ("文号", "青政发〔2024〕5号"),
)


def title_of(lines: list[str]) -> str:
    """The line that names the report."""
    return next(
        (line for line in lines[:8] if "报告" in line and len(line) < 60 and ">" not in line), "法治报告"
    )


def modern(lines: list[str], title: str = "") -> bytes:
    """A page with meta tags, a clock, bread crumbs, a table of 索引号, share buttons and a footer."""
    title = title or title_of(lines)
    rows = "".join(
        f"<tr><th>{a}:</th><td>{b}</td><th>{c}:</th><td>{d}</td></tr>"
        for (a, b), (c, d) in zip(INDEX[::2], INDEX[1::2], strict=True)
    )
    text = "".join(f'<p style="text-indent: 2em;">{escape(line)}</p>' for line in lines)
    return f"""<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8">
<title>{escape(title)}_青溪县人民政府门户网站</title>
<meta name="SiteName" content="青溪县人民政府门户网站"><meta name="ArticleTitle" content="{escape(title)}">
<meta name="PubDate" content="2024-03-28 16:42"><script>var clock = "今天是";</script></head><body>
<div class="top"><span id="clock">今天是2026年7月9日 星期四</span> <a href="#">无障碍阅读</a></div>
<ul class="menu">{_MENU}</ul><div class="crumb">当前位置:<a href="/">首页</a> &gt; <a href="/z/">政务公开</a></div>
<div class="page"><table class="xxgk">{rows}</table><h1>{escape(title)}</h1>
<div class="info">来源:青溪县司法局 发布时间:2024-03-28 16:42 浏览次数:37次 【字体:大 中 小】</div>
<div class="article"><div id="zoom">{text}</div>
<div class="tools"><a href="#">打印本页</a> <a href="#">关闭窗口</a></div></div>
<div class="side"><h3>相关链接</h3><ul>{_LINKS}</ul></div></div>{_FOOT}</body></html>""".encode()


def tables_of_old(lines: list[str], title: str = "") -> bytes:
    """A page laid out with tables, GBK declared as gb2312, lines divided by `<br>`."""
    title = title or title_of(lines)
    text = "<br>\r\n".join("&nbsp;&nbsp;&nbsp;&nbsp;" + escape(line) for line in lines)
    page = f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<title>{escape(title)}</title></head><body><form name="f"><table width="1000"><tr><td colspan="2"><ul>{_MENU}</ul></td></tr>
<tr><td width="200"><ul>{_LINKS}</ul></td><td><table><tr><td align="center"><b>{escape(title)}</b></td></tr>
<tr><td>发布日期:2024-03-28 &nbsp; 来源:青溪县司法局 &nbsp; 点击数:12</td></tr>
<tr><td class="TRS_Editor"><font size="3">{text}</font></td></tr></table></td></tr>
<tr><td colspan="2">{_FOOT}</td></tr></table></form></body></html>"""
    return page.encode("gb18030")


def from_word(lines: list[str], title: str = "") -> bytes:
    """A page pasted from Word: `<o:p>`, wrapped source lines, spans about every stretch, list marks."""
    text = ""
    for line in lines:
        half = len(line) // 2
        wrapped = (
            f'<span lang="EN-US" style=\'font-family:"仿宋_GB2312"\'>{_wrapped(line[:half])}</span>'
            f"<st1:chsdate w:st='on'><span>{_wrapped(line[half:])}</span></st1:chsdate>"
        )
        text += f'<p class="MsoNormal" style="mso-pagination:none">{wrapped}<o:p></o:p></p>\r\n'
        text += "<!--[if gte mso 9]><xml><w:WordDocument></w:WordDocument></xml><![endif]-->"
    return (
        f'<!DOCTYPE html><html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta charset="utf-8"/>'
        f"<title>{escape(title or title_of(lines))}</title></head><body><header><ul>{_MENU}</ul></header>"
        f'<div class="main"><div class="WordSection1">{text}</div></div>'
        f'<div class="more"><ul>{_LINKS}</ul></div>{_FOOT}</body></html>'
    ).encode()


def _wrapped(text: str) -> str:
    """The text with line ends in the source between Han characters, as Word writes them."""
    return re.sub(r"(.{40,}?[\u4e00-\u9fff])(?=[\u4e00-\u9fff])", r"\1\r\n", escape(text))


def divided(lines: list[str], title: str = "") -> bytes:
    """A page whose paragraphs are `<div>`s in several sections, with a hidden copy of the text."""
    title = title or title_of(lines)
    middle = len(lines) // 2
    sections = "".join(
        "<section>" + "".join(f"<div><span>{escape(line)}</span></div>" for line in part) + "</section>"
        for part in (lines[:middle], lines[middle:])
    )
    hidden = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return f"""<!doctype html><html><head><meta charset="UTF-8"/><title>{escape(title)}</title></head><body>
<nav>{_MENU}</nav><h2 class="title">{escape(title)}</h2><ul class="msg"><li>索 引 号:530000-2024-12</li>
<li>公开日期:2024年3月28日</li></ul><article>{sections}</article><div style="display:none">{hidden}</div>
<div><a href="/a">上一篇:县政府常务会议学习习近平法治思想</a></div><footer>{_FOOT}</footer></body></html>""".encode()


FRAMES = {"modern": modern, "old": tables_of_old, "word": from_word, "divided": divided}
