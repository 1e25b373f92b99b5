package app.recado.organizations;

import app.recado.kernel.Phones;
import app.recado.kernel.Problem;
import app.recado.kernel.ProblemException;
import org.springframework.stereotype.Component;

/** Phone numbers as people of the current clinic type them: without a country code they belong to its country. */
@Component
public class ClinicPhones {

    private final OrganizationProfiles organizations;

    ClinicPhones(OrganizationProfiles organizations) {
        this.organizations = organizations;
    }

    /** Where a person is reached on WhatsApp. Needs an open transaction.
     *
     * @param pointer the field it was typed into, as a JSON pointer
     * @throws ProblemException {@code invalid-fields} with the code of {@link Phones.Trouble} */
    public Phones.Phone read(String typed, String pointer) {
        return understood(Phones.read(typed, organizations.current().country()), pointer);
    }

    /** The clinic's own number, or one to dial: Argentine land lines stay what they are. Needs an open transaction.
     *
     * @param pointer the field it was typed into, as a JSON pointer
     * @return E.164
     * @throws ProblemException {@code invalid-fields} with the code of {@link Phones.Trouble} */
    public String dialled(String typed, String pointer) {
        return understood(Phones.readDialled(typed, organizations.current().country()), pointer)
                .e164();
    }

    private static Phones.Phone understood(Phones.Reading reading, String pointer) {
        return switch (reading) {
            case Phones.Phone phone -> phone;
            case Phones.Trouble trouble -> throw Problem.INVALID_FIELDS.at(pointer, trouble.code(), trouble.detail());
        };
    }
}
