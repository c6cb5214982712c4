/**
 * Takes what a browser says its security policy kept from happening, and writes it into the log: which rule, and what was kept
 * out, by kind or by origin. No address of a page, no sample of a script: either may hold what nobody should read here.
 */
import * as v from 'valibot';
import { parseJson } from '../json.ts';
import { policyReportPath } from '../security-policy.ts';
import type { Api } from './envelope.ts';

/** Far more than a browser sends. */
export const reportLimitBytes = 16 * 1024;

const report = v.object({
  'csp-report': v.object({
    'effective-directive': v.optional(v.string()),
    'violated-directive': v.optional(v.string()),
    'blocked-uri': v.optional(v.string()),
  }),
});

/** Anybody may send one, signed in or not: a page that was tampered with says so before its person is known. */
export function policyReportRoute({ app, server, pace }: Api): void {
  // Alone with its content type, which no other route takes.
  void app.register((own, _options, done) => {
    own.addContentTypeParser('application/csp-report', { parseAs: 'string' }, (_request, body, parsed) => {
      const read = parseJson(String(body));
      parsed(null, read.ok ? read.value : null);
    });
    own.post(policyReportPath, { bodyLimit: reportLimitBytes }, async (request, reply) => {
      const read = v.safeParse(report, request.body);
      if (read.success && (await pace.mayReport(request))) {
        const told = read.output['csp-report'];
        const directive = told['effective-directive'] ?? told['violated-directive'] ?? '';
        server.log({
          event: 'policy-broken',
          directive: nameOf(directive),
          blocked: kindOf(told['blocked-uri'] ?? ''),
        });
      }
      return reply.status(204).header('cache-control', 'no-store').send();
    });
    done();
  });
}

const nameOf = (directive: string): string => /^[a-z-]{1,40}/.exec(directive)?.[0] ?? 'unknown';

/** `inline`, `eval`, `trusted-types-sink` and the like stay as they are; of an address only where it leads. */
function kindOf(blocked: string): string {
  if (/^[a-z-]{1,40}$/.test(blocked)) return blocked;
  if (!URL.canParse(blocked)) return 'unknown';
  const { protocol, host } = new URL(blocked);
  return `${protocol}//${host}`.slice(0, 200);
}
