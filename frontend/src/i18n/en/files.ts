/** Pictures and documents of a patient. */
export const files = {
  files: {
    title: 'Files',
    save: 'Download {{name}}',
    none: 'No files',
    add: 'Add a file',
    adding: 'Adding…',
    remove: 'Remove {{name}}',
    sure: 'Remove for good',
  },
};
