/**
 * The Front Door tool: one contact or referral, from the first call to the decision, with its strategy meeting where there
 * was one. Content after DOMAIN 5, T1, in our own words; this version is published and never changes.
 */
import { ofstedScale } from '../grade.ts';
import type { ToolId } from '../ids.ts';
import { themes } from '../themes.ts';
import type { Tool } from '../tool.ts';

export const frontDoor: Tool = {
  id: 'front-door@1.0.0' as ToolId,
  family: 'front-door',
  name: 'Front Door (MACH)',
  version: '1.0.0',
  purpose:
    'Judges how one contact was received and decided: whether risk was seen at once, whether the right people were asked, and whether the child was safer for it. Read back 12 months; judge the last 6.',
  subject: 'contact',
  readBackMonths: 12,
  judgeMonths: 6,
  scale: ofstedScale,
  voices: ['practitioner', 'child', 'parent'],
  overall: { id: 'overall-rules-1', softLimit: 2 },
  sections: [
    {
      id: 'referral-quality',
      title: 'Quality of referral received',
      critical: false,
      mayBeNotApplicable: false,
      prompts: [
        { text: 'Is the concern clear and specific, and was it sent in time?' },
        { text: 'Does the referrer describe history and the help already given?' },
        { text: 'Does the referrer say what they hope will happen for the child?' },
        { text: 'Where the referral was thin, who went back to the referrer, and what did that bring?' },
      ],
      checks: [
        {
          id: 'parent-told',
          text: 'Parent told and consent sought, or the reason why not recorded',
          answer: 'yes-no',
        },
        { id: 'referrer-feedback', text: 'Feedback given to the referrer', answer: 'yes-no' },
      ],
      descriptors: {
        outstanding:
          'The referral, and the conversation it led to, gave a vivid picture of this child from the first hour. Better information from the referrer changed what was done and how soon.',
        good: 'What worries the referrer, for which child and since when, is clear, with history and earlier help. Gaps were filled by a prompt call, and the family knew.',
        'requires-improvement':
          'The main worry came across and the child was safe, but history, earlier help or what the family had been told stayed vague, and nobody went back to ask.',
        inadequate:
          'The worry was so unclear or so late that danger to the child could not be recognised, and nothing was done to find out more.',
      },
      themes: themes('front-door', 'consent'),
    },
    {
      id: 'screening-history',
      title: 'Screening and history',
      critical: false,
      mayBeNotApplicable: false,
      prompts: [
        { text: 'Were all earlier contacts considered, also those about siblings and others in the household?' },
        { text: 'Is there a pattern, or harm that adds up, beyond the latest event?' },
        { text: 'Were fathers and absent adults found and thought about?' },
        {
          text: 'Were culture, language and disability noted at the first point, and did that change how the family was approached?',
        },
      ],
      checks: [],
      descriptors: {
        outstanding:
          'Screening joined up scattered contacts about the whole household into one story. A pattern nobody had seen was recognised, and the child was helped sooner because of it.',
        good: 'Earlier contacts, siblings, fathers and others in the home were looked at together. What has built up for this child, and who this family is, shaped what was done next.',
        'requires-improvement':
          'Earlier contacts were looked up and the child is safe, but they are mostly listed; a sibling or absent parent was left out, or the latest event outweighed the pattern.',
        inadequate:
          'This contact was treated as if it were the first. Known harm to the child or a sibling, or a dangerous adult in the home, was overlooked.',
      },
      themes: themes('front-door', 'chronology', 'identity'),
    },
    {
      id: 'first-response-risk',
      title: 'Identifying and responding to risk',
      critical: true,
      mayBeNotApplicable: false,
      prompts: [
        {
          text: 'Was the first urgency rating (red, amber, green) right, and was the contact rated again as facts arrived?',
        },
        { text: 'Was immediate safety settled before anything else?' },
        { text: 'Were missing episodes, exploitation, domestic abuse and neglect recognised where they were present?' },
        { text: 'Was enough thought given to babies under one, unborn children and children who cannot tell?' },
        { text: 'Was the child safer by the end of the first day?', impact: true },
      ],
      checks: [],
      descriptors: {
        outstanding:
          'The first person to read the contact saw what mattered, also what was only hinted at. Swift, precise action made the child safer that day, and the safety lasted.',
        good: 'Urgency was judged rightly, and judged again as facts arrived. Immediate safety came first, hidden harm was considered, and the child was safer by the end of the day.',
        'requires-improvement':
          'The child came to no harm, but the rating was too low or not looked at again, a sign of harm was slow to be picked up, or the first steps were hesitant.',
        inadequate:
          'Signs of serious harm were missed, rated too low or left to wait, and the child spent the first day or longer in danger.',
      },
      themes: themes('front-door', 'missing', 'neglect', 'exploitation', 'domestic-abuse'),
    },
    {
      id: 'partner-information',
      title: 'Partner information sharing',
      critical: false,
      mayBeNotApplicable: false,
      prompts: [
        { text: 'Were the checks in proportion: enough to know, and no more than was needed?' },
        { text: 'Did agencies answer in time, and was a late answer chased?' },
        { text: 'Were police contacts triaged promptly?' },
        { text: 'Do partners’ views shape the decision, or do they only stand beside it?' },
      ],
      checks: [{ id: 'lawful-basis', text: 'Lawful basis recorded where consent was not sought', answer: 'yes-no' }],
      descriptors: {
        outstanding:
          'Partners thought together about this child within hours. What each of them knew was put side by side, changed the first view and led to help that fits.',
        good: 'The right agencies were asked, in proportion and in time. What they know and think is clear, with the basis for sharing it, and it counted in what happened for the child.',
        'requires-improvement':
          'Information came and nobody was left at risk, but answers were slow, checks were routine rather than chosen, or partners’ views had no bearing on the decision.',
        inadequate:
          'Somebody who knew of danger to the child was not asked or not heard, or the family’s information was shared without lawful ground, with real or likely harm.',
      },
      themes: themes('front-door', 'consent'),
    },
    {
      id: 'threshold-decision',
      title: 'Threshold decision',
      critical: false,
      mayBeNotApplicable: false,
      prompts: [
        { text: 'Does the decision match the thresholds agreed locally?' },
        { text: 'Can a later reader see the reasoning?' },
        { text: 'Was step-down to Early Help right, and did the family accept it?' },
        { text: 'If this is a repeat referral, why did earlier help not hold?' },
      ],
      checks: [],
      descriptors: {
        outstanding:
          'A finely judged decision, open about doubt, brought this family the right level of help first time. It held: the help was taken up and the worry has not come back.',
        good: 'The decision fits the threshold and this child, and its reasons can be followed. Step-down was agreed with the family, and earlier help was learned from.',
        'requires-improvement':
          'The level can be defended and the child is safe, but reasons are thin, an offer of Early Help was left hanging, or a repeat referral met the same answer again.',
        inadequate:
          'The threshold was set wrongly high, or the contact was closed too soon, and a child who needed help or protection was turned away.',
      },
      themes: themes('front-door', 'early-help'),
    },
    {
      id: 'strategy-meeting',
      title: 'Strategy meeting and section 47 decision',
      critical: true,
      mayBeNotApplicable: true,
      prompts: [
        { text: 'Are the decision, actions, owners and times recorded?' },
        { text: 'Does the interim safety plan say who protects this child tonight, and who checks?' },
        { text: 'Was the need for a section 47 enquiry weighed together with police and health?' },
        { text: 'Did what the child had already said or shown count in the decision?' },
      ],
      checks: [
        {
          id: 'strategy-meeting-prompt',
          text: 'Strategy meeting held promptly, with the right agencies',
          answer: 'yes-no',
        },
        { id: 'strategy-child-seen', text: 'Date the child was first seen about this concern', answer: 'date' },
      ],
      descriptors: {
        outstanding:
          'Within hours the right people made a shared, searching plan for this child. It was carried out in full, the child was seen with care, and the protection has held.',
        good: 'The meeting was prompt, with police, health and those who know the child. Decision, actions and times are clear, the child was soon seen, and the interim plan kept them safe.',
        'requires-improvement':
          'The child was made safe, but the meeting came late or lacked someone who knew the child, or who does what tonight and by when was left loose.',
        inadequate:
          'A strategy meeting was needed and not held, or its decision left a child at risk of significant harm unseen or without a safety plan that works.',
      },
      themes: themes('strategy-meetings', 'drift-and-timeliness'),
    },
    {
      id: 'front-door-pace',
      title: 'Timeliness and throughput',
      critical: false,
      mayBeNotApplicable: false,
      prompts: [
        { text: 'How long did the contact wait at each hand-off, and did anybody notice?' },
        { text: 'Did the case wait without a worker, and who kept the child safe meanwhile?' },
        { text: 'Was the pace set by this child’s need or by the queue?' },
        {
          text: 'Where a young person of 16 or 17 was homeless, were a safe bed and a joint assessment offered at once?',
        },
      ],
      checks: [
        { id: 'decision-one-working-day', text: 'Decision within 1 working day', answer: 'yes-no' },
        {
          id: 'homeless-seen-same-day',
          text: 'Homeless young person of 16 or 17 seen the same day',
          answer: 'yes-no',
        },
      ],
      descriptors: {
        outstanding:
          'Pace followed the child’s need at every step. A worker who knew the story was at the door as soon as it mattered, and the family never had to tell it twice.',
        good: 'Decided within the working day and passed on without a wait. Where there was reason to take longer, the child was safe and someone held responsibility throughout.',
        'requires-improvement':
          'The child was safe, but the contact stood still between desks or waited for a worker, and help began later than it could have.',
        inadequate:
          'Delay or a lost hand-off left a child without protection, or a homeless young person without a safe place to sleep.',
      },
      themes: themes('front-door', 'drift-and-timeliness', 'homeless-16-17'),
    },
    {
      id: 'front-door-oversight',
      title: 'Management oversight',
      critical: false,
      mayBeNotApplicable: false,
      prompts: [
        { text: 'Is there a named decision-maker, with a rationale?' },
        { text: 'Does the manager challenge, or only agree?' },
        { text: 'Were risk and history weighed afresh before the contact was closed?' },
        { text: 'Did oversight change anything for this child?', impact: true },
      ],
      checks: [
        {
          id: 'closure-approved',
          text: 'Closure after consent was withdrawn approved at the right level',
          answer: 'yes-no',
        },
      ],
      descriptors: {
        outstanding:
          'A manager’s clear thinking is felt all through: a first view was tested, a blind spot named, and what was done for this child became better because of it.',
        good: 'A named manager decided with reasons that fit this child, questioned what was unclear and made sure that closing left no risk behind.',
        'requires-improvement':
          'A manager signed the decision and it left nobody at risk, but the reasons are stock phrases, nothing was questioned, and the outcome would have been the same without it.',
        inadequate:
          'No manager took responsibility, or an unsafe decision or closure was waved through, and the child was left at risk.',
      },
      themes: themes('front-door', 'management-oversight'),
    },
    {
      id: 'first-contact-experience',
      title: 'Child and family experience',
      critical: false,
      mayBeNotApplicable: false,
      prompts: [
        { text: 'Is the child’s view present in the contact, or at least what it may be like to be this child?' },
        { text: 'Was the family told in plain words what happens next, when, and who to call?' },
        { text: 'Is the language respectful: could the family read it?' },
        { text: 'Were fear, shame and language thought about in how the family was first approached?' },
      ],
      checks: [],
      descriptors: {
        outstanding:
          'From the first call the child and family were treated as people with something to say. Their words guided what happened, and they came to help willing rather than afraid.',
        good: 'The child’s view was sought, or thought about with care. The family knew in plain words what would happen next and was written about with respect.',
        'requires-improvement':
          'Nobody was treated badly, but the child is hardly present in the contact, or the family was left to guess what would happen and when.',
        inadequate:
          'The child was invisible, or the family was kept in the dark or treated without respect, so that they turned away from help the child needed.',
      },
      themes: themes('voice', 'identity'),
    },
  ],
};
