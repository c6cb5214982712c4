/**
 * The built-in themes that findings are tagged with: what Ofsted most often tells councils to improve, most frequent
 * first (DOMAIN 2.4, 254 inspection reports 2018 to 2025). A theme is a slug here; its words are the screen's.
 */

export const themeIds = [
  'planning',
  'drift-and-timeliness',
  'care-leavers',
  'management-oversight',
  'assessment-quality',
  'pre-proceedings',
  'supervision',
  'recording',
  'homeless-16-17',
  'missing',
  'sufficiency',
  'health',
  'private-fostering',
  'permanence',
  'front-door',
  'quality-assurance',
  'strategy-meetings',
  'education',
  'life-story-work',
  'chronology',
  'disabled-children',
  'workforce',
  'neglect',
  'independent-challenge',
  'voice',
  'exploitation',
  'domestic-abuse',
  'visits',
  'early-help',
  'connected-carers',
  'contingency',
  'designated-officer',
  'consent',
  'identity',
] as const;

export type ThemeId = (typeof themeIds)[number];

/** The tags of a section; a slug that is no built-in theme does not compile. */
export const themes = (...ids: readonly ThemeId[]): readonly ThemeId[] => ids;
