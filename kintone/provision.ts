/** Setting the apps up on a kintone domain: plan, apply, check. */
export { apply as provision, type AppIds, type ApplyOptions as ProvisionOptions } from './provision/apply.ts';
export { ProvisionError } from './provision/changes.ts';
