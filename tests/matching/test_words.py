"""Segmentation: the words that jieba cuts, with our dictionary."""

import logging
import random

import pytest

from audit.data import checklist_root
from audit.matching.words import Tokenizer, boundaries, cut


@pytest.fixture(scope="module")
def reference():
    jieba = pytest.importorskip("jieba")
    jieba.setLogLevel(logging.WARNING)
    made = jieba.Tokenizer()
    with (checklist_root() / "dictionary.txt").open("rb") as file:
        made.FREQ, made.total = made.gen_pfdict(file)
    made.initialized = True
    return made


def test_same_words_as_jieba(reference):
    signs = "法治政府建设行政执法监督复议应诉规范性文件合法性审查的了，。、《》12.5%aB -\r\n\t①é"
    words = [word for word in reference.FREQ if len(word) > 1]
    choose = random.Random(5)
    for _ in range(400):
        text = "".join(
            choose.choice(words) if choose.random() < 0.6 else choose.choice(signs) for _ in range(20)
        )
        assert cut(text) == reference.lcut(text, HMM=False)


def test_likeliest_path():
    tokenizer = Tokenizer({"复议": 10, "行政": 20, "行政复议": 30, "议案": 5, "案": 1})
    assert tokenizer.cut("行政复议案") == ["行政复议", "案"]
    assert tokenizer.cut("A4纸 x") == ["A4", "纸", " ", "x"]
    assert tokenizer.cut("") == []


def test_boundaries_cover_the_text():
    text = "依法办理行政复议案件。"
    cuts = boundaries(text)
    assert {0, len(text)} <= cuts
    assert all(0 <= at <= len(text) for at in cuts)
