/**
 * What every module stands on: the current organization, ids, the catalogue of problems, paging, access rules,
 * idempotency and live hints. It knows no clinic concept.
 */
@NullMarked
@ApplicationModule(type = ApplicationModule.Type.OPEN)
package app.recado.kernel;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
