import { find } from '../dom.ts';
import { startSpeaking } from '../language.ts';
import { loadHome } from './home.ts';
import { setPlaces } from './places.ts';
import { showSignIn } from './sign-in.ts';
import { proveAgain } from './step-up.ts';

setPlaces({ signIn: showSignIn, home: loadHome, proveAgain });
showSignIn();
startSpeaking();
find('host', HTMLSpanElement).textContent = location.host;
