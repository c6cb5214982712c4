/**
 * The content security policy, said once: this server sends it as a header, and the build writes it into the page for hosts that
 * send none. Nothing but files of this origin; no inline code or style; scripts named through the policy `plumbline` alone.
 */

/** Where browsers tell the server of what the policy kept from happening (`routes/policy-report-route`). */
export const policyReportPath = '/api/reports/policy';

const self = ["'self'"];
const none = ["'none'"];

export const policy: Readonly<Record<string, readonly string[]>> = {
  'default-src': none,
  'script-src': self,
  'style-src': self,
  'img-src': self,
  'font-src': self,
  'connect-src': self,
  'worker-src': self,
  'manifest-src': self,
  'object-src': none,
  'form-action': self,
  'base-uri': none,
  'frame-ancestors': none,
  'require-trusted-types-for': ["'script'"],
  'trusted-types': ['plumbline'],
  // Not `report-to`: browsers send that a minute late, some not at all, and those that know it then send no `report-uri`.
  'report-uri': [policyReportPath],
};

/** What a page may not say of itself: browsers ignore it there, with a warning. Only a header keeps others from framing it. */
const headerOnly: ReadonlySet<string> = new Set(['frame-ancestors', 'report-uri']);

const textOf = (directives: readonly (readonly [string, readonly string[]])[]): string =>
  directives.map(([directive, sources]) => `${directive} ${sources.join(' ')}`).join('; ');

/** The policy as the server says it. */
export const policyInHeader: string = textOf(Object.entries(policy));

/** The policy as a page says it of itself, in a `meta` element. */
export const policyInPage: string = textOf(Object.entries(policy).filter(([directive]) => !headerOnly.has(directive)));
