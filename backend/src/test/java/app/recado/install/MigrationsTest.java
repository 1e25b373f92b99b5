package app.recado.install;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.devstack.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import liquibase.change.core.RawSQLChange;
import liquibase.changelog.ChangeLogParameters;
import liquibase.changelog.ChangeSet;
import liquibase.parser.ChangeLogParserFactory;
import liquibase.resource.ClassLoaderResourceAccessor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A migration runs while the version before serves. One that rewrites a long table, reads it under a lock, or takes away
 * what that version uses, is refused here, unless somebody looked at it and wrote down why it may.
 */
class MigrationsTest {

    private static final Path REVIEWED = Folders.root().resolve("docs/api/blocking-migrations.txt");

    @Test
    void no_change_set_blocks_but_those_that_were_reviewed() throws Exception {
        var found = new TreeSet<String>();
        var resources = new ClassLoaderResourceAccessor();
        var log = ChangeLogParserFactory.getInstance()
                .getParser("db/changelog/master.yaml", resources)
                .parse("db/changelog/master.yaml", new ChangeLogParameters(), resources);
        for (var set : log.getChangeSets()) {
            BlockingStatements.in(sql(set)).forEach(what -> found.add(set.getId() + " " + what));
        }

        assertThat(log.getChangeSets()).hasSizeGreaterThan(190);
        assertThat(found)
                .as(
                        "Let the statement be one that does not block (docs/operate.md says how), or review it in %s",
                        REVIEWED)
                .isEqualTo(reviewed());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            create index a on recado.message (due_at)                                | builds an index while nobody may write: message
            create index concurrently if not exists a on recado.message (due_at)     | takes an unfinished index for a finished one: message
            create unique index a on recado.message (due_at) where state = 'x'       | builds an index while nobody may write: message
            alter table recado.patient add column born date, alter column note type text | rewrites the table: patient
            alter table recado.patient add column token uuid default gen_random_uuid()   | rewrites the table: patient
            alter table recado.patient add column n text generated always as (lower(a)) stored | rewrites the table: patient
            alter table recado.patient alter column note set not null                | reads the table while nobody may: patient
            alter table recado.patient add constraint c check (a in ('b', 'c'))      | reads the table while nobody may: patient
            alter table recado.message add foreign key (organization_id, b) references recado.c (organization_id, id) | reads the table while nobody may: message
            alter table recado.message add unique (organization_id, b)               | builds an index while nobody may: message
            alter table recado.message drop column text                              | takes away what the version before uses: message
            alter table recado.patient add column kind text not null                 | leaves the version before unable to write: patient
            alter table recado.message rename column text to body                    | takes away what the version before uses: message
            update recado.message set state = 'x'                                    | writes rows in one transaction: message
            do $$ begin update recado.message set state = 'x'; end $$                | writes rows in one transaction: message
            truncate recado.message                                                  | locks the table: message
            """)
    void what_blocks_is_known(String statement, String what) {
        assertThat(BlockingStatements.in(statement + ";")).containsExactly(what);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            drop index concurrently if exists recado.a; create index concurrently a on recado.message (due_at)
            create table recado.visit (id uuid); create index a on recado.visit (id); alter table recado.visit add check (id is not null)
            alter table recado.patient add column born date
            alter table recado.patient add column kind text not null default 'x'
            alter table recado.patient add constraint c check (a > 0) not valid
            alter table recado.patient validate constraint c
            alter table recado.message add constraint k unique using index message_k
            alter table recado.patient drop constraint c
            alter table recado.patient alter column note drop not null
            alter table recado.room add constraint c check (a > 0)
            create function recado.f() returns trigger language plpgsql as $$ begin delete from recado.message; end $$
            """)
    void what_does_not_block_passes(String statement) {
        assertThat(BlockingStatements.in(statement + ";")).isEmpty();
    }

    private static String sql(ChangeSet set) {
        return set.getChanges().stream()
                .filter(RawSQLChange.class::isInstance)
                .map(change -> ((RawSQLChange) change).getSql())
                .collect(Collectors.joining(";\n"));
    }

    private static Set<String> reviewed() throws IOException {
        try (var lines = Files.lines(REVIEWED)) {
            return lines.filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
