/** What is written about managers: their oversight, supervision, and the conditions people work in. */
import { topic } from '../topic.ts';

export const oversight = topic(`
+: management oversight is visible and changed the direction of the work
+: supervision is regular, reflective and followed up
~: supervision is regular but directive, and earlier decisions are not followed up
~: oversight is recorded and makes little difference
-: there was no effective oversight when it was most needed
-: drift was there to be seen and no manager saw it

* Supervision asked what it is like to be {child}, and the answer is why the plan was changed in {month}.
+ Supervision took place every {3-5} weeks, and it is both reflective and clear about what comes next.
+ The manager’s footprint is on the record at each decision, with a reason and a date.
~ Supervision took place {3-4} times in the period instead of {5-6}; each record is a list of tasks.
~ The record of supervision retells the events and ends with “continue with plan”.
- There was no supervision on file between {month} and {month}.

+ Earlier decisions are gone through one by one at the start, and what was not done is asked about.
~ The same {2-3} actions are set at each supervision without asking why they were not done.
- The manager’s direction of {month} to {see the child|seek legal advice|call a meeting|speak to the father} was not carried out, and nobody noticed.

+ The manager set out at allocation why the work was needed and which questions it should answer.
~ The allocation note is one line, and the worker had to find the questions alone.
- The work was allocated without any direction.

* The manager used the last audit of this team to ask a question here that nobody else had asked.
+ The manager asked for another view of {issue}, and recorded why they then agreed.
~ The manager agreed with what was proposed; no question is recorded.
- The decision to {close|step down|end visits} was approved on the day it was asked for, without the record having been read.

+ Performance reports were used to bring {a late visit|a late review|an unfinished record} back on course within {4-9} days.
~ The late {visit|review|record} shows on the team’s report, and nothing on file says that it was spoken about.
- Everything that was late was known from reports for {5-9} weeks.
`);

export const workforce = topic(`
+: the right worker had the time that this family needed
~: changes of worker and workload can be felt in this record
-: the family was passed from one worker to the next, and each time something was lost

* A worker who knew the family’s language and history was found, and kept the case when the team changed.
+ {worker} was suited to this family, and the match is explained in the allocation.
~ Nothing shows why this worker was chosen, and it was the worker’s first case of this kind.
- The case was held by {a worker in training|a worker on sick leave|a duty rota}, with nobody beside them.

+ There was one change of worker, planned, with a joint visit.
~ There were {2-3} changes of worker in the period. Each was handed over on paper.
- There were {4-5} changes of worker in {6-9} months.

+ The worker’s caseload allowed for what this plan asks, and the manager took other work away for it.
~ The worker’s caseload of {22-28} is mentioned in supervision, without anything being done about it.
- The worker told the manager twice that this could not be done beside {28-34} other children.

+ {worker} asked for help with {issue} and was given it by {a practice lead|a specialist|a colleague}.
~ Training on {issue} was agreed and put off.
- {worker} had no experience of {issue} and nobody to ask.
`);
