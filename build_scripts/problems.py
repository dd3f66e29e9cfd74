"""Faults found in input: what they are, and how a run gathers them.

Every stage appends to one `Problems`; nothing stops at the first fault. The caller ends the run with `raise_if_any`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum


class Code(str, Enum):
    """The codes of all faults. Each is explained, with an example, in treaties/README.md."""

    FILE_MISSING = "file-missing"  # a file that a treaty needs is not there
    NOT_UTF8 = "not-utf8"  # bytes that are not UTF-8
    CONTROL_CHARACTER = "control-character"  # a character that no text should hold
    YAML_BROKEN = "yaml-broken"  # a file that is not YAML, or says a key twice
    FIELD_WRONG = "field-wrong"  # a value in a .yml file that is missing, unknown or of the wrong form
    CHECKSUM_WRONG = "checksum-wrong"  # the source differs from the SHA-256 in treaty.yml
    EDIT_NOT_FOUND = "edit-not-found"  # the quotation of an edit is not in the text at its line
    EDIT_AMBIGUOUS = "edit-ambiguous"  # the quotation of an edit is found twice
    HEADING_GLUED = "heading-glued"  # a heading stuck to the number of its article
    HEADING_MISSPELT = "heading-misspelt"  # a heading with a misprint, or without its number, known by the row of articles
    NO_ARTICLES = "no-articles"  # a text without a single article
    NUMBER_DUPLICATE = "number-duplicate"  # two units would get one eId
    NUMBER_MISSING = "number-missing"  # a gap in a row of numbers or letters
    ARTICLE_MISSING = "article-missing"  # a gap in the articles
    ARTICLES_ANEW = "articles-anew"  # article 1 once more, and no annex or chapter that begins with it
    DIVISION_MISSING = "division-missing"  # a gap or a repeat in the chapters, parts, sections
    TITLE_NOT_FOUND = "title-not-found"  # the title of treaty.yml is not in the text
    TEXT_UNPLACED = "text-unplaced"  # a paragraph that is no known unit; it is kept as text
    NOTATION_BROKEN = "notation-broken"  # a text in our own notation that cannot be read
    TEXT_LOST = "text-lost"  # the XML does not hold the text of the source
    XML_INVALID = "xml-invalid"  # the XML breaks the Akoma Ntoso schema
    XML_STALE = "xml-stale"  # the committed XML is not what its sources make
    CLOSING_NOT_FOUND = "closing-not-found"  # marked closing words that are not in the text, or close nothing
    NOTE_NOT_FOUND = "note-not-found"  # a note whose provision or words are not in the text
    REFERENCE_UNRESOLVED = "reference-unresolved"  # a reference to a provision that does not exist
    LANGUAGES_DIFFER = "languages-differ"  # a provision, or a reference, that only one language has
    ANSWER_DEAD = "answer-dead"  # an answer of a walkthrough that leads to no question
    CITATION_UNKNOWN = "citation-unknown"  # a walkthrough cites a provision that the treaty does not have
    CONDITION_WRONG = "condition-wrong"  # a condition of a walkthrough names a question or an answer that is not there
    DECLARATION_WRONG = "declaration-wrong"  # a provision declared not decisive twice, or although it is used
    LINK_UNKNOWN = "link-unknown"  # a walkthrough links to another that is not there
    NAME_RESERVED = "name-reserved"  # a name in a walkthrough that has a use of its own, or that is no name
    OUTCOME_UNREACHED = "outcome-unreached"  # an outcome that no way comes to, or a way without an outcome
    PROVISION_UNUSED = "provision-unused"  # an operative provision that no walkthrough uses and nothing declares
    QUESTION_UNREACHED = "question-unreached"  # a question that is asked on no way
    WAY_ENDLESS = "way-endless"  # a way through a walkthrough that never ends
    WORDS_MISSING = "words-missing"  # words of a walkthrough that one language lacks
    ANSWERS_WRONG = "answers-wrong"  # answers given to a walkthrough that it does not have
    LIMIT_UNKNOWN = "limit-unknown"  # a walkthrough names a time limit that the treaty does not have
    LIMIT_WRONG = "limit-wrong"  # a time limit that is not what the text says
    LIMIT_UNDECLARED = "limit-undeclared"  # a number of days, months or years, or a word of haste, that is not declared
    QUESTION_OPEN = "question-open"  # a value in treaty.yml that the editor has not given yet
    # a file that `add` does not take in
    FILE_UNREADABLE = "file-unreadable"  # a folder, a device, a file that may not be read
    FILE_EMPTY = "file-empty"
    FILE_TOO_LARGE = "file-too-large"  # larger than any treaty, or grows without end when it is unpacked
    FILE_BROKEN = "file-broken"  # cut off or changed on the way
    FORMAT_UNKNOWN = "format-unknown"  # none of text, Markdown, HTML, DOCX, PDF
    ENCODING_UNSURE = "encoding-unsure"  # letters that could be read in more than one way
    NO_TEXT = "no-text"  # pictures of pages, or letters without meaning
    PASSWORD_PROTECTED = "password-protected"
    TRACKED_CHANGES = "tracked-changes"  # a document that holds two texts
    XML_UNSAFE = "xml-unsafe"  # XML that declares entities
    SLUG_WRONG = "slug-wrong"  # a name that no folder of a treaty can have
    LANGUAGE_UNKNOWN = "language-unknown"  # a language without forms
    ALREADY_THERE = "already-there"  # a treaty, or its text in a language, that `add` would overwrite
    PAGE_BROKEN = "page-broken"  # a link of the finished site that leads nowhere, or a warning of MkDocs


ONLY_SAID = frozenset({Code.HEADING_GLUED, Code.HEADING_MISSPELT, Code.TEXT_UNPLACED})  # what is listed, and stops nothing


@dataclass(frozen=True, order=True)
class Problem:
    """One fault in one place.

    file: path relative to the project, with forward slashes; line: counted from 1, or 0 for the file as a whole;
    message: what was expected and what stands there; hint: what to do about it.
    """

    file: str
    line: int
    code: Code
    message: str
    hint: str

    @property
    def stops(self) -> bool:
        """Whether it ends the run. What does not is listed for the editor."""
        return self.code not in ONLY_SAID

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.code.value}: {self.message}\n    hint: {self.hint}"


class ProblemsFound(Exception):
    """Ends a run that found faults. `problems` holds all of them, in the order of the files."""

    def __init__(self, problems: list[Problem]):
        self.problems = sorted(set(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass
class Problems:
    """The faults of one run, gathered."""

    found: list[Problem] = field(default_factory=list)

    def add(self, code: Code, file: str, line: int, message: str, hint: str) -> None:
        self.found.append(Problem(file, line, code, message, hint))

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.found)

    def __len__(self) -> int:
        return len(self.found)

    @property
    def notices(self) -> list[Problem]:
        """What is only said, in the order of the files."""
        return sorted({problem for problem in self.found if not problem.stops})

    def raise_if_any(self) -> None:
        """Raises ProblemsFound, with all that was found, when one of them stops the run."""
        if any(problem.stops for problem in self.found):
            raise ProblemsFound(self.found)
