/**
 * Commands of the same jar with which an installation is set up and upgraded: {@code new-secrets}, {@code prepare-database},
 * {@code migrate}, {@code provision-identity}, {@code create-platform-admin}. They run without the application, read the
 * same environment variables and may be repeated. {@code migrate-optician} alone runs inside the application, because what
 * it moves is written by the services that people use.
 */
@NullMarked
@ApplicationModule(allowedDependencies = "kernel")
package app.recado.install;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
