/** A reason why the system cannot start that the person at the keyboard can act on; shown without a stack. */
export class StartError extends Error {
  constructor(ja: string, en: string) {
    super(`${ja}\n  (${en})`);
    this.name = 'StartError';
  }
}
