"""A process of its own that turns a sheet into a DOCX or PDF: JSON comes in, the file goes out.

``python -m reports.exports.render pdf``: the libraries and the memory that they take stay out of
the web process, and a document that is too large ends with this process.
"""

import json
import sys

from django.utils.module_loading import import_string

WRITERS = {"docx": "reports.exports.word.write", "pdf": "reports.exports.pdf.write"}


def main(name: str) -> None:
    """Standard input: ``sheet.as_json``'s values; standard output: the file."""
    sheet = json.load(sys.stdin.buffer)
    sys.stdout.buffer.write(import_string(WRITERS[name])(sheet))


if __name__ == "__main__":
    main(sys.argv[1])
