package app.recado.devstack;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** The patients' phones, as a soak uses them. A call that nobody answers throws {@link DevstackException}. */
interface SoakPhones {

    /** What arrived on all phones: {@code to}, {@code id}, {@code deliveries} of each message. */
    List<JsonNode> inbox();

    /**
     * A patient writes to the clinic.
     *
     * @param id the message's own id; the phone writes it once, however often it is asked to
     */
    void write(String phone, String id, String text);
}
