/**
 * A first mapping for a file that no mapping knows: what its tables look like, which words speak
 * for which fields, and the YAML that a person goes on with.
 */
package omnipoints.mappings.draft;
