/** Files with a table of people, as spreadsheets and other systems write them: read row by row, whatever their size. */
@NullMarked
@NamedInterface("tables")
package app.recado.patients.tables;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
