/** The tools every installation has from the start. They need no record: a build that knows one knows all of it. */
import type { Tool } from '../tool.ts';
import { assessmentService } from './assessment-service.ts';
import { earlyHelp } from './early-help.ts';

export const builtInTools: readonly Tool[] = [assessmentService, earlyHelp];

/** The built-in tool of that id, or undefined when the id is a record's or unknown to this build. */
export const builtInTool = (id: string | null | undefined): Tool | undefined =>
  builtInTools.find((tool) => tool.id === id);
