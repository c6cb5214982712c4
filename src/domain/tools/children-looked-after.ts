/**
 * The Children Looked After tool: the care one child has, from coming into care to a lasting home.
 * Content after DOMAIN 5, T5, in our own words; this version is published and never changes.
 */
import { ofstedScale } from '../grade.ts';
import type { ToolId } from '../ids.ts';
import { themes } from '../themes.ts';
import type { Tool } from '../tool.ts';

export const childrenLookedAfter: Tool = {
  id: 'children-looked-after@1.0.0' as ToolId,
  family: 'children-looked-after',
  name: 'Children Looked After',
  version: '1.0.0',
  purpose:
    'Judges the care one child has: whether home is safe and stable, whether a lasting future is in sight, and whether life is better in care. Read back 12 months; judge the last 6.',
  subject: 'child',
  readBackMonths: 12,
  judgeMonths: 6,
  scale: ofstedScale,
  voices: ['practitioner', 'child', 'parent'],
  overall: { id: 'overall-rules-1', softLimit: 2 },
  sections: [
    {
      id: 'cla-coming-into-care',
      title: 'Coming into care',
      critical: false,
      mayBeNotApplicable: true,
      prompts: [
        { text: 'Was the decision timely, planned where possible, and on the right legal basis?' },
        { text: 'Were alternatives tried: family and friends, support at the edge of care?' },
        { text: 'How was the child told and prepared, and what came with them from home?' },
        { text: 'Did the parents understand what was decided, or what they agreed to?' },
      ],
      checks: [{ id: 'cla-section-20-consent', text: 'Section 20 consent informed, and reviewed', answer: 'yes-no' }],
      descriptors: {
        outstanding:
          'The child came into care at the right moment, helped through it by people they knew. Family was searched for with energy, and the child can say why it happened.',
        good: 'The decision was timely and lawful, after real alternatives in the family were tried. The move was planned as far as it could be, and child and parents understood it.',
        'requires-improvement':
          'Care was right for this child, but it came in a crisis that could have been foreseen, relatives were asked late, or the child was little prepared.',
        inadequate:
          'The child was left too long in harm, or taken into care without a sound legal basis or any look at family who could have cared for them.',
      },
      themes: themes('drift-and-timeliness', 'connected-carers', 'consent'),
    },
    {
      id: 'cla-home',
      title: 'Safe, stable home',
      critical: true,
      mayBeNotApplicable: false,
      prompts: [
        { text: 'Are brothers and sisters together, or is the reason why not clear to each of them?' },
        { text: 'How far is home from school, friends and community, and how are those ties kept?' },
        { text: 'Was a fragile placement supported before it broke?' },
        { text: 'If a home ended, was there a disruption meeting, and what was learned?' },
        { text: 'Are connected carers assessed and supported as well as any others?' },
      ],
      checks: [
        { id: 'cla-matching-recorded', text: 'Reasons for the match recorded', answer: 'yes-no' },
        { id: 'cla-lawful-placement', text: 'Home registered, and the placement lawful', answer: 'yes-no' },
      ],
      descriptors: {
        outstanding:
          'This is home. The child was matched with thought, the carers are helped to see hard times through, and the child feels they belong and is thriving.',
        good: 'The child is safe, settled and well matched. Links with brothers, sisters and community are kept, and the carers had support before strain became crisis.',
        'requires-improvement':
          'The child is safe where they live, but the match was what was free, ties have loosened with distance, or help for a shaky placement came late.',
        inadequate: 'The child’s home is unsafe, unlawful or keeps breaking down, and nobody has put it right.',
      },
      themes: themes('sufficiency', 'permanence', 'connected-carers'),
    },
    {
      id: 'cla-permanence',
      title: 'Care plan and permanence',
      critical: false,
      mayBeNotApplicable: false,
      prompts: [
        { text: 'Does the care plan have the detail, actions and times that this child needs?' },
        { text: 'Is there parallel planning, so that no time is lost if the first plan fails?' },
        { text: 'Was drift tackled, and by whom?' },
        { text: 'Does the child have life-story work, and understand why they are in care?' },
      ],
      checks: [
        {
          id: 'cla-permanence-second-review',
          text: 'Permanence plan in place by the second review',
          answer: 'yes-no',
        },
      ],
      descriptors: {
        outstanding:
          'The child knows where they will grow up, and is living it already. Bold, timely planning got there early, and life-story work helps the child to make sense of it all.',
        good: 'A detailed plan for a lasting home was there by the second review, with a second plan beside it. Delay was tackled, and the child is helped to understand their story.',
        'requires-improvement':
          'The direction is right and the child is settled for now, but actions or times are missing, the decision has slipped, or life-story work has not begun.',
        inadequate:
          'The child has no plan for a lasting home, or it has drifted so long that chances were lost and the child does not know where they belong.',
      },
      themes: themes('planning', 'permanence', 'life-story-work', 'drift-and-timeliness'),
    },
    {
      id: 'cla-visits',
      title: 'Visits and relationship',
      critical: false,
      mayBeNotApplicable: false,
      prompts: [
        { text: 'Does the child know and trust the worker?' },
        { text: 'How many workers has the child had in 12 months, and what did each change mean to them?' },
        { text: 'What do visits bring the child: direct work, a worry sorted out, a promise kept?' },
      ],
      checks: [
        { id: 'cla-visits-in-time', text: 'Visits made within timescale', answer: 'yes-no' },
        { id: 'cla-last-seen-alone', text: 'Date the child was last seen alone', answer: 'date' },
      ],
      descriptors: {
        outstanding:
          'The child has a worker who stays, remembers and keeps promises. Through that relationship the child has opened up, and hard things have been put right.',
        good: 'The child is seen on time and alone by a worker they know and can talk to. What matters to the child is picked up on visits and acted on.',
        'requires-improvement':
          'Visits are mostly on time and the child is safe, but workers change often, time alone is short, or the child would not think of calling this worker.',
        inadequate:
          'The child has been unseen for too long, or has nobody they trust to tell, so that unhappiness or harm where they live could go unnoticed.',
      },
      themes: themes('visits', 'workforce'),
    },
    {
      id: 'cla-voice-identity',
      title: 'Voice, rights and identity',
      critical: false,
      mayBeNotApplicable: false,
      prompts: [
        { text: 'Which decisions changed because of the child’s views, given in the child’s own words?' },
        { text: 'Are identity, heritage and disability part of daily life: food, hair, faith, language, friends?' },
        { text: 'Are letters and records written to the child, in words they could keep?' },
        { text: 'Does the child know their rights, and how to complain?' },
      ],
      checks: [{ id: 'cla-advocacy-offered', text: 'Advocacy and an independent visitor offered', answer: 'yes-no' }],
      descriptors: {
        outstanding:
          'The child speaks and things change. They are proud of who they are and where they come from, and what is written to them will be worth keeping for life.',
        good: 'The child’s wishes are in their own words and shape decisions. They know their rights, identity is part of daily care, and letters are written to them.',
        'requires-improvement':
          'The child was asked, but it is hard to see what followed; an advocate was not thought of, or heritage and disability appear only as boxes ticked.',
        inadequate:
          'Decisions were made over the child’s head, their rights were not upheld, or their care denies who they are, and they are hurt by it.',
      },
      themes: themes('voice', 'identity', 'disabled-children'),
    },
    {
      id: 'cla-health',
      title: 'Health and well-being',
      critical: false,
      mayBeNotApplicable: false,
      prompts: [
        { text: 'Did emotional support come when it was needed, or after a wait?' },
        { text: 'Were the needs found in the health assessment met, and who made sure?' },
        { text: 'What do sleep, eating, mood and friendships say about how this child is?' },
      ],
      checks: [
        { id: 'cla-health-assessment', text: 'Health assessment in date', answer: 'yes-no' },
        { id: 'cla-dental', text: 'Dental check in date', answer: 'yes-no' },
        { id: 'cla-immunisations', text: 'Immunisations in date', answer: 'yes-no' },
        {
          id: 'cla-sdq',
          text: 'Strengths and Difficulties Questionnaire (SDQ) in date',
          answer: 'yes-no',
        },
      ],
      descriptors: {
        outstanding:
          'Carers and workers read this child well. Help for body and mind came early and in a form the child chose, and they are visibly healthier and happier than a year ago.',
        good: 'Health needs are known, and what the assessments found was acted on. Emotional support began in time, and the child is doing well.',
        'requires-improvement':
          'Routine care is in place, but a need that was found has been waiting, emotional support is promised rather than given, or the carers are left to cope.',
        inadequate:
          'A serious health or emotional need went unmet, and the child’s distress or illness became worse while in care.',
      },
      themes: themes('health'),
    },
    {
      id: 'cla-education',
      title: 'Education',
      critical: false,
      mayBeNotApplicable: true,
      prompts: [
        { text: 'How are attendance and attainment moving, and who acts on it?' },
        { text: 'Was a move of school or stage prepared with the child?' },
        { text: 'Is it clear what the pupil premium was used for, and what it brought?' },
        { text: 'Is the virtual school active when something goes wrong?' },
      ],
      checks: [
        {
          id: 'cla-pep',
          text: 'Personal education plan (PEP) current, with sharp targets',
          answer: 'yes-no',
        },
      ],
      descriptors: {
        outstanding:
          'Adults have high hopes and act on them. Barriers fell because somebody would not give up, and the child enjoys school and achieves beyond what was expected.',
        good: 'The child attends a suitable school and makes progress. The plan for their learning is sharp, money goes on what helps, and the virtual school steps in when needed.',
        'requires-improvement':
          'The child is in school, but targets are general, the use of the pupil premium cannot be seen, or a dip or a move was met late.',
        inadequate:
          'The child is out of school, on a token timetable or falling far behind, and nobody has acted with any urgency.',
      },
      themes: themes('education'),
    },
    {
      id: 'cla-reviews',
      title: 'Reviews and independent reviewing officer',
      critical: false,
      mayBeNotApplicable: false,
      prompts: [
        { text: 'Is the independent reviewing officer (IRO) in touch with the child between reviews?' },
        { text: 'Is challenge by the IRO evident, escalated where needed, and does it lead to anything?' },
        { text: 'Does the child help to shape the review: who comes, where, what is talked about?' },
      ],
      checks: [
        { id: 'cla-reviews-on-time', text: 'Reviews held on time', answer: 'yes-no' },
        { id: 'cla-minutes-on-time', text: 'Minutes of reviews sent out on time', answer: 'yes-no' },
      ],
      descriptors: {
        outstanding:
          'The IRO knows the child and is known by them. The review is truly the child’s own, and firm challenge between meetings has changed their care for the better.',
        good: 'Reviews are timely, and the child takes part in a way that suits them. The IRO keeps in touch, challenges delay and sees that decisions are carried out.',
        'requires-improvement':
          'Reviews happen and the child is safe, but the IRO is seldom seen in between, minutes come late, or the same concern is noted and not taken further.',
        inadequate:
          'The child’s care went wrong or stood still, and reviews and IRO did not notice, or noticed and let it pass.',
      },
      themes: themes('independent-challenge', 'voice'),
    },
    {
      id: 'cla-missing-exploitation',
      title: 'Missing, exploitation and risk from contact',
      critical: true,
      mayBeNotApplicable: true,
      prompts: [
        { text: 'Is there a pattern of places, people and times, and was it seen?' },
        { text: 'What pulls or pushes this child away from home?' },
        { text: 'Were those who exploit disrupted, rather than only the child restricted?' },
        { text: 'Is family time safe and purposeful for the child?' },
      ],
      checks: [
        {
          id: 'cla-return-interview',
          text: 'Return interview offered after each missing episode, and used',
          answer: 'yes-no',
        },
      ],
      descriptors: {
        outstanding:
          'Adults pieced together what this child could not say. Danger was stopped at its source, someone the child trusts stayed alongside, and the child now chooses to come home.',
        good: 'Each missing episode led to a good conversation and to action. Patterns and people were recognised, family time is safe, and the risk to the child has fallen.',
        'requires-improvement':
          'The risk is known and held for now, but return interviews are missed or not used, patterns come to light late, or family time is left to upset the child.',
        inadequate:
          'The child was exploited, missing or harmed in contact, and the signs were not put together or were treated as the child’s own choice.',
      },
      themes: themes('missing', 'exploitation'),
    },
    {
      id: 'cla-oversight-impact',
      title: 'Oversight and impact',
      critical: false,
      mayBeNotApplicable: false,
      prompts: [
        { text: 'Were decisions followed through?' },
        { text: 'Do managers know this child’s story, and act as a good parent would?' },
        { text: 'Was delay by panels, funding or court challenged?' },
        { text: 'How is life better for this child in care?', impact: true },
      ],
      checks: [{ id: 'cla-supervision-regular', text: 'Supervision held regularly', answer: 'yes-no' }],
      descriptors: {
        outstanding:
          'Managers act as a determined parent would. Their decisions opened doors, and the child, looking back, would say that life has changed for good.',
        good: 'Oversight is regular and personal to this child. Decisions are carried through, and it can be shown how life is better than before care.',
        'requires-improvement':
          'Managers keep watch and the child is safe, but decisions slip, reasons are thin, or it is hard to tell what being in care has improved.',
        inadequate:
          'Oversight failed the child: drift or harm in care went on unchallenged, and life is no better than before, or worse.',
      },
      themes: themes('management-oversight', 'supervision'),
    },
  ],
};
