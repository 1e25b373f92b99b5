@org.jspecify.annotations.NullMarked
package app.recado.customfields;
