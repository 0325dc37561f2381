/** Every workflow of the worker's bundle. */
export { afterwards } from './afterwards.ts';
export { application } from './application.ts';
