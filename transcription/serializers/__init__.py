"""The forms of what the API of transcripts says and takes."""
