// Opens any article: draws a number among all, and follows the link that stands there in its year's list.
const shelf = document.querySelector('#shelves');

async function draw() {
  const years = [...shelf.children].map(li => [li.dataset.href, +li.dataset.articles]);
  let number = Math.floor(Math.random() * years.reduce((sum, [, total]) => sum + total, 0));
  for (const [href, total] of years) {
    if (number >= total) { number -= total; continue; }
    const page = Math.floor(number / shelf.dataset.size) + 1;
    const answer = await fetch(href + (page > 1 ? `page/${page}/` : ''));
    if (!answer.ok) throw new Error(`${href}: ${answer.status}`);
    const list = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const link = list.querySelectorAll('.items h3 a')[number % shelf.dataset.size];
    location.replace(link.getAttribute('href'));
    return;
  }
}

draw();
