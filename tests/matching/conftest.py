import pytest

from audit.checklist.indicators import Indicator
from audit.checklist.library import load_library
from audit.document.assemble import understand
from audit.document.model import Text
from audit.matching.compile import compile_indicators
from audit.matching.find import Engine, compile_library

FRAME = "一、主要举措和成效\n(一)有关工作\n{}\n二、存在的问题\n一是力度不够。\n三、下一步工作打算\n{}\n"


@pytest.fixture(scope="session")
def library():
    return load_library()


@pytest.fixture(scope="session")
def real(library):
    return Engine.of(compile_library(library))


@pytest.fixture
def make(library):
    """An engine over one indicator that is written in the test."""

    def build(**rules):
        example = {"hit": [{"text": "示范事项。", "grade": "mention"}], "miss": [{"text": "其他事项。", "grade": "none"}]}
        indicator = Indicator.model_validate({"id": "demo", "title": "示范", "asks": "示范", "examples": example, **rules})
        engine = Engine.of(compile_indicators([indicator], library.lexicon, {}))

        def look(done="", plan="一是继续努力。"):
            document = understand(Text(FRAME.format(done, plan)))
            return engine.find(document)[0]

        return look

    return build
