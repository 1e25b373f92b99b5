/** Work on Recado that clinics are told of. */
export const maintenance = {
  maintenance: {
    title: 'Notices to clinics',
    under: 'Every console shows them from three days before until they are over.',
    error: 'The notices could not be loaded',
    none: 'No notice.',
    announce: 'Announce maintenance',
    announced: 'Clinics will see it within minutes',
    withdraw: 'Withdraw',
    zone: 'Times of your computer: {{zone}}.',
    day: 'Day',
    from: 'From',
    to: 'Until',
    es: 'In Spanish',
    en: 'In English',
    pt: 'In Portuguese',
    until: 'Maintenance of Recado until {{when}}',
    coming: 'Maintenance of Recado: {{from}} to {{until}}',
  },
};
