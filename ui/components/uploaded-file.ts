/** A file that the server has. */
export interface UploadedFile {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly contentType: string;
  /** Where it can be looked at. */
  readonly url?: string;
}
