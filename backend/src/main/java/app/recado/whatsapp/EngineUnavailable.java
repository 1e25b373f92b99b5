package app.recado.whatsapp;

/** An engine did not answer, or not sensibly. What was asked of it may have happened or not, unless it says otherwise. */
public class EngineUnavailable extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean notTaken;

    /** It may have happened or not. */
    public EngineUnavailable(String why) {
        this(why, false);
    }

    /** @param notTaken what was asked has certainly not happened, because nobody was reached */
    public EngineUnavailable(String why, boolean notTaken) {
        super(why);
        this.notTaken = notTaken;
    }

    /** True when what was asked has certainly not happened. */
    public boolean notTaken() {
        return notTaken;
    }
}
