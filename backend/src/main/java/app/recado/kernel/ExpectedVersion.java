package app.recado.kernel;

/**
 * The version a client believes it is changing, taken from {@code If-Match}. A controller that asks for it answers 428
 * without the header.
 */
public record ExpectedVersion(long value) {

    /** @throws ProblemException {@code stale} (412) when the record has moved on */
    public void mustBe(long actual) {
        if (actual != value) {
            throw Problem.STALE.because("The record is at version %d, you sent %d".formatted(actual, value));
        }
    }
}
