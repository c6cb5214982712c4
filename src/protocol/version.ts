/**
 * The version of everything that crosses the wire. A change that an older build could misread gets the next number and a
 * line here; a test hashes the schemas, so that none changes unnoticed.
 *
 * 1  first version: push, pull, open, buckets, sessions, recovery
 */
export const protocolVersion = 1;
