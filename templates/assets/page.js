// What a page offers beyond reading: everything it says is there without this script.
const all = (selector, root = document) => [...root.querySelectorAll(selector)];

// A name's card, on pointing at the name or on reaching it by keyboard. Its ring opens it without a script.
const cards = new Map(all('.card').map(card => [card.querySelector('a').href, card]));
let timer, shown;

function later(milliseconds, act) {
  clearTimeout(timer);
  timer = setTimeout(act, milliseconds);
}

function open(card, link) {
  if (card.matches(':popover-open')) return;
  shown = link;
  card.showPopover({ source: link });
}

const close = card => later(250, () => {
  if (!card.matches(':hover, :focus-within') && !shown?.matches(':hover, :focus-visible')) card.hidePopover();
});

for (const link of cards.size ? all('.body a.who') : []) {
  const card = cards.get(link.href);
  if (!card || !card.showPopover) continue;
  link.addEventListener('pointerenter', event => {
    if (event.pointerType === 'mouse') later(300, () => link.matches(':hover') && open(card, link));
  });
  link.addEventListener('focus', () => {
    if (link.matches(':focus-visible')) later(400, () => document.activeElement === link && open(card, link));
  });
  for (const left of ['pointerleave', 'blur']) link.addEventListener(left, () => shown === link ? close(card) : clearTimeout(timer));
}
for (const card of cards.values()) {
  for (const left of ['pointerleave', 'focusout']) card.addEventListener(left, () => shown && close(card));
  card.addEventListener('toggle', event => { if (event.newState === 'closed') shown = null; });
}

// Copying: the link to a paragraph, a citation.
const say = document.querySelector('.copied');

async function copy(text) {
  await navigator.clipboard.writeText(text);
  say.textContent = say.dataset.said;
  setTimeout(() => { say.textContent = ''; }, 2500);
}

if (say && navigator.clipboard) {
  for (const link of all('.para')) link.addEventListener('click', () => copy(link.href));
  // The buttons stand in the form of citation that is open.
  const tools = document.querySelector('.tools');
  const forms = all('.cite details');
  const cited = form => form.lastElementChild.previousElementSibling.textContent.trim() + '\n';
  for (const form of forms) form.addEventListener('toggle', () => form.open && form.append(tools));
  if (tools) {
    forms[0].append(tools);
    tools.hidden = false;
    const [copier, saver] = tools.children;
    copier.addEventListener('click', () => copy(cited(tools.parentElement)));
    saver.addEventListener('click', () => {
      const href = URL.createObjectURL(new Blob([cited(tools.parentElement)], { type: 'text/plain' }));
      const name = location.pathname.replace(/\/$/, '').split('/').pop();
      Object.assign(document.createElement('a'), { href, download: name + tools.parentElement.dataset.ending }).click();
      URL.revokeObjectURL(href);
    });
  }
}

// A name's sentences and articles of one year: the links lead to the year, here they leave it alone. The
// address keeps the choice.
const years = document.querySelector('.years');

function choose() {
  const year = /^#y\d+$/.test(location.hash) ? location.hash.slice(2) : '';
  for (const row of all('.kwic [id^=y], .kwic ol, .by-year > li')) {
    const of = row.matches('ol') ? row.previousElementSibling.id.slice(1)
      : row.id.slice(1) || row.querySelector('time').dateTime.slice(0, 4);
    row.hidden = year !== '' && +of !== +year;
  }
  for (const link of all('a', years)) {
    link.toggleAttribute('aria-current', (link.hash.slice(2) || '') === year && link.pathname === location.pathname);
    if (link.hasAttribute('aria-current')) link.setAttribute('aria-current', 'true');
  }
}

if (years) {
  years.querySelector('[hidden]')?.removeAttribute('hidden');
  addEventListener('hashchange', choose);
  if (location.hash.startsWith('#y')) choose();
}

// The network: pointing at a name, or reaching it by keyboard, leaves only its arcs.
const arcs = document.querySelector('.arcs');
for (const [number, row] of all('.arcs li').entries()) {
  const light = lit => {
    arcs.classList.toggle('lit', lit);
    const ends = new Set();
    for (const path of all('path', arcs)) {
      const own = lit && path.dataset.ends.split(' ').includes(`${number}`);
      path.classList.toggle('on', own);
      if (own) path.dataset.ends.split(' ').forEach(end => ends.add(+end));
    }
    for (const [place, other] of all('li', arcs).entries()) other.classList.toggle('on', ends.has(place));
  };
  for (const begins of ['pointerenter', 'focusin']) row.addEventListener(begins, () => light(true));
  for (const ends of ['pointerleave', 'focusout']) row.addEventListener(ends, () => light(false));
}
