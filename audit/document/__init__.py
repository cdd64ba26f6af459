"""The report as a document: its text, parts, clauses, figures and facts."""
