package app.recado.messaging;

import java.util.Optional;

/** What the current organization wants to spend on messages. Needs an open transaction. */
public interface MarketingBudget {

    /** Why a message waits that would only advertise; part of the API as a message's reason. */
    String REACHED = "budget-reached";

    /** Whether what was charged this month reaches it. Then nothing leaves that only advertises; care goes on. */
    boolean isReached();

    /** What is left of this month's budget; empty when the clinic set none. */
    Optional<Amount> left();
}
