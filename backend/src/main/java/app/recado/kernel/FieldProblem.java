package app.recado.kernel;

/**
 * What is wrong with one field of a request.
 *
 * @param pointer JSON pointer (RFC 6901) to the field in the request body
 * @param code stable code, for example {@code required} or {@code phone-invalid}
 * @param detail a sentence in English that never repeats the value
 */
public record FieldProblem(String pointer, String code, String detail) {}
