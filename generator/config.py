"""site.yaml to a frozen Site: every setting checked, every problem told at once."""

import dataclasses
import json
from hashlib import blake2b
from pathlib import Path
from urllib.parse import urlsplit

from generator import hosting, settings
from generator.core.language import ENGLISH, Language
from generator.core.problems import Problem, SiteError
from generator.core.site import Site
from generator.deploy.settings import destinations
from generator.render.theme import theme_folder
from generator.sources.fields import language, table, text
from generator.sources.findings import Codes, Findings, named, suggestion
from generator.sources.frontmatter import parse
from generator.sources.nodes import Document

NAME = "site.yaml"
"""The file that makes a folder a site."""

SETTINGS = (
    "title", "url", "description", "language", "timezone", "publisher", "permalinks", "taxonomies",
    "paginate", "omit", "theme", "annotate", "import", "hosts", "headers", "deploy",
)  # fmt: skip
"""Every key of site.yaml; docs/reference/site-yaml.md tells what each means."""

LOCALE = "locale"
"""The folder of templates that holds the interface's words, one catalogue a language."""

SAMPLE_URL = "https://archive.example.org/"
"""The `url` of a new site, which is nobody's (RFC 2606) until somebody puts theirs in its place."""

SIZE_LIMIT = 1_000_000
"""The most bytes of site.yaml that are read."""

_CODES = Codes(
    shape="E105", unknown="E103", url="E106", path="E105", form="E105", date="E105", control="E105"
)


def find_root(start: Path) -> Path:
    """The nearest folder, from `start` upwards, that holds a site.yaml; raises SiteError when none does."""
    for folder in (start.resolve(), *start.resolve().parents):
        if (folder / NAME).is_file():
            return folder
    message = f"no {NAME} in this folder or any above it"
    hint = "go to a site, name it with --site, or make one with `morgue new`"
    raise SiteError(Problem("", 0, "E101", message, hint))


def load_site(root: Path) -> Site:
    """The settings in a folder's site.yaml; raises SiteError with everything wrong with them."""
    out = Findings(NAME, _CODES)
    document = _document(root)
    for key, each in document.fields.items():
        if key not in SETTINGS:
            hint = suggestion(key, SETTINGS) or "known are " + ", ".join(SETTINGS)
            out.add("E103", each.line, f"{named(key)}: unknown setting", hint)
    site = _site(document, root, out)
    words, problems = _words(site)
    if out.problems or problems:
        raise SiteError(*sorted((*out.problems, *problems)))
    taxonomies = tuple(
        dataclasses.replace(each, singular=words.gettext(each.singular), plural=words.gettext(each.plural))
        for each in site.taxonomies
    )
    site = dataclasses.replace(site, taxonomies=taxonomies, words=words)
    return dataclasses.replace(site, digest=_digest(site, _card_font(site)))


def _card_font(site: Site) -> bytes:
    """The font that a site sets for its cards; raises SiteError where it cannot be read."""
    if not site.theme.card_font:
        return b""
    try:
        return (site.content / site.theme.card_font).read_bytes()
    except OSError as error:
        message = f"theme.card_font: {site.theme.card_font} cannot be read: {error.strerror}"
        raise SiteError(Problem(NAME, 0, "E105", message, "name a font file of content/media")) from error


def sample_address(site: Site) -> tuple[Problem, ...]:
    """That a site's address is still the sample's, where it is: every public address would lead nowhere."""
    if site.url != SAMPLE_URL:
        return ()
    message = "url: still the sample's, which feeds, citations and the sitemap would carry"
    lines = (site.root / NAME).read_text(encoding="utf-8-sig").splitlines()
    line = next((number for number, text in enumerate(lines, 1) if text.startswith("url")), 0)
    return (Problem(NAME, line, "W116", message, "write the address at which readers will find the site"),)


def _words(site: Site) -> tuple[Language, tuple[Problem, ...]]:
    """What the interface says in the site's language, and what is wrong with its catalogues."""
    own = site.root / "templates" / LOCALE
    if site.language == ENGLISH.code and not own.is_dir():
        return ENGLISH, ()
    from generator.render.catalogues import load_language  # noqa: PLC0415 - what English does without

    return load_language(
        site.language, ((f"theme:{LOCALE}", theme_folder() / LOCALE), (f"templates/{LOCALE}", own))
    )


def _document(root: Path) -> Document:
    try:
        with (root / NAME).open("rb") as file:
            data = file.read(SIZE_LIMIT + 1)
    except FileNotFoundError:
        raise SiteError(Problem("", 0, "E101", f"no {NAME} here", "`morgue new` makes a site")) from None
    except OSError as error:
        raise SiteError(Problem(NAME, 0, "E102", f"file: cannot be read: {error.strerror}")) from error
    if len(data) > SIZE_LIMIT:
        hint = f"at most {SIZE_LIMIT:,} bytes"
        raise SiteError(Problem(NAME, 0, "E102", "file: too large to be read", hint))
    try:
        written = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = 1 + data.count(b"\n", 0, error.start)
        message = f"file: not UTF-8: byte 0x{data[error.start]:02x}"
        raise SiteError(Problem(NAME, line, "E102", message, "save it as UTF-8")) from error
    document, problems = parse(written, NAME, 1)
    if problems:
        # Front matter has a code for each of these; of settings they all say that the file cannot be read.
        reasons = (each.message.replace("front matter: ", "file: ", 1) for each in problems)
        raise SiteError(
            *(
                dataclasses.replace(each, code="E102", message=reason)
                for each, reason in zip(problems, reasons, strict=True)
            )
        )
    return document


def _site(document: Document, root: Path, out: Findings) -> Site:
    default = Site(root=root, title="", url="")
    title = settings.site_title(document, out)
    url = settings.site_url(document, out)
    taxonomies = settings.taxonomies(document.node("taxonomies"), out)
    permalinks = table(document.node("permalinks"), "permalinks", ("article",), out) or Document()
    annotate = (
        table(document.node("annotate"), "annotate", ("tagger", "review", "vocabulary", "tags"), out)
        or Document()
    )
    taken = {*settings.RESERVED, *(each.key for each in taxonomies)}
    return Site(
        root=root,
        title=title,
        url=url,
        base=urlsplit(url).path.rstrip("/"),
        description=text(document.node("description"), "description", out),
        language=language(document.node("language"), "language", out) or default.language,
        timezone=settings.timezone(document.node("timezone"), default.timezone, out),
        publisher=settings.publisher(document.node("publisher"), out),
        article_permalink=settings.permalink(
            permalinks.node("article"), default.article_permalink, taken, out
        ),
        taxonomies=taxonomies,
        paginate=settings.paginate(document.node("paginate"), default.paginate, out),
        omit=settings.omit(document.node("omit"), out),
        theme=settings.theme(document.node("theme"), out),
        tagger=settings.tagger(annotate.node("tagger"), default.tagger, out),
        review=settings.review(annotate.node("review"), out),
        vocabulary=settings.vocabulary(annotate.node("vocabulary"), out),
        tag_sources=settings.tag_sources(annotate.node("tags"), out),
        imports=settings.imports(document.node("import"), taxonomies, out),
        hosts=hosting.hosts(document.node("hosts"), out),
        headers=hosting.headers(document.node("headers"), out),
        deploy=destinations(document.node("deploy"), out),
    )


def _digest(site: Site, font: bytes) -> str:
    """The digest of every setting but the folder and those that change no page, or only their own file's; and
    of what a font draws that a setting names."""
    told = dataclasses.asdict(dataclasses.replace(site, words=ENGLISH))
    told["words"] = site.words.digest
    for name in ("root", "digest", "imports", "deploy", "hosts", "headers"):
        del told[name]
    told["card_font"] = blake2b(font, digest_size=16).hexdigest()
    return blake2b(json.dumps(told, sort_keys=True).encode(), digest_size=16).hexdigest()
