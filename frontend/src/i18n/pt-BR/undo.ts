/** Taking a cancellation back. */
export const undo = {
  undo: {
    reinstate: 'Desfazer o cancelamento',
    reinstated: 'A consulta de {{name}} continua de pé',
  },
};
