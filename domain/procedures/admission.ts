export { ADMISSION } from './admission/index.ts';
