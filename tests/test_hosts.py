"""Files for hosts: the same redirects, withdrawn articles and headers for each, and two servers that obey them."""

import json
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from browsing import QUIET, found, tab_of
from built_site import MODULES, BuiltSite, needed
from deploying import HEAD, article, built, make_site, write
from servers import fetch, free_port, nginx, program, running

from generator.build import build
from generator.config import load_site
from generator.core.paths import Address
from generator.core.problems import SiteError
from generator.outcome import Options
from generator.render.hosts import host_files
from generator.render.hosts.rules import POLICY

ALIASES = (
    "/old story/",
    "/año/pasado/",
    "/a$1b/",
    "/a&b/",
    "/a(b)+[c]/",
    "/a;b{c}/",
    "/a.b^c/",
    "/x,y=z@'w'~!/",
    "/100%/",
    "/archive.php",
    "/" + "long-" * 40 + "/",
)
"""Old addresses with every character that means something to one host or another."""

KINDS = ("vercel", "nginx", "apache")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The build of a site with those aliases and two articles that were taken back, for three hosts."""
    return with_hosts(tmp_path_factory.mktemp("hosts") / "site", f"hosts: [{', '.join(KINDS)}]\n")


def with_hosts(root: Path, settings: str) -> Path:
    site = make_site(root, settings, articles=2)
    stories = site / "content/articles/2024/05"
    write(stories / "story-1.md", article("Story 1", 1, aliases=json.dumps(ALIASES, ensure_ascii=False)))
    write(stories / "story-2.md", article("Story 2", 2, slug="the-second-story"))
    write(stories / "libel.md", article("Libel", 3, status="withdrawn", aliases="[/gone/one/, /gone/$.html]"))
    return built(site)


# What each is told.


def test_netlify_is_told_to_redirect_though_a_page_stands_there(tmp_path: Path) -> None:
    output = with_hosts(tmp_path / "site", "hosts: netlify\n")
    lines = (output / "_redirects").read_text().splitlines()
    assert "/old%20story/ /2024/05/story-1/ 301!" in lines
    assert "/2024/05/story-2/ /2024/05/the-second-story/ 301!" in lines
    assert "/gone/one/ /404.html 410!" in lines
    assert "/2024/05/libel/ /404.html 410!" in lines
    assert all(len(line.split(" ")) == 3 for line in lines)
    told = (output / "_headers").read_text().splitlines()
    assert told[0] == "/*"
    assert f"  Content-Security-Policy: {POLICY}" in told


def test_cloudflare_is_told_the_same_in_its_own_way_and_of_its_limit(tmp_path: Path) -> None:
    output = with_hosts(tmp_path / "site", "hosts: cloudflare\n")
    assert (
        "/2024/05/story-2/ /2024/05/the-second-story/ 301" in (output / "_redirects").read_text().splitlines()
    )
    redirects = {Address(f"/a{n}/"): "/b/" for n in range(2001)}
    _, [problem] = host_files(load_site(tmp_path / "site"), redirects, redirects, ())
    assert str(problem) == (
        "site.yaml: hosts: cloudflare reads at most 2,000 redirects, and there are 2,001 "
        "(those beyond lead on as small pages do) [W606]"
    )


def test_vercel_is_told_in_json_with_its_patterns_kept_literal(folder: Path) -> None:
    told = json.loads((folder / "vercel.json").read_text())
    assert {"source": "/old story/", "destination": "/2024/05/story-1/", "statusCode": 301} in told[
        "redirects"
    ]
    sources = [each["source"] for each in told["redirects"]]
    assert "/a\\(b\\)\\+\\[c\\]/" in sources
    assert told["headers"][0]["source"] == "/(.*)"
    assert {"key": "X-Content-Type-Options", "value": "nosniff"} in told["headers"][0]["headers"]


def test_vercels_own_reader_takes_the_file_and_answers_410_for_what_is_gone(folder: Path) -> None:
    reader = needed("@vercel/routing-utils", MODULES / "@vercel/routing-utils")
    program_text = (
        f"const {{ getTransformedRoutes }} = require({json.dumps(str(reader))});"
        f"const told = require({json.dumps(str(folder / 'vercel.json'))});"
        "console.log(JSON.stringify(getTransformedRoutes(told)))"
    )
    done = subprocess.run([program("node"), "-e", program_text], capture_output=True, text=True, check=True)
    read = json.loads(done.stdout)
    assert read["error"] is None
    gone = {route["src"]: route for route in read["routes"] if route.get("status") == 410}
    assert [route["dest"] for route in gone.values()] == ["/404.html"] * 3
    for path in ("/2024/05/libel/", "/gone/one/", "/gone/$.html"):
        assert [src for src in gone if re.search(src, path)], path
    assert not [src for src in gone if re.search(src, "/2024/05/story-1/")]


def test_cloudflares_worker_answers_410_for_what_is_gone_and_sees_nothing_else(tmp_path: Path) -> None:
    output = with_hosts(tmp_path / "site", "hosts: cloudflare\n")
    routes = json.loads((output / "_routes.json").read_text())
    assert routes == {
        "version": 1,
        "include": ["/2024/05/libel/", "/gone/$.html", "/gone/one/"],
        "exclude": [],
    }
    ask = (
        f"const worker = (await import({json.dumps('data:text/javascript,')} + encodeURIComponent("
        f"(await import('node:fs')).readFileSync({json.dumps(str(output / '_worker.js'))}, 'utf8')))).default;"
        "const asked = [];"
        "const env = {ASSETS: {fetch: async (r) => {asked.push(new URL(r.url ?? r).pathname);"
        " return new Response('page', {headers: {'content-type': 'text/html'}})}}};"
        "for (const path of ['/gone/one/', '/2024/05/story-1/']) {"
        " const a = await worker.fetch(new Request('https://gazette.example' + path), env);"
        " console.log(JSON.stringify([a.status, await a.text(), Object.fromEntries(a.headers)])); }"
        "console.log(JSON.stringify(asked));"
    )
    done = subprocess.run(
        [program("node"), "--input-type=module", "-e", ask], capture_output=True, text=True, check=True
    )
    gone, there, asked = map(json.loads, done.stdout.splitlines())
    assert gone[:2] == [410, "page"]
    assert gone[2]["content-security-policy"] == POLICY
    assert gone[2]["content-type"] == "text/html"
    assert there[0] == 200
    assert asked == ["/404", "/2024/05/story-1/"]


def test_cloudflare_without_anything_gone_runs_no_program_and_past_its_limit_that_is_told(
    tmp_path: Path,
) -> None:
    output = built(make_site(tmp_path / "site", "hosts: cloudflare\n", articles=1))
    assert not (output / "_worker.js").exists()
    gone = [Address(f"/gone/{n}/") for n in range(102)] + [Address(f"/{'long-' * 20}/")]
    made, [problem] = host_files(load_site(tmp_path / "site"), {}, (), gone)
    assert len(json.loads("\n".join(made[Address("/_routes.json")]))["include"]) == 100
    assert str(problem) == (
        "site.yaml: hosts: cloudflare answers 404, not 410, for 3 withdrawn pages "
        "(it takes 100 addresses of at most 100 letters; search engines forget those with 404 too) [W607]"
    )


def test_a_site_without_hosts_has_none_of_these_files(tmp_path: Path) -> None:
    output = with_hosts(tmp_path / "site", "")
    assert {path.name for path in output.iterdir()} & {
        "_redirects",
        "_headers",
        "vercel.json",
        ".htaccess",
        "morgue",
    } == set()


def test_choosing_hosts_renders_no_page_anew(tmp_path: Path) -> None:
    output = with_hosts(tmp_path / "site", "")
    before = {path: path.stat().st_mtime_ns for path in output.rglob("*.html")}
    write(tmp_path / "site/site.yaml", f"{HEAD}hosts: [nginx, apache]\nheaders: {{X-Frame-Options: ''}}\n")
    from deploying import NOW

    done = build(load_site(tmp_path / "site"), Options(output=output, now=NOW))
    assert set(done.written) == {".htaccess", "morgue/nginx-http.conf", "morgue/nginx-server.conf"}
    assert {path: path.stat().st_mtime_ns for path in output.rglob("*.html")} == before
    assert "X-Frame-Options" not in (output / ".htaccess").read_text()


def test_a_site_below_a_path_has_it_in_every_rule(tmp_path: Path) -> None:
    with_hosts(tmp_path / "site", "")
    write(
        tmp_path / "site/site.yaml",
        "title: T\nurl: https://x.example/the/archive/\nhosts: [netlify, vercel, nginx, apache]\n",
    )
    output = built(tmp_path / "site")
    assert (
        "/the/archive/2024/05/story-2/ /the/archive/2024/05/the-second-story/ 301!"
        in (output / "_redirects").read_text()
    )
    assert (output / "_headers").read_text().startswith("/the/archive/*\n")
    assert '"/the/archive/gone/one/" "1";' in (output / "morgue/nginx-http.conf").read_text()
    assert "ErrorDocument 404 /the/archive/404.html" in (output / ".htaccess").read_text()


WRONG = (
    ("hosts: [netlfy]", '3: hosts: unknown: "netlfy" (did you mean "netlify"?) [E105]'),
    ("hosts: [netlify, cloudflare]", "3: hosts: netlify and cloudflare both read _redirects, but not the same one (name the one that serves the site) [E105]"),
    ("headers: {'Bad Name': x}", '3: headers: not a name of a header: "Bad Name" (expected e.g. Referrer-Policy) [E105]'),
    ("headers: {X-A: 'a$b'}", '3: headers.X-A: holds a character that not every host can send: "a$b" (leave out quotation marks ("), \\, $ and %) [E105]'),
    ("headers: {X-A: é}", '3: headers.X-A: holds a character that not every host can send: "é" (leave out quotation marks ("), \\, $ and %) [E105]'),
    ("headers: x", "3: headers: a text where a mapping belongs (expected a mapping) [E105]"),
)  # fmt: skip


@pytest.mark.parametrize(("written", "expected"), WRONG)
def test_a_wrong_setting_is_told(written: str, expected: str, tmp_path: Path) -> None:
    write(tmp_path / "site.yaml", f"{HEAD}{written}\n")
    with pytest.raises(SiteError) as refused:
        load_site(tmp_path)
    assert [str(each).removeprefix("site.yaml:") for each in refused.value.problems] == [expected]


# Servers that read them.


@pytest.fixture(scope="module")
def server(
    request: pytest.FixtureRequest, folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    place = tmp_path_factory.mktemp(request.param)
    if request.param == "nginx":
        maps = folder / "morgue/nginx-http.conf"
        rules = folder / "morgue/nginx-server.conf"
        with nginx(place, f"root {folder};\ninclude {rules};", f"include {maps};") as url:
            yield url
        return
    port = free_port()
    modules = "/usr/lib/apache2/modules"
    names = ("mpm_event", "authz_core", "mime", "dir", "alias", "headers", "autoindex")
    (place / "httpd.conf").write_text(
        "".join(f"LoadModule {name}_module {modules}/mod_{name}.so\n" for name in names)
        + f"Listen 127.0.0.1:{port}\nServerName localhost\nPidFile {place}/pid\nErrorLog {place}/error.log\n"
        f"Mutex posixsem\nTypesConfig /etc/mime.types\nDocumentRoot {folder}\n"
        f"<Directory {folder}>\n  AllowOverride All\n  Require all granted\n</Directory>\n"
        f"<Files .ht*>\n  Require all denied\n</Files>\n"
    )
    with running([str(program("apache2")), "-D", "FOREGROUND", "-f", str(place / "httpd.conf")], port):
        yield f"http://127.0.0.1:{port}"


both = pytest.mark.parametrize("server", ["nginx", "apache"], indirect=True)


@both
def test_every_old_address_leads_to_its_article_with_status_301(server: str) -> None:
    for alias in (*ALIASES, "/2024/05/story-2/"):
        for path in {alias, alias.rstrip("/")}:
            status, headers, _ = fetch(server + quote(path))
            target = "/2024/05/the-second-story/" if "story-2" in alias else "/2024/05/story-1/"
            assert (status, headers["location"].removeprefix(server)) == (301, target), path
    assert fetch(f"{server}/2024/05/story-1/")[0] == 200


@both
def test_what_was_withdrawn_is_gone_and_what_never_was_is_not_found(server: str) -> None:
    for path in ("/2024/05/libel/", "/gone/one/", "/gone/one", "/gone/$.html"):
        status, headers, body = fetch(server + quote(path))
        assert (status, path) == (410, path)
        assert b"<!doctype html>" in body
    status, headers, body = fetch(f"{server}/2024/05/never/")
    assert status == 404
    assert b"<!doctype html>" in body
    assert headers["x-content-type-options"] == "nosniff"


@both
def test_headers_go_with_pages_assets_and_refusals_and_nothing_of_the_inside_is_served(server: str) -> None:
    for path in ("/", "/assets/style.css", "/2024/05/libel/"):
        _, headers, _ = fetch(server + path)
        assert headers["content-security-policy"] == POLICY
        assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
        assert headers["x-frame-options"] == "DENY"
    for path in ("/morgue/nginx-http.conf", "/morgue/nginx-server.conf", "/.morgue-manifest", "/.htaccess"):
        assert fetch(server + path)[0] in {403, 404}, path
    status, headers, _ = fetch(f"{server}/2024/05/story-1")
    assert (status, headers["location"].removeprefix(server)) == (301, "/2024/05/story-1/")


def test_no_page_of_the_demo_breaks_its_own_content_security_policy(demo: BuiltSite, tmp_path: Path) -> None:
    import shutil

    from playwright.sync_api import sync_playwright

    chromium = needed("Chromium", shutil.which("chromium"))
    header = f'add_header Content-Security-Policy "{POLICY}" always;'
    with nginx(tmp_path / "nginx", f"root {demo.output}; {header}") as url, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=list(QUIET))
        with tab_of(browser, url) as tab:
            pages = ["/", "/search/?q=harbour", "/2024/", "/people/", "/tags/", "/data/", "/404.html"]
            articles = [
                f"/{path.parent.relative_to(demo.output)}/"
                for path in sorted(demo.output.glob("20??/??/*/index.html"))
            ]
            records = [
                f"/{path.parent.relative_to(demo.output)}/"
                for path in sorted(demo.output.glob("people/*/index.html"))
            ]
            for path in (*pages, *articles[:6], *records[:4]):
                tab.open(path)
            assert tab.errors == []
            found(tab.open("/search/?q=harbour"))
        browser.close()
    assert os.environ.get("CI") is None or articles
