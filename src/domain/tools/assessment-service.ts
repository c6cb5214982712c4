/**
 * The Assessment Service tool: one single assessment, with its section 47 enquiry where there was one.
 * Content after DOMAIN 5, T2, in our own words; this version is published and never changes.
 */
import { ofstedScale } from '../grade.ts';
import type { ToolId } from '../ids.ts';
import { themes } from '../themes.ts';
import type { Tool } from '../tool.ts';

export const assessmentService: Tool = {
  id: 'assessment-service@1.0.0' as ToolId,
  family: 'assessment-service',
  name: 'Assessment Service',
  version: '1.0.0',
  purpose:
    'Judges one single assessment: whether the child was seen, heard and understood, whether risk was weighed well, and what the assessment changed. Read back 12 months; judge the last 6.',
  subject: 'assessment',
  readBackMonths: 12,
  judgeMonths: 6,
  scale: ofstedScale,
  voices: ['practitioner', 'child', 'parent'],
  overall: { id: 'overall-rules-1', softLimit: 2 },
  sections: [
    {
      id: 'allocation-start',
      title: 'Allocation and start',
      critical: false,
      mayBeNotApplicable: false,
      prompts: [
        { text: 'Did the manager set out why the assessment was needed and which questions it should answer?' },
        { text: 'Was the worker suitable for this child: skills, experience, workload, language?' },
        { text: 'If workers changed, what did each change mean for the child and family?' },
        { text: 'When a worker left, was the work passed on without delay?' },
      ],
      checks: [{ id: 'allocated-promptly', text: 'Allocated promptly to a suitable worker', answer: 'yes-no' }],
      descriptors: {
        outstanding:
          'The right worker, well briefed, was with this child at the right moment. The manager’s sharp questions gave the work its purpose, and the family felt it from the first visit.',
        good: 'Allocated promptly to a suitable worker who knew what the assessment was to find out. Any change of worker was explained, and cost the child no time.',
        'requires-improvement':
          'The child was safe, but the start was slow or its purpose unclear, or a change of worker meant that the family had to begin again.',
        inadequate:
          'The case waited with no worker, or with one who could not do what this child needed, while the child was at risk and nobody knew how they were.',
      },
      themes: themes('drift-and-timeliness', 'workforce', 'management-oversight'),
    },
    {
      id: 'child-seen',
      title: 'Child seen and understood',
      critical: true,
      mayBeNotApplicable: false,
      prompts: [
        { text: 'What is daily life like for this child? Could a stranger picture it from the record?' },
        {
          text: 'Are the child’s wishes and feelings in the child’s own words, in a way that suits age and communication?',
        },
        { text: 'Was direct work or observation done, including with babies and children who do not speak?' },
        { text: 'Does what the child said and showed shape the analysis, or is it only recorded?' },
      ],
      checks: [
        { id: 'child-seen', text: 'Date the child was first seen for this assessment', answer: 'date' },
        { id: 'child-seen-alone', text: 'Date the child was first seen alone', answer: 'date' },
      ],
      descriptors: {
        outstanding:
          'The worker knows this child well. Skilled direct work brings the child’s daily life to the page in the child’s own words, and it has visibly changed what adults decided and did.',
        good: 'The child was seen promptly, and alone where that was right. Wishes, feelings and daily life are clear, suit the child’s age and communication, and are used in the analysis.',
        'requires-improvement':
          'The child was seen, but late, too seldom or rarely alone. Views are recorded but thin, second-hand or left out of the analysis.',
        inadequate:
          'The child was not seen, or not alone when safety called for it, or the child’s experience is missing so that risk could not be understood.',
      },
      themes: themes('voice', 'visits', 'assessment-quality'),
    },
    {
      id: 'history-chronology',
      title: 'History and chronology',
      critical: false,
      mayBeNotApplicable: false,
      prompts: [
        { text: 'Were earlier assessments and plans weighed: what was tried, what worked, what did not last?' },
        { text: 'Is harm that builds up over time recognised, especially neglect?' },
        { text: 'Does the genogram include fathers and the wider family?' },
      ],
      checks: [{ id: 'chronology-used', text: 'Chronology current, and used in the analysis', answer: 'yes-no' }],
      descriptors: {
        outstanding:
          'The past is brought to life: what the child has been through, what the adults tried and why it did not last. Seeing it whole changed what was offered to the family.',
        good: 'Earlier worries and help, and the wider family with fathers, are weighed. Harm that adds up is recognised and counts in the conclusion.',
        'requires-improvement':
          'History is there and no grave fact is missed, but as a list: it stops short, leaves out the father’s side, or has no bearing on the analysis.',
        inadequate:
          'Known harm in the past was not read or not believed, so that a pattern dangerous to the child was treated as a single event.',
      },
      themes: themes('chronology', 'neglect', 'assessment-quality'),
    },
    {
      id: 'risk-analysis',
      title: 'Risk and need analysis',
      critical: true,
      mayBeNotApplicable: false,
      prompts: [
        { text: 'Are facts kept apart from opinion, and is the source of each fact clear?' },
        { text: 'Are protective factors and risks weighed against each other, not only listed?' },
        { text: 'What is the parents’ capacity to change, and in a time that works for the child?' },
        { text: 'Are domestic abuse, substance use, mental health and exploitation explored where they are present?' },
        { text: 'Does the conclusion follow from the evidence?' },
      ],
      checks: [],
      descriptors: {
        outstanding:
          'Sharp, balanced analysis makes sense of complex history and present risk, tests its own first view, and has led to change that makes the child safer.',
        good: 'Risks, needs and strengths are understood and weighed. Facts and opinion are kept apart, and the conclusion follows from the evidence.',
        'requires-improvement':
          'The main risks are named and the child is safe, but analysis is descriptive, leans on the latest event or the parents’ account, or leaves gaps.',
        inadequate:
          'Serious risk is missed, played down or not acted on, or the conclusion goes against the evidence, and the child is left at risk.',
      },
      themes: themes('assessment-quality', 'neglect', 'domestic-abuse', 'exploitation'),
    },
    {
      id: 'identity-diversity',
      title: 'Identity and diversity',
      critical: false,
      mayBeNotApplicable: false,
      prompts: [
        {
          text: 'Are culture, faith, language, disability and sexuality explored for what they mean to this child, not only listed?',
        },
        { text: 'What do poverty and housing do to this family’s daily life?' },
        { text: 'Was help adjusted to who this child and family are?' },
      ],
      checks: [{ id: 'interpreter-used', text: 'Interpreter used where one was needed', answer: 'yes-no' }],
      descriptors: {
        outstanding:
          'The assessment understands what it is to be this child, in this family, street and faith. That opened a way to help which a standard offer would have missed.',
        good: 'Culture, faith, language, disability and sexuality, and what poverty and housing do, are explored for what they mean to the child, and help was adjusted.',
        'requires-improvement':
          'Identity is described correctly but from outside; a need that comes with language, disability or money was noticed late, or help was adjusted little.',
        inadequate:
          'Who the child is was ignored or judged. A needed interpreter was not used, or harm was excused or missed because of it.',
      },
      themes: themes('identity', 'disabled-children'),
    },
    {
      id: 'parents-partners',
      title: 'Parents, carers and partners',
      critical: false,
      mayBeNotApplicable: false,
      prompts: [
        { text: 'Were both parents included, also one who lives elsewhere, or is there a sound reason why not?' },
        { text: 'Is information from other agencies current and used?' },
        { text: 'Were consent and information sharing explained in plain words?' },
        { text: 'Are disagreements recorded fairly, with what was done about them?' },
      ],
      checks: [],
      descriptors: {
        outstanding:
          'Parents, also the one who was hard to reach, became part of finding out what is wrong. People who had disagreed now act together for the child.',
        good: 'Both parents and the people who know the child were asked, and what they said was used. Consent was explained, and disagreement is fairly told.',
        'requires-improvement':
          'The main carer and agencies were heard and no key risk was lost, but a father or an up-to-date answer is missing, or consent was a formality.',
        inadequate:
          'An adult or agency who knew of harm was left out, or the family was misled about what is shared, and the child’s safety or trust suffered.',
      },
      themes: themes('consent', 'assessment-quality'),
    },
    {
      id: 'section-47',
      title: 'Section 47 enquiry',
      critical: true,
      mayBeNotApplicable: true,
      prompts: [
        { text: 'Was the enquiry thorough, and joint with police, health and others where needed?' },
        { text: 'Are the outcome and the reasons for it clear to a later reader?' },
        { text: 'What kept the child safe meanwhile, and who checked that it held?' },
      ],
      checks: [
        { id: 'strategy-discussion-timely', text: 'Strategy discussion held in time', answer: 'yes-no' },
        {
          id: 'conference-in-time',
          text: 'Initial child protection conference within 15 working days, where one was needed',
          answer: 'yes-no',
        },
      ],
      descriptors: {
        outstanding:
          'The enquiry was swift, joint and searching; the child and family were treated with care throughout, and the safety it secured has lasted.',
        good: 'Started in time with the right agencies. Enquiry, outcome and reasons are clear, and an interim safety plan kept the child safe.',
        'requires-improvement':
          'The child was made safe, but the enquiry was slow, not joint enough or thinly recorded, or the interim plan was vague.',
        inadequate:
          'An enquiry was needed and not made, or was so late or so weak that the child stayed at risk of significant harm.',
      },
      themes: themes('strategy-meetings', 'drift-and-timeliness'),
    },
    {
      id: 'timeliness-recording',
      title: 'Timeliness and recording',
      critical: false,
      mayBeNotApplicable: false,
      prompts: [
        { text: 'Was the pace right for this child, shorter than the limit where the child needed it?' },
        { text: 'If it took longer, is the reason recorded, and was the child safe meanwhile?' },
        { text: 'Did the manager’s checkpoints change the direction or pace of the work?' },
        { text: 'Could the child, grown up, read this record and understand what happened and why?' },
      ],
      checks: [
        { id: 'within-45-days', text: 'Completed within 45 working days', answer: 'yes-no' },
        { id: 'manager-checkpoints', text: 'Manager’s checkpoints recorded before final sign-off', answer: 'yes-no' },
        { id: 'record-finalised', text: 'Record finished and finalised, not left in draft', answer: 'yes-no' },
        { id: 'shared-with-family', text: 'Assessment shared with the family', answer: 'yes-no' },
      ],
      descriptors: {
        outstanding:
          'Every step came when this child needed it, well inside the limit. The record is so clear and kind that the child could read it one day and feel understood.',
        good: 'The pace suited the child, and the limit was kept, or passed for good reason with the child safe. The record is finished, shared and easy to follow.',
        'requires-improvement':
          'The child was safe throughout, but the work ran up to or past the limit without need, checkpoints came late, or the record leaves a reader guessing.',
        inadequate:
          'Delay kept the child waiting at risk, or the record is so late or incomplete that others could not act on it to keep the child safe.',
      },
      themes: themes('drift-and-timeliness', 'recording', 'management-oversight'),
    },
    {
      id: 'decision-plan',
      title: 'Decision, plan and hand-over',
      critical: false,
      mayBeNotApplicable: false,
      prompts: [
        { text: 'Was the outcome right: close, Early Help, child in need, child protection or looked after?' },
        { text: 'Does the first plan say who does what by when?' },
        { text: 'Did the work transfer without losing consent or pace?' },
        { text: 'What is better for this child because of this assessment?', impact: true },
      ],
      checks: [],
      descriptors: {
        outstanding:
          'The decision was right first time and the family sees why. Help was under way before the assessment closed, and the child’s life is already, and lastingly, better for it.',
        good: 'The outcome fits what was found. The first plan says who does what by when, the hand-over kept pace and trust, and the child is better off.',
        'requires-improvement':
          'The outcome is safe, but the plan is loose, the hand-over left a gap, or it is hard to see what has improved for the child.',
        inadequate:
          'The child’s case was closed, or placed at the wrong level, or lost in the hand-over, and the child went without help or protection that was known to be needed.',
      },
      themes: themes('planning', 'contingency', 'management-oversight'),
    },
  ],
};
