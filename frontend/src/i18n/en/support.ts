/** The platform's support, let in by an owner for some hours. */
export const support = {
  support: {
    title: 'Support access',
    under:
      'Support sees nothing of the clinic unless it is let in for some hours. It then reads agenda, patients and messages without phones and e-mails, and can change nothing. Each patient it looks at is recorded.',
    error: 'We could not see support’s access',
    howLong: 'For how long',
    hours_one: '{{count}} hour',
    hours_other: '{{count}} hours',
    grant: 'Allow',
    until: 'May look until {{when}}',
    used: 'Looked last {{when}}.',
    unused: 'Has not looked yet.',
    end: 'End',
    role: 'Support',
    seen: 'Support may look into this clinic until {{when}}.',
    seenText: 'Without phones and e-mails, and without changing anything.',
    looking: 'Allowed by an owner until {{when}}.',
    lookingText: 'To look only: each patient that is opened is recorded.',
    change: 'See',
    open: 'Look, allowed until {{when}}',
  },
};
