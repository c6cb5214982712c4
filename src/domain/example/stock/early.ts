/** What is written about the way in: the front door, enquiries, and early help. */
import { topic } from '../topic.ts';

export const frontDoor = topic(`
+: the right decision was made in time, for reasons that a later reader can follow
+: all earlier contacts were considered, and the whole household was looked at
~: the decision was right, but it leaned on the latest contact
~: checks were slow, and the reasons for the decision are thin
-: the contact was screened against what was written and not against what was known
-: a child at risk was turned away at the front door

* The screening put {3-5} small contacts together and saw what no single one had shown.
+ Earlier contacts, siblings and everybody in the household were considered.
~ Earlier contacts are listed, and the decision is made on the latest alone.
- {2-4} earlier contacts about {issue} were not looked at.

+ The contact was decided within {3-7} hours, and {agency} was told the outcome the same day.
~ The decision took {2-3} working days; the contact was safe to wait, but nobody says so.
- The contact waited {3-6} working days before anybody read it.

+ The first rating was right, and it was changed when {agency} added what they knew.
~ The rating was right at first and was not looked at again when more became known.
- It was rated low although {issue} was described plainly and {agency} had asked for a call back.

+ Checks were proportionate, and the lawful basis is recorded where consent was not sought.
~ Checks were made with every agency, most of which knew nothing; why is not recorded.
- Information was taken without consent and without a reason, and the family found out.

+ The reasons name the threshold and the evidence for it, and Early Help accepted what was passed on.
~ The outcome names the threshold without saying how it applies here.
- The outcome was “no further action; referrer to monitor”, for the {third|fourth} time.

+ {adult} was called first, in plain words, and knew what would happen next.
~ A letter told the family of the outcome; it does not say what they could do.
- Nobody spoke to the family or to {child}.
`);

export const enquiry = topic(`
+: the discussion was prompt, with the right agencies, and its actions were done
+: the enquiry was thorough, and what kept {child} safe meanwhile is clear
~: {child} was made safe, but the enquiry was slow and thinly recorded
~: the right people were not all there when the decision was made
-: an enquiry was needed and came so late that {child} stayed at risk
-: it is not recorded who decided what, or what kept {child} safe

* Police, health and the school met within {2-5} hours; {child} was seen that afternoon by somebody they already trusted.
+ The strategy discussion was held within a day, with police, health and {agency}.
~ The strategy discussion was with police alone; health was told afterwards.
- The strategy discussion took place {4-7} days after the injury was reported.

+ Decisions, actions, owners and times are written down and were shared the same day.
~ Actions were agreed, without saying who would do them by when.
- I could find no record of the strategy discussion, only a line that it had been held.

+ {child} was seen and spoken to alone on the day, with thought about who and where.
~ {child} was seen on the day, at home with {adult} present.
- {child} was first seen {3-6} days later.

+ An interim safety plan was in place that evening, and somebody checked on it every day.
~ The interim plan was that {child} would stay with {the grandmother|an aunt|a family friend}, who was not checked until {3-5} days later.
- {child} went home the same evening without any plan.

+ The outcome follows from what was found, and {adult} had it explained to them.
~ The outcome is “substantiated, not at continuing risk”; what had made it safe is not said.
- The enquiry ended without an outcome on the record.
`);

export const earlyHelp = topic(`
+: help came early, from the right people, and made a visible difference
+: the team around the family knows its part and does it
~: help is in place, but it rests on one agency
~: the steps between services were slow
-: help came so late that the family was in crisis before it began

* {adult} told me that this was the first time that everybody said the same thing; school attendance has gone from {52-64} to {88-96} per cent.
+ A lead practitioner is named, and the family knows who to call.
~ A lead practitioner is named; the school and {worker} each thought that it was the other.
- Nobody is named as lead, and {adult} had been telling the same story to {3-5} people.

+ {the school|the nursery}, health and {agency} each do what they agreed, and say so in writing.
~ {agency} came to the first meeting and has done nothing since; this was not taken up.
- The plan depends on {agency}, who had not been asked.

+ Help was as frequent as it needed to be: {twice a week at first|three mornings a week|at bedtime, when it was hardest}, then less.
~ Visits are every two weeks whatever is going on in the family.
- The family was offered a course that starts in {4-6} months.

+ When more was needed, step-up took {2-3} days, and {worker} stayed alongside.
~ Advice was sought from a social worker {2-4} weeks after it was first needed.
- Signs that this was more than early help were there in {month}, and it was not stepped up.

+ Change was measured with the family at the start and at the end, and they chose the measure.
~ Outcomes are described as improved, without a measure.
- The work ended because the {12-16} weeks were over, and nothing had changed.

+ The ending was prepared over {3-5} weeks, and the family has the name of somebody to call.
~ The ending was agreed with the family by telephone.
- The case was closed after two unanswered calls.
`);
