package app.recado.patients;

import java.util.List;
import java.util.UUID;

/**
 * A person is about to be taken out of the clinic's records, in this transaction: what is planned for them is called off
 * now, without a word to them. What cannot be called off any more stands in the way of it.
 *
 * @param cards the patient and the cards that were merged into theirs; their rows are locked
 */
public record PatientErasing(List<UUID> cards) {}
