/**
 * The Early Help (Family Help) tool: the help one family had, from consent to closure.
 * Content after DOMAIN 5, T7, in our own words; this version is published and never changes.
 */
import { ofstedScale } from '../grade.ts';
import type { ToolId } from '../ids.ts';
import { themes } from '../themes.ts';
import type { Tool } from '../tool.ts';

export const earlyHelp: Tool = {
  id: 'early-help@1.0.0' as ToolId,
  family: 'early-help',
  name: 'Early Help',
  version: '1.0.0',
  purpose:
    'Judges the help one family had: whether every child was heard, whether risk was seen and acted on, and whether help came early enough to make a difference. Read back 12 months; judge the last 6.',
  subject: 'family',
  readBackMonths: 12,
  judgeMonths: 6,
  scale: ofstedScale,
  voices: ['practitioner', 'child', 'parent'],
  overall: { id: 'overall-rules-1', softLimit: 2 },
  sections: [
    {
      id: 'consent-engagement',
      title: 'Consent and engagement',
      critical: false,
      mayBeNotApplicable: false,
      prompts: [
        { text: 'Were both parents or carers included, fathers as well, also one who lives elsewhere?' },
        { text: 'Was the help, and what would be shared with whom, explained in plain words?' },
        { text: 'If consent was withdrawn, did a manager weigh the risk before closing?' },
      ],
      checks: [
        { id: 'consent-at-start', text: 'Consent recorded at the start', answer: 'yes-no' },
        { id: 'consent-to-share', text: 'Consent recorded before information was shared', answer: 'yes-no' },
      ],
      descriptors: {
        outstanding:
          'Trust was won, also of those with reason to doubt: a father, an absent parent, a teenager. They chose this help, know where they stand, and stayed with it to the end.',
        good: 'Both parents or carers agreed freely, knowing what help meant and what would be shared. When someone drew back, the risk to the children was weighed.',
        'requires-improvement':
          'The main carer agreed and nobody is at risk, but a father or another carer was left out, the talk about sharing was hurried, or a refusal was simply accepted.',
        inadequate:
          'Help went ahead without real agreement, or was dropped when consent was withdrawn although the children were at risk.',
      },
      themes: themes('consent', 'early-help'),
    },
    {
      id: 'whole-family-assessment',
      title: 'Assessment',
      critical: false,
      mayBeNotApplicable: false,
      prompts: [
        { text: 'Does it cover the whole family, with strengths as well as worries?' },
        { text: 'Was history used: earlier help, earlier worries, what lasted and what did not?' },
        { text: 'Were the tools suited to this family and these children?' },
        { text: 'Did the family take part in it, or was it written about them?' },
      ],
      checks: [{ id: 'assessment-timely', text: 'Done with the family, and in time', answer: 'yes-no' }],
      descriptors: {
        outstanding:
          'The family found out about itself in the making of it. The assessment sees beneath the surface, strengths as well, and the help it led to struck at the cause.',
        good: 'Everyone in the family is there, with strengths, worries and what was tried before. It was done with them and in time, and says what help is needed.',
        'requires-improvement':
          'The main worries are covered and the children are safe, but it tells the adults’ side, leaves out a family member or earlier help, or took longer than the family could wait.',
        inadequate:
          'A child’s serious need, or a risk in the home, was not found, so that the family had the wrong help or none.',
      },
      themes: themes('assessment-quality', 'chronology', 'early-help'),
    },
    {
      id: 'child-voice',
      title: 'Child’s voice',
      critical: false,
      mayBeNotApplicable: false,
      prompts: [
        { text: 'What does each child think and feel? Is it in their own words?' },
        { text: 'What is daily life like for each child, also the quiet one and the baby?' },
        { text: 'Where in the plan can you see what the children said?' },
      ],
      checks: [{ id: 'each-child-met', text: 'Each child met', answer: 'yes-no' }],
      descriptors: {
        outstanding:
          'Each child is known as a person. Creative work suited to age brings out what life is like, and the plan changed because of what the children said.',
        good: 'Each child was met and listened to. Thoughts, feelings and daily life are clear and can be seen in the plan.',
        'requires-improvement':
          'Children were met, but their views are brief, given by adults or the same for all of them, and hardly reach the plan.',
        inadequate: 'A child was not met or not listened to, so that worries about that child could not be understood.',
      },
      themes: themes('voice', 'visits'),
    },
    {
      id: 'my-family-plan',
      title: 'My Family Plan',
      critical: false,
      mayBeNotApplicable: false,
      prompts: [
        { text: 'Are the goals the family’s own, in the family’s words?' },
        { text: 'Does the plan cover every risk that was presented, not only the easiest?' },
        { text: 'Are actions specific and measurable, each with a name and a date?' },
      ],
      checks: [{ id: 'plan-copy-held', text: 'Plan shared, and the family holds a copy', answer: 'yes-no' }],
      descriptors: {
        outstanding:
          'A plan the family owns and uses: few, exact goals, every risk covered, reviewed and sharpened as things change, with lasting progress to show for it.',
        good: 'The family’s goals and every presenting risk are covered by specific actions with names and dates, and the family has the plan.',
        'requires-improvement':
          'There is a plan and the children are safe, but goals are general, a risk is left out, or it is unclear who does what by when.',
        inadequate: 'There is no plan, or it leaves out a serious risk, and a child is left without the help needed.',
      },
      themes: themes('planning', 'contingency'),
    },
    {
      id: 'risk-stepping',
      title: 'Risk, step-up and step-down',
      critical: true,
      mayBeNotApplicable: false,
      prompts: [
        { text: 'Were signs of harm seen, and acted on the same day?' },
        { text: 'When more was needed, was step-up to social care prompt and right?' },
        { text: 'When the family stepped down, was there a gap before help began?' },
        { text: 'Did the worker ask a social worker’s advice when unsure?' },
      ],
      checks: [],
      descriptors: {
        outstanding:
          'Small signs were noticed early and put together. Swift, well-judged steps kept the children safe and kept the family’s trust, and safety has lasted.',
        good: 'Signs of harm were acted on the same day. Step-up and step-down were right, prompt and without a gap; advice was sought when it was needed.',
        'requires-improvement':
          'The children are safe, but a step was slow, a threshold was unclear, or the thinking about risk is hard to find in the record.',
        inadequate:
          'Signs of harm were missed or not acted on, or step-up came so late or not at all that a child was left at risk.',
      },
      themes: themes('front-door', 'early-help', 'neglect', 'domestic-abuse', 'exploitation'),
    },
    {
      id: 'team-around-family',
      title: 'Team around the family',
      critical: false,
      mayBeNotApplicable: true,
      prompts: [
        { text: 'Are the right agencies there, and do they do what they agreed?' },
        { text: 'Do schools and health contribute?' },
        { text: 'Do reviews test progress against the family’s goals?' },
      ],
      checks: [
        { id: 'lead-practitioner-named', text: 'Lead practitioner named', answer: 'yes-no' },
        { id: 'reviews-regular', text: 'Reviews held regularly, with the right agencies', answer: 'yes-no' },
      ],
      descriptors: {
        outstanding:
          'The team, led by someone the family trusts, pulls together and leaves nobody behind. School, health and family share the load, and the children tell of the difference.',
        good: 'The right agencies meet regularly around a named lead and keep their word. Reviews ask the family whether things are better, and act on the answer.',
        'requires-improvement':
          'People meet and the children are not at risk, but one agency carries the work, school or health is missing, or reviews only exchange news.',
        inadequate:
          'There was no working team: agencies left or contradicted one another, and a child’s need or risk slipped between them.',
      },
      themes: themes('early-help', 'education', 'health'),
    },
    {
      id: 'intensity-quality',
      title: 'Intensity and quality of work',
      critical: false,
      mayBeNotApplicable: false,
      prompts: [
        { text: 'Do visits and programmes match what the family needs, and change when needs change?' },
        { text: 'Did the worker’s caseload affect the help this family had?' },
        { text: 'Were adjustments made: interpreter, disability, times that suit the family?' },
      ],
      checks: [],
      descriptors: {
        outstanding:
          'Help was as strong as the need and eased off as the family grew. Inventive, steady work was shaped to each of them, and parents now do by themselves what they could not before.',
        good: 'Visits and programmes match what this family needs and change as they do. Language, disability and working hours were allowed for, and skills are growing.',
        'requires-improvement':
          'Help came, but less often or more off the shelf than this family needed; a full caseload or an adjustment not made shows in slow progress.',
        inadequate:
          'Help was so rare or so ill-fitting that things grew worse for the children while the family was said to be supported.',
      },
      themes: themes('visits', 'workforce', 'identity', 'disabled-children'),
    },
    {
      id: 'progress-closure',
      title: 'Progress and closure',
      critical: false,
      mayBeNotApplicable: false,
      prompts: [
        { text: 'Were outcomes measured before and after, with the family?' },
        { text: 'If help has ended, was the ending prepared, and does the family know who to call?' },
        { text: 'What changed for the children, and did it stop the need for statutory help?', impact: true },
      ],
      checks: [{ id: 'drift-challenged', text: 'Drift past 6 to 12 months challenged', answer: 'yes-no' }],
      descriptors: {
        outstanding:
          'Children and parents can show how far they have come, measured and in their own words. Months on it holds, and statutory help has not been needed.',
        good: 'Progress was measured with the family and is real for the children. Drift was challenged, the ending was prepared, and they know who to call.',
        'requires-improvement':
          'Some things are better and nobody was put at risk, but change was not measured, help ran on without aim, or the family was unprepared for the ending.',
        inadequate:
          'Help drifted or ended while the children’s lives were no better, and a need that could have been met early grew into one for statutory services.',
      },
      themes: themes('drift-and-timeliness', 'early-help'),
    },
    {
      id: 'help-oversight',
      title: 'Oversight and supervision',
      critical: false,
      mayBeNotApplicable: false,
      prompts: [
        { text: 'Is supervision reflective as well as directive?' },
        { text: 'Are earlier decisions followed up?' },
        { text: 'Were findings from audit and performance data used to improve this family’s help?' },
      ],
      checks: [{ id: 'supervision-regular', text: 'Supervision held regularly', answer: 'yes-no' }],
      descriptors: {
        outstanding:
          'Supervision made space to wonder about each child, and brought out what the worker had half seen. Lessons from audit and from other families were used, and this one moved forward.',
        good: 'Regular, reflective supervision kept the help on course. Decisions about the children were followed up, and what audit and data show was put to use.',
        'requires-improvement':
          'Supervision takes place and risk is watched, but it goes through tasks, earlier decisions fade, or the children are hardly spoken of.',
        inadequate:
          'The worker was left alone with this family’s difficulties. Risk or drift that a manager should have seen was not seen, and the children paid for it.',
      },
      themes: themes('supervision', 'management-oversight', 'quality-assurance'),
    },
  ],
};
