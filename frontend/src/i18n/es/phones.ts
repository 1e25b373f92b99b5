/** Los teléfonos de un paciente. */
export const phones = {
  phones: {
    whose: 'De quién es el teléfono',
    number: 'Otro teléfono',
    owner: 'De quién es',
    ownerName: 'Nombre',
    nobodySaid: 'Sin anotar',
    self: 'propio',
    add: 'Otro teléfono',
    writeHere: 'Escribir a este',
    remove: 'Quitar {{phone}}',
    onWhatsApp: 'tiene WhatsApp ({{date}})',
    notOnWhatsApp: 'sin WhatsApp ({{date}})',
  },
};
