"""The form of a report and whether it holds together: what a careful editor would send back."""

from audit.form.examination import examine
from audit.form.model import Defect, FormFindings, ProblemPair

__all__ = ["Defect", "FormFindings", "ProblemPair", "examine"]
