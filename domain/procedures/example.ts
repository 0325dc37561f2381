export { ADMISSION_EXAMPLE, ADMISSION_EXAMPLE_DOCUMENTS } from './examples/admission.ts';
