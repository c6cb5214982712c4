/** What is written about the child: what they say, how they are seen, who they are. */
import { topic } from '../topic.ts';

export const voice = topic(`
+: {child}’s views are clear, in their own words, and can be seen in what was decided
+: direct work brought out what daily life is like, and the plan answers it
~: {child}’s views are on file but thin, and it is hard to see where they changed anything
~: adults speak for {child} too often in this record
-: {child}’s experience is missing, so that risk could not be understood
-: nobody listened to {child} when decisions were made

* {child} helped to write this part of the record; their own pictures and words are on file, with what {worker} understood by them.
+ {child}’s wishes and feelings are recorded in their own words {3-6} times, {with the date and the place|most recently in {month}}.
+ The record quotes {child} directly, for example about {bedtimes|mornings before school|weekends|who helps when things go wrong|what they would change}.
~ Views are recorded, but mostly as “{happy and settled|no worries|engaged well|no concerns raised}”, which tells a reader little.
~ {child} is quoted once; after that an adult’s account of how {child} feels stands in its place.
- There is no record of {child}’s wishes and feelings in the {4-7} months I read.
- What {child} told {agency} about {issue} was never taken up with {child}.

* Patient direct work over {5-9} sessions built enough trust for {child} to speak about {issue} for the first time.
+ Direct work was done with {Three Houses|a feelings scale|drawing|a life map|a day-in-my-life sheet}, and it suits {child}’s age.
+ {worker} observed {child} {at home and at school|at mealtime|at family time} and describes plainly what was seen.
~ A worksheet was filled in once, with no sign of what was made of it.
~ Direct work was planned in {month} and had not begun {2-4} months later.
- No direct work or observation was done, although {child} had shown distress {at home|at school|after family time}.

* What {child} asked for, {to stay at the same school|to see their siblings|for the shouting to stop|a say in who comes to meetings}, was taken to the meeting and done.
+ What {child} said is used in the analysis, and one action answers it directly.
+ {worker} went back to {child} to explain what would happen, and why one wish could not be met.
~ {child}’s views sit in a box of their own and do not reach the analysis.
~ It is not clear what {child} was told would happen with what they said.
- Decisions were made {twice|at two meetings|over {4-8} weeks} without anyone asking what they would mean for {child}.

+ Brothers and sisters have views of their own on record, the quiet one as well.
~ The same paragraph about wishes and feelings is copied into each sibling’s record.
- A younger sibling is barely mentioned and was neither spoken to nor observed.

+ A stranger could picture {child}’s day from this record: {who gets them up, what home is like and who they turn to|the journey to school, the noise at home and the quiet at the grandmother’s|what they eat, where they sleep and what makes them laugh}.
~ I know what the adults worry about, but not what an ordinary day is like for {child}.
- From the record I cannot tell what life at home is like for {child}.

+ {worker} fitted the work to how {child} communicates, with {shorter visits|pictures|a trusted adult from school|messages between visits}.
~ {child} finds it hard to talk about feelings. This is noted, but nothing different was tried.
- {child}’s way of communicating was known and no adjustment was made, so their view was not obtained.
`);

export const visits = topic(`
+: {child} was seen as often as was needed, and alone
+: visits had a purpose and {worker} knows {child} well
~: {child} was seen, but less often than agreed and rarely alone
~: visits happened, but the record does not show what they were for
-: {child} was not seen for long enough that nobody could say they were safe
-: the people who should have seen {child} did not, and no manager noticed

* Visits were {weekly|more frequent than required} while things were hardest and eased only when {child} said they felt safe.
+ {child} was visited {5-9} times in the period, each time within the agreed pattern.
+ Visits kept to the plan, apart from one in {month}, which was missed and made up within {2-5} days.
~ {2-4} of the {6-9} visits due were late, one of them by {8-15} working days.
~ The pattern agreed was {fortnightly|every ten working days|every four weeks}; it was kept at first and then slipped after a change of worker.
- There was no visit between {month} and {month}, and the record gives no reason.
- {child} had not been seen for {6-9} weeks when I read the record.

+ {child} was seen alone on all but one visit, and the reason for that one is written down.
~ {child} was mostly seen with {adult} in the room, and the record does not say whether time alone was offered.
- {child} was never seen alone, although {issue} made that necessary.

* Each visit built on the one before, and {child} began to ask when {worker} would come next.
+ Visits have a purpose that follows the plan, and the notes say what changed since the last one.
~ Visit notes are long on what adults said and short on what was done with {child}.
- Visit notes are {one or two lines|copied from the visit before}, so it cannot be said what was seen.

+ {child}’s bedroom and the rest of the home were seen, {with a clear description|and a change for the worse was followed up}.
~ Home conditions are described as “good enough” without saying what was seen.
- Home conditions had been a worry from the start and were not looked at again.

+ {worker} has stayed the same throughout, and {child} can say who they are and why they come.
~ {child} has had {2-3} workers in the period, and the change is noted but not what it meant for {child}.
- {child} had {4-5} workers in {6-9} months and told {agency} they no longer wanted to explain.
`);

export const identity = topic(`
+: who this child is has been explored, and the help was fitted to it
~: identity is listed more than it is understood
-: needs that come with who this child is were not recognised

* {worker} explored with {child} what {faith|heritage|being a carer for a parent|their disability} means to them, and the plan was changed because of it.
+ Culture, faith and language are explored for what they mean to {child}, and not only ticked.
~ Ethnicity and first language are recorded; what they mean for {child}’s daily life is not.
- {child}’s ethnicity is recorded as “not known”, and nothing on file suggests that anyone asked.

+ An interpreter was used at every meeting that needed one, and never a relative.
+ Times and places were chosen to suit the family: {after the early shift|away from the family home|near the school}.
~ An interpreter was used for the meeting, but not for the visits before it.
- {an older sibling|a neighbour} interpreted for {adult}, which was unsafe given {issue}.

+ The effect of {poverty|overcrowding|poor housing|debt} on the family is understood, and something practical was done about it.
~ {poverty|overcrowding|poor housing} runs through the record as background; nobody asked what it does to this family.
- Hardship was read as neglect, and the family was told to do what it could not afford.

+ {child}’s {learning needs|hearing loss|autism|health condition} is described with what helps and what does not.
~ {child} has an education, health and care plan, but it is not used in this work.
- {child}’s disability was treated as the whole explanation, and other causes were not looked for.
`);
