/** The tools every installation has from the start. They need no record: a build that knows one knows all of it. */
import type { Tool } from '../tool.ts';
import { assessmentService } from './assessment-service.ts';
import { careLeavers } from './care-leavers.ts';
import { childInNeed } from './child-in-need.ts';
import { childProtection } from './child-protection.ts';
import { childrenLookedAfter } from './children-looked-after.ts';
import { earlyHelp } from './early-help.ts';
import { frontDoor } from './front-door.ts';
import { generalPractice } from './general-practice.ts';

/** As every list shows them: along a child's way through the services, then the one that fits any of them. */
export const builtInTools: readonly Tool[] = [
  earlyHelp,
  frontDoor,
  assessmentService,
  childInNeed,
  childProtection,
  childrenLookedAfter,
  careLeavers,
  generalPractice,
];

/** The built-in tool of that id, or undefined when the id is a record's or unknown to this build. */
export const builtInTool = (id: string | null | undefined): Tool | undefined =>
  builtInTools.find((tool) => tool.id === id);
