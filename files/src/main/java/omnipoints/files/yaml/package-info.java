/**
 * How a setup file is read: YAML with the line of every value, and all problems of all files at
 * once.
 */
package omnipoints.files.yaml;
