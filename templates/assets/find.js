// Full-text search in the reader's browser, by Pagefind: it fetches the few files of the index that a search needs.
const get = id => document.getElementById('search_' + id);
const form = get('form'), box = get('q'), say = get('status'), list = get('items'), more = get('more'),
  facets = get('facets'), order = get('sort'), years = get('years'), idle = say.textContent;
const { index, parts } = form.dataset, names = parts.split(' '), words = JSON.parse(form.dataset.words);
const kinds = [...facets.querySelectorAll('details[data-kind]')];
const PAGE = 20, FIRST = 8, MOST = 40, locale = document.documentElement.lang + '-u-nu-latn';
let pagefind, merged = 1, filtered = false, found = [], chosen = new Set(), picked = new Map(), shown = PAGE, run = 0;
let onward = () => {};  // called when the reader goes on past the first results, and so wants those of all parts

const figure = n => n.toLocaleString(locale);
const year = hit => hit.id.slice(0, 4);
const add = (parent, tag, text, props) => {
  const made = parent.appendChild(document.createElement(tag));
  if (text !== undefined) made.textContent = text;
  return Object.assign(made, props);
};
// A message with elements in the places of its {names}.
function told(parent, text, values) {
  for (const part of text.split(/(\{\w+\})/)) parent.append(part[0] === '{' ? values[part.slice(1, -1)] : part);
}
const form_of = n => words.found.forms[+words.found.which[n < 100 ? n : 100 + n % 100]];

// An excerpt comes as text with <mark> in it: only these are elements, whatever else it holds. A mark ends with its word.
function excerpt(parent, html) {
  const parts = new DOMParser().parseFromString(html, 'text/html').body;
  for (const node of parts.childNodes) {
    const [, word, rest] = node.nodeName === 'MARK' ? node.textContent.match(/^(.*?)([\p{P}\s]*)$/su) : [0, '', node.textContent];
    if (word) add(parent, 'mark', word);
    parent.append(rest);
  }
}

function row(data) {
  const li = document.createElement('li'), { meta } = data;
  const at = data.plain_excerpt.trim().split(/\s+/).slice(0, 6).join(' ');
  const spot = at && !meta.title.startsWith(at) ? '#:~:text=' + encodeURIComponent(at).replaceAll('-', '%2D') : '';
  const own = { lang: meta.lang || document.documentElement.lang, dir: 'auto' };
  add(add(li, 'h2', '', own), 'a', meta.title, { href: meta.url + spot });
  excerpt(add(li, 'p', '… ', own), data.excerpt + ' …');
  add(li, 'time', meta.date);
  return li;
}

function boxes(parent, totals, name, on, label = value => value) {
  const rows = Object.entries(totals).filter(([value, n]) => n || on.has(value));
  for (const value of on) if (!(value in totals)) rows.push([value, 0]);
  for (const [value, n] of rows) {
    const line = add(parent, 'label');
    add(line, 'input', undefined, { type: 'checkbox', name, value, checked: on.has(value) });
    line.append(' ' + label(value) + ' ');
    add(line, 'data', figure(n), { value: n });
  }
}

const sorted = () => {
  const hits = found.filter(hit => !chosen.size || chosen.has(year(hit)));
  if (order.value) hits.sort((a, b) => (a.id < b.id ? 1 : -1) * (order.value === 'oldest' ? -1 : 1));
  return hits;
};

async function show(over, mine, more_words = words.reading) {
  const hits = sorted(), rows = await Promise.all(hits.slice(0, over ? shown : FIRST).map(hit => hit.data()));
  if (mine !== run) return;
  list.replaceChildren(...rows.map(row));
  more.hidden = over && hits.length <= shown;
  const query = box.value.trim();
  facets.hidden = !query;
  const totals = {};
  for (const hit of found) totals[' ' + year(hit)] = (totals[' ' + year(hit)] || 0) + 1;
  years.replaceChildren(years.firstElementChild);
  boxes(years, Object.fromEntries(Object.entries(totals).sort().reverse().map(([y, n]) => [y, n])), 'year', new Set([...chosen].map(y => ' ' + y)), y => y.trim());
  say.textContent = '';
  const of = document.createElement('b');
  of.textContent = query;
  told(say, hits.length ? form_of(hits.length) : words.none, { number: figure(hits.length), query: of });
  if (chosen.size) say.append(', ' + words.years.replace('{years}', [...chosen].sort().join(', ')));
  if (chosen.size || picked.size) {
    say.append('. ');
    add(say, 'a', words.clear, { href: '#search_facets', onclick: e => { e.preventDefault(); chosen.clear(); picked.clear(); keep(true); search(); box.focus(); } });
  }
  if (!over) add(say, 'span', ' ' + more_words);
  say.append(' ');
  add(say, 'a', words.filter, { href: '#search_facets', className: 'jump' });
}

// The names among the results, the most frequent first; the index of names is fetched when it is asked for.
function offer(filters) {
  for (const kind of kinds) {
    const field = kind.querySelector('div'), on = picked.get(kind.dataset.kind) || new Set();
    const rows = Object.entries(filters[kind.dataset.kind] || {}).filter(([, n]) => n);
    rows.sort(([a, m], [b, n]) => n - m || a.localeCompare(b, locale));
    field.replaceChildren();
    boxes(field, Object.fromEntries(rows.slice(0, MOST)), kind.dataset.kind, on);
    kind.open ||= on.size > 0;
  }
}

const address = () => {
  const query = new URLSearchParams();
  if (box.value.trim()) query.set('q', box.value.trim());
  for (const y of [...chosen].sort()) query.append('year', y);
  for (const [kind, values] of picked) for (const value of values) query.append(kind, value);
  if (order.value) query.set('sort', order.value);
  return location.pathname + (query.size ? '?' + query : '');
};
const keep = replace => history[replace ? 'replaceState' : 'pushState'](null, '', address());

async function load() {
  if (pagefind) return;
  const { createInstance } = await import(index + 'pagefind.js');
  pagefind = createInstance({ basePath: index + names[0] + '/', baseUrl: '/', noWorker: true, excerptLength: 34 });
}

async function search() {
  const mine = ++run, query = box.value.trim();
  found = []; shown = PAGE;
  document.title = document.title.replace(/^(.*?)(?:: .*)?(?= · )/, (_, word) => word + (query ? ': ' + query : ''));
  if (!query) { list.replaceChildren(); more.hidden = facets.hidden = true; say.textContent = idle; return; }
  say.textContent = words.loading;
  try {
    await load();
    const filters = Object.fromEntries([...picked].map(([kind, values]) => [kind, [...values]]));
    // The newest part answers, and with it as many as it takes to fill a screen. The others are joined to them when
    // the reader goes on, orders or narrows, and then all are searched as one.
    for (;;) {
      const answer = await pagefind.search(query, { filters });
      if (mine !== run) return;
      found = answer.results;
      const over = merged === names.length, filled = found.length >= FIRST;
      let all = filtered || order.value || chosen.size;
      if (over || merged === 1 || filled) await show(over, mine, all || !filled ? words.reading : words.onward);
      if (mine !== run) return;
      if (over && filtered) offer(answer.filters);
      if (over) return;
      if (filled && !all) {
        all = await new Promise(go => { onward = () => go(true); });
        if (mine !== run) return;
        say.querySelector('span').textContent = ' ' + words.reading;
      }
      for (const until = all ? names.length : merged + 1; merged < until;) {
        await pagefind.mergeIndex(index + names[merged] + '/', { baseUrl: '/', excerptLength: 34 });
        merged++;
        if (mine !== run) return;
      }
      if (filtered) await pagefind.filters();
    }
  } catch (error) {
    if (mine === run) say.textContent = words.failed;
    console.error(error);
  }
}

async function narrow() {
  if (filtered) return;
  filtered = true;
  await load();
  await pagefind.filters();
}

function read() {
  const query = new URLSearchParams(location.search);
  box.value = query.get('q') || '';
  order.value = ['newest', 'oldest'].includes(query.get('sort')) ? query.get('sort') : '';
  chosen = new Set(query.getAll('year').filter(y => /^\d{4}$/.test(y)));
  picked = new Map(kinds.map(kind => [kind.dataset.kind, new Set(query.getAll(kind.dataset.kind))]).filter(([, on]) => on.size));
  (picked.size ? narrow() : Promise.resolve()).then(search);
}

form.addEventListener('submit', event => { event.preventDefault(); chosen.clear(); picked.clear(); keep(false); search(); });
const again = () => merged < names.length ? onward() : show(true, run);
order.addEventListener('change', () => { keep(true); again(); });
years.addEventListener('change', () => {
  chosen = new Set([...years.querySelectorAll('input:checked')].map(input => input.value.trim()));
  keep(true); again();
});
for (const kind of kinds) {
  kind.addEventListener('toggle', () => { if (kind.open && !filtered) narrow().then(search); });
  kind.addEventListener('change', () => {
    const on = new Set([...kind.querySelectorAll('input:checked')].map(input => input.value));
    if (on.size) picked.set(kind.dataset.kind, on); else picked.delete(kind.dataset.kind);
    keep(true); search();
  });
}
more.firstElementChild.addEventListener('click', () => { if (merged === names.length) shown += PAGE; again(); });
addEventListener('scroll', () => onward(), { passive: true });
addEventListener('popstate', read);
read();
if (!box.value) box.focus();
