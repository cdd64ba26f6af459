"""The supervising office's papers: facts over many results, and the papers made from them.

Nothing here reads a report: the results are the only source, with the roster for who was to file.
"""
