/**
 * The rows of our own documents, one small file each: what a row says, what is its key, what would
 * be impossible. {@link omnipoints.facts.OwnRow} says how a record becomes a document.
 */
package omnipoints.facts.own;
