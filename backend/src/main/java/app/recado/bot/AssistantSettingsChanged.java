package app.recado.bot;

import app.recado.bot.AssistantSettings.Settings;
import app.recado.kernel.Auditable;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who answers patients by itself, and on whose server, was decided.
 *
 * @param changes how it was configured before and now; of a key that there is a new one
 */
record AssistantSettingsChanged(Map<String, Auditable.Change> changes) implements Auditable {

    AssistantSettingsChanged {
        changes = Map.copyOf(changes);
    }

    static AssistantSettingsChanged between(Settings before, Settings after, boolean newKey) {
        var changes = new TreeMap<String, Change>();
        Change.add(changes, "active", before.active(), after.active());
        Change.add(
                changes,
                "provider",
                before.provider().wireName(),
                after.provider().wireName());
        Change.add(changes, "baseUrl", before.baseUrl(), after.baseUrl());
        Change.add(changes, "model", before.model(), after.model());
        Change.add(changes, "inputPrice", before.inputPrice(), after.inputPrice());
        Change.add(changes, "outputPrice", before.outputPrice(), after.outputPrice());
        Change.add(changes, "dailyCeiling", before.dailyCeiling(), after.dailyCeiling());
        Change.add(changes, "lineMinute", before.lineMinute(), after.lineMinute());
        Change.add(changes, "lineDay", before.lineDay(), after.lineDay());
        Change.add(changes, "moderationModel", before.moderationModel(), after.moderationModel());
        if (newKey) {
            changes.put("apiKey", new Change(null, "new"));
        }
        return new AssistantSettingsChanged(changes);
    }
}
