// Says how many characters are left: <textarea data-count="ID" data-limit="2000"> and
// <p id="ID" class="count" data-left="{n} characters left" data-over="{n} characters too many">. The server's own
// limit counts code points, so this does too. Eyes are told at once, a screen reader when typing rests.
export function count() {
  const number = new Intl.NumberFormat(document.documentElement.lang || undefined);
  for (const field of document.querySelectorAll('[data-count]')) {
    const place = document.getElementById(field.dataset.count);
    if (!place) continue;
    const shown = document.createElement('span');
    const spoken = document.createElement('span');
    shown.ariaHidden = 'true';
    spoken.className = 'visually-hidden';
    spoken.setAttribute('role', 'status');
    place.replaceChildren(shown, spoken);
    let rest;
    const update = () => {
      const left = Number(field.dataset.limit) - [...field.value].length;
      const words = left < 0 ? place.dataset.over : place.dataset.left;
      shown.textContent = words.replace('{n}', number.format(Math.abs(left)));
      place.classList.toggle('over', left < 0);
      clearTimeout(rest);
      rest = setTimeout(() => (spoken.textContent = shown.textContent), 1000);
    };
    field.addEventListener('input', update);
    update();
    clearTimeout(rest);
  }
}
