@NullMarked
package app.recado.organizations;

import org.jspecify.annotations.NullMarked;
