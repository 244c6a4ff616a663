"""The forms of what the API of minutes says and takes."""
