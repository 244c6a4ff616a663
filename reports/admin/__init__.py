"""Minutes and language models for the operator."""

from reports.admin.language_models import LanguageModelAdmin, LlmCallAdmin
from reports.admin.minutes import MinutesAdmin, SectionAdmin

__all__ = ["LanguageModelAdmin", "LlmCallAdmin", "MinutesAdmin", "SectionAdmin"]
