package app.recado.organizations;

import com.fasterxml.jackson.annotation.JsonProperty;

/** By what the platform sorts its clinics. Names ascend; of numbers the highest comes first, and last who has none. */
enum ClinicOrder {
    @JsonProperty("name")
    NAME("null"),
    /** The newest first. */
    @JsonProperty("created")
    CREATED("extract(epoch from o.created_at)::bigint"),
    @JsonProperty("members")
    MEMBERS("f.members"),
    @JsonProperty("lines-down")
    LINES_DOWN("f.lines_down"),
    @JsonProperty("messages")
    MESSAGES("f.messages_month"),
    @JsonProperty("storage")
    STORAGE("f.storage_bytes"),
    @JsonProperty("plan-use")
    PLAN_USE("f.plan_use");

    private final String number;

    ClinicOrder(String number) {
        this.number = number;
    }

    /** In SQL. */
    String number() {
        return "coalesce(" + number + ", -1)::bigint";
    }
}
