/** Taking a cancellation back. */
export const undo = {
  undo: {
    reinstate: 'Undo the cancellation',
    reinstated: 'The appointment of {{name}} stands again',
  },
};
