package app.recado.templates;

import java.util.Set;

/** On which occasions a clinic writes at all. Implemented by the module that knows what it tells. */
public interface OccasionsInUse {

    /** Those of the current organization as it is now; needs an open transaction. */
    Set<TemplateKind> inUse();
}
