/**
 * Moving clinics here from another system, table by table: an export folder is read, each module takes the rows that are its
 * own through the services that people use, and the other system's ids are remembered, so that a repetition makes nothing
 * twice and rows find those they refer to.
 */
@NullMarked
package app.recado.kernel.migration;

import org.jspecify.annotations.NullMarked;
