/** Tables that are written for spreadsheets, row by row, whatever their size. */
@NullMarked
package app.recado.kernel.tables;

import org.jspecify.annotations.NullMarked;
