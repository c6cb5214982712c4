/**
 * The Child in Need tool: the help one child had under a child in need plan, from its reason to its ending.
 * Content after DOMAIN 5, T3, in our own words; this version is published and never changes.
 */
import { ofstedScale } from '../grade.ts';
import type { ToolId } from '../ids.ts';
import { themes } from '../themes.ts';
import type { Tool } from '../tool.ts';

export const childInNeed: Tool = {
  id: 'child-in-need@1.0.0' as ToolId,
  family: 'child-in-need',
  name: 'Child in Need',
  version: '1.0.0',
  purpose:
    'Judges the help one child in need had: whether the plan was right for this child, whether rising risk was seen, and whether life became better in good time. Read back 12 months; judge the last 6.',
  subject: 'child',
  readBackMonths: 12,
  judgeMonths: 6,
  scale: ofstedScale,
  voices: ['practitioner', 'child', 'parent'],
  overall: { id: 'overall-rules-1', softLimit: 2 },
  sections: [
    {
      id: 'cin-reason-threshold',
      title: 'Reason and threshold',
      critical: false,
      mayBeNotApplicable: false,
      prompts: [
        { text: 'Is it clear why this is child in need, and not Early Help or child protection?' },
        { text: 'Was the level looked at again when facts changed, and does the reason still hold today?' },
        { text: 'Do child and parents understand why a social worker is involved, and what they may refuse?' },
      ],
      checks: [{ id: 'cin-consent-current', text: 'Consent informed and current', answer: 'yes-no' }],
      descriptors: {
        outstanding:
          'Everybody, the child included, can say why help is at this level and what would change it. The level moved as soon as the child’s life did, and the family stayed on board.',
        good: 'Why this child needs help at this level is clear and still true. Consent is informed, and the level was reviewed when things changed.',
        'requires-improvement':
          'The level is about right and the child is safe, but the reason has to be pieced together, consent is old or formal, or a change in the family prompted no fresh look.',
        inadequate:
          'The child is at the wrong level: a child who needs protection is held as in need, or help went on without the parents’ informed agreement and to the child’s cost.',
      },
      themes: themes('assessment-quality', 'consent'),
    },
    {
      id: 'cin-plan',
      title: 'Plan quality',
      critical: false,
      mayBeNotApplicable: false,
      prompts: [
        { text: 'Are the goals few, specific and measurable, and in the family’s own language?' },
        { text: 'Does the plan follow from the assessment, and cover what worries people most?' },
        { text: 'Does each action have an owner and a date?' },
        { text: 'What happens if nothing gets better, and does the family know?' },
      ],
      checks: [],
      descriptors: {
        outstanding:
          'A short plan the family could tell you by heart. It goes to the root of what is hard for this child, is sharpened as it works, and has changed daily life at home.',
        good: 'Few, clear goals follow from the assessment, in words the family uses. Everybody knows who does what by when, and what happens if it does not work.',
        'requires-improvement':
          'The plan meets the main need and the child is safe, but it is long or general, lists services rather than changes, or has no answer to lack of progress.',
        inadequate:
          'There is no plan anyone could follow, or it passes over what harms this child, and things at home are left to run on.',
      },
      themes: themes('planning', 'contingency'),
    },
    {
      id: 'cin-safety-escalation',
      title: 'Safety and escalation',
      critical: true,
      mayBeNotApplicable: false,
      prompts: [
        { text: 'Was rising risk seen and acted on?' },
        { text: 'Were repeated incidents considered together, or one by one?' },
        { text: 'Was step-up to child protection timely when it was called for?' },
        { text: 'Has this become “long child in need”: months of worry without change?' },
      ],
      checks: [],
      descriptors: {
        outstanding:
          'Workers sensed the change in this child’s home before there was an incident. Firm, well-timed action turned the risk round, and the child has been safe since.',
        good: 'New incidents were weighed together with old ones and acted on. Where child protection was needed, the step was taken in time and the child was safe throughout.',
        'requires-improvement':
          'The child is safe, but incidents were met one at a time, the question of step-up was put off, or worry has gone on for months without a decision.',
        inadequate:
          'Risk rose and was not seen or not acted on. A child who needed protection stayed on a child in need plan and was harmed, or was likely to be.',
      },
      themes: themes('drift-and-timeliness', 'neglect', 'domestic-abuse', 'exploitation'),
    },
    {
      id: 'cin-visits',
      title: 'Visits and direct work',
      critical: false,
      mayBeNotApplicable: false,
      prompts: [
        { text: 'Does each visit have a purpose that comes from the plan?' },
        { text: 'Were tools for direct work suited to the child’s age and way of communicating?' },
        { text: 'Does the child know the worker, and how often has the worker changed?' },
      ],
      checks: [
        { id: 'cin-visits-to-pattern', text: 'Visits made to the agreed pattern', answer: 'yes-no' },
        { id: 'cin-last-seen-alone', text: 'Date the child was last seen alone', answer: 'date' },
      ],
      descriptors: {
        outstanding:
          'The child looks forward to a worker who keeps coming. Purposeful, imaginative work between them has helped the child to understand, to speak and to cope better.',
        good: 'The child was seen alone, and as often as agreed, by a worker they know. Visits had a purpose, and direct work suited the child’s age.',
        'requires-improvement':
          'Visits kept the child in sight, but they are more watching than helping, time alone is rare, or changes of worker meant starting over.',
        inadequate:
          'Long gaps, or visits on which the child was not seen or never alone, left nobody able to say whether this child was all right.',
      },
      themes: themes('visits', 'voice', 'workforce'),
    },
    {
      id: 'cin-voice-experience',
      title: 'Child’s voice and lived experience',
      critical: false,
      mayBeNotApplicable: false,
      prompts: [
        { text: 'What is an ordinary day like for this child?' },
        { text: 'Which of the child’s views changed the plan, and how does the child know?' },
        { text: 'Are brothers’ and sisters’ views kept apart, each child a person?' },
        { text: 'Is the child’s identity understood, and what it means day to day?' },
      ],
      checks: [],
      descriptors: {
        outstanding:
          'To read this is to hear the child. What they said set the direction of the plan, they saw it happen, and they feel surer of themselves and of where they belong.',
        good: 'Each child’s day, wishes and identity are clear and their own. What they say can be found again in the plan.',
        'requires-improvement':
          'Views are noted, but short, old or the same for brothers and sisters, and it is hard to see that they made a difference.',
        inadequate:
          'The child’s experience is missing or was set aside for the adults’ story, and harm or unhappiness went unnoticed.',
      },
      themes: themes('voice', 'identity'),
    },
    {
      id: 'cin-reviews',
      title: 'Multi-agency reviews',
      critical: false,
      mayBeNotApplicable: false,
      prompts: [
        { text: 'Were the right people there, including those the child sees every day?' },
        { text: 'Was progress tested against outcomes, not against tasks done?' },
        { text: 'Could child and parents take part and be heard?' },
        { text: 'Did the review change the plan where it was not working?' },
      ],
      checks: [
        { id: 'cin-reviews-to-timescale', text: 'Reviews held to timescale', answer: 'yes-no' },
        { id: 'cin-minutes-shared', text: 'Minutes shared with the family and partners', answer: 'yes-no' },
      ],
      descriptors: {
        outstanding:
          'Reviews are where things move. Family and partners test honestly what is better for the child and put right what is not, and each agency’s part shows in the child’s progress.',
        good: 'Reviews were on time with the people who matter. The family took part, progress was measured by what is different for the child, and the plan was brought up to date.',
        'requires-improvement':
          'Reviews took place and nothing dangerous was missed, but they report tasks, key people are absent, or the same actions are carried forward.',
        inadequate:
          'Reviews did not happen, or did not notice that the child’s life was getting worse, and the plan lost its hold.',
      },
      themes: themes('planning', 'education', 'health'),
    },
    {
      id: 'cin-pace-progress',
      title: 'Pace and progress',
      critical: false,
      mayBeNotApplicable: false,
      prompts: [
        { text: 'Was drift recognised, and by whom?' },
        { text: 'Was the pace right for this child’s age and need: how long can this child wait?' },
        { text: 'What has changed for this child since the start, and how do we know?', impact: true },
      ],
      checks: [
        {
          id: 'cin-within-12-weeks',
          text: 'Within the 12-week target, or the reason for longer recorded',
          answer: 'yes-no',
        },
      ],
      descriptors: {
        outstanding:
          'Life is plainly better for this child than at the start: it is measured, child and family say so, and it came sooner than anybody expected and has stayed.',
        good: 'Progress is steady, visible and known from the child and family themselves. Where it took longer, there was good reason and the child gained by it.',
        'requires-improvement':
          'Something has improved and the child is safe, but slowly, with weeks in which nothing happened, and evidence of change is thin.',
        inadequate:
          'Months have gone by with nothing better for the child, or things are worse, and nobody called it drift.',
      },
      themes: themes('drift-and-timeliness', 'planning'),
    },
    {
      id: 'cin-oversight',
      title: 'Management oversight and supervision',
      critical: false,
      mayBeNotApplicable: false,
      prompts: [
        { text: 'Does supervision give the worker room to think, and clear direction as well?' },
        { text: 'Were earlier actions followed up until they were done?' },
        { text: 'Did the manager notice what the worker was too close to see?' },
      ],
      checks: [{ id: 'cin-supervision-regular', text: 'Supervision held regularly', answer: 'yes-no' }],
      descriptors: {
        outstanding:
          'Supervision brought a new way of seeing this child, and kept courage and pace in the work. Its decisions can be traced to better days for the child.',
        good: 'Regular supervision thinks and directs. What was decided for the child was followed up, and the manager knew when the plan was stuck.',
        'requires-improvement':
          'Supervision happened and the child is safe, but it goes over events, sets actions nobody returns to, or is too rare to steer.',
        inadequate:
          'Nobody with responsibility was looking: decisions on which the child’s welfare depended were never made or never checked.',
      },
      themes: themes('management-oversight', 'supervision'),
    },
    {
      id: 'cin-ending',
      title: 'Ending and step-down',
      critical: false,
      mayBeNotApplicable: true,
      prompts: [
        { text: 'Was the family ready, with support lined up and someone to call?' },
        { text: 'Was the risk of another referral weighed: what did not last before?' },
        { text: 'Did the child know that it was ending, and have a say in how?' },
        { text: 'For a disabled child, do short breaks and the plan for what follows fit the child’s needs?' },
      ],
      checks: [{ id: 'cin-closing-summary', text: 'Closing summary on the record', answer: 'yes-no' }],
      descriptors: {
        outstanding:
          'The ending was made with the child and family, and made to last: support of their own choosing was already at work, and they are managing well without a social worker.',
        good: 'The family was ready, the next support was in place and they know who to call. What might go wrong again was weighed, and a disabled child’s support goes on unbroken.',
        'requires-improvement':
          'It was safe to end, but the ending was sudden for the child, the next support was only suggested, or what did not last before was not thought through.',
        inadequate:
          'The case was closed or stepped down while the child was still at risk or in need, and the child was left without help.',
      },
      themes: themes('early-help', 'contingency', 'disabled-children'),
    },
  ],
};
