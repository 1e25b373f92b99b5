/** How long records are kept, and that they go then: in small steps, and never against a legal hold. */
@NullMarked
package app.recado.kernel.retention;

import org.jspecify.annotations.NullMarked;
