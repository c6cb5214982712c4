/**
 * The Care Leavers (Pathways) tool: the support one young person has on the way from care into adult life.
 * Content after DOMAIN 5, T6, in our own words; this version is published and never changes.
 */
import { ofstedScale } from '../grade.ts';
import type { ToolId } from '../ids.ts';
import { themes } from '../themes.ts';
import type { Tool } from '../tool.ts';

export const careLeavers: Tool = {
  id: 'care-leavers@1.0.0' as ToolId,
  family: 'care-leavers',
  name: 'Care Leavers',
  version: '1.0.0',
  purpose:
    'Judges the support one young person has on leaving care: whether somebody stayed alongside, whether they are safe and at home, and what they can do now that they could not a year ago. Read back 12 months; judge the last 6.',
  subject: 'child',
  readBackMonths: 12,
  judgeMonths: 6,
  scale: ofstedScale,
  voices: ['practitioner', 'child', 'parent'],
  overall: { id: 'overall-rules-1', softLimit: 2 },
  sections: [
    {
      id: 'leaver-keeping-in-touch',
      title: 'Keeping in touch',
      critical: false,
      mayBeNotApplicable: false,
      prompts: [
        { text: 'What was tried when the young person went quiet?' },
        { text: 'Does contact happen in ways and places the young person chose?' },
        { text: 'Is the adviser someone the young person would call on a bad day?' },
      ],
      checks: [
        { id: 'leaver-adviser-before-18', text: 'Personal adviser from before 18', answer: 'yes-no' },
        { id: 'leaver-contact-fits', text: 'Contact as often as this young person needs', answer: 'yes-no' },
        { id: 'leaver-last-seen', text: 'Date the young person was last seen in person', answer: 'date' },
      ],
      descriptors: {
        outstanding:
          'The adviser has become a lasting, trusted adult. When the young person went quiet they were not let go, and it is to this adviser that they turn.',
        good: 'The adviser was known before 18 and keeps in touch as often, and in the ways, this young person needs. Silence was followed up with patience and imagination.',
        'requires-improvement':
          'Contact goes on, but by routine or mostly by text; the young person has had to begin again with new advisers, or silence was met with the same message twice.',
        inadequate:
          'The young person was lost from sight or let go, and nobody knew whether they were safe, housed or well.',
      },
      themes: themes('care-leavers', 'visits'),
    },
    {
      id: 'leaver-pathway-plan',
      title: 'Needs assessment and pathway plan',
      critical: false,
      mayBeNotApplicable: false,
      prompts: [
        { text: 'Is the plan written with the young person, and in their voice?' },
        { text: 'Do actions have names and dates, and is there a plan for when things go wrong?' },
        { text: 'Does the young person have the plan, agree with it and use it?' },
        { text: 'Does the assessment see strengths and hopes as well as gaps?' },
      ],
      checks: [
        {
          id: 'leaver-plan-in-date',
          text: 'Needs assessment and pathway plan in date',
          answer: 'yes-no',
        },
      ],
      descriptors: {
        outstanding:
          'The plan sounds like the young person because it is theirs. It reaches for what they hope for, changes as they do, and steps they set themselves have come true.',
        good: 'An up-to-date plan, made with the young person, covers what matters to them with clear actions, dates and a fallback. They have it and agree with it.',
        'requires-improvement':
          'There is a plan and basic needs are met, but it is written about the young person, says “to be supported” without saying how, or has no fallback.',
        inadequate:
          'There is no real plan, or it misses a pressing need, and the young person came to adult life unprepared.',
      },
      themes: themes('care-leavers', 'planning', 'assessment-quality', 'contingency'),
    },
    {
      id: 'leaver-safety',
      title: 'Safety and risk',
      critical: true,
      mayBeNotApplicable: false,
      prompts: [
        { text: 'Were exploitation, self-harm and domestic abuse recognised, and talked about openly?' },
        { text: 'Is the response in proportion for an adult: does it protect without taking over?' },
        { text: 'In custody or close to it, who kept in touch, and was release planned for?' },
        { text: 'Were adult services brought in before they were needed in a hurry?' },
      ],
      checks: [],
      descriptors: {
        outstanding:
          'Someone asked the hard question at the right time and stayed for the answer. With the young person in the lead, danger has truly lessened and they have people to turn to.',
        good: 'Risks are known and talked about with the young person. Responses respect an adult’s choices, bring in the right services, and have made them safer.',
        'requires-improvement':
          'The young person is safe for now, but risk is noted rather than worked on, adult services came late, or choice was taken as a reason to do little.',
        inadequate:
          'Serious danger to the young person, or from them, was missed or left to them as an adult’s choice, and harm followed or is likely.',
      },
      themes: themes('care-leavers', 'exploitation', 'domestic-abuse'),
    },
    {
      id: 'leaver-home',
      title: 'Home',
      critical: false,
      mayBeNotApplicable: false,
      prompts: [
        { text: 'Is home suitable and stable, and does the young person feel safe there?' },
        { text: 'Was staying put with carers considered in good time?' },
        { text: 'Was the young person ready for a tenancy: bills, neighbours, repairs, being alone?' },
        { text: 'When a home was at risk, what was done to prevent homelessness?' },
      ],
      checks: [],
      descriptors: {
        outstanding:
          'The young person has a home they chose and are proud of. Thoughtful preparation, and help that stayed after the keys were handed over, have made it last.',
        good: 'Home is suitable and steady. Staying put was offered, the move was prepared step by step, and trouble with the tenancy was met before it became a notice to leave.',
        'requires-improvement':
          'There is a roof and no present danger, but the move came by birthday rather than readiness, the place suits poorly, or help began only with the arrears.',
        inadequate:
          'The young person is homeless or in an unsuitable or unsafe place, or is about to be, and too little was done to prevent it.',
      },
      themes: themes('care-leavers', 'sufficiency'),
    },
    {
      id: 'leaver-education-work',
      title: 'Education, employment and training',
      critical: false,
      mayBeNotApplicable: false,
      prompts: [
        { text: 'What is the young person doing now, and what do they hope for?' },
        { text: 'Which barriers stand in the way, and who works on them?' },
        { text: 'For a young person out of work and study, was support kept up over months, not one try?' },
        { text: 'Did the council open doors of its own, as a parent with a business would?' },
      ],
      checks: [],
      descriptors: {
        outstanding:
          'Someone believed in this young person and went on doing so. Setbacks were met with new doors, and they are getting on in work or study that they want.',
        good: 'The young person’s hopes are known and worked towards. Barriers are tackled together with them, and support went on when the first try failed.',
        'requires-improvement':
          'Work or study is talked about and basic advice is given, but help is mostly leaflets and referrals, and it fades when the young person does not take it up.',
        inadequate:
          'The young person has long been without work, study or any real help towards them, and nobody is trying.',
      },
      themes: themes('care-leavers', 'education'),
    },
    {
      id: 'leaver-health',
      title: 'Health and well-being',
      critical: false,
      mayBeNotApplicable: false,
      prompts: [
        { text: 'Is there a clear route to mental health support, through a worker in the team where there is one?' },
        { text: 'Does the young person have a GP and a dentist, and use them?' },
        { text: 'What does the young person say about sleep, mood, food, loneliness, drink and drugs?' },
      ],
      checks: [{ id: 'leaver-health-history', text: 'Health history given to the young person', answer: 'yes-no' }],
      descriptors: {
        outstanding:
          'The young person understands their own health and has it in hand. Help for body and mind was within reach when they were ready, and has made life lighter.',
        good: 'How the young person is, in body and mind, is known and talked about. They have their history, a GP and a dentist, and mental health support came without a long wait.',
        'requires-improvement':
          'Nothing urgent is missed, but health is a list of appointments, low mood or drinking is noted and left, or the young person does not know their own history.',
        inadequate:
          'Serious mental or physical ill health was not recognised, or help fell away at 18, and the young person suffered for it.',
      },
      themes: themes('care-leavers', 'health'),
    },
    {
      id: 'leaver-money',
      title: 'Money and entitlements',
      critical: false,
      mayBeNotApplicable: false,
      prompts: [
        { text: 'Does the young person know what they are entitled to, without having to ask?' },
        {
          text: 'What specific help did a young parent, an asylum seeker or a young person with special educational needs have?',
        },
        { text: 'Can they manage on what they have, and who helped before debt grew?' },
      ],
      checks: [
        { id: 'leaver-local-offer', text: 'Local offer explained to the young person', answer: 'yes-no' },
        { id: 'leaver-setting-up-grant', text: 'Setting-up grant explained, and paid when due', answer: 'yes-no' },
        {
          id: 'leaver-papers',
          text: 'Young person has identification, a National Insurance number and a bank account',
          answer: 'yes-no',
        },
      ],
      descriptors: {
        outstanding:
          'The young person knows their rights, gets everything they are due, and has grown confident with money. Where rules stood in the way, somebody fought for them.',
        good: 'Entitlements were explained and given in good time, with papers and an account in place. Help fits this young person’s own situation, and they can get by.',
        'requires-improvement':
          'The young person gets the basics, but had to ask for what was theirs, a grant or a passport came late, or their own situation was not thought about.',
        inadequate:
          'The young person is in want, in debt or without papers because what they were owed was not explained or not given.',
      },
      themes: themes('care-leavers'),
    },
    {
      id: 'leaver-relationships',
      title: 'Relationships and identity',
      critical: false,
      mayBeNotApplicable: false,
      prompts: [
        { text: 'Which adults will still be there in five years?' },
        { text: 'Is contact with family, brothers and sisters supported in the way the young person wants?' },
        { text: 'Was access to their records explained, with someone beside them to read?' },
        { text: 'Does the young person have a sense of their own story, culture and belonging?' },
      ],
      checks: [],
      descriptors: {
        outstanding:
          'The young person has people. Ties that matter were found, mended or built with real effort, and they can tell their own story with understanding.',
        good: 'Lasting adults are known and drawn in, family contact is as the young person wants it, and they were helped to understand their story and their records.',
        'requires-improvement':
          'Friends and family are mentioned, but little is done to strengthen those ties; the adviser is the only steady adult, or records were handed over without support.',
        inadequate:
          'The young person is alone, or drawn back into harmful ties, and nobody has noticed or helped them towards better ones.',
      },
      themes: themes('care-leavers', 'life-story-work', 'identity'),
    },
    {
      id: 'leaver-oversight-impact',
      title: 'Oversight, review and impact',
      critical: false,
      mayBeNotApplicable: false,
      prompts: [
        { text: 'Does supervision keep ambition high for this young person?' },
        { text: 'Do reviews change the plan, and does the young person want to come?' },
        { text: 'Are the council’s promises to the young person followed through?' },
        { text: 'What can this young person do now that they could not a year ago?', impact: true },
      ],
      checks: [
        { id: 'leaver-reviews-six-monthly', text: 'Reviews held at least every 6 months', answer: 'yes-no' },
        {
          id: 'leaver-over-21-contacted',
          text: 'Young person over 21 contacted again, and support offered',
          answer: 'yes-no',
        },
      ],
      descriptors: {
        outstanding:
          'Reviews and oversight keep hopes high and promises kept. The young person can name what they can do now that they could not a year ago, and is rightly proud of it.',
        good: 'Regular reviews and supervision kept the plan moving. It is clear what the young person has gained in a year, and the door stays open after 21.',
        'requires-improvement':
          'Reviews take place and nobody is at risk, but they repeat themselves, supervision is light, or the year has brought little that the young person would notice.',
        inadequate:
          'Nobody with responsibility looked: reviews lapsed or support simply stopped, and the young person is worse off than a year ago.',
      },
      themes: themes('care-leavers', 'management-oversight', 'supervision'),
    },
  ],
};
