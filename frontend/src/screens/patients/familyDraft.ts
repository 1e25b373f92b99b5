import type { Household, HouseholdInput, Patient, Relationship } from '../../api/types';
import { phoneText } from '../../ui/phone';

export const relationships: readonly Relationship[] = [
  'mother',
  'father',
  'grandparent',
  'guardian',
  'spouse',
  'child',
  'sibling',
  'other',
  'self',
];

export interface Member {
  patientId: string;
  displayName: string;
  relationship: Relationship;
}

/** Who answers the phone and for whom, as it is being written. */
export interface Draft {
  givenName: string;
  familyName: string;
  phone: string;
  members: readonly Member[];
}

export const draftOf = (household: Household): Draft => ({
  givenName: household.givenName ?? '',
  familyName: household.familyName ?? '',
  phone: phoneText(household.phone),
  members: household.members,
});

/** Nearly always it is the mother of the same family name, at the number that is on the card already. */
export const begun = (patient: Patient): Draft => ({
  givenName: '',
  familyName: patient.familyName ?? '',
  phone: patient.phone ? phoneText(patient.phone) : '',
  members: [{ patientId: patient.id, displayName: patient.displayName, relationship: 'mother' }],
});

export const inputOf = (draft: Draft): HouseholdInput => ({
  givenName: draft.givenName.trim(),
  familyName: draft.familyName.trim(),
  phone: draft.phone.trim(),
  members: draft.members.map(({ patientId, relationship }) => ({ patientId, relationship })),
});

export const incomplete = (draft: Draft): boolean =>
  draft.members.length === 0 || draft.phone.trim() === '' || (draft.givenName.trim() === '' && draft.familyName.trim() === '');
