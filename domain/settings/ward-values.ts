/**
 * Where an envelope's window shows the sheet, in millimetres from the sheet's upper left corner (see printing/address.ts for
 * where the numbers come from).
 */
export interface EnvelopeWindow {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Who writes to families: in mails, on letters and their return address. */
export interface Office {
  name: string;
  postalCode: string;
  address: string;
  phone: string;
  hours: string;
}

/** The ward's template of the deficiency letter (不備連絡文書, Q20). `{…}` are filled in; see activities/letter. */
export interface LetterTemplate {
  title: string;
  /** Paragraphs before the list of what is missing. */
  opening: readonly string[];
  /** Heading of the list. */
  listTitle: string;
  /** Paragraphs after the list. */
  closing: readonly string[];
  /** Who signs: lines at the right. */
  sender: readonly string[];
}
