/** What the clinic's texts promise. */
@NullMarked
package app.recado.templates;

import org.jspecify.annotations.NullMarked;
