import type { ExportProfile } from '../../../domain/exports/profile.ts';

/** What the form of an export profile holds. */
export interface ProfileValues {
  profile: ExportProfile;
  changeNote: string;
}
