"""Kelisim: treaty texts become a legal reference site.

The path of the data, module by module, in the order in which they may import each other:

    problems   model                    faults found in input; the objects that pass from stage to stage
    describe                            treaty.yml, edits.yml, notes.yml, instruments.yml, terms.yml
    read                                bytes as received -> lines, edits made
    parse      number                   lines -> units -> provisions with eIds
    cite       refer                    citations in words; references in texts, resolved
    markup     conserve                 provisions -> Akoma Ntoso XML; no character lost
    load       library                  XML -> expressions; all treaties joined, who cites what
    stemmers   analyse  index  search   words -> terms -> Whoosh index -> hits
    export                              the index as script files for the browser
    walk                                decision trees, checked
    pages                               Markdown pages for MkDocs
    bundle                              the offline zip
    build      cli                      the whole run; `python -m build_scripts`
"""
