@NullMarked
package app.recado.kernel.keycloak;

import org.jspecify.annotations.NullMarked;
