/** Pictures and documents of a patient. */
export const files = {
  files: {
    title: 'Archivos',
    save: 'Descargar {{name}}',
    none: 'Sin archivos',
    add: 'Agregar archivo',
    adding: 'Agregando…',
    remove: 'Quitar {{name}}',
    sure: 'Quitar para siempre',
  },
};
