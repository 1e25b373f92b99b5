package app.recado.whatsapp;

/** How WhatsApp is for everybody, as far as the lines of all clinics tell. */
public interface WhatsAppAtLarge {

    /** True while many lines of different clinics are down at once: then it is not this clinic's phone. */
    boolean manyLinesDown();
}
