// What a browser adds to pages that are complete without it. Each part looks for its own data attribute and does nothing
// on a page that has none. Their HTML stands in assets/README.md.
import { count } from './count.js';
import { contents } from './contents.js';
import { guard } from './guard.js';
import { menus } from './menus.js';
import { quote } from './quote.js';
import { upload } from './upload.js';

function content() {
  count();
  contents();
  quote();
  // After a refused form: the summary of errors is where a reader goes on.
  document.querySelector('[data-focus]')?.focus();
}

content();
guard();
menus();
upload(content);
