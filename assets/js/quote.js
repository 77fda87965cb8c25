// Words selected in a law become the quotation of the remark form: <article class="law" id="art-4"> and
// <form data-quotes="art-4"> with a field named `quote`, and if wanted `prefix` and `suffix`, which get the 32 characters
// around it (W3C Web Annotation, TextQuoteSelector), so that the same words elsewhere are not meant.
const around = 32;
const longest = 1000;

const clean = (text) => text.replace(/\s+/g, ' ');

/** The article's text before and after a selection. */
function outside(article, range) {
  const before = document.createRange();
  before.selectNodeContents(article);
  before.setEnd(range.startContainer, range.startOffset);
  const after = document.createRange();
  after.selectNodeContents(article);
  after.setStart(range.endContainer, range.endOffset);
  return [clean(before.toString()).slice(-around), clean(after.toString()).slice(0, around)];
}

export function quote() {
  const forms = document.querySelectorAll('form[data-quotes]');
  if (!forms.length) return;
  let rest;
  document.addEventListener('selectionchange', () => {
    clearTimeout(rest);
    rest = setTimeout(() => {
      const selection = getSelection();
      if (!selection.rangeCount || selection.isCollapsed) return;
      const range = selection.getRangeAt(0);
      const words = clean(selection.toString()).trim();
      if (!words || words.length > longest) return;
      for (const form of forms) {
        const article = document.getElementById(form.dataset.quotes);
        if (!article?.contains(range.commonAncestorContainer)) continue;
        const [prefix, suffix] = outside(article, range);
        const values = { quote: words, prefix, suffix };
        for (const name in values) {
          const field = form.elements[name];
          if (!field) continue;
          field.value = values[name];
          field.dispatchEvent(new Event('input', { bubbles: true }));
        }
      }
    }, 250);
  });
}
