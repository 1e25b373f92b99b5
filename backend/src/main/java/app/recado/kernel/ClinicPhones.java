package app.recado.kernel;

import org.springframework.stereotype.Component;

/** Phone numbers as people of the current clinic type them: without a country code they belong to its country. */
@Component
public class ClinicPhones {

    private final OrganizationProfiles organizations;

    ClinicPhones(OrganizationProfiles organizations) {
        this.organizations = organizations;
    }

    /** Needs an open transaction.
     *
     * @param pointer the field it was typed into, as a JSON pointer
     * @return E.164
     * @throws ProblemException {@code invalid-fields} with the code {@code phone-invalid} */
    public String parse(String typed, String pointer) {
        return Phones.parse(typed, organizations.current().country())
                .orElseThrow(() -> Problem.INVALID_FIELDS.at(
                        pointer, "phone-invalid", "This is no possible phone number; begin foreign ones with +"));
    }
}
