"""Take a file from elsewhere in as the text of a treaty: `python -m build_scripts add`.

    refuse limits received recognise    a file as received; what it is
    encoding control                    its letters
    extract breaks                      what every reader of a format gives
    plain html markdown                 text, HTML, Markdown
    package numbering word              DOCX
    glyphs columns pages pdf            PDF
    akoma_ntoso                         Akoma Ntoso
    reading assemble                    one file, whatever it is; all files of a language as one text
    understand statements state         what the parser makes of it; what it states
    countries yaml_text                 names of countries; YAML with entries added
    treaty_file editor_files folder     treaty.yml, edits.yml, notes.yml; the folder
    report add                          what is said of it; the whole run

Reads   files as received; treaties/<slug>/ where it is there
Writes  treaties/<slug>/
"""

from .add import Request, add
from .report import Taken, fault_to_json, lines, to_json

__all__ = ["Request", "Taken", "add", "fault_to_json", "lines", "to_json"]
