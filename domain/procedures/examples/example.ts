import type { Answers } from '../definition.ts';

/** A made-up application with nothing wrong in it, on 2027-04-10: for tests, demo data and benches to start from. */
export interface ProcedureExample {
  procedure: string;
  /** What sets it apart from others of the procedure. */
  name: string;
  answers: Answers;
  /** Types of the documents that it needs. */
  documents: readonly string[];
}
