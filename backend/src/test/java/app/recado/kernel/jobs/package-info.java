@NullMarked
package app.recado.kernel.jobs;

import org.jspecify.annotations.NullMarked;
