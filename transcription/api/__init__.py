"""The API of transcripts: read, exported, edited, its history."""
