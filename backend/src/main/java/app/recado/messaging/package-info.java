/**
 * The outbox: messages planned for patients, handed to the line's engine once each, and settled by receipts. It knows
 * when and to whom, not why: whether a message may still go is asked of {@link app.recado.messaging.Eligibility}, what an
 * answer means of {@link app.recado.messaging.SubjectAnswers}, both implemented by the module that planned it.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "organizations", "patients", "templates", "whatsapp"})
package app.recado.messaging;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
