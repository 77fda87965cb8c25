// A form is sent once, however often its button is pressed; the act's idempotency key is what makes this safe, this is
// what makes it calm. <button data-confirm="Words"> asks first; <button data-busy="Sending…"> says what goes on.

/** Every form may be sent again. */
export function free() {
  for (const form of document.querySelectorAll('form[data-sent]')) delete form.dataset.sent;
  for (const button of document.querySelectorAll('button[aria-disabled]')) {
    button.removeAttribute('aria-disabled');
    if (button.dataset.words) button.textContent = button.dataset.words;
  }
}

export function guard() {
  document.addEventListener('submit', (event) => {
    const form = event.target;
    const button = event.submitter;
    if (form.dataset.sent || (button?.dataset.confirm && !confirm(button.dataset.confirm))) {
      event.preventDefault();
      return;
    }
    if (event.defaultPrevented || form.method === 'get') return;
    form.dataset.sent = 'yes';
    if (!button) return;
    button.setAttribute('aria-disabled', 'true');
    if (!button.dataset.busy) return;
    button.dataset.words = button.textContent;
    button.textContent = button.dataset.busy;
  });
  // Back in the browser's history the page returns as it was left; an answer that is a download leaves it standing.
  addEventListener('pageshow', free);
  document.addEventListener('submit', () => setTimeout(free, 8000));
}
