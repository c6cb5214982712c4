/** What is written about children in care and young people who leave it. */
import { topic } from '../topic.ts';

export const home = topic(`
+: {child} lives where they are safe and settled, and the match is explained
+: a fragile home was noticed and supported in time
~: the home is suitable, but the reasons for it are thin
~: support came after the home had become fragile
-: {child} moved without a plan and without being prepared
-: where {child} lives is not suitable and there is no plan to change it

* {child} met the carers three times before moving, chose the colour of the room, and has been there ever since.
+ The reasons for the match are recorded, with what {child} needs and how this home meets it.
~ The match was made on what was free, and the record says so; what was missing is now being added.
- There is no record of why this home was chosen.

+ When the home became fragile in {month}, a meeting was held within {3-7} days and extra help was in place the same week.
~ The carers asked for help {twice|three times} before it came.
- The home ended with {2-4} days’ notice, and no meeting was held to learn from it.

+ Brothers and sisters live together, or see each other every {week|two weeks|month} as they wished.
~ Time with siblings is agreed, and {2-4} times out of {5-7} it did not happen.
- {child} has not seen their {brother|sister|siblings} since {month}, and nobody says why.

+ {child} has kept school, friends and {football|dance|cadets|the same dentist} although they moved.
~ {child} lives {22-38} miles from home. What this means for school and friends is mentioned but not planned for.
- {child} lives {60-90} miles from everybody they know, and this was not the plan.

+ The right checks on the carers were done in time, and their training fits what {child} needs.
~ Checks on {connected carers|the carers} were finished {3-6} weeks late.
- {child} stayed with {connected carers|a family friend} for {4-9} weeks before any check was made.
`);

export const permanence = topic(`
+: there is a clear plan for where {child} will grow up, and {child} knows it
+: permanence was planned from the start, with more than one way to it
~: permanence is spoken of, but the plan has no dates
-: {child} does not know where they will live, and neither does the plan

* {child} has a life story book that they made with {worker}, and uses it to explain themselves to new people.
+ The permanence plan was agreed by the second review and has names and dates.
~ The permanence plan was agreed at the {third|fourth} review.
- There is no permanence plan, {14-22} months after {child} came into care.

+ Family members were considered at the start, and the work with them ran beside the main plan.
~ An aunt came forward late, and her assessment has set the plan back by {8-12} weeks.
- Wider family was never asked.

+ Life story work has begun, and {child} has words for why they are in care.
~ Life story work is on the list and has not been started.
- {child} told their carer that they do not know why they are in care.
`);

export const health = topic(`
+: health is known and looked after, and emotional help came in time
~: health checks are in date, but emotional needs wait
-: health needs that were known have not been met

* {child} now goes to appointments by choice, and the carers use what the therapist showed them.
+ Health assessment, dentist and immunisations are in date, and their recommendations were followed.
~ The health assessment is in date; {2-3} of its recommendations were not followed up.
- The health assessment is {4-9} months overdue.

+ Emotional support began within {3-5} weeks, from somebody {child} chose.
~ {child} has waited {4-6} months for emotional support. {worker} has done some of it meanwhile.
- {child}’s distress was known, a referral was turned down, and nothing took its place.

+ The strengths and difficulties score has fallen from {18-22} to {10-14} and is used in the plan.
~ The strengths and difficulties questionnaire was completed and not used.
- Nobody knows which medicine {child} takes or who collects it.

+ {agency} and {worker} write to each other, and {child} does not have to tell it twice.
~ What {agency} does for {child} is not known to the people around them.
- Advice from {agency} in {month} about {sleep|self-harm|eating} was not passed to those who care for {child}.
`);

export const education = topic(`
+: education is ambitious for {child}, and everybody knows their part in it
~: education is reviewed, with targets that are too general to help
-: {child} is out of school and the plan does not answer it

* {child} went from {2-3} mornings a week to full-time, and has been chosen for {the school play|the team|a bursary}.
+ The education plan is current, has {3-4} sharp targets, and says what the extra money buys.
~ The education plan is current; its targets could be anybody’s.
- The last education plan is from {9-14} months ago.

+ Attendance is {94-98} per cent, and a dip in {month} was met within days.
~ Attendance has fallen from {93-96} to {78-86} per cent, and the reason is not explored.
- {child} has been out of school for {7-15} weeks with {4-6} hours of tuition a week.

+ The move to {secondary school|college|a new school} was prepared with visits and a named person.
~ The move to {secondary school|college|a new school} is {2-3} months away and not yet in the plan.
- {child} changed school in {month} with no information sent ahead.

+ {worker} and the school speak every {week|two weeks}, and small things are dealt with while they are small.
~ The school holds worries that {worker} did not know about until I asked.
- The school excluded {child} {twice|three times}, and we heard of it from {adult}.
`);

export const missing = topic(`
+: missing episodes were taken seriously, and what was learned changed the plan
+: risk outside the home is mapped, and the right people act on it together
~: return interviews are offered, but their content is not used
-: {child} has been missing several times and the pattern was not seen

* The map made with {child} of where they feel safe led to {a lift home|a change of college|one man being arrested}; no missing episode since {month}.
+ Each of the {3-6} missing episodes was followed by an interview within 72 hours with somebody independent.
~ Return interviews were offered {4-6} times and taken up {once|twice}; nobody asked what would make it easier.
- Of {6-9} missing episodes, only {2-3} were followed by an interview.

+ What was learned about {places|phones|older friends} was shared with police within a day.
~ What the interviews tell about {places|phones|older friends} was not put together.
- {child} named {an address|a car|an older man}, and it was not passed on.

+ The meeting about exploitation disrupts those who do harm, as well as protecting {child}.
~ The plan asks {child} to stay away from {the town centre|the station|those friends}, and little is asked of anybody else.
- {child} is described as “making choices”, which is not how exploitation works.

+ {child} has one adult they will ring, and that adult is in the plan.
~ It is not clear who {child} would call from the street at night.
- Carers were told to lock the door at ten.
`);

export const leavingCare = topic(`
+: the pathway plan is in {child}’s own voice, and they can say what is in it
+: {worker} keeps in touch in the way that suits {child}, and did not give up
~: contact is regular, but the plan is ours more than {child}’s
~: what {child} is entitled to is known and only partly in place
-: {child} was let go of when they went quiet
-: the plan is out of date, and {child} has been close to homelessness

* A year ago {child} would not open the door; they now {hold a tenancy|have an apprenticeship|speak at the care leavers’ forum}, and say who helped.
+ Contact is {weekly|fortnightly}, by message first and then in person, as {child} asked.
~ Contact is every eight weeks, as the rules require, whatever is happening.
- There was no contact for {3-5} months, and only {two messages|one letter} had been tried.

+ The pathway plan is written as {child} speaks, and was brought up to date in {month}.
~ The pathway plan is in date, and repeats most of the one before.
- The pathway plan is {8-14} months old.

+ {child} lives in a home that is suitable and affordable, and was ready for it when they moved.
~ {child} has a tenancy and rent arrears; help came at the {second|third} letter.
- {child} has slept {on sofas|in a hostel} since {month}, and the plan says “accommodation stable”.

+ {child} is in {college|work|an apprenticeship}, and when it nearly ended in {month} somebody rang them that morning.
~ {child} is not in work or education; one appointment with an adviser was made and missed.
- {child} has not been in education, work or training for {9-15} months and nothing was tried.

+ {child} has identity papers, a bank account and the setting-up grant, and knows the local offer.
~ {child} has most of the papers; the {passport|bank account|setting-up grant} has been “in progress” since {month}.
- {child} had not been told about {the setting-up grant|council tax exemption|the local offer}.

+ {child} can name {2-3} people they would ring at night, and not all of us are paid.
~ The plan lists professionals under “support”, and nobody else.
- {child} told me that they have nobody.
`);
