/** Taking a cancellation back. */
export const undo = {
  undo: {
    reinstate: 'Deshacer la cancelación',
    reinstated: 'El turno de {{name}} sigue en pie',
    reinstated_cita: 'La cita de {{name}} sigue en pie',
  },
};
