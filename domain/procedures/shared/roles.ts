import type { FieldRoles } from '../definition.ts';

/** The roles of the shared fields; procedures add a first day where they ask for one. */
export const SHARED_ROLES: FieldRoles = {
  childFamilyName: 'child_family_name',
  childGivenName: 'child_given_name',
  childFamilyKana: 'child_family_kana',
  childGivenKana: 'child_given_kana',
  childBirthDate: 'child_birth_date',
  bop: 'bop',
  fiscalYear: 'fiscal_year',
  applicantFamilyName: 'guardian1_family_name',
  applicantGivenName: 'guardian1_given_name',
  applicantFamilyKana: 'guardian1_family_kana',
  applicantGivenKana: 'guardian1_given_kana',
  email: 'guardian1_email',
  phone: 'guardian1_phone',
  postalCode: 'guardian1_postal_code',
  address: ['guardian1_address_city', 'guardian1_address_street', 'guardian1_address_building'],
};
