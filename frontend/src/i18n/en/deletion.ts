/** A clinic that is deleted after a while in which that can be taken back. */
export const deletion = {
  deletion: {
    title: 'Delete the clinic',
    under: 'Everything in it is deleted, for good. Before that there is some time in which it can be undone.',
    open: 'Delete the clinic…',
    what: 'From now on nobody will be able to work in the clinic, its lines stop and its booking page is gone. On {{when}} everything is deleted: patients, visits, messages, files, the activity log, and the accounts of people who work in no other clinic. Until then an owner or the platform can undo it.',
    first: 'Take the data out first: afterwards nobody can.',
    type: 'To confirm, type the name: {{name}}',
    begin: 'Delete',
    begun: '{{name}} is going to be deleted',
    error: 'Whether the clinic is to be deleted could not be read',
    standing: 'Clinic to be deleted',
    on: 'Deleted on {{when}}',
    kept: 'Until then the data is kept and it can be undone. Afterwards nothing is left.',
    withdraw: 'Keep the clinic',
    withdrawn: '{{name}} is kept',
  },
};
