/** What a clinic's plan includes and how much of it is used. */
export const usage = {
  usage: {
    title: 'Plan and usage',
    error: 'We could not see the plan',
    plan: 'Plan {{plan}}. To change it, an owner can write to support.',
    noPlan: 'No plan: nothing is limited.',
    of: '{{used}} of {{most}}',
    withoutLimit: '{{used}}, no limit',
    unknown: 'not known now',
    limit: {
      lines: 'Lines',
      'messages-per-day': 'Messages today',
      members: 'Members',
      'storage-megabytes': 'Files (MB)',
    },
    perDay: 'Messages a day',
    full: {
      lines: 'Another line needs another plan.',
      'messages-per-day': 'What leaves by itself waits for tomorrow; what a person writes leaves all the same.',
      members: 'Whoever accepts an invitation cannot join until there is room.',
      'storage-megabytes': 'No more files can be uploaded.',
    },
    open: 'Plan',
    openName: 'Plan of {{name}}',
    planName: 'Name of the plan',
    emptyIsNone: 'Empty: no limit.',
    saved: 'The plan of {{name}} changed',
  },
};
