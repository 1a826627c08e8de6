/**
 * What the books say: typed answers for whoever asks, read and never written. An answer is a record
 * whose components, in their order and written {@code lower_case}, are the fields of its JSON; the
 * few exceptions carry Jackson's annotations. See the module list in README.md.
 */
package omnipoints.books;
