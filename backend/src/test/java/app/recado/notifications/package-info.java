/** What is planned for patients, and whether it may still go. */
@NullMarked
package app.recado.notifications;

import org.jspecify.annotations.NullMarked;
