"""Minutes written by a language model, each statement led back to the words it rests on.

``writer`` composes; ``planning`` says beforehand what it will cost; ``client`` talks to providers.
"""
