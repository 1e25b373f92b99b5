/**
 * The clinic's register of patients: who they are, how they are reached, and whether they want messages at all; and
 * who looked at them. Shows its neighbours {@link app.recado.patients.Patients}, {@link
 * app.recado.patients.PatientContacts}, {@link app.recado.patients.ContactConsents}, {@link
 * app.recado.patients.PatientReads} and, for other systems, {@link app.recado.patients.PatientRecords}; hears from them what
 * follows a merge, what is kept of a patient ({@link app.recado.patients.PatientData}) and which days are working days and
 * which numbers have WhatsApp; and nothing else.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "organizations", "customfields"})
package app.recado.patients;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
