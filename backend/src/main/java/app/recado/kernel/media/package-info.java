/** The bytes of pictures and documents: a folder or an S3-compatible bucket that the gateway shares. */
@NullMarked
package app.recado.kernel.media;

import org.jspecify.annotations.NullMarked;
