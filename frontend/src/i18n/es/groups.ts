/** Services that several patients share. */
export const groups = {
  groups: {
    places: '{{taken}} de {{capacity}}',
    who: 'Quiénes van',
    join: 'Sumar a alguien',
    left: 'quedan {{left}} de {{capacity}} lugares',
    upTo_one: '{{count}} lugar',
    upTo_other: '{{count}} lugares',
    capacity: 'Lugares',
    capacityHint: 'Cuántos pacientes comparten la hora, como en una clase o terapia de grupo. Con 1, cada turno es de uno solo.',
    capacityHint_cita: 'Cuántos pacientes comparten la hora, como en una clase o terapia de grupo. Con 1, cada cita es de uno solo.',
  },
};
