/** Work on Recado that clinics are told of. */
export const maintenance = {
  maintenance: {
    title: 'Avisos às clínicas',
    under: 'Aparecem em todos os consoles desde três dias antes até terminarem.',
    error: 'Não foi possível carregar os avisos',
    none: 'Nenhum aviso.',
    announce: 'Anunciar manutenção',
    announced: 'As clínicas verão em alguns minutos',
    withdraw: 'Retirar',
    zone: 'Horários do seu computador: {{zone}}.',
    day: 'Dia',
    from: 'Das',
    to: 'Até',
    es: 'Em espanhol',
    en: 'Em inglês',
    pt: 'Em português',
    until: 'Manutenção do Recado até {{when}}',
    coming: 'Manutenção do Recado: {{from}} até {{until}}',
  },
};
