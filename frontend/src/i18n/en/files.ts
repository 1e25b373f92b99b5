/** Pictures and documents of a patient. */
export const files = {
  files: {
    title: 'Files',
    save: 'Save {{name}}',
  },
};
