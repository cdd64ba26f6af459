"""From a text to everything that is known of the report before any checklist is asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from audit.document.clauses import split
from audit.document.model import Document, Facts, Paragraph, Quantity, Text
from audit.document.normal import normalise
from audit.document.paragraphs import divide
from audit.document.roles import find_parts

FindFacts = Callable[[str, str, Sequence[Paragraph], dict[str, str]], Facts]
FindQuantities = Callable[[str, str], tuple[Quantity, ...]]


def understand(
    source: Text, *, find_facts: FindFacts | None = None, find_quantities: FindQuantities | None = None
) -> Document:
    """Reads a text as a report: paragraphs, facts, parts, clauses with modality, quantities.

    Args:
        source: what a reader returned.
        find_facts: finds the document facts; the package's own where None.
        find_quantities: finds the numbers; the package's own where None.
    """
    from audit.document import facts as facts_module
    from audit.document import quantity as quantity_module

    facts_of = find_facts or facts_module.find_facts
    quantities_of = find_quantities or quantity_module.find_quantities
    text = source.text
    norm = normalise(text)
    paragraphs = divide(text, norm, source.blocks)
    facts = facts_of(text, norm, paragraphs, source.hints)
    parts = find_parts(text, norm, paragraphs, source.noise, report_year=facts.report_year)
    sentences, clauses = split(text, norm, paragraphs, parts, report_year=facts.report_year)
    quantities = quantities_of(text, norm)
    return Document(source, text, norm, facts, parts, paragraphs, sentences, clauses, quantities)
