/**
 * The Child Protection tool: the protection one child had under a child protection plan.
 * Content after DOMAIN 5, T4, in our own words; this version is published and never changes.
 */
import { ofstedScale } from '../grade.ts';
import type { ToolId } from '../ids.ts';
import { themes } from '../themes.ts';
import type { Tool } from '../tool.ts';

export const childProtection: Tool = {
  id: 'child-protection@1.0.0' as ToolId,
  family: 'child-protection',
  name: 'Child Protection',
  version: '1.0.0',
  purpose:
    'Judges the protection one child had under a plan: whether the child is safe today, whether the adults changed in time, and whether somebody stood firm when they did not. Read back 12 months; judge the last 6.',
  subject: 'child',
  readBackMonths: 12,
  judgeMonths: 6,
  scale: ofstedScale,
  voices: ['practitioner', 'child', 'parent'],
  overall: { id: 'overall-rules-1', softLimit: 2 },
  sections: [
    {
      id: 'cp-safety',
      title: 'Immediate and continuing safety',
      critical: true,
      mayBeNotApplicable: false,
      prompts: [
        { text: 'Is the safety plan real: could it be carried out tonight?' },
        { text: 'Has it been tested, and do the child and the adults understand it?' },
        { text: 'Who checks that it holds, and how?' },
        { text: 'How was each new incident responded to?' },
      ],
      checks: [],
      descriptors: {
        outstanding:
          'The child is safe and feels safe. The child had a part in making the safety plan, trusted people watch over it, and it has stood up to real tests over time.',
        good: 'The safety plan is practical, understood by child and adults, and checked by named people. New incidents were met at once, and the child is safe.',
        'requires-improvement':
          'The child is not in danger now, but safety leans on promises, on one tired relative or on a plan that nobody has tested.',
        inadequate:
          'The child is not safe. The plan exists only on paper, or a new incident was not acted on, and significant harm goes on or is likely.',
      },
      themes: themes('planning', 'contingency'),
    },
    {
      id: 'cp-conferences',
      title: 'Conferences',
      critical: false,
      mayBeNotApplicable: false,
      prompts: [
        {
          text: 'Did child and parents understand what the conference was for, and could they say what mattered to them?',
        },
        { text: 'Were the people there who know this child?' },
        { text: 'Did it get to the heart of the risk, and agree what must be different?' },
      ],
      checks: [
        { id: 'cp-conferences-on-time', text: 'Conferences held on time', answer: 'yes-no' },
        {
          id: 'cp-child-represented',
          text: 'Child took part or was represented, and advocacy was offered',
          answer: 'yes-no',
        },
        {
          id: 'cp-report-shared-before',
          text: 'Parents prepared, and the report shared with them before the conference',
          answer: 'yes-no',
        },
        { id: 'cp-minutes-on-time', text: 'Minutes and decisions sent out on time', answer: 'yes-no' },
      ],
      descriptors: {
        outstanding:
          'Child and parents came prepared, were heard, and left knowing exactly what must change and why. It moved them: work on the child’s safety began that day.',
        good: 'The conference was timely, with the right people. The child’s view was before it, parents knew the report, and the decision follows clearly from the risk to the child.',
        'requires-improvement':
          'The decision protects the child, but parents first saw the report in the room, the child’s view was second-hand, or an agency that knows the child was missing.',
        inadequate:
          'The conference was so late or so poorly informed that the child was left without a plan, or with a decision that did not protect them.',
      },
      themes: themes('independent-challenge', 'voice', 'drift-and-timeliness'),
    },
    {
      id: 'cp-plan',
      title: 'Child protection plan',
      critical: false,
      mayBeNotApplicable: false,
      prompts: [
        { text: 'Does the plan address every risk that led to it?' },
        { text: 'Does it say what must be different for the child, and by when?' },
        { text: 'What will happen if it is not, and do the parents know?' },
        { text: 'Is the category right, and would it be chosen again today?' },
      ],
      checks: [],
      descriptors: {
        outstanding:
          'The plan names precisely what must be different in this child’s day. Parents can explain it, it is adjusted as they change, and the harm that led to it has stopped.',
        good: 'Every risk that led to the plan is answered by a specific change, a person and a date. Parents know what happens if change does not come.',
        'requires-improvement':
          'The main danger is covered, but the plan asks parents to attend things rather than to change, a lesser risk is left out, or no consequence is stated.',
        inadequate:
          'The plan passes over a serious risk, or asks for nothing that would protect the child, so that the harm can go on.',
      },
      themes: themes('planning', 'contingency'),
    },
    {
      id: 'cp-core-groups',
      title: 'Core groups',
      critical: false,
      mayBeNotApplicable: false,
      prompts: [
        { text: 'Does every agency do its part, and what happens when one does not?' },
        { text: 'Is the plan updated by what has been learned?' },
        { text: 'Are the parents, and the child where that is right, partners in the group?' },
      ],
      checks: [
        {
          id: 'cp-first-core-group',
          text: 'First core group within 10 working days of the conference',
          answer: 'yes-no',
        },
        { id: 'cp-core-groups-regular', text: 'Core groups held regularly after that', answer: 'yes-no' },
      ],
      descriptors: {
        outstanding:
          'The core group works as one team with the family. What each member learns reshapes the plan at once, and the child feels the difference at home and at school.',
        good: 'Core groups meet on time with the people the child knows. Agencies do what they agreed, and the plan is kept up to date with the child’s life.',
        'requires-improvement':
          'The group meets often enough to keep the child in view, but it shares news more than it acts, an agency stays away, or the plan stands as it was written.',
        inadequate:
          'The core group hardly meets, or does not act on what it knows, and the plan that should protect the child stands still.',
      },
      themes: themes('planning', 'education', 'health'),
    },
    {
      id: 'cp-visits',
      title: 'Visits and seeing the child',
      critical: true,
      mayBeNotApplicable: false,
      prompts: [
        { text: 'Were unannounced visits made where they were needed?' },
        { text: 'What did the worker see, hear and smell, beyond what they were told?' },
        { text: 'When the child was not seen, what was done that day?' },
        { text: 'Does the child know why this person comes, and trust them?' },
      ],
      checks: [
        { id: 'cp-visits-to-plan', text: 'Visits made as the plan says', answer: 'yes-no' },
        { id: 'cp-last-seen-alone', text: 'Date the child was last seen alone', answer: 'date' },
        { id: 'cp-seen-at-home', text: 'Child seen at home, and the bedroom seen', answer: 'yes-no' },
        { id: 'cp-visits-recorded', text: 'Visits recorded within the local standard', answer: 'yes-no' },
      ],
      descriptors: {
        outstanding:
          'The worker knows this child’s home, moods and silences. Frequent, skilled visits, some unannounced, brought out what was hidden, and the child feels, and is, safer.',
        good: 'The child was seen alone, at home and as often as the plan says. The worker looked, listened and acted on what they found.',
        'requires-improvement':
          'The child was seen and is safe, but visits were late at times, seldom alone, or show what adults said more than what the child’s life looks like.',
        inadequate:
          'The child went unseen, or was never seen alone or where they sleep, so that nobody could know whether they were being harmed.',
      },
      themes: themes('visits', 'recording'),
    },
    {
      id: 'cp-lived-experience',
      title: 'Child’s voice, lived experience and identity',
      critical: false,
      mayBeNotApplicable: false,
      prompts: [
        { text: 'Is a day in this child’s life clear, from waking to sleeping?' },
        { text: 'Were babies and children who do not speak observed, and what did that show?' },
        { text: 'Which decisions changed because of what the child said or showed?' },
        { text: 'Is identity understood for what it means to this child’s risk and safety?' },
      ],
      checks: [],
      descriptors: {
        outstanding:
          'The child’s day, fears and hopes are alive in the record, also what could only be observed. Adults faced what it told them, and decisions turned on it.',
        good: 'What life is like for this child is clear, in words or by careful observation, and so is who this child is. It weighs in every decision about safety.',
        'requires-improvement':
          'Something of the child’s life is known and they are safe, but views are brief, a baby is only called “settled”, or identity is listed and left there.',
        inadequate:
          'The adults fill the record and the child is lost in it. What the child lived through, said or showed was not noticed or not believed.',
      },
      themes: themes('voice', 'identity'),
    },
    {
      id: 'cp-analysis-change',
      title: 'Analysis of change',
      critical: false,
      mayBeNotApplicable: false,
      prompts: [
        { text: 'Is parents’ engagement told apart from change?' },
        { text: 'Was disguised compliance considered where words and facts disagree?' },
        { text: 'Is neglect measured over time, rather than visit by visit?' },
        { text: 'Was specialist assessment used where it was needed, and understood?' },
      ],
      checks: [],
      descriptors: {
        outstanding:
          'Honest, searching analysis shows what has truly changed, why, and whether it will last. It saw through appearances, and the child’s future was decided on it in good time.',
        good: 'Change is measured by the child’s experience, not by attendance. Signs of disguised compliance and of harm building up are recognised and weighed.',
        'requires-improvement':
          'Some change is shown and the child is safe, but effort is taken for change, neglect is judged one visit at a time, or a needed assessment is still awaited.',
        inadequate:
          'Parents’ words were taken for change while the child’s life stayed harmful, and decisions were made on a false picture.',
      },
      themes: themes('assessment-quality', 'neglect'),
    },
    {
      id: 'cp-escalation-legal',
      title: 'Escalation and legal planning',
      critical: false,
      mayBeNotApplicable: false,
      prompts: [
        { text: 'Was a repeat plan, or no change by the second review, challenged?' },
        { text: 'Were the legal gateway and pre-proceedings (PLO) timely, and the letter clear to the parents?' },
        { text: 'Is the conference chair’s challenge visible, and was it answered?' },
        { text: 'If there was no need to escalate, was that decided, and for what reasons?' },
      ],
      checks: [],
      descriptors: {
        outstanding:
          'The question of court was faced early and openly with the parents. Clear letters and firm, fair steps brought change, or a safe future elsewhere, without lost months for the child.',
        good: 'Lack of change was challenged by manager and chair, and answered. Legal advice and pre-proceedings came when the child needed them, and the parents understood what was at stake.',
        'requires-improvement':
          'The child is safe, but a stuck or repeated plan was questioned late, the letter to the parents was hard to follow, or the chair’s challenge went unanswered.',
        inadequate:
          'Harm went on under a plan that did not work and nobody escalated: legal action that the child needed was not taken, or came far too late.',
      },
      themes: themes('pre-proceedings', 'independent-challenge', 'drift-and-timeliness'),
    },
    {
      id: 'cp-oversight',
      title: 'Management oversight and supervision',
      critical: false,
      mayBeNotApplicable: false,
      prompts: [
        { text: 'Is there critical thinking: other explanations, what is not known, how the child would see it?' },
        { text: 'Was drift named, and by whom?' },
        { text: 'Are decisions given with reasons, and followed up?' },
        { text: 'Is this child safer than at the last conference?', impact: true },
      ],
      checks: [
        {
          id: 'cp-supervision-frequency',
          text: 'Supervision held as often as the standard asks',
          answer: 'yes-no',
        },
      ],
      descriptors: {
        outstanding:
          'Supervision kept thinking sharp under pressure. It tested what everybody believed, named drift at once, and this child is clearly and lastingly safer than at the last conference.',
        good: 'Frequent supervision asks hard questions, decides with reasons and checks that it was done. The child is safer than at the last conference.',
        'requires-improvement':
          'Oversight kept the child from harm, but it repeats the plan, questions little, or lets weeks go by between deciding and doing.',
        inadequate:
          'Managers did not know of the danger this child was in, or did not act on it. The child is no safer than at the last conference, or less safe.',
      },
      themes: themes('management-oversight', 'supervision', 'drift-and-timeliness'),
    },
  ],
};
