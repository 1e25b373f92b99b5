package app.recado.patients;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What of the register goes when a person is erased. What was said of a number stays: nobody may write to it again. */
@Configuration(proxyBeanMethods = false)
class ErasedRegister {

    @Bean
    PatientErasure erasedSearch() {
        return ofCards("patient_search");
    }

    @Bean
    PatientErasure erasedIdentifiers() {
        return ofCards("patient_identifier");
    }

    @Bean
    PatientErasure erasedOtherPhones() {
        return ofCards("patient_other_phone");
    }

    private static PatientErasure ofCards(String table) {
        return PatientErasure.of(
                table, "delete from %s where organization_id = :org and patient_id = any (:cards)".formatted(table));
    }

    @Bean
    PatientErasure erasedMerges() {
        return PatientErasure.of("patient_merge", """
                delete from patient_merge
                 where organization_id = :org and (survivor_id = any (:cards) or replaced_id = any (:cards))
                """);
    }

    @Bean
    PatientErasure erasedDistinctions() {
        return PatientErasure.of("patient_distinction", """
                delete from patient_distinction
                 where organization_id = :org and (one_id = any (:cards) or other_id = any (:cards))
                """);
    }

    /**
     * Whoever answers the phone for other patients stays their contact, which is about these; a household of nobody else goes,
     * with the name and the number in it.
     */
    @Bean
    PatientErasure erasedHouseholds() {
        return PatientErasure.of(
                "household_member",
                """
                update household h set updated_at = :now, updated_by = :by, version = version + 1
                 where organization_id = :org and exists (
                       select from household_member m
                        where m.organization_id = :org and m.household_id = h.id and m.patient_id = any (:cards))
                """,
                """
                delete from household h
                 where organization_id = :org and exists (
                       select from household_member m
                        where m.organization_id = :org and m.household_id = h.id and m.patient_id = any (:cards))
                   and not exists (
                       select from household_member m
                        where m.organization_id = :org and m.household_id = h.id and m.patient_id <> all (:cards))
                """,
                "delete from household_member where organization_id = :org and patient_id = any (:cards)");
    }

    @Bean
    PatientErasure keptImportRows() {
        return PatientErasure.kept("patient_import_row", "An id and codes; the words of the file go within a day");
    }

    @Bean
    PatientErasure keptReads() {
        return PatientErasure.kept("patient_read", "Who of the clinic looked at a card, by id; proof for the person");
    }
}
