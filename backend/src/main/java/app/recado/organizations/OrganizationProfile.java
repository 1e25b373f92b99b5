package app.recado.organizations;

import java.time.ZoneId;
import java.util.UUID;

/**
 * What every module may know of the clinic it works for.
 *
 * @param country ISO 3166-1 alpha-2; phone numbers typed without a country code belong to it
 * @param timeZone IANA zone in which the clinic's days and hours are meant
 * @param locale BCP 47 tag of the clinic's language: es, en or pt-BR
 */
public record OrganizationProfile(UUID id, String name, String country, ZoneId timeZone, String locale) {}
