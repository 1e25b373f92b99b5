/** Services that several patients share. */
export const groups = {
  groups: {
    places: '{{taken}} de {{capacity}}',
    who: 'Quem vem',
    join: 'Incluir alguém',
    left: 'restam {{left}} de {{capacity}} vagas',
    upTo_one: '{{count}} vaga',
    upTo_other: '{{count}} vagas',
    capacity: 'Vagas',
    capacityHint: 'Quantos pacientes dividem o horário, como em uma aula ou terapia em grupo. Com 1, cada consulta é de um só.',
  },
};
