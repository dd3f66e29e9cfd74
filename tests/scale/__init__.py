"""The benchmark of the search on corpora of any size, beside other searches: `make bench-scale`.

    texts  corpus         sentences of real texts; a library as large as wanted, made of them
    plain                 indexing as Whoosh does it by itself, for comparison
    make                  index and site of a corpus, in a process of its own
    browser  ask          Chromium and its memory; the queries, cold and warm, in pages opened from disk
    labelled              queries with what they should find
    peers                 lunr as Material sets it up, MiniSearch, FlexSearch, Pagefind, on the same texts
    __main__              all of it, and the tables
"""
