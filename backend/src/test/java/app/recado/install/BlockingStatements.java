package app.recado.install;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Finds statements of a change set that keep others out for as long as a table is long, or that the version before does not
 * survive. What a change set creates itself is empty and does not count, and neither do tables that stay short.
 */
final class BlockingStatements {

    /** These grow with clinics and their staff, not with patients, visits and messages. */
    private static final Set<String> SHORT = Set.of(
            "organization",
            "practitioner",
            "healthcare_service",
            "location",
            "room",
            "insurance",
            "whatsapp_line",
            "notification_rule",
            "message_template",
            "custom_template",
            "flow",
            "campaign",
            "webhook_endpoint",
            "api_client",
            "booking_page",
            "schedule",
            "public_holiday",
            "holiday_region");

    private static final String NAME = "(?:if (?:not )?exists )?(?:only )?(?:recado\\.)?([a-z_]+)";
    private static final Pattern CREATED = Pattern.compile("^create table " + NAME);
    private static final Pattern ALTERED = Pattern.compile("^alter table " + NAME + " (.*)");
    private static final Pattern DO_BLOCK = Pattern.compile("^do \\$(\\w*)\\$(.*)\\$\\1\\$.*");
    private static final Pattern BODY = Pattern.compile("\\$(\\w*)\\$.*?\\$\\1\\$");

    /** What a statement as a whole is, in the order in which it is looked for; the first group names the table. */
    private static final Map<Pattern, String> STATEMENTS = patterns(
            "^create (?:unique )?index concurrently if not exists .*? on " + NAME + ".*",
                    "takes an unfinished index for a finished one",
            "^create (?:unique )?index (?!concurrently).*? on " + NAME + ".*", "builds an index while nobody may write",
            "^(?:with .*)?update " + NAME + ".*", "writes rows in one transaction",
            "^(?:with .*)?delete from " + NAME + ".*", "writes rows in one transaction",
            "^insert into " + NAME + ".* select .* from .*", "writes rows in one transaction",
            "^drop (?:table|view) " + NAME + ".*", "takes away what the version before uses",
            "^(?:cluster|vacuum full|lock(?: table)?|truncate(?: table)?|reindex table) " + NAME + ".*",
                    "locks the table");

    private static final String COLUMN =
            "^add (?:column )?(?:if not exists )?(?!constraint|check|foreign|primary|unique|exclude)\\w+ ";

    /** What a clause of {@code alter table} does. */
    private static final Map<Pattern, String> CLAUSES = patterns(
            "^alter (?:column )?\\w+ (?:set data )?type .*",
            "rewrites the table",
            "^alter (?:column )?\\w+ set not null.*",
            "reads the table while nobody may",
            COLUMN + ".*generated always as \\(.*stored.*",
            "rewrites the table",
            COLUMN + ".*default .*(?:random|uuid|clock_timestamp|nextval).*",
            "rewrites the table",
            COLUMN + ".*(?:references|check) ?.*",
            "reads the table while nobody may",
            COLUMN + "(?!.*(?:default|generated)).*not null.*",
            "leaves the version before unable to write",
            "^add (?:constraint \\w+ )?(?:check|foreign key)(?!.*not valid).*",
            "reads the table while nobody may",
            "^add (?:constraint \\w+ )?(?:primary key|unique|exclude)(?! using index).*",
            "builds an index while nobody may",
            "^(?:drop (?:column )?(?!constraint|not)\\w+|drop column .*)",
            "takes away what the version before uses",
            "^rename .*",
            "takes away what the version before uses",
            "^set (?:logged|unlogged|tablespace) .*",
            "rewrites the table");

    private BlockingStatements() {}

    /** Each as {@code what it does: table}, sorted. @param sql of one change set */
    static Set<String> in(String sql) {
        var found = new TreeSet<String>();
        var created = new TreeSet<>(SHORT);
        for (var statement : statements(sql)) {
            look(statement, created, found);
        }
        return found;
    }

    private static void look(String statement, Set<String> created, Set<String> found) {
        var block = DO_BLOCK.matcher(statement);
        if (block.matches()) {
            statements(block.group(2).replaceFirst("^.*?\\bbegin\\b", "")).forEach(one -> look(one, created, found));
            return;
        }
        var creation = CREATED.matcher(statement);
        if (creation.find()) {
            created.add(creation.group(1));
            return;
        }
        var alteration = ALTERED.matcher(statement);
        if (alteration.matches()) {
            for (var clause : clauses(alteration.group(2))) {
                first(CLAUSES, clause).ifPresent(what -> add(found, created, what, alteration.group(1)));
            }
            return;
        }
        for (var one : STATEMENTS.entrySet()) {
            var matcher = one.getKey().matcher(statement);
            if (matcher.matches()) {
                add(found, created, one.getValue(), matcher.group(1));
                return;
            }
        }
    }

    private static void add(Set<String> found, Set<String> created, String what, String table) {
        if (!created.contains(table)) {
            found.add(what + ": " + table);
        }
    }

    private static java.util.Optional<String> first(Map<Pattern, String> patterns, String text) {
        return patterns.entrySet().stream()
                .filter(one -> one.getKey().matcher(text).matches())
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** Without comments, in one line each; the body of a function is none. */
    private static List<String> statements(String sql) {
        var flat = sql.replaceAll("(?m)--.*$", "").replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
        var all = new ArrayList<String>();
        int from = 0;
        boolean quoted = false;
        for (int at = 0; at < flat.length(); at++) {
            if (flat.startsWith("$$", at)) {
                quoted = !quoted;
                at++;
            } else if (flat.charAt(at) == ';' && !quoted) {
                all.add(flat.substring(from, at).strip());
                from = at + 1;
            }
        }
        all.add(flat.substring(from).strip());
        return all.stream()
                .map(one -> one.startsWith("do ") ? one : BODY.matcher(one).replaceAll(""))
                .filter(one -> !one.isEmpty())
                .toList();
    }

    /** Parts between the commas that stand in no parentheses. */
    private static List<String> clauses(String text) {
        var all = new ArrayList<String>();
        int depth = 0;
        int from = 0;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ',' && depth == 0) {
                all.add(text.substring(from, at).strip());
                from = at + 1;
            }
        }
        all.add(text.substring(from).strip());
        return all;
    }

    private static Map<Pattern, String> patterns(String... patternAndMeaning) {
        var all = new LinkedHashMap<Pattern, String>();
        for (int n = 0; n < patternAndMeaning.length; n += 2) {
            all.put(Pattern.compile(patternAndMeaning[n]), patternAndMeaning[n + 1]);
        }
        return all;
    }
}
