/**
 * What is done later or again, other than messages: jobs on db-scheduler. A row holds the name of a job, ids and times,
 * never content.
 */
@NullMarked
package app.recado.kernel.jobs;

import org.jspecify.annotations.NullMarked;
