package app.recado.scheduling.availability;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.DayOfWeek;

/** A day of the week, by the codes of FHIR R4 (DaysOfWeek). */
public enum Weekday {
    @JsonProperty("mon")
    MONDAY,
    @JsonProperty("tue")
    TUESDAY,
    @JsonProperty("wed")
    WEDNESDAY,
    @JsonProperty("thu")
    THURSDAY,
    @JsonProperty("fri")
    FRIDAY,
    @JsonProperty("sat")
    SATURDAY,
    @JsonProperty("sun")
    SUNDAY;

    /** ISO 8601: Monday is 1. */
    public int iso() {
        return DayOfWeek.valueOf(name()).getValue();
    }

    /** ISO 8601: 1 is Monday. */
    public static Weekday ofIso(int day) {
        return values()[day - 1];
    }
}
