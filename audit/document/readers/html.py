"""Web pages (.html, .mht), whole or saved from Word: the report without the site around it."""

from __future__ import annotations

import re
from typing import Any

from audit.document.model import Text
from audit.document.readers import plain
from audit.document.readers.html_lines import Flattener, Line
from audit.document.readers.interface import Composer
from audit.errors import InputError

FORMAT = "html"
_START = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta\b|title\b)", re.IGNORECASE)
_BROKEN = re.compile(rb"<(p|div|table|span|h[1-6])\b[^>]*>.*</\1\s*>", re.IGNORECASE | re.DOTALL)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_PROSE = re.compile(r"[，。；,;]")
_DATE = re.compile(r"((?:19|20)\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})")
_SPACE = re.compile(r"\s+")
_RESIDUE = re.compile(
    r"[【\[]?\s*(?:打印|关闭|分享|扫一扫|扫描二维码|上一[篇条]|下一[篇条]|相关(?:阅读|链接|信息|文章|文档|解读)|字体|字号|浏览(?:次数|量)"
    r"|点击(?:数|量|率)|阅读(?:次数|量)|访问量|责任编辑|编辑[:：]|(?:当前|您(?:现在)?(?:当前)?的?(?:所在)?的?)位置|返回顶部|收藏|无障碍|适老|长者|繁體|繁体"
    r"|今天是|现在时间|网站地图|联系我们|友情链接|版权所有|主办(?:单位)?[:：]|承办(?:单位)?[:：]|copyright|建议使用|您?使用的?浏览器"
    r"|(?:更换|升级).{0,6}浏览器|当前浏览器|.{0,2}ICP备|.公网安备|网站标识码|纠错)",
    re.IGNORECASE,
)
_FOOTER = re.compile(r"ICP备|公网安备|网站标识码|版权所有|copyright\b|浏览器版本|分辨率", re.IGNORECASE)
_LABEL = re.compile(
    r"[【\[]?\s*(?:索\s*引\s*号|发文\s*(?:机关|字号|单位|日期|时间)|发布\s*(?:机构|机关|单位|日期|时间)|成文\s*(?:日期|时间)"
    r"|生成\s*日期|公开\s*(?:日期|时间|方式|类型|形式)|主题\s*(?:分类|词)|组配\s*分类|信息\s*(?:来源|分类|名称|索引)|制发\s*(?:机关|日期)"
    r"|文\s*号|名\s*称|标\s*题|有\s*效\s*性|公文\s*时效|来\s*源|日\s*期|时\s*间|体\s*裁|服务对象|内容概述|统一\s*编号)\s*[\]】]?\s*(?:[:：]|\t|\Z)"
)
_ASIDE = re.compile(
    r"(?:^|[-_\s])(?:side(?:bar)?|related|recommend|foot(?:er)?|copyright|breadcrumbs?|share|nav|menu|toolbar|hot|comment)s?"
    r"(?:$|[-_\s\d])",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\S{0,20}[〔\[［(（]\s*(?:19|20)\d\d\s*[〕\]］)）]\s*\d+\s*号\Z")


def recognises(data: bytes) -> bool:
    """Whether the content is markup of a page, or an archived page (MHTML)."""
    head = data[:4096]
    if _mime(head):
        return True
    if b"\0" in head:
        head = plain.decode(data[:8192]).encode("utf-8", "replace")[:4096]
    return head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<") and (
        bool(_START.search(head)) or bool(_BROKEN.search(data[:65536]))
    )


def read(data: bytes, name: str) -> Text:
    """The report of the page; the table of 索引号 and the line of 来源 are kept and marked as noise."""
    root = _parsed(_unpacked(data))
    body = root.find("body") if root is not None else None
    body = root if body is None else body
    lines = Flattener().collect(body) if body is not None else []
    hints = _hints(root) if root is not None else {}
    composer = Composer()
    for line, noise in _chosen(lines, hints.get("title", "")):
        kind = "paragraph" if line.kind == "heading" and line.level == 1 else line.kind
        composer.add(line.text, kind, line.level if kind == "heading" else 0, noise=noise)
    text = composer.text(FORMAT, hints)
    if not text.text:
        raise InputError(
            "网页里没有正文,可能由脚本显示", name, "请在浏览器中打开后另存为 PDF,或复制正文存为 .txt"
        )
    return text


def _mime(head: bytes) -> bool:
    lowered = head.lower()
    return b"mime-version:" in lowered[:1024] and b"content-type:" in lowered and b"multipart/" in lowered


def _unpacked(data: bytes) -> bytes:
    """The page inside an MHTML archive, with the charset that its part declares; others unchanged."""
    if not _mime(data[:4096]):
        return data
    from email import message_from_bytes

    for part in message_from_bytes(data).walk():
        if part.get_content_type() == "text/html":
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                charset = part.get_content_charset() or ""
                return b"<meta charset=" + charset.encode() + b">" + content if charset else content
    return b""


def _parsed(data: bytes) -> Any | None:
    from lxml import etree

    parser = etree.HTMLParser(remove_comments=True, remove_pis=True, no_network=True, huge_tree=True)
    text = _DECLARATION.sub("", _decoded(data)).replace("\0", "")
    try:
        return etree.fromstring(text, parser) if text.strip() else None
    except etree.XMLSyntaxError:
        return None


def _decoded(data: bytes) -> str:
    """By the declared charset, gb2312 and gbk taken for what they mean; by content where that fails."""
    if not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        declared = _CHARSET.search(data[:4096])
        if declared:
            encoding = declared[1].decode("ascii", "replace").lower()
            encoding = (
                "gb18030" if encoding in ("gb2312", "gbk", "gb_2312-80", "x-gbk", "cp936") else encoding
            )
            try:
                return data.decode(encoding)
            except (LookupError, UnicodeDecodeError):
                pass
    return plain.decode(data)


def _chosen(lines: list[Line], title: str) -> list[tuple[Line, bool]]:
    """The lines to keep, each with whether it is residue of the page."""
    aside = _aside(lines)
    root = _content([line for line in lines if line.element not in aside])
    inside = set(root.iter()) - aside if root is not None else set()
    within = [line.element in inside for line in lines]
    first = within.index(True) if True in within else 0
    kept: list[tuple[Line, bool]] = []
    opening = "".join(line.text for line, there in zip(lines, within, strict=True) if there)[:200]
    head = _headline(lines[:first], title, opening)
    for place, (line, there) in enumerate(zip(lines, within, strict=True)):
        if there:
            if not _navigation(line):
                kept.append((line, bool(_RESIDUE.match(line.text)) or bool(_LABEL.match(line.text))))
        elif place == head or (
            place < first and _NUMBERED.match(line.text) and _bare(line.text) not in _bare(opening)
        ):
            kept.append((line, False))
        elif _LABEL.match(line.text) and not _navigation(line) and (place < first or "索" in line.text[:3]):
            kept.append((line, True))
    return kept


def _aside(lines: list[Line]) -> set[Any]:
    """The elements beside the content by their class or id, unless much of the page's text stands in them."""
    known: dict[Any, bool] = {}

    def beside(element: Any) -> bool:
        if element not in known:
            parent = element.getparent()
            named = f"{element.get('class', '')} {element.get('id', '')}"
            known[element] = bool(_ASIDE.search(named)) or parent is not None and beside(parent)
        return known[element]

    found = [line for line in lines if beside(line.element)]
    if sum(len(line.text) for line in found) > 0.3 * sum(len(line.text) for line in lines):
        return set()
    return {line.element for line in found}


def _content(lines: list[Line]) -> Any | None:
    """The lowest element that holds nearly all running text of the page."""
    prose = [
        line
        for line in lines
        if len(line.text) >= 20 and _PROSE.search(line.text) and line.linked * 3 < len(line.text)
        if not _FOOTER.search(line.text) and not _RESIDUE.match(line.text)
    ]
    total = sum(len(line.text) for line in prose)
    if total < 100:
        return lines[0].element.getroottree().getroot() if lines else None
    weights: dict[Any, int] = {}
    for line in prose:
        for element in (line.element, *line.element.iterancestors()):
            weights[element] = weights.get(element, 0) + len(line.text)
    enough = [element for element, weight in weights.items() if weight >= 0.97 * total]
    best = max(enough, key=lambda element: sum(1 for _ in element.iterancestors()))
    return best.getparent() if best.tag in ("p", "tr", "h1", "h2", "h3") else best


def _headline(before: list[Line], title: str, opening: str) -> int | None:
    """Where the report's title stands above the content, if it is not repeated inside."""
    wanted, said = _bare(title), _bare(opening)
    best: tuple[int, int] | None = None
    for place, line in enumerate(before):
        text = _bare(line.text)
        if not 6 <= len(text) <= 80 or text in said or _navigation(line) or _RESIDUE.match(line.text):
            continue
        named = bool(wanted) and (text in wanted or wanted in text)
        rank = 2 * named + (line.level in (1, 2)) + ("报告" in text)
        if rank >= 2 and (best is None or rank >= best[0]):
            best = (rank, place)
    return best[1] if best else None


def _bare(text: str) -> str:
    return _SPACE.sub("", text)


def _navigation(line: Line) -> bool:
    if line.text.startswith("附件") or len(line.text) >= 80:
        return False
    return line.linked * 2 > len(line.text)


def _hints(root: Any) -> dict[str, str]:
    metas: dict[str, str] = {}
    for meta in root.iter("meta"):
        key = (meta.get("name") or meta.get("property") or meta.get("http-equiv") or "").lower()
        content = _SPACE.sub(" ", meta.get("content") or "").strip()
        if key and content:
            metas.setdefault(key, content)
    hints: dict[str, str] = {}
    page = root.find(".//title")
    own = _SPACE.sub(" ", "".join(page.itertext())).strip() if page is not None else ""
    for key, found in (
        ("title", metas.get("articletitle") or metas.get("og:title") or own),
        ("site", metas.get("sitename") or metas.get("og:site_name")),
    ):
        if found:
            hints[key] = found
    for key in ("pubdate", "article:published_time", "publishdate", "firstpublishedtime"):
        date = _DATE.search(metas.get(key, ""))
        if date and 1 <= int(date[2]) <= 12 and 1 <= int(date[3]) <= 31:
            hints["published_on"] = f"{date[1]}-{int(date[2]):02d}-{int(date[3]):02d}"
            break
    made_by = metas.get("generator", "") + metas.get("progid", "")
    if "sitename" in metas or not re.search(r"word|wps|office", made_by, re.IGNORECASE):
        hints["from_web"] = "1"
    return hints
