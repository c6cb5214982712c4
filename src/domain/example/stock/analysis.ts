/** What is written about understanding: history, analysis, risk, and the family's part in it. */
import { topic } from '../topic.ts';

export const history = topic(`
+: the chronology is current and is used to make sense of the present
+: earlier help was weighed, and the pattern over time is recognised
~: history is summarised rather than used
~: the chronology is a list of contacts with gaps where it matters
-: the history was not read, so that a repeating pattern was met as if it were new
-: there is no chronology, and harm that built up over time was missed

* The chronology is short, sharp and shared with {agency}; it changed the view of {issue} from a single event to a pattern of {2-4} years.
+ A chronology was brought up to date in {month} and picks out what mattered to {child}.
+ Significant events are set beside what was done about them, so that a reader sees what helped.
~ The chronology stops in {month}, before the events that led to this work.
~ The chronology was produced by the system and runs to {9-19} pages; nobody has drawn anything from it.
- No chronology could be found, although {3-6} referrals had been made before this one.

+ Earlier assessments and plans were read, and the record says what was tried, what worked and what did not last.
~ Earlier involvement is mentioned in a line or two, without asking why it did not last.
- Two earlier closures for the same worry about {issue} are not mentioned.

* The worker traced how {issue} had returned at each point of stress and planned for the next one.
+ Harm that builds up over time is recognised, and {issue} is not judged by the latest event alone.
~ Each incident is dealt with well enough, but they are not put together.
- The {3-5} reports about {issue} were each closed by themselves, and the whole was never seen.

+ The genogram covers {three generations|both sides of the family}, fathers included, and was made with the family.
~ A genogram is on file but leaves out {the father’s side|the older half-siblings|mother’s partner}.
- Nobody established who lives in the household or who has care of {child} at weekends.

+ What {adult} lived through as a child is handled with respect and used to understand what parenting asks of them.
~ {adult}’s own history is noted, but not what it means for caring for {child}.
- {adult}’s history of {loss|care|violence} was known and was left out altogether.
`);

export const analysis = topic(`
+: the analysis weighs risk and strength and the conclusion follows from it
+: facts, opinion and their sources are kept apart, and different explanations were tested
~: the record describes more than it analyses
~: the analysis leans on the latest event and on what the parents said
-: the conclusion goes against the evidence
-: serious information was left out of the analysis

* The analysis tests its own first view, sets out what would prove it wrong, and was changed once {agency} had replied.
+ Facts and opinion are kept apart, and it is clear who said what and when.
~ The account is full, but the “so what” is left to the reader.
~ {adult}’s explanation is taken as fact in {2-3} places where another source was available.
- The analysis repeats the referral and adds nothing that was learned afterwards.

+ Protective factors are weighed for how far they can be relied upon, not only listed.
~ Strengths and worries are listed side by side; which of them matters more is not said.
- Strengths are given so much weight that {issue} almost disappears.

+ {adult}’s capacity to change is considered, with what has changed so far and whether it is soon enough for {child}.
~ Willingness to work with us is taken for change.
- Promises made by {adult} were accepted as change without anything having been seen.

+ The conclusion follows from the evidence, and a stranger could explain it to {child}.
~ The conclusion is probably right, but one has to guess how it was reached.
- The conclusion is “no further action”, although the body of the record says the opposite.

+ Research and the {neglect tool|risk tool|practice standard} are used lightly and to good effect.
~ A {neglect|risk|needs} tool was completed, but its result is not mentioned in the analysis.
- No tool or other measure was used, and the level of worry goes up and down with the person writing.

+ The voice of {agency} is used to check the picture and fills a gap that the family could not.
~ Information from {agency} was asked for late and arrived after the conclusion.
- {agency} was not asked, although they see {child} most.
`);

export const risk = topic(`
+: risk was seen early, acted on the same day and reviewed as facts changed
+: the safety plan is real: it names people, it was tested, and it held
~: {child} is safe, but the thinking about risk is hard to find
~: the main risk is named and others are left unexplored
-: signs of harm were missed or explained away, and {child} was left at risk
-: risk rose over several weeks and nobody acted on it

* Small signs about {issue} were put together within {2-4} days, and {child} has been safe since.
+ The risk from {issue} is described exactly: what happens, how often, who is there, and what it does to {child}.
~ {issue} is named as the worry, without saying what it looks like in this home.
- {issue} is in the record {3-6} times and was at no point followed by an action.

+ The safety plan names who does what when it starts to go wrong, and {adult} and {child} each have their part of it.
~ The safety plan is a written agreement that asks {adult} to keep {child} safe, with no one checking.
- There was no safety plan for the {2-5} weeks in which it was most needed.

+ New incidents were met the same day, and the plan was looked at again after each.
~ An incident in {month} was recorded well and led to no change of plan.
- An incident reported by {agency} in {month} waited {6-12} days for a response.

+ The person who is the source of the risk is in the plan, spoken to and held to account.
~ Most of the work is with {adult}; the person who is the source of the risk is hardly seen.
- The man in the household was never spoken to, and his history was not checked.

+ The views of {agency} on risk were sought, and a difference of opinion was settled between managers within {2-4} days.
~ {agency} was more worried than we were; this is on file but was not resolved.
- {agency} raised the level of worry {twice|three times}, and was told that the threshold was not met.

+ It is clear what would make things safe enough to step down, and what would make us step up.
~ The threshold is right today, but it is not said what would change it.
- The work stayed at the same level although every measure had become worse.
`);

export const family = topic(`
+: both parents were included, and consent was informed
+: the family understands why we are involved and what would end it
~: the family was told, but not always included
~: consent is recorded once and not looked at again
-: a parent with care of {child} was left out
-: information was shared without consent and without a reason recorded

* The family led its own meeting, and {adult} described the plan to me in their own words.
+ Why we are involved, what would be shared and with whom was explained in plain words, and consent is on file.
~ Consent was recorded at the start and not looked at again when {agency} joined.
- Consent was assumed, and {adult} learned of the {checks|referral|meeting} from {agency}.

+ Both parents were seen, including the father who lives elsewhere, and his views are recorded.
~ The father is mentioned, and one telephone call to him went unanswered; no more was tried.
- The father, who has {child} every other weekend, was not spoken to at all.

+ Disagreement is recorded fairly, with what each person thinks and what was done about it.
~ {adult} disagreed with part of this; the record says so and leaves it there.
- {adult}’s complaint about {the first visit|what was written|a missed appointment} is on file with no answer.

+ {grandparents|an aunt|friends of the family} were drawn in early and carry part of the plan.
~ Wider family is listed as support, without anyone having asked them.
- Nobody asked who else could help, so the plan rests on {adult} alone.

+ {worker} is honest about what is not good enough and warm in how it is said, and {adult} kept coming.
~ Engagement was good at first and has slipped; the record calls this non-engagement and stops there.
- Missed appointments are put down to {adult} not caring, and nothing else was tried.
`);
