/** What the clinic has to see patients with: its locations, their rooms and equipment, and the insurances it accepts. Everything here is retired, never deleted: past visits name it. */
@NullMarked
package app.recado.scheduling.directory;

import org.jspecify.annotations.NullMarked;
