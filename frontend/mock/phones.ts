import type { Patient, PatientInput, PatientPhone } from '../src/api/types.ts';
import { type Answer, ok } from './call.ts';
import { NOW } from './names.ts';

type Reached = Pick<Patient, 'phone' | 'phoneNational' | 'phoneExtension' | 'phoneNumbers'>;

const one = (phone: string, writtenTo: boolean, given: Partial<PatientPhone> = {}): PatientPhone => ({
  phone,
  phoneNational: phone,
  phoneExtension: null,
  owner: null,
  ownerName: null,
  ...given,
  writtenTo,
});

/** A card with these numbers, of which one at most is written to. */
function having(numbers: PatientPhone[]): Reached {
  const written = numbers.find((each) => each.writtenTo) ?? null;
  return {
    phone: written?.phone ?? null,
    phoneNational: written?.phoneNational ?? null,
    phoneExtension: written?.phoneExtension ?? null,
    phoneNumbers: [...numbers].sort((a, b) => Number(b.writtenTo) - Number(a.writtenTo)),
  };
}

/** A card with one number. */
export const reachedAt = (phone: string | null, phoneNational: string | null = phone): Reached =>
  having(phone === null ? [] : [one(phone, true, { phoneNational })]);

/** The same card written to at another number; its others stay. */
export const movedTo = (patient: Patient, phone: string | null): Reached => {
  const others = patient.phoneNumbers.filter((each) => !each.writtenTo && each.phone !== phone);
  const known = patient.phoneNumbers.find((each) => each.phone === phone);
  return having([...(phone === null ? [] : [one(phone, true, known)]), ...others]);
};

/** Two cards that became one: no number is lost. */
export const united = (survivor: Patient, phone: string | null, other: Patient): Reached => {
  const moved = movedTo(survivor, phone);
  const all = [...moved.phoneNumbers, ...survivor.phoneNumbers, ...other.phoneNumbers];
  const first = all.filter((each, at) => all.findIndex((before) => before.phone === each.phone) === at);
  return having(first.map((each) => ({ ...each, writtenTo: each.phone === phone })));
};

/** What was sent about the numbers of a card. */
export function phonesIn(body: PatientInput, before: Patient | null): Reached {
  if (!body.phoneNumbers) {
    const phone = body.phone ?? null;
    return before ? movedTo(before, phone) : reachedAt(phone);
  }
  return having(
    body.phoneNumbers.map((each) =>
      one(each.phone, Boolean(each.writtenTo), { owner: each.owner ?? null, ownerName: each.ownerName ?? null }),
    ),
  );
}

/** Lines know of the number that is written to that it has WhatsApp, and of land lines that they have none. */
export const phonesOfPatient = (patient: Patient): Answer =>
  ok({
    items: patient.phoneNumbers.map((number) => {
      const onWhatsApp = number.writtenTo ? 'yes' : number.owner === 'mother' ? 'no' : 'unknown';
      return { number, onWhatsApp, foundOutAt: onWhatsApp === 'unknown' ? null : NOW };
    }),
  });
