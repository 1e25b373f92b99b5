/** What whoever sets a line up asks for: its credentials, its self-test, its templates compared. */
@NullMarked
package app.recado.engines.setup;

import org.jspecify.annotations.NullMarked;
