"""An item of a WordPress export as the post that it is."""

import re
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from generator.core.model import Value
from generator.core.paths import slugify
from generator.core.problems import Problem
from generator.core.site import Site
from generator.sources.importers.base import Dropped
from generator.sources.importers.html import Picture
from generator.sources.importers.html.credits import split_credit
from generator.sources.importers.posts.making import absolute
from generator.sources.importers.posts.moments import local_moment, moment
from generator.sources.importers.posts.post import Post
from generator.sources.importers.posts.words import plain
from generator.sources.importers.wordpress.body import body_of
from generator.sources.importers.wordpress.items import Item
from generator.sources.importers.wordpress.survey import Channel, Library

NEVER = {
    "attachment": "files of the media library", "nav_menu_item": "items of menus", "revision": "revisions",
    "custom_css": "style sheets", "customize_changeset": "changes of the theme", "oembed_cache": "caches",
    "user_request": "requests of users", "wp_block": "reusable blocks", "wp_template": "templates",
    "wp_template_part": "templates", "wp_global_styles": "styles", "wp_navigation": "menus",
    "wp_font_family": "fonts", "wp_font_face": "fonts", "guest-author": "profiles of authors",
    "acf-field": "definitions of fields", "acf-field-group": "definitions of fields",
    "feedback": "filled-in forms",
    "wpcf7_contact_form": "forms", "jetpack_migration": "settings", "scheduled-action": "settings",
    "shop_order": "orders", "shop_coupon": "coupons", "amp_validated_url": "caches", "schema": "settings",
    "elementor_library": "templates", "et_pb_layout": "templates", "tablepress_table": "tables of TablePress",
}  # fmt: skip
"""Types of posts that are no text of their own, and what they are."""

_TAXONOMIES = frozenset({"", "tag", "post_tag", "category"})
_NO_TERMS = frozenset(
    {"post_format", "nav_menu", "wp_theme", "author", "language", "post_translations", "following_users"}
)
_UNFILED = frozenset({"uncategorized", "uncategorised", "allgemein", "non-classe", "sin-categoria"})
_SUMMARIES = ("subtitle", "_subtitle", "wps_subtitle", "dek", "_dek", "kicker_subtitle",
"_yoast_wpseo_metadesc",
              "advanced_seo_description", "_aioseop_description", "rank_math_description")  # fmt: skip
_SECRET = re.compile(r"pass|secret|token|nonce|api_?key|e-?mail|_ip$|^ip$|session|phone", re.IGNORECASE)
_SERIAL = re.compile(r"(?:[aOC]:\d{1,9}:|s:\d{1,9}:\"|[bid]:\d{1,9};)")
_PLUGINS = re.compile(
    r"(?:advanced_seo|jetpack|firehose|reader_suggested|switch_like|sharing_disabled|wpcom|geo_|rank_math|aioseo|footnotes$|"
    r"enclosure$|cap-|fifu_|amp_|td_post|dsq_|syndication_|views$|post_views|fb_|essb|om_disable|spay_|wpb_|slide_template|"
    r"ampforwp|snap|yst_|classic-editor|inline_featured|publicize|email_notification|timeline_notification|onesignal|ph_)"
)
_FIELD_LIMIT = 2_000
_FIELDS_LIMIT = 60


class Read(NamedTuple):
    """An item as a post; None for one that is none, and then what it is."""

    post: Post | None
    what: str = ""
    problems: tuple[Problem, ...] = ()


def post_of(item: Item, channel: Channel, library: Library, site: Site, where: str) -> Read:
    """The post or page in an item, and what is odd about it."""
    kind, status = item.kind, item.get("status").lower()
    if kind in NEVER:
        return Read(None, NEVER[kind])
    if status in {"trash", "auto-draft", "inherit"}:
        return Read(None, {"trash": "posts in the trash", "inherit": "revisions"}.get(status, "empty drafts"))
    maker = _Maker(item, channel, library, site, where)
    html, fields = maker.html(), maker.fields()
    if not html.strip() and (kind == "page" or not item.get("title")):
        return Read(None, "pages without text" if kind == "page" else "posts without headline and text")
    is_page = kind == "page" and status in {"publish", ""} and not item.is_locked
    if not is_page and kind not in {"post", "page"}:
        fields["post_type"] = kind
    if kind == "page" and not is_page:
        maker.tell("W376", "a page that was not public: imported as a draft of an article")
    url = absolute(item.get("link"), channel.link)
    published, updated = maker.dates()
    word, embargo = maker.status(published)
    slug = unquote(item.get("post_name")).removesuffix(".html").rpartition("/")[2]
    post = Post(
        html=html,
        title=item.get("title"),
        published=published,
        updated=updated,
        kind="page" if is_page else "article",
        place=_place(url, slug, item.get("title")) if is_page else "",
        slug="" if word == "draft" and slug.isdecimal() else slug,
        authors=maker.authors(),
        summary=maker.summary(),
        tags=maker.tags(),
        image=maker.image(),
        url=url,
        old=(url,),
        ids=maker.ids(url),
        language=maker.language(),
        publisher=channel.title,
        status=word,
        embargo=embargo,
        dropped=tuple(maker.dropped),
        fields=fields,
    )
    return Read(post, "", tuple(maker.problems))


class _Maker:
    """One item being read."""

    def __init__(self, item: Item, channel: Channel, library: Library, site: Site, where: str) -> None:
        self.item, self.channel, self.library, self.site, self.where = item, channel, library, site, where
        self.problems: list[Problem] = []
        self.dropped: list[Dropped] = []
        if item.comments:
            self.dropped.append(
                Dropped("comment", "comments of readers are no part of an article", item.comments)
            )

    def tell(self, code: str, message: str, hint: str = "") -> None:
        title = plain(self.item.get("title"))[:60]
        self.problems.append(Problem(self.where, self.item.line, code, f"{title!r}: {message}", hint))

    def html(self) -> str:
        found = body_of(self.item, self.library)
        for what, number in sorted(found.dropped.items()):
            self.dropped.append(Dropped(what, "the old site filled it when it was asked for", number))
        for name, number in sorted(found.unknown.items()):
            times = f", {number} times" if number > 1 else ""
            self.tell("W346", f"{name} is not known{times}: left out", "its text is kept")
        return found.html

    def dates(self) -> tuple[str, str]:
        item = self.item
        published = updated = ""
        try:
            published = local_moment(item.get("post_date"), item.get("post_date_gmt"))
        except ValueError:
            written = item.get("pubDate")
            try:
                published = moment(written) if written else ""
            except ValueError:
                if item.get("status").lower() not in {"draft", "pending"}:
                    self.tell(
                        "W373",
                        f"published: not a date: {written[:60]!r}",
                        "expected e.g. 2021-04-13 11:34:00",
                    )
        try:
            updated = local_moment(item.get("post_modified"), item.get("post_modified_gmt"))
        except ValueError:
            updated = ""
        return published, updated

    def status(self, published: str) -> tuple[str, str]:
        """The status that readers' eyes call for, and the date of an embargo."""
        word = self.item.get("status").lower()
        if self.item.is_locked:
            self.tell("W376", "it was locked with a password: imported as a draft, without the password")
            return "draft", ""
        if word == "future":
            return ("embargoed", published) if published else ("draft", "")
        return ("", "") if word in {"publish", ""} else ("draft", "")

    def authors(self) -> tuple[str, ...]:
        """The bylines: of co-authors where there are any, else the display name of who wrote it."""
        names = self.channel.authors | self.library.guests
        found = [
            names.get(term.nicename.lower().removeprefix("cap-"), "") or term.name
            for term in self.item.terms
            if term.domain == "author"
        ]
        creator = self.item.get("dc:creator").strip("<> ")
        if not found and creator:
            found = [names.get(creator.lower(), "") or creator]
        # A login may be an address of mail, which is nobody's business.
        return tuple(
            dict.fromkeys(
                name.partition("@")[0] if "@" in name and " " not in name else name for name in found
            )
        )

    def tags(self) -> tuple[str, ...]:
        named = {taxonomy.key for taxonomy in self.site.taxonomies}
        found: list[str] = []
        for term in self.item.terms:
            if term.domain in _NO_TERMS or term.domain in named:
                continue
            if slugify(term.nicename or term.name) in _UNFILED and term.domain in _TAXONOMIES:
                self.dropped.append(Dropped("category", "WordPress's name for no category"))
            elif term.name:
                found.append(term.name)
        return tuple(found)

    def fields(self) -> dict[str, Value]:
        """Taxonomies that the site has, and custom fields that people filled in."""
        found: dict[str, Value] = {}
        for taxonomy in self.site.taxonomies:
            names: list[Value] = [plain(term.name) for term in self.item.terms if term.domain == taxonomy.key]
            if names:
                found[taxonomy.key] = list(dict.fromkeys(names))
        custom: dict[str, Value] = {}
        for key, value in self.item.meta.items():
            if key.startswith("_") or _PLUGINS.match(key) or not value.strip():
                continue
            secret = _SECRET.search(key) is not None
            if secret or _SERIAL.match(value) or len(value) > _FIELD_LIMIT or len(custom) >= _FIELDS_LIMIT:
                reason = "it may be private" if secret else "it holds a program's data"
                self.dropped.append(Dropped(f"custom field {key[:60]}", reason))
            else:
                custom[key[:200]] = value.strip()
        if custom:
            found["custom_fields"] = custom
        return found

    def summary(self) -> str:
        texts = (self.item.get("excerpt:encoded"), *(self.item.meta.get(key, "") for key in _SUMMARIES))
        return next((text for text in map(plain, texts) if text), "")

    def image(self) -> Picture | None:
        number = self.item.meta.get("_thumbnail_id", "").strip()
        url = self.item.meta.get("fifu_image_url", "").strip()
        if not number or number == "0":
            caption, credit = split_credit(plain(self.item.meta.get("fifu_image_alt", "")))
            return Picture(src=url, caption=caption, credit=credit) if url else None
        file = self.library.file(number)
        if file is None or not file.url:
            self.tell(
                "W347",
                f"the featured picture is not in the export (number {number[:20]})",
                "add it to `image`",
            )
            return None
        return Picture(src=file.url, alt=file.alt, caption=file.caption, credit=file.credit)

    def ids(self, url: str) -> tuple[str, ...]:
        """The ids that are this post's alone."""
        guid, number = self.item.get("guid"), self.item.get("post_id")
        found = [guid] if guid and self.library.is_unique(guid) else []
        if not url and not found and number:
            found.append(f"wordpress {self.channel.link or 'export'} {number}")
        return tuple(found)

    def language(self) -> str:
        named = (term.nicename for term in self.item.terms if term.domain == "language")
        return next(named, self.channel.language).replace("_", "-")


def _place(url: str, slug: str, title: str) -> str:
    """Where a page goes below content/pages: where it was on the old site."""
    try:
        parts = urlsplit(url)
        path = "" if parts.query else unquote(parts.path, errors="strict").strip("/")
    except ValueError:
        path = ""
    path = re.sub(r"(?:^|/)index\.(?:html?|php)\Z|\.(?:html?|php)\Z", "", path)
    names = [slugify(part) for part in path.split("/") if part]
    return "/".join(names[-8:]) or slugify(slug or plain(title))
