/** Onboarding, settings, members and roles of clinics, kept in step with the identity server's organizations. */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel"})
package app.recado.organizations;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
