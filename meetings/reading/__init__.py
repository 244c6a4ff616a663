"""Foreign documents as text, safely: what is attached to a meeting, page by page.

``read`` says what a file is, by its content and never by its name, and gives its text. The file is
opened in a confined child only; this process imports no library that understands it. All of it
raises ``UnreadableDocument``; none of it knows Django.
"""

from meetings.reading.errors import SENTENCES, UnreadableDocument
from meetings.reading.reader import MEDIA_TYPES, Limits, Reading, Unit, read

__all__ = ["MEDIA_TYPES", "SENTENCES", "Limits", "Reading", "Unit", "UnreadableDocument", "read"]
