"""Kelisim: treaty texts become a legal reference site.

The path of the data, module by module. A module may import those above it, or to its left, and no others:

    problems  model                     faults found in input; the objects that pass from stage to stage
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
    draw_up                             one treaty, from its folder to its XML
    library                             all treaties joined, who cites what
    decide  walk                        decision trees, and their checks
    gather                              all that the site is made of
    stemmers  analyse                   words -> terms
    index  query  suggest               the Whoosh index; what a query asks of it
    snippet  search                     queries -> provisions
    export  passages                    the index, and the texts, as script files for the browser
    quote                               quotations, compared with the texts
    typed  outline  cite                citations as people type them, resolved
    compose                             citations as they are copied
    pages                               Markdown pages for MkDocs
    hooks  prune  links  bundle         what MkDocs is given; its output cleaned, checked, packed
    intake                              a file from elsewhere -> a treaty's folder
    build  cli                          the whole run; `python -m build_scripts`
"""
