package app.recado.patients;

/**
 * What a module keeps about a patient, for the copy of their data that they may ask for. A bean of each module and table that
 * names patients; a test compares these with the database, so that no new table is forgotten.
 *
 * @param section what it is called in the copy
 * @param table whose rows
 * @param sql one JSON object a row, in the order of the copy; {@code :org} and {@code :patient} are bound. The code's own
 */
public record PatientData(String section, String table, String sql) {}
