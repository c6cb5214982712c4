/** What is written about plans: what is in them, how fast they go, how they are kept, reviewed and taken further. */
import { topic } from '../topic.ts';

export const plan = topic(`
+: the plan is short, specific and in the family’s words, with a name and a date for each action
+: every risk that led to the plan has an action, and it says what happens if nothing changes
~: the plan is in place but general, and it is unclear who does what by when
~: the plan lists services more than it says what must change
-: the plan leaves out a serious risk
-: there is no current plan that anyone is working to

* The plan fits on a page. {child} and {adult} each have it on their telephone, and {4-6} of its actions are done.
+ The plan has {4-7} actions, each with a name and a date, and they follow from the assessment.
~ The plan has {12-19} actions, many of them “{to continue|ongoing|to engage with services}”.
~ Actions have names but no dates, so that drift cannot be seen.
- The plan on file is the one from {month}, before {issue} was known.

+ The goals are in the family’s own words, such as “{mornings without shouting|everybody in school on time|nobody scared at night}”.
~ The goals are in our words, and {adult} could not have told me what they mean.
- {adult} had not seen the plan.

+ It says what will happen if there is no progress by {month}, and {adult} knows.
~ The contingency is “{to be reviewed|seek legal advice|escalate}”, which helps nobody.
- There is no contingency, although this is the {second|third} plan for the same worry.

+ Every worry in the assessment has an answer in the plan, {issue} first.
~ The plan covers the easier worries well and says little about {issue}.
- The plan is about {parenting classes|attendance|appointments} and does not mention {issue}.

* Actions were dropped once done and sharpened when they did not work; this plan is a working paper.
+ The plan was looked at {3-5} times in the period and changed each time.
~ The plan was reviewed and left as it was, although {2-4} actions could not be done.
- The same plan was carried over {3-5} times, word for word.
`);

export const pace = topic(`
+: the pace was right for {child}, and where it was slow the reason is recorded
+: nothing waited, and each step led to the next
~: the work was done, but {child} waited longer than they should
~: drift is visible and was not named
-: {child} waited for months for help that had been agreed
-: delay left {child} in a situation that was known to be harmful

* The work was finished in {12-24} working days because {child} could not wait longer, and nothing was left out.
+ It was done within the time allowed, and shorter where {child} needed it.
~ It took {48-63} working days. The reason is recorded, and {child} was safe meanwhile.
- It took {70-98} working days, without a reason and without a visit in the last {15-25} of them.

+ Work began within {2-4} days of allocation.
~ Between allocation and the first contact with the family {6-11} days passed.
- The work lay unallocated for {15-28} days after a worker had left.

+ Referrals to {agency} were made at once and chased when there was no answer.
~ A referral to {agency} was agreed in {month} and sent {4-8} weeks later.
- The referral to {agency} on which the plan depends was never made.

+ When things slowed in {month}, the manager saw it and {changed the worker|set a date|took an action away}.
~ The work slowed after {month}; it picked up again only when {agency} asked.
- There are {6-10} weeks in which nothing at all happened.

+ Hand-over took {2-4} days, with a joint visit, and {child} knew the new worker’s face before the change.
~ The transfer took {3-5} weeks, in which duty workers covered what was urgent.
- The transfer lost the plan: the new worker began again with the same questions.
`);

export const recording = topic(`
+: the record is current, clear and kind, and decisions have reasons
+: {child} could read this record one day and understand what happened
~: the record is complete enough but hard to follow
~: decisions are recorded without their reasons
-: the record has gaps where decisions were made
-: what is on file cannot be relied upon

* The summary is written to {child}, in words that will still be true and kind in twenty years.
+ Notes are written within {2-3} working days and tell what matters first.
~ Notes were written {8-15} working days after the event, {2-4} of them in one sitting.
- {3-6} visits that the worker says were made are not on the record.

+ Management decisions are recorded with the reasons for them and the date by which they were to be done.
~ Decisions are there, but one has to look for the reasons in the emails that were copied in.
- A decision to {close|step down|wait} has no name and no reason beside it.

+ Documents are finalised and shared with the family, with the date on which they were shared.
~ One paper is still a draft {4-8} weeks after the work was done.
- The assessment was never finalised, so that no one else can rely on it.

+ The language is respectful and avoids the words that services use for families.
~ The language is at times about services more than about people: “{non-compliant|failed to engage|disguised compliance}” without an example.
- There are words about {adult} on file that I would not wish {child} to read.

+ The case summary is current, and I could have picked this up today.
~ The case summary is {3-5} months old.
- The case summary describes another family in two places, and has plainly been copied.
`);

export const reviews = topic(`
+: reviews were on time, with the right people, and tested progress against outcomes
+: the meeting changed the plan, and a chair’s challenge was answered
~: meetings happen, but they hear updates more than they test progress
~: the right people were invited and too few of them came
-: reviews were late or did not happen, and nobody challenged it

* {child} chaired part of the meeting, chose who came, and left with two things decided as they wished.
+ Reviews were held {in time|every {4-6} weeks}, and their notes went out within {5-9} working days.
~ One review was {2-4} weeks late, and its notes took {15-25} working days.
- No review was held between {month} and {month}.

+ {agency} and {the school|health} came, and each brought something that only they knew.
~ {agency} sent apologies {twice|three times}, and no report came in their place.
- Only {worker} and {adult} were at the last two meetings.

+ Progress is tested against what had to change, with an example for each.
~ The notes record what each agency did, not what it changed for {child}.
- The notes of the last meeting are those of the one before with another date.

+ The chair questioned the pace, and the answer is recorded with a date.
~ The chair noted drift; I could not find what came of it.
- The chair had no contact between meetings and did not question {issue}.

+ {child} was prepared beforehand, offered an advocate, and told afterwards what had been decided.
~ {child} was invited; nobody asked what would have made coming easier.
- {child} and {adult} received the report on the day of the meeting.
`);

export const escalation = topic(`
+: lack of progress was named and taken further in good time
+: legal advice was sought early, and the family knew exactly what was expected
~: the need to go further was seen, and acted on late
-: the case drifted at a level of risk that called for legal advice

* A clear letter, read through with {adult} at the kitchen table, turned this case without going to court.
+ A legal meeting was held within {5-12} working days of the decision, and its actions were done.
~ The legal meeting was agreed in {month} and held {5-9} weeks later.
- This is the {second|third} plan without change, and no legal advice was taken.

+ The letter before proceedings says in plain words what is worrying, what has to change and by when.
~ The letter before proceedings lists {9-15} expectations without saying which of them matters most.
- {adult} did not understand from the letter that {child} might be removed.

+ Assessments were asked for at the start and were back in time to be used.
~ The parenting assessment was asked for late, and the work waited {7-12} weeks for it.
- Specialist assessment was recommended {twice|at each review} and not obtained.
`);
