/** `npm test`: sets everything up and runs all checks and tests. `npm test -- PATH` runs some tests only. */
import { runTypeScript, setUp } from './setup.mjs';

setUp();
await runTypeScript('scripts/test.ts');
