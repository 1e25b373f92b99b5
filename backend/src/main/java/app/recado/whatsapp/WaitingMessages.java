package app.recado.whatsapp;

/** Whoever keeps messages that wait for a line. Without such a bean a line shows none. */
public interface WaitingMessages {

    /** How many messages of the current organization are due and have not left; called inside a transaction. */
    int count();
}
