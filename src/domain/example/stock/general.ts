/** What may be written in any section: how the auditor read, what it changed for the child, and the frame of a rationale. */
import { topic, type Toned } from '../topic.ts';

/** Begins some of the evidence. */
export const openings: readonly string[] = [
  'I read the case notes from {month} to {lastMonth}, the {assessment|plan|latest assessment and plan} and the supervision records.',
  'Read for this section: {case notes, the plan and two sets of minutes|the assessment, case notes and emails with {agency}|the last {4-6} months of case notes and the chronology}.',
  'I looked at the last {5-7} months and spoke to {worker} for {twenty minutes|half an hour} before grading.',
  'This is graded on the period from {month}; what came before I read and did not judge.',
  'Two documents tell most of this: {the assessment and the plan|the supervision record of {month} and the plan|the chronology and the minutes of {month}}.',
  'Before reading I asked {worker} what they were proudest of here and what they would do differently.',
  'The record is {short|long|in several places}; I followed it from {the referral|the first visit|the plan of {month}} onwards.',
  '{worker} showed me where to find this, and what was not yet on the record.',
];

/** Fills a longer text: true of any side of practice. */
export const practice = topic(`
+: the people involved know {child} and care what happens
+: what was agreed with {agency} was done
+: when I asked, {worker} could explain each step
+: {worker} had seen the gaps before I did
+: the last few weeks are better than the first
~: the record does not show all that was done
~: too much of it depends on one person
~: what was learned has not reached the rest of the team
~: the last step was taken later than it could have been
~: {agency} has not been told of it
-: what was agreed with {agency} was not done
-: when I asked, nobody could explain it
-: the manager had not seen it

+ What I read agrees with what {worker} told me.
~ {worker} could tell me more than is written down, and what is not written cannot be built on.
- {worker} and the manager gave different accounts of this when I asked.

+ {agency} confirms the picture.
~ I could not tell from the record whether {agency} sees it in the same way.
- What {agency} has on file is different, and nobody has noticed.

+ This is a strength to share with other teams.
~ A few hours of work would put this right.
- I spoke to the team manager about this on the day on which I read it.

+ The example I would show others is from {month}: a {short|plain|kind} note that says what was seen, what it means and what was done next.
~ The best example is from {month}; the weeks after it do not keep to the same standard.
- I looked for an example of practice that met the standard here and did not find one.

* The practice standard is met in full, and in {two|three} places it is exceeded.
+ The practice standard is met.
~ The practice standard is met in part.
- The practice standard is not met.

+ Compared with the record at the start of the period, this is better and still getting better.
~ Compared with the record at the start of the period, this is neither better nor worse.
- Compared with the record at the start of the period, this has got worse.
`);

/** Answers the prompt that asks what difference it made. */
export const impact = topic(`
+: {child}’s life is better in ways that can be named
~: it is early to say what has changed for {child}
-: nothing has changed for {child}, who is no safer than at the start

* What is different: {child} {sleeps through the night|has friends to tea|goes to school without being asked|says that home is calm}, and {agency} sees it too.
+ The difference is visible: {fewer incidents|better attendance|calmer mornings|a parent who asks for help early}, and it has held for {6-12} weeks.
~ {child} is safe. Whether daily life is better is not recorded, and {adult} was not asked.
- After {4-8} months I cannot name one thing that is better for {child}.

* {adult} says that without this they would have lost {child}, and the record bears it out.
+ It stopped the need for more intrusive help.
~ It may have prevented something worse; the record does not show it.
- More intrusive help is now likely, and could have been avoided.
`);

/** How a rationale is put together. `{why}`, `{also}` and `{but}` are reasons; `{but}` one of the tone next to the grade. */
export const rationales: Toned = {
  best: [
    'Outstanding: {why}, and {also}. What this has changed for {child} is plain and has lasted.',
    'This goes beyond good. {why}, {and|and besides} {also}.',
    'I looked for a reason not to give the best grade and found none: {why}, and {also}.',
    'The descriptor fits: {why}. {also}. {agency} says the same.',
  ],
  good: [
    'Good: {why}, and {also}. To be outstanding it would need {change that has lasted|{child}’s own account of the difference|the same quality in every month}.',
    'I have graded this good because {why}. {also}. The gap to outstanding is that {but}.',
    'This meets what the descriptor asks for: {why}. It is not better than that, since {but}.',
    '{why}, and {also}. One point to work on: {but}.',
    'Good on balance. {why}; against that, {but}.',
  ],
  fair: [
    'Requires improvement: {why}. {child} is safe and minimum duties are met, and {but}.',
    'The basics are here, and {child} is safe. {why}, and {also}.',
    'Not yet good, because {why}. {also}. It is not inadequate: {but}.',
    'I weighed good and decided against it: {why}. What speaks for the work is that {but}.',
    '{why}. {also}. With {a clear date|two more visits|a manager’s question|one good conversation} this could be good by {nextMonth}.',
  ],
  poor: [
    'Inadequate: {why}, and {also}. The harm is {likely|real, if not yet great|already visible}.',
    'A duty was not met. {why}; {also}.',
    'I graded this inadequate and told the team manager the same day, because {why}. It is true that {but}, but it does not make {child} safe.',
    '{why}. {also}. The descriptor for inadequate fits and the next one up does not.',
    'I looked for evidence that would lift this to requires improvement and did not find it: {why}, and {also}.',
  ],
};

/** Ends some of the rationales. */
export const closings: readonly string[] = [
  'I have talked this through with {worker}.',
  '{worker} agrees with this grade.',
  '{worker} had expected {a higher|a lower|another} grade, and we looked at the descriptor together.',
  'The team manager has seen this.',
  'The weight is on {the last three months|what {child} experienced|what was done rather than what was written}.',
  'I would give the same grade to the period from {month} alone.',
];

export const notApplicableReasons: readonly string[] = [
  'Nothing under “{title}” arose in the period I judged.',
  'I checked the last {6-12} months: there was no call for this.',
  'Not part of this work: {worker} and the record agree that it was not needed.',
  'Happened before the period judged, and was audited then.',
];

/** Why another overall grade than the suggested one was chosen. */
export const overallReasons: { readonly better: readonly string[]; readonly worse: readonly string[] } = {
  better: [
    'The weaker sections are about recording; what was done for {child} was better than what was written.',
    'The sections were weakest at the start of the period. The last {3-4} months are a grade better, and those are what {child} lives with now.',
    'Taken as a whole {child} is safe, heard and making progress, which the middle of the sections does not show.',
  ],
  worse: [
    'The middle of the sections does not do justice to how long {child} waited.',
    'The sections that went less well are those that matter most for {child}, so I have gone one lower.',
    'The work was sound until {month} and has fallen off since; the grade is for how it stands now.',
  ],
};

export const exemptionReasons: readonly string[] = [
  'The auditor is on long-term sick leave, and no other independent auditor was free this month.',
  'The case went to court in the month of the audit and the file was not to be opened by others.',
  'The family moved to another authority before the audit began, and the record has gone with them.',
  'The team was being inspected in the month of the audit.',
];

export const extensionReasons: readonly string[] = [
  'The auditor was needed to cover another team for {2-3} weeks.',
  'The practitioner was on leave, and the audit is to be done with them.',
  'The child’s parent asked to be spoken to after the review in {nextMonth}.',
];

export const voidReasons: readonly string[] = [
  'Allocated twice in the same month; the other audit of this case stands.',
  'The case reference was wrong and belongs to another service.',
  'The auditor turned out to have worked with this family before.',
];
