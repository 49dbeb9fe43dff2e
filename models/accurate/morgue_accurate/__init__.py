"""The accurate tagger of Morgue: a small encoder, averaged with the light tagger.

It is found through the entry point `accurate` in the group `morgue.taggers`.
"""
