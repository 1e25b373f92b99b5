/** What whoever sets a line up asks for: its credentials, its self-test, its templates compared and handed in. */
@NullMarked
package app.recado.engines.setup;

import org.jspecify.annotations.NullMarked;
