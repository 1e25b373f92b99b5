/** A patient's phones. */
export const phones = {
  phones: {
    whose: 'Whose phone it is',
    number: 'Other phone',
    owner: 'Whose it is',
    ownerName: 'Name',
    nobodySaid: 'Not noted',
    self: 'their own',
    add: 'Another phone',
    writeHere: 'Write to this one',
    remove: 'Remove {{phone}}',
    onWhatsApp: 'has WhatsApp ({{date}})',
    notOnWhatsApp: 'no WhatsApp ({{date}})',
  },
};
