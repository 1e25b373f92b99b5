package app.recado.patients;

/**
 * A column of another table that names a patient and follows when two patients are merged. A bean of each module that has
 * one; a test compares them with what the database says, so that no new table is forgotten. The table has a column
 * {@code id}, and {@code version}, which rises: whoever loaded the row before must not write the old patient back.
 *
 * @param table the code's own: it becomes part of a statement
 * @param column likewise
 */
public record PatientReference(String table, String column) {}
