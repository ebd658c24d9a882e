import { startSpeaking } from './language.ts';
import { takeLink } from './link.ts';
import { passwordPages, pressPages } from './pages.ts';
import { showPasswordPage } from './password-page.ts';
import { showPressPage } from './press-page.ts';
import { find } from './dom.ts';

/** Shows the page that the path names. The token leaves the address bar before anything else happens. */
function start(): void {
  const link = takeLink();
  const name = location.pathname.split('/').at(-1) ?? '';
  const [press, password] = [pressPages[name], passwordPages[name]];
  if (press !== undefined) showPressPage(press, link);
  if (password !== undefined) showPasswordPage(password, link);
}

start();
startSpeaking();
find('host', HTMLSpanElement).textContent = location.host;

// A second link, pasted into the address bar of this page, does not load it again.
addEventListener('hashchange', start);
