/**
 * Starts what Recado runs on (PostgreSQL, Keycloak, gateway, simulator, mail catcher, the backend itself) as real
 * processes on this machine: behind {@code ./dev} with data that lasts, and for tests with data that does not.
 */
@NullMarked
package app.recado.devstack;

import org.jspecify.annotations.NullMarked;
