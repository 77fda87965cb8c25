// A menu (<details class="menu">) closes on Escape, and when one goes elsewhere.
export function menus() {
  const open = () => document.querySelectorAll('.menu[open]');
  const leave = (event) => {
    for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
  };
  document.addEventListener('click', leave);
  document.addEventListener('focusin', leave);
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    for (const menu of open()) {
      menu.open = false;
      menu.querySelector('summary').focus();
    }
  });
}
