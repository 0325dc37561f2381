/** The side effects that the workflow of an export asks for; implemented in `activities/exports/`. */
export interface ExportActivities {
  /** Reads the records, writes the file and its protocol. Begins anew at each try; nothing to do once it is done. */
  prepareExport(input: { runId: string }): Promise<void>;
  /** Marks a run that no retry can prepare. */
  failExport(input: { runId: string; code: string }): Promise<void>;
}
