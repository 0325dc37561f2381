/** Name under which the workflow that prepares an export is registered. */
export const PREPARE_EXPORT_WORKFLOW = 'prepareExport';
