"""Minutes as files: a layout makes a sheet of blocks, a format writes the sheet.

Pure: what is exported comes in as a document and ``Facts``, what goes out is bytes.
"""
