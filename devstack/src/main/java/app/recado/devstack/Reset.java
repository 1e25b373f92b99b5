package app.recado.devstack;

import java.util.List;

/** {@code ./dev reset}: stops everything and deletes the data of this network. */
final class Reset {
    private Reset() {}

    static int run(List<String> words) {
        var plan = StackPlan.from(System.getenv());
        if (plan.network() == Network.WHATSAPP && !words.contains("--yes")) {
            throw new DevstackException(
                    "%s holds lines linked to the real WhatsApp. To delete it all the same: ./dev reset --yes"
                            .formatted(plan.data()));
        }
        Down.run(List.of());
        Folders.delete(plan.data());
        System.out.println("Deleted " + Folders.root().relativize(plan.data()) + ". The next ./dev up begins anew.");
        return 0;
    }
}
