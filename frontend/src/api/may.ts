import type { Appointment, MemberPermission, Membership, Message, Role } from './types';

/** What a person may do in a clinic. The server keeps the last word; this only decides what is offered. */
const allowed = {
  book: ['owner', 'receptionist'],
  move: ['owner', 'receptionist'],
  cancel: ['owner', 'receptionist'],
  'note-answer': ['owner', 'receptionist'],
  accept: ['owner', 'receptionist'],
  arrive: ['owner', 'receptionist'],
  'check-in': ['owner', 'receptionist', 'practitioner'],
  fulfill: ['owner', 'receptionist', 'practitioner'],
  'mark-no-show': ['owner', 'receptionist'],
  'edit-patients': ['owner', 'receptionist'],
  'merge-patients': ['owner', 'receptionist'],
  'import-patients': ['owner'],
  'export-patients': ['owner', 'receptionist'],
  'see-patient-reads': ['owner'],
  'see-audit': ['owner'],
  'note-privacy-requests': ['owner', 'receptionist'],
  'answer-privacy-requests': ['owner'],
  'export-personal-data': ['owner'],
  'erase-patients': ['owner'],
  'clinical-notes': ['practitioner'],
  'restrict-patients': ['owner'],
  'settle-messages': ['owner', 'receptionist'],
  'write-messages': ['owner', 'receptionist'],
  'handle-answers': ['owner', 'receptionist'],
  'manage-lines': ['owner', 'receptionist'],
  'set-credentials': ['owner'],
  'see-campaigns': ['owner', 'receptionist'],
  'start-campaigns': ['owner', 'receptionist'],
  'see-flows': ['owner', 'receptionist'],
  'edit-flows': ['owner'],
  'edit-templates': ['owner', 'receptionist'],
  'edit-clinic': ['owner'],
  'manage-members': ['owner'],
  'see-reports': ['owner', 'receptionist'],
  'see-costs': ['owner'],
  'see-settings': ['owner'],
} as const satisfies Record<string, readonly Role[]>;

export type Action = keyof typeof allowed;

/** What the clinic decides besides: the role alone does not suffice. */
const decided: Partial<Record<Action, MemberPermission>> = {
  'export-patients': 'exports',
  'start-campaigns': 'campaigns',
  'clinical-notes': 'clinical-notes',
};

export function may(clinic: Pick<Membership, 'roles' | 'permissions'>, action: Action): boolean {
  const permission = decided[action];
  return (
    clinic.roles.some((role) => (allowed[action] as readonly Role[]).includes(role)) &&
    (permission === undefined || clinic.permissions.includes(permission))
  );
}

/** Somebody of the platform whom an owner lets look: a clinic of theirs without a role. */
export const isSupport = (clinic: Pick<Membership, 'roles' | 'supportUntil'>): boolean =>
  clinic.roles.length === 0 && Boolean(clinic.supportUntil);

/** The next thing to do with a visit at the desk, or null when there is none. */
export type Step = 'accept' | 'arrive' | 'check-in' | 'fulfill';
export function nextStep(visit: Pick<Appointment, 'status'>): Step | null {
  if (visit.status === 'pending') return 'accept';
  if (visit.status === 'booked') return 'arrive';
  if (visit.status === 'arrived') return 'check-in';
  if (visit.status === 'checked-in') return 'fulfill';
  return null;
}

/** Whether the visit's state allows an action, apart from who asks. */
export const allows = {
  move: (visit: Pick<Appointment, 'status'>) => visit.status === 'booked' || visit.status === 'pending',
  stretch: (visit: Pick<Appointment, 'status'>) => ['booked', 'pending', 'arrived', 'checked-in'].includes(visit.status),
  cancel: (visit: Pick<Appointment, 'status'>) => ['booked', 'arrived', 'checked-in', 'pending', 'proposed'].includes(visit.status),
  reinstate: (visit: Pick<Appointment, 'reinstatableUntil'>, now: number) =>
    visit.reinstatableUntil !== null && Date.parse(visit.reinstatableUntil) > now,
  noteAnswer: (visit: Pick<Appointment, 'status'>) => visit.status === 'booked',
  markNoShow: (visit: Pick<Appointment, 'status' | 'end'>, now: number) => visit.status === 'booked' && Date.parse(visit.end) <= now,
  correctNoShow: (visit: Pick<Appointment, 'status'>) => visit.status === 'noshow',
  settle: (message: Pick<Message, 'state'>) => message.state === 'unknown',
  sendAgain: (message: Pick<Message, 'state'>) => message.state === 'failed',
};
