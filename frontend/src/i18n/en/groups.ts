/** Services that several patients share. */
export const groups = {
  groups: {
    places: '{{taken}} of {{capacity}}',
    who: 'Who comes',
    join: 'Add somebody',
    left: '{{left}} of {{capacity}} places left',
    upTo_one: '{{count}} place',
    upTo_other: '{{count}} places',
    capacity: 'Places',
    capacityHint: 'How many patients share the time, as in a class or group therapy. With 1, each appointment is for one alone.',
  },
};
