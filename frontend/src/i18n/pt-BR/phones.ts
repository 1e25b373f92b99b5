/** Os telefones de um paciente. */
export const phones = {
  phones: {
    whose: 'De quem é o telefone',
    number: 'Outro telefone',
    owner: 'De quem é',
    ownerName: 'Nome',
    nobodySaid: 'Sem anotar',
    self: 'próprio',
    add: 'Outro telefone',
    writeHere: 'Escrever para este',
    remove: 'Remover {{phone}}',
    onWhatsApp: 'tem WhatsApp ({{date}})',
    notOnWhatsApp: 'sem WhatsApp ({{date}})',
  },
};
