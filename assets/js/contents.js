// Marks in <nav data-contents> the article one is reading: the last one whose beginning has passed the upper third.
export function contents() {
  const nav = document.querySelector('[data-contents]');
  if (!nav || !('IntersectionObserver' in window)) return;
  const links = new Map();
  for (const link of nav.querySelectorAll('a[href^="#"]')) {
    const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (target) links.set(target, link);
  }
  const seen = new Set();
  const mark = (entries) => {
    for (const entry of entries) seen[entry.isIntersecting ? 'add' : 'delete'](entry.target);
    const now = [...links.keys()].find((target) => seen.has(target));
    if (!now) return;
    for (const [target, link] of links) {
      if (target === now) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
    }
    // Only the list of contents scrolls, never the page.
    const link = links.get(now);
    const above = link.offsetTop - nav.offsetTop;
    if (above < nav.scrollTop || above + link.offsetHeight > nav.scrollTop + nav.clientHeight) nav.scrollTop = above - nav.clientHeight / 3;
  };
  const observer = new IntersectionObserver(mark, { rootMargin: '-10% 0px -65% 0px' });
  for (const target of links.keys()) observer.observe(target);
}
