package app.recado.whatsapp;

/** The gateway did not answer, or not sensibly. What was asked of it may have happened or not: ask again. */
public class GatewayAway extends Exception {

    private static final long serialVersionUID = 1L;

    public GatewayAway(String why) {
        super(why);
    }
}
