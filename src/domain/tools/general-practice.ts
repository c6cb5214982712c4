/**
 * The general tool: fits the file of any child in any service, where no tool of that service's own is at hand.
 * Content after the common ground of DOMAIN 4 and 5, in our own words; this version is published and never changes.
 */
import { ofstedScale } from '../grade.ts';
import type { ToolId } from '../ids.ts';
import { themes } from '../themes.ts';
import type { Tool } from '../tool.ts';

export const generalPractice: Tool = {
  id: 'general-practice@1.0.0' as ToolId,
  family: 'general-practice',
  name: 'Any Case File',
  version: '1.0.0',
  purpose:
    'Judges any case file, in any service, where no other tool fits: whether the child was seen and safe, whether help was right, and what it changed. Read back 12 months; judge the last 6.',
  subject: 'child',
  readBackMonths: 12,
  judgeMonths: 6,
  scale: ofstedScale,
  voices: ['practitioner', 'child', 'parent'],
  overall: { id: 'overall-rules-1', softLimit: 2 },
  sections: [
    {
      id: 'case-child-heard',
      title: 'Child seen and heard',
      critical: true,
      mayBeNotApplicable: false,
      prompts: [
        { text: 'Who is this child? Could you describe them to someone who has not read the file?' },
        { text: 'Was the child seen, and seen alone, as often as the worries called for?' },
        { text: 'How were the feelings of a baby, or of a child who does not speak, understood?' },
        { text: 'What changed because of what the child said or showed?' },
      ],
      checks: [{ id: 'case-last-seen', text: 'Date the child was last seen', answer: 'date' }],
      descriptors: {
        outstanding:
          'The child steps out of the file as a person. They were listened to in ways that suit them, and can see for themselves what came of it.',
        good: 'The child was seen often enough and in the right way. What they think, feel and live with is clear, and has a bearing on what is done.',
        'requires-improvement':
          'The child was seen and is safe, but remains a faint figure: little in their own words, and little that followed from them.',
        inadequate:
          'The child was not seen or not heard when it mattered, so that nobody could know what life was like for them.',
      },
      themes: themes('voice', 'visits'),
    },
    {
      id: 'case-safety',
      title: 'Safety',
      critical: true,
      mayBeNotApplicable: false,
      prompts: [
        { text: 'Is it clear what people are worried about, and how worried they are today?' },
        { text: 'Was each sign of danger acted on, and how quickly?' },
        { text: 'Who keeps the child safe from day to day, and does it work?' },
        { text: 'Was the level of help right, and did it change when risk changed?' },
      ],
      checks: [],
      descriptors: {
        outstanding:
          'Danger was understood early and in depth. What was done was calm and exact, drew in the people around the child, and has made the child safer for good.',
        good: 'Risks are understood and were acted on in time, at the right level. Named people keep the child safe, and it works.',
        'requires-improvement':
          'The child is safe today, but partly by luck: a sign was taken up slowly, the level of help lags behind, or it is unclear who watches over the child.',
        inadequate: 'A serious risk was missed, underrated or left, and the child was harmed or could have been.',
      },
      themes: themes('neglect', 'exploitation', 'domestic-abuse'),
    },
    {
      id: 'case-understanding',
      title: 'History and understanding',
      critical: false,
      mayBeNotApplicable: false,
      prompts: [
        { text: 'Is the past used to understand the present?' },
        { text: 'Are strengths and worries weighed, with reasons?' },
        { text: 'Are all the adults who matter in the picture, fathers and partners as well?' },
        { text: 'Does the conclusion say what this means for the child?' },
      ],
      checks: [{ id: 'case-chronology-current', text: 'Chronology current', answer: 'yes-no' }],
      descriptors: {
        outstanding:
          'History and present come together in an explanation that rings true to the family, and it led to help which the obvious answer would have missed.',
        good: 'The file explains what is going on for this child and why. Past, strengths and worries are weighed, and the conclusion makes sense.',
        'requires-improvement':
          'The main facts are there and nothing dangerous is overlooked, but they are listed more than understood, or someone important is left out.',
        inadequate:
          'The picture is wrong or lacks something vital, such as an adult’s past or a pattern of harm, and decisions about the child rest on it.',
      },
      themes: themes('assessment-quality', 'chronology'),
    },
    {
      id: 'case-plan',
      title: 'Plan and review',
      critical: false,
      mayBeNotApplicable: false,
      prompts: [
        { text: 'Does the plan say what should be different for the child, who does what and by when?' },
        { text: 'Do child and family recognise it as theirs?' },
        { text: 'Is progress tested, and the plan changed when it does not work?' },
        { text: 'Is there a fallback, and does everybody know it?' },
      ],
      checks: [
        { id: 'case-plan-held', text: 'Family holds a copy of the current plan', answer: 'yes-no' },
        { id: 'case-reviews-on-time', text: 'Reviews held on time', answer: 'yes-no' },
      ],
      descriptors: {
        outstanding:
          'Child and family steer by this plan. It is honest, exact and alive: it changed when life did, and what it set out to bring about has happened.',
        good: 'The plan answers needs and risks with clear steps that the family knows. Reviews test whether life is better, and change course when it is not.',
        'requires-improvement':
          'There is a plan and the child is not at risk, but steps are vague, progress is assumed, or the plan is last year’s with a new date.',
        inadequate: 'Without a plan that deals with what is wrong, the child was left to wait or to be harmed.',
      },
      themes: themes('planning', 'contingency'),
    },
    {
      id: 'case-help',
      title: 'Help and relationships',
      critical: false,
      mayBeNotApplicable: false,
      prompts: [
        { text: 'What did workers actually do with this child and family, and did it fit?' },
        { text: 'Did the child and family have a worker who stayed?' },
        { text: 'Was there enough help, and was it there when it was needed?' },
        { text: 'Were parents and carers treated as partners, also when it was hard?' },
      ],
      checks: [],
      descriptors: {
        outstanding:
          'A steady, skilled relationship carried the work. The family let itself be challenged, did what it had not thought possible, and the child gains from it every day.',
        good: 'Child and family had the help they needed from people they came to trust. It fitted them, it was kept up, and things are improving.',
        'requires-improvement':
          'Help was offered and does no harm, but it is thin, off the peg or broken up by changes of worker, so that little has come of it.',
        inadequate:
          'The child needed help and did not get it, or the way the family was treated drove them away from it.',
      },
      themes: themes('visits', 'workforce'),
    },
    {
      id: 'case-identity',
      title: 'Identity and fairness',
      critical: false,
      mayBeNotApplicable: false,
      prompts: [
        { text: 'What do culture, faith, language, disability, gender and sexuality mean in this child’s daily life?' },
        { text: 'Were help and meetings adjusted to who this family is?' },
        { text: 'Did anyone’s assumptions get in the way, and were they questioned?' },
        { text: 'What do money and housing do to this family?' },
      ],
      checks: [
        {
          id: 'case-interpreter',
          text: 'Interpreter or other support to communicate used where it was needed',
          answer: 'yes-no',
        },
      ],
      descriptors: {
        outstanding:
          'Who this child is runs through everything. Workers questioned their own assumptions, help was shaped to fit, and the child is more at ease with who they are.',
        good: 'What background, language, disability and money mean in this child’s life is known, and workers changed how they help because of it.',
        'requires-improvement':
          'Identity is recorded with respect, but as facts about the child rather than as part of their life, and help was much the same as for anyone.',
        inadequate:
          'Prejudice, or blindness to who this child is, meant that harm was explained away or that help could not reach them.',
      },
      themes: themes('identity', 'disabled-children'),
    },
    {
      id: 'case-working-together',
      title: 'Working together',
      critical: false,
      mayBeNotApplicable: true,
      prompts: [
        { text: 'Do the people who know the child talk to one another, and in time?' },
        { text: 'Does everyone know the part they play?' },
        { text: 'Was disagreement between agencies aired and settled for the child’s sake?' },
        { text: 'Did a move between teams or services cost the child anything?' },
      ],
      checks: [
        {
          id: 'case-consent-to-share',
          text: 'Consent to share information recorded, or the reason for sharing without it',
          answer: 'yes-no',
        },
      ],
      descriptors: {
        outstanding:
          'Around this child school, health and others work as one. They think together and hold each other to their word, and the child no longer falls between them.',
        good: 'Those who know the child share what they should in time and do what they agreed. Moves between teams did not cost the child any help.',
        'requires-improvement':
          'Agencies are in touch and nothing serious fell through, but news travels late, parts are unclear, or a hand-over set the child back.',
        inadequate:
          'What one agency knew did not reach those who needed it, or each waited for another, and the child was left unprotected.',
      },
      themes: themes('consent', 'education', 'health'),
    },
    {
      id: 'case-pace-oversight',
      title: 'Pace, recording and oversight',
      critical: false,
      mayBeNotApplicable: false,
      prompts: [
        { text: 'Was the pace right for this child, and drift noticed?' },
        { text: 'Does supervision help the worker to think, to decide and to follow up?' },
        { text: 'Could the child, grown up, read this file and understand what was done and why?' },
        { text: 'What difference has all this made to the child?', impact: true },
      ],
      checks: [
        { id: 'case-supervision-regular', text: 'Supervision held regularly', answer: 'yes-no' },
        { id: 'case-record-current', text: 'Record up to date', answer: 'yes-no' },
      ],
      descriptors: {
        outstanding:
          'Thoughtful oversight kept the work moving at the child’s pace. Read in years to come, the file will show the child how, and because of whom, life became better.',
        good: 'Work moved at the pace the child needed. Managers decide with reasons and follow up, the record explains what was done, and a difference to the child can be shown.',
        'requires-improvement':
          'The child did not come to harm, but weeks were lost, oversight is thin or after the event, or the file does not show what changed.',
        inadequate:
          'Drift went unnoticed and nobody in charge was steering. The file cannot show that the child is any better off, and they may well be worse.',
      },
      themes: themes('drift-and-timeliness', 'management-oversight', 'supervision', 'recording'),
    },
  ],
};
