/**
 * Keycloak's admin API through {@code keycloak-admin-client}. The library brings JAX-RS, RESTEasy, Apache HttpClient 4 and
 * Jackson 2; none of their types leaves this package ({@code ModularityTest}), so the rest of the program knows one JSON
 * library and one way to call others. docs/adr/0022.
 */
@NullMarked
package app.recado.kernel.keycloak;

import org.jspecify.annotations.NullMarked;
