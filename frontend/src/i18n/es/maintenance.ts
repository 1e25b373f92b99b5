/** Work on Recado that clinics are told of. */
export const maintenance = {
  maintenance: {
    title: 'Avisos a las clínicas',
    under: 'Se muestran en todas las consolas desde tres días antes y hasta que terminan.',
    error: 'No pudimos cargar los avisos',
    none: 'Ningún aviso.',
    announce: 'Anunciar trabajos',
    announced: 'Las clínicas lo verán en unos minutos',
    withdraw: 'Retirar',
    zone: 'Horas de tu computadora: {{zone}}.',
    day: 'Día',
    from: 'Desde',
    to: 'Hasta',
    es: 'En español',
    en: 'En inglés',
    pt: 'En portugués',
    until: 'Trabajos en Recado hasta {{when}}',
    coming: 'Trabajos en Recado: {{from}} a {{until}}',
  },
};
