/** How HTTP meets the modules: problems, ETags, body limits, the OpenAPI document. */
@NullMarked
package app.recado.kernel.web;

import org.jspecify.annotations.NullMarked;
