/** A clinic in which nobody may work for now. */
export const suspension = {
  suspension: {
    title: 'Clinic suspended',
    since: '{{name}}, {{when}}',
    told: {
      payment: 'The subscription is unpaid',
      request: 'Its owners asked for it',
      misuse: 'It was used against the terms of service',
      security: 'It was suspended for security',
      deletion: 'The clinic is going to be deleted',
    },
    kept: 'The data is kept as it is and no message leaves. To have it reactivated, an owner of the clinic can write to support.',
    again: 'Check again',
    suspended: 'Suspended',
    reason: { payment: 'Not paid', request: 'On request', misuse: 'Misuse', security: 'Security', deletion: 'Deletion' },
    begin: 'Suspend',
    beginName: 'Suspend {{name}}',
    beginTitle: 'Suspend the clinic',
    beginText:
      'Nobody will be able to work in it, its lines stop and its booking page is gone. Nothing is deleted. Messages that become too late meanwhile do not leave afterwards.',
    begun: '{{name}} is suspended',
    why: 'Reason',
    whyHint: 'Shown to whoever opens the clinic.',
    end: 'Reactivate',
    endName: 'Reactivate {{name}}',
    endTitle: 'Reactivate the clinic',
    endText: 'People can work in it again, and the lines that ran are started.',
    ended: '{{name}} is active again',
  },
};
