// The browser's half of `morgue serve`: follows the site, loads anew, swaps styles, shows what is wrong.
// It is put into pages as they are served and is never part of a built site.
(() => {
  'use strict';
  const tag = document.currentScript, SCROLL = 'morgue-scroll', HIDDEN = 'morgue-hidden';
  let leaving = false, seen = tag.dataset.state, line = null, told = '', host = null;

  const path = url => { try { return decodeURIComponent(new URL(url, location).pathname); } catch { return ''; } };

  // The place is kept by the element that stands at the top, as the text above it may have changed its length; by
  // its words too, as paragraphs are numbered, and there may be more of them above it now.
  const words = e => e.textContent.slice(0, 200);

  function keepPlace() {
    const top = [...document.querySelectorAll('[id]')].find(e => {
      const box = e.getBoundingClientRect();
      return box.height > 0 && box.bottom > 0 && box.height < 2 * innerHeight;
    });
    const place = { path: location.pathname, x: scrollX, y: scrollY };
    if (top && scrollY > 0) Object.assign(place, { id: top.id, words: words(top), from: top.getBoundingClientRect().top });
    try { sessionStorage.setItem(SCROLL, JSON.stringify(place)); history.scrollRestoration = 'manual'; } catch { /* storage is off */ }
  }

  function findPlace() {
    let place = null;
    try { place = JSON.parse(sessionStorage.getItem(SCROLL)); sessionStorage.removeItem(SCROLL); } catch { /* none */ }
    if (!place || place.path !== location.pathname) return;
    const go = () => {
      const same = place.id && document.getElementById(place.id);
      const top = same && words(same) !== place.words
        ? [...document.querySelectorAll('[id]')].find(e => words(e) === place.words) ?? same : same;
      scrollTo({ left: place.x, top: top ? scrollY + top.getBoundingClientRect().top - place.from : place.y, behavior: 'instant' });
    };
    go();
    addEventListener('load', go, { once: true });
    // The browser's own way is for when the reader comes back; given back sooner, it would undo ours.
    addEventListener('pagehide', () => { if (!leaving) history.scrollRestoration = 'auto'; }, { once: true });
  }

  function reload() { leaving = true; keepPlace(); close(); location.reload(); }

  const coming = new WeakMap(); // a style's link, and the one that is to take its place

  // A style takes the other's place when it has come, so that the page is never bare.
  function swap(link) {
    const fresh = link.cloneNode(), url = new URL(link.href);
    url.searchParams.set('morgue', seen);
    fresh.href = url;
    // One that is on its way already gives way: two saves close together must not leave two.
    coming.get(link)?.remove();
    coming.set(link, fresh);
    fresh.dataset.fresh = '';
    fresh.addEventListener('load', () => { link.remove(); delete fresh.dataset.fresh; }, { once: true });
    fresh.addEventListener('error', () => fresh.remove(), { once: true });
    link.after(fresh);
  }

  function renew(files) {
    const used = new Set(performance.getEntriesByType('resource').map(each => path(each.name)));
    const links = [...document.querySelectorAll('link[rel~="stylesheet"][href]:not([data-fresh])')];
    const changed = files.filter(file => used.has(file) || links.some(link => path(link.href) === file));
    if (changed.some(file => !file.endsWith('.css'))) { reload(); return; }
    for (const file of changed) {
      const own = links.filter(link => path(link.href) === file);
      (own.length ? own : links).forEach(swap); // one that is imported comes with those that import it
    }
  }

  const STYLE = `
    :host { all: initial; }
    * { box-sizing: border-box; }
    .veil { position: fixed; inset: 0; z-index: 2147483647; overflow: auto; padding: 4vh 1rem; background: rgb(20 16 12 / .55); }
    .sheet { max-width: 56rem; margin: 0 auto; padding: 1.25rem 1.5rem; border-top: 6px solid #b3261e; border-radius: 4px;
      background: #fffdf8; color: #1c1a17; font: 16px/1.45 system-ui, sans-serif; box-shadow: 0 12px 40px rgb(0 0 0 / .4); }
    header { display: flex; gap: 1rem; align-items: baseline; justify-content: space-between; }
    h2 { margin: 0; font-size: 1.15rem; }
    section { margin-top: 1.1rem; }
    h3 { margin: 0; font: 600 .9rem/1.4 ui-monospace, monospace; overflow-wrap: anywhere; }
    p { margin: .25rem 0; overflow-wrap: anywhere; white-space: pre-wrap; }
    .hint { color: #4a4640; }
    pre { margin: .5rem 0 0; padding: .5rem 0; overflow-x: auto; background: #f3efe6; font: .85rem/1.5 ui-monospace, monospace; }
    pre span { display: block; padding: 0 .75rem; min-width: max-content; }
    pre .here { background: #fbdcd8; font-weight: 600; }
    button { font: 600 .9rem/1 system-ui, sans-serif; padding: .5rem .8rem; border: 1px solid #8a857c; border-radius: 3px; background: #fff; color: inherit; cursor: pointer; }
    button:focus-visible { outline: 3px solid #1a66c2; outline-offset: 2px; }
    .pill { position: fixed; left: 1rem; bottom: 1rem; z-index: 2147483647; border: 0; background: #b3261e; color: #fff; }
    .note { position: fixed; left: 0; right: 0; bottom: 0; z-index: 2147483646; margin: 0; padding: .6rem 1rem; text-align: center;
      background: #1c1a17; color: #fffdf8; font: 16px/1.4 system-ui, sans-serif; }
    @media (prefers-color-scheme: dark) {
      .sheet { background: #23201c; color: #f1ece3; } .hint { color: #c9c2b6; } pre { background: #181613; } pre .here { background: #5a1d18; }
      button { background: #34302a; border-color: #8a857c; } .pill { background: #b3261e; }
    }
    @media print { .veil, .pill, .note { display: none; } }`;

  function element(name, text, kind) {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    if (kind) made.className = kind;
    return made;
  }

  function shown(problem) {
    const made = element('section');
    if (problem.place) made.append(element('h3', problem.place));
    made.append(element('p', problem.message + (problem.code ? ` [${problem.code}]` : '')));
    if (problem.hint) made.append(element('p', problem.hint, 'hint'));
    if (problem.lines.length) {
      const pre = element('pre'), width = String(problem.lines.at(-1)[0]).length;
      for (const [number, text] of problem.lines) {
        pre.append(element('span', `${String(number).padStart(width)}  ${text}`, number === problem.line ? 'here' : ''));
      }
      made.append(pre);
    }
    return made;
  }

  function overlay(problems) {
    const now = JSON.stringify(problems);
    if (now === told) return;
    told = now;
    host?.remove();
    host = null;
    if (!problems.length) return;
    host = document.createElement('morgue-problems');
    const root = host.attachShadow({ mode: 'open' }), style = new CSSStyleSheet();
    style.replaceSync(STYLE); // a style made so is allowed under any content security policy
    root.adoptedStyleSheets = [style];
    const title = `${problems.length === 1 ? 'Something' : `${problems.length} things`} to mend`;
    const veil = element('div', '', 'veil'), sheet = element('div', '', 'sheet'), head = element('header'),
      hide = element('button', 'Hide'), pill = element('button', title, 'pill'), name = element('h2', title);
    name.id = 'title';
    sheet.setAttribute('role', 'alertdialog');
    sheet.setAttribute('aria-labelledby', 'title');
    head.append(name, hide);
    sheet.append(head, ...problems.map(shown));
    veil.append(sheet);
    root.append(veil, pill);
    const show = is => { veil.hidden = !is; veil.style.display = is ? '' : 'none'; pill.style.display = is ? 'none' : ''; };
    const remember = what => { try { sessionStorage.setItem(HIDDEN, what); } catch { /* storage is off */ } };
    let hidden = '';
    try { hidden = sessionStorage.getItem(HIDDEN); } catch { /* storage is off */ }
    hide.addEventListener('click', () => { show(false); remember(now); pill.focus(); });
    pill.addEventListener('click', () => { show(true); remember(''); hide.focus(); });
    veil.addEventListener('keydown', event => { if (event.key === 'Escape') hide.click(); });
    show(hidden !== now);
    document.documentElement.append(host);
    if (hidden !== now && document.activeElement === document.body) hide.focus({ preventScroll: true });
  }

  // What a page says that is not yet what it will be.
  function note(text) {
    const root = document.createElement('morgue-note').attachShadow({ mode: 'open' }), style = new CSSStyleSheet();
    style.replaceSync(STYLE);
    root.adoptedStyleSheets = [style];
    const says = element('p', text, 'note');
    says.setAttribute('role', 'status');
    root.append(says);
    document.documentElement.append(root.host);
  }

  function open() {
    if (line) return;
    const ask = new URLSearchParams({ page: location.pathname, seen });
    if ('waits' in tag.dataset) ask.set('waits', '1');
    line = new EventSource(`/.morgue/events?${ask}`);
    line.onmessage = event => {
      seen = event.lastEventId;
      const news = JSON.parse(event.data);
      if (news.reload) { reload(); return; }
      renew(news.files);
      overlay(news.problems);
    };
    line.onerror = () => {
      if (line?.readyState === EventSource.CLOSED) { close(); setTimeout(open, 2000); }
    };
  }

  function close() { line?.close(); line = null; }

  // A browser keeps at most six lines to one host: a page that nobody looks at lets go of its own.
  const look = () => { document.hidden ? close() : open(); };
  document.addEventListener('visibilitychange', look);
  addEventListener('pagehide', close);
  addEventListener('pageshow', event => { if (event.persisted) look(); });
  if (tag.dataset.waits) note(tag.dataset.waits);
  findPlace();
  look();
})();
