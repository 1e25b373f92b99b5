/** The files that go with messages, both ways: patients' are fetched by jobs, ours are read in small parts. */
@NullMarked
package app.recado.engines.media;

import org.jspecify.annotations.NullMarked;
