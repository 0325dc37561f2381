import { fileURLToPath } from 'node:url';
import path from 'node:path';

/** The root of the repository (or of the installed application). */
export const rootDir = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Where tools that npm does not bring and build results are kept; safe to delete at any time. */
export const cacheDir = path.join(rootDir, '.cache');
