/** An audit whose tool has not arrived on this laptop: says so; it opens by itself when the tool is there. */
import type { Laptop } from '../../bridge/laptop.ts';
import type { ShownRecord } from '../../store/view.ts';
import { useOrganisation } from '../data/organisation.ts';
import { InsetText } from '../parts/inset-text.tsx';
import { Page } from '../parts/page.tsx';
import { auditForm as say } from '../words/audit-form.ts';
import { auditHead } from './audit-head.ts';
import { useBackHome } from './back-home.ts';

export function ToolNotHere({ laptop, record }: { readonly laptop: Laptop; readonly record: ShownRecord }) {
  const { title } = auditHead(record.units, useOrganisation());
  return (
    <Page title={title} tabTitle={say.tabTitle} back={useBackHome(laptop)}>
      <InsetText>{say.unknownTool}</InsetText>
    </Page>
  );
}
