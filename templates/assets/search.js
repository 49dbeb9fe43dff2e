// Full-text search in the reader's browser: no dependency, no request but for the archive's own texts.
(() => {
  'use strict';
  const get = id => document.getElementById('search_' + id);
  const form = get('form'), box = get('q'), say = get('status'), list = get('items'), more = get('more'),
    facets = get('facets'), order = get('sort'), years = get('years'), idle = say.textContent, words = JSON.parse(form.dataset.words), locale = document.documentElement.lang + '-u-nu-latn';
  const PAGE = 20, WIDTH = 190;
  const SPACELESS = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]/;
  const letter = c => c !== undefined && /[\p{L}\p{N}]/u.test(c);
  const loaded = new Map(); // href of a file → its articles, folded
  let files = null, terms = [], found = [], chosen = new Set(), shown = PAGE, run = 0;

  // Lower case without accents, one character for one: places in the folded text are places in the text.
  const fold = text => text.replace(/[’‘]/g, "'").replace(/[“”]/g, '"')
    .replace(/[^\0-\x7f]/g, c => (c.normalize('NFD')[0].toLowerCase()[0]) || c).toLowerCase();

  function parse(query) {
    const parts = [], seen = new Set();
    for (const [, phrase, word] of fold(query).matchAll(/"([^"]*)"?|([^\s"]+)/g)) {
      const words = (phrase ?? word).split(/[^\p{L}\p{N}\p{M}'-]+/u).filter(Boolean);
      for (const text of phrase === undefined ? words : [words.join(' ')]) {
        if (text && !seen.has(text)) { seen.add(text); parts.push({ text, exact: phrase !== undefined }); }
      }
    }
    return parts;
  }

  // Where a term stands: a word counts from its beginning ("net" finds "nets"), a phrase whole.
  function places(text, term, most = 50) {
    const at = [], free = SPACELESS.test(term.text[0]);
    for (let i = text.indexOf(term.text); i >= 0 && at.length < most; i = text.indexOf(term.text, i + 1)) {
      const end = i + term.text.length;
      if (free || (!letter(text[i - 1]) && !(term.exact && letter(text[end])))) at.push([i, end]);
    }
    return at;
  }

  function match(article) {
    let score = 0;
    for (const term of terms) {
      const title = places(article.ft, term).length, names = places(article.fn, term).length;
      let body = 0;
      for (const p of article.fp) body += places(p, term, 10).length;
      if (!title && !names && !body) return null;
      score += 12 * title + 4 * names + Math.min(body, 8);
    }
    return { article, score };
  }

  // The paragraph with most of the terms, cut round the first of them.
  function excerpt(article) {
    let best = null;
    article.fp.forEach((text, n) => {
      const marks = terms.map(term => places(text, term));
      // A longer term says more; one that stands earliest in the text wins a tie.
      const worth = marks.reduce((sum, m, t) => sum + (m.length && terms[t].text.length + 20 * terms[t].exact), 0);
      if (worth && (!best || worth > best.worth)) best = { n, worth, marks: marks.flat() };
    });
    if (!best) return article.p.length ? { id: '', text: article.p[0][1].slice(0, WIDTH), marks: [], cut: true, from: 0 } : null;
    best.marks.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
    const [id, text] = article.p[best.n];
    // As many of the marks as fit, from the first that has company.
    const near = m => best.marks.filter(o => o[0] >= m[0] - 60 && o[1] <= m[0] + WIDTH - 60).length;
    const lead = best.marks.reduce((a, b) => near(b) > near(a) ? b : a);
    let from = Math.max(0, lead[0] - 60);
    if (from) from = text.indexOf(' ', from) + 1 || from;
    let to = Math.min(text.length, from + WIDTH);
    if (to < text.length) to = Math.max(text.lastIndexOf(' ', to), lead[1]);
    return { id, text: text.slice(from, to), marks: best.marks.filter(m => m[0] >= from && m[1] <= to), from, before: from > 0, cut: to < text.length };
  }

  const add = (parent, tag, text, props) => {
    const made = parent.appendChild(document.createElement(tag));
    if (text !== undefined) made.textContent = text;
    return Object.assign(made, props);
  };

  function row({ article }) {
    const li = document.createElement('li'), h2 = add(li, 'h2'), cut = excerpt(article);
    add(h2, 'a', article.t, { href: article.u + (cut && cut.id ? '#' + cut.id : '') });
    if (article.l) li.lang = article.l;
    h2.dir = 'auto';
    if (cut) {
      const p = add(li, 'p', cut.before ? '…' : '', { dir: 'auto' });
      let done = cut.from;
      for (const [start, end] of cut.marks) {
        if (start < done) continue;
        p.append(cut.text.slice(done - cut.from, start - cut.from));
        add(p, 'mark', cut.text.slice(start - cut.from, end - cut.from));
        done = end;
      }
      const rest = cut.text.slice(done - cut.from).trimEnd();
      p.append(rest, cut.cut ? (/[.!?”’]$/.test(rest) ? ' …' : '…') : '');
    }
    add(li, 'time', article.w, { dateTime: article.d });
    return li;
  }

  const year = hit => hit.article.d.slice(0, 4);

  function show(over) {
    const hits = found.filter(hit => !chosen.size || chosen.has(year(hit)));
    const by = order.value;
    hits.sort((a, b) => (by ? 0 : b.score - a.score) || (a.article.d < b.article.d ? 1 : -1) * (by === 'oldest' ? -1 : 1));
    list.replaceChildren(...hits.slice(0, shown).map(row));
    more.hidden = hits.length <= shown;
    facets.hidden = !terms.length;
    const totals = {};
    for (const hit of found) totals[year(hit)] = (totals[year(hit)] || 0) + 1;
    for (const y of chosen) totals[y] ||= 0;
    years.replaceChildren(years.firstElementChild);
    for (const y of Object.keys(totals).sort().reverse()) {
      const label = add(years, 'label');
      add(label, 'input', undefined, { type: 'checkbox', name: 'year', value: y, checked: chosen.has(y) });
      label.append(' ' + y + ' ');
      add(label, 'data', totals[y].toLocaleString(locale), { value: totals[y] });
    }
    say.textContent = '';
    if (!terms.length) { say.textContent = idle; return; }
    const n = hits.length, query = document.createElement('b');
    query.textContent = box.value.trim();
    const said = n ? words.found.forms[+words.found.which[n < 100 ? n : 100 + n % 100]] : words.none;
    for (const part of said.split(/(\{\w+\})/)) say.append(part === '{query}' ? query : part === '{number}' ? n.toLocaleString(locale) : part);
    if (chosen.size) {
      say.append(', ' + words.years.replace('{years}', [...chosen].sort().join(', ')) + '. ');
      add(say, 'a', words.clear, { href: '#search_years', onclick: e => { e.preventDefault(); chosen.clear(); keep(true); show(true); box.focus(); } });
    }
    if (!over) say.append(' ' + words.reading);
    say.append(' ');
    add(say, 'a', words.filter, { href: '#search_facets', className: 'jump' });
  }

  const address = () => {
    const query = new URLSearchParams();
    if (box.value.trim()) query.set('q', box.value.trim());
    for (const y of [...chosen].sort()) query.append('year', y);
    if (order.value) query.set('sort', order.value);
    return location.pathname + (query.size ? '?' + query : '');
  };
  const keep = replace => history[replace ? 'replaceState' : 'pushState'](null, '', address());

  async function json(url) {
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(url + ': ' + answer.status);
    return answer.json();
  }

  async function texts(url) {
    if (!loaded.has(url)) {
      const articles = await json(url);
      for (const a of articles) { a.ft = fold(a.t); a.fn = fold(a.n.join(' | ')); a.fp = a.p.map(p => fold(p[1])); }
      loaded.set(url, articles);
    }
    return loaded.get(url);
  }

  async function search() {
    const mine = ++run;
    terms = parse(box.value); found = []; shown = PAGE;
    document.title = document.title.replace(/^(.*?)(?:: .*)?(?= · )/, (_, word) => word + (terms.length ? ': ' + box.value.trim() : ''));
    if (!terms.length) { show(true); return; }
    say.textContent = words.loading;
    try {
      files ||= await json(form.dataset.texts);
      let drawn = 0;
      for (let n = 0; n < files.length; n++) {
        // The next few files are on their way while this one is read.
        for (const next of files.slice(n + 1, n + 4)) texts(next.url).catch(() => {});
        for (const article of await texts(files[n].url)) {
          const hit = match(article);
          if (hit) found.push(hit);
        }
        if (mine !== run) return;
        if (performance.now() - drawn > 250 && n + 1 < files.length) {
          show(false); drawn = performance.now();
          await new Promise(go => setTimeout(go));
          if (mine !== run) return;
        }
      }
      show(true);
    } catch (error) {
      if (mine === run) say.textContent = words.failed;
      console.error(error);
    }
  }

  function read() {
    const query = new URLSearchParams(location.search);
    box.value = query.get('q') || '';
    order.value = ['newest', 'oldest'].includes(query.get('sort')) ? query.get('sort') : '';
    chosen = new Set(query.getAll('year').filter(y => /^\d{4}$/.test(y)));
    search();
  }

  form.addEventListener('submit', event => { event.preventDefault(); chosen.clear(); keep(false); search(); });
  order.addEventListener('change', () => { keep(true); show(true); });
  years.addEventListener('change', () => {
    chosen = new Set([...years.querySelectorAll('input:checked')].map(input => input.value));
    keep(true); show(true);
  });
  more.firstElementChild.addEventListener('click', () => { shown += PAGE; show(true); });
  addEventListener('popstate', read);
  read();
  if (!box.value) box.focus();
})();
