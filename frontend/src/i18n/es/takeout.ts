/** Everything a clinic has, as one archive. */
export const takeout = {
  takeout: {
    title: 'Llevarse los datos',
    under:
      'Un archivo ZIP con todo lo que hay en la clínica: un archivo por tabla, las fotos y documentos, y un manifiesto con el hash de cada uno. Sin contraseñas y sin notas clínicas. Queda anotado quién lo hizo.',
    busy: 'Preparando…',
    save: 'Descargar todo',
  },
};
