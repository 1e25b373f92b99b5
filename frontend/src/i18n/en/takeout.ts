/** Everything a clinic has, as one archive. */
export const takeout = {
  takeout: {
    title: 'Take the data out',
    under:
      'A ZIP archive with everything the clinic has: a file for each table, pictures and documents, and a manifest with the hash of each. Without passwords and without clinical notes. Who did it is recorded.',
    busy: 'Preparing…',
    save: 'Download everything',
  },
};
