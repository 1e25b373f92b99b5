/** Tests of the booking page. */
@org.jspecify.annotations.NullMarked
package app.recado.booking;
