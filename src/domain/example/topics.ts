/** Which sentences a section draws on: by its themes, so that a tool that comes later finds its words too. */
import type { ThemeId } from '../themes.ts';
import type { Section } from '../tool.ts';
import { analysis, family, history, risk } from './stock/analysis.ts';
import { education, health, home, leavingCare, missing, permanence } from './stock/care.ts';
import { identity, visits, voice } from './stock/child.ts';
import { earlyHelp, enquiry, frontDoor } from './stock/early.ts';
import { oversight, workforce } from './stock/oversight.ts';
import { escalation, pace, plan, recording, reviews } from './stock/plans.ts';
import type { Topic } from './topic.ts';

const topicOf: Readonly<Record<ThemeId, Topic>> = {
  planning: plan,
  'drift-and-timeliness': pace,
  'care-leavers': leavingCare,
  'management-oversight': oversight,
  'assessment-quality': analysis,
  'pre-proceedings': escalation,
  supervision: oversight,
  recording,
  'homeless-16-17': home,
  missing,
  sufficiency: home,
  health,
  'private-fostering': home,
  permanence,
  'front-door': frontDoor,
  'quality-assurance': oversight,
  'strategy-meetings': enquiry,
  education,
  'life-story-work': permanence,
  chronology: history,
  'disabled-children': identity,
  workforce,
  neglect: risk,
  'independent-challenge': reviews,
  voice,
  exploitation: missing,
  'domestic-abuse': risk,
  visits,
  'early-help': earlyHelp,
  'designated-officer': enquiry,
  'connected-carers': home,
  contingency: plan,
  consent: family,
  identity,
};

const isTheme = (theme: string): theme is ThemeId => Object.hasOwn(topicOf, theme);

/** The topics of a section; at least one. */
export function topicsOf({ themes }: Section): readonly Topic[] {
  const topics = [...new Set(themes.filter(isTheme).map((theme) => topicOf[theme]))];
  return topics.length > 0 ? topics : [analysis, plan];
}
