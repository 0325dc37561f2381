/** `npm start`: sets everything up and runs the whole system on this machine. Options: `npm start -- --help`. */
import { runTypeScript, setUp } from './setup.mjs';

setUp();
await runTypeScript('embedded/start.ts');
