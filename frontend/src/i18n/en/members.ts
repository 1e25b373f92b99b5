export const members = {
  permissions: {
    title: 'Permissions',
    hint: 'On top of what each role allows. They count within seconds, also for people who are signed in.',
    owners: 'Owners of the clinic',
    all: { receptionist: 'The whole front desk', practitioner: 'All practitioners' },
    allHint: 'Also whoever joins later.',
    of: {
      'clinical-notes': 'See and write clinical notes',
      exports: 'Download lists of patients, visits and tickets',
      campaigns: 'Write and send campaigns',
    },
    saved: 'Permissions saved',
    signOut: 'Sign them out',
    signOutName: 'Sign {{name}} out everywhere',
    signedOut: '{{name}} has to sign in again on every device',
  },
  sessions: {
    title: 'Where you are signed in',
    error: 'Your sessions cannot be shown',
    here: 'This device',
    used: 'Used {{when}}',
    unknown: 'Unknown address',
    end: 'Sign out',
    endName: 'Sign out at {{name}}',
    ended: 'Signed out there',
    endAll: 'Sign out everywhere',
  },
};
