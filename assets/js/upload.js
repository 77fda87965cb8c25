// Shows how much of a file has been sent, and lets one stop: <form enctype="multipart/form-data" data-upload
// data-stop="Stop" data-progress="{percent} sent" data-lost="The connection was lost. …">. An <input type="file"
// data-most="BYTES" data-too-large="At most 20 MB."> says so before anything is sent. The server's answer takes the place
// of the page, as it does without this; `renew` runs the page's other parts on it.
import { free } from './guard.js';

function fits(input) {
  const over = [...input.files].some((file) => file.size > Number(input.dataset.most));
  input.setCustomValidity(over ? input.dataset.tooLarge : '');
  return !over || input.reportValidity();
}

function show(request, form, renew) {
  const page = new DOMParser().parseFromString(request.responseText, 'text/html');
  if (request.responseURL !== form.action) history.pushState(null, '', request.responseURL);
  document.title = page.title;
  document.body.replaceWith(document.adoptNode(page.body));
  scrollTo(0, 0);
  renew();
}

function send(form, button, renew) {
  const bar = Object.assign(document.createElement('progress'), { max: 1 });
  const words = document.createElement('p');
  const stop = Object.assign(document.createElement('button'), { type: 'button', className: 'button plain', textContent: form.dataset.stop });
  const place = Object.assign(document.createElement('div'), { className: 'upload stack' });
  bar.setAttribute('aria-hidden', 'true'); // the words say it
  words.setAttribute('role', 'status');
  form.querySelector('.upload')?.remove();
  form.append(place);
  place.append(bar, words, stop);
  stop.focus();

  const percent = new Intl.NumberFormat(document.documentElement.lang || undefined, { style: 'percent' });
  const request = new XMLHttpRequest();
  form.dataset.uploading = 'yes'; // longer than guard() holds a form back
  const end = (said) => {
    delete form.dataset.uploading;
    free();
    if (said) place.replaceChildren(words);
    else place.remove();
    words.textContent = said;
    button?.focus();
  };
  let told = -1;
  request.upload.addEventListener('progress', ({ loaded, total }) => {
    bar.value = loaded / total;
    const tenth = Math.floor(bar.value * 10); // a screen reader is told ten times, not a thousand
    if (tenth > told) words.textContent = form.dataset.progress.replace('{percent}', percent.format((told = tenth) / 10));
  });
  request.addEventListener('load', () => show(request, form, renew));
  request.addEventListener('error', () => end(form.dataset.lost));
  request.addEventListener('abort', () => end(''));
  stop.addEventListener('click', () => request.abort());
  request.open('POST', form.action);
  request.send(new FormData(form, button));
}

/** Called after guard(), which decides first whether a form is sent at all. */
export function upload(renew) {
  document.addEventListener('change', ({ target }) => {
    if (target.dataset.most) fits(target);
  });
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.dataset.upload === undefined) return;
    const inputs = [...form.querySelectorAll('input[type="file"]')].filter((input) => input.files.length);
    if (!inputs.length) return;
    event.preventDefault();
    if (form.dataset.uploading) return;
    if (inputs.every((input) => !input.dataset.most || fits(input))) send(form, event.submitter, renew);
    else free();
  });
  addEventListener('popstate', () => location.reload());
}
