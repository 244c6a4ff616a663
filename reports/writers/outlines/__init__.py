"""What minutes are made of: sections in order, what each holds, and on which others it rests.

``outline`` has the values, ``shipped`` the outlines that come with the program.
"""
