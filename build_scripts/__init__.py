"""Kelisim: treaty texts become a legal reference site.

The path of the data, module by module. A module may import those above it, or to its left, and no others:

    problems  model  tables             faults found in input; the objects that pass from stage to stage; our own data files
    questions                           what treaty.yml does not say yet
    describe                            treaty.yml, edits.yml, notes.yml, instruments.yml, terms.yml
    read                                bytes as received -> lines, edits made
    forms  number  numeral              how texts are laid out, in each language; numbers as printed -> numbers in eIds
    announce  blocks                    what a line announces; lines -> logical paragraphs
    choose  within                      which announcements are headings: on lines, inside paragraphs
    listed  articles                    the numbers of one article -> its units
    arrange  surround  parse            chapters, annexes, what stands around them; the whole text -> provisions with eIds
    citations  cited  resolve  refer    forms of references; found in words, resolved, marked in texts
    markup  conserve  load              provisions <-> Akoma Ntoso XML; no character lost
    notation  foreign                   our own notation; Akoma Ntoso made by others
    draw_up                             one treaty, from its folder to its XML
    library                             all treaties joined, who cites what
    dates  lengths                      reckoning with calendar days; lengths of time named in texts
    limits  attest  reckon              time limits: what the editor says, compared with the texts, made into dates
    decide  answer                      walkthroughs as data; what a set of answers amounts to
    prove  cover  walk                  proofs of them; the provisions they rest on; all of them read
    gather                              all that the site is made of
    stemmers  analyse                   words -> terms
    pack  postings                      numbers as strings; how words lie in Whoosh's files
    places  titles  index               provisions by number, treaties by name; the Whoosh index
    grammar  numerals  clauses          a query as a tree, its words, the numbers in it
    query  suggest  meant               what it asks of the index; what its words may have meant
    postgres                            the same index on a PostgreSQL server, for who wants it
    snippet  search                     queries -> provisions
    unnumbered  leaves                  names of what stands around articles; values by key as script files
    export  filters  passages           the index, what filters need, and the texts, as script files for the browser
    quote                               quotations, compared with the texts
    typed  outline  cite                citations as people type them, resolved
    compose                             citations as they are copied
    pages                               Markdown pages for MkDocs
    tell                                a walkthrough taken, and its questions, for other programs
    hooks  prune  links  bundle         what MkDocs is given; its output cleaned, checked, packed
    intake                              a file from elsewhere -> a treaty's folder
    build  preview  cli                 the whole run; the site while it is worked on; `python -m build_scripts`
"""
