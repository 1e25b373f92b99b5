package app.recado.whatsapp;

/** Turns by hand what housekeeping turns by the clock. */
public class Wheels {

    private final ProviderWatch providers;

    Wheels(ProviderWatch providers) {
        this.providers = providers;
    }

    public void turn() {
        providers.look();
    }
}
