/** What people said when the auditor asked them, and why some were not asked. Tones are those of the overall grade. */
import type { Voice } from '../../tool.ts';
import { topic, type Topic } from '../topic.ts';

export const said: Readonly<Record<Voice, Topic>> = {
  practitioner: topic(`
+ We talked for {forty minutes|an hour|most of an hour}. {worker} is proud of {the direct work|how the family took the plan on|having kept the school on board|the way trust grew}, and would {see the father sooner|write less and visit more|have asked for help earlier|have drawn the family map first} another time.
~ We talked for {half an hour|twenty minutes|twenty-five minutes}. {worker} agreed with {most of|much of|nearly all of} what I found and said that the record does not show {all of the work|the visits that were not written up|how hard the first weeks were|what was done with {agency}}.
- {worker} took the case over in {month} and was not surprised by what I found. We went through what has to happen {this week|before the weekend|by Friday|first}.
- We talked for {twenty minutes|half an hour|a quarter of an hour, between two visits}. {worker} had seen {most of this|that it was adrift|what was missing} and had not known {where to begin|how to raise it|who could help}.

+ Supervision helped them to think about {issue} rather than only to report it.
+ They said that {agency} made the difference, by {ringing early|staying in the room|saying the same thing as us}.
~ They have {21-26} children on their caseload and said that {reviews|reports|court work|duty} and {reports for others|late calls|travel} come first.
~ What they found hardest was {issue}, and they had {one session|no training|a toolkit} for it.
- They had asked for help with {issue} {twice|in {month}|at each supervision} and not got it.
- They have {27-33} children on their caseload and said that this one was {quiet|never the loudest|always the next on the list}.

+ They want to know what {child} says to this audit.
+ They asked that the team hears about {the letter to {child}|how the meeting was run|the way the plan was kept short}.
~ They asked for an example of what good looks like for {the chronology|direct work|a short plan|analysis|a visit note}.
- They were upset. I have told their manager, and we will speak again {next week|on Monday|in {nextMonth}}.
- They asked what would happen to them. I said that the audit is about the help that {child} had, and we went back to that.

* They have offered to show the team how they did it.
+ They had already begun on the one thing that I was going to suggest.
~ They will bring the {chronology|plan|case summary|genogram} up to date by {the end of|the middle of} {nextMonth}.
- They had not known that {child} had {not been seen alone|told {agency} already|been missing from the notes}.
`),
  child: topic(`
+ “{She listens and then she does it|They asked me what I wanted and it happened|It’s quieter at home now|I know who to ring|He comes when he says|We made a plan and I put the stickers on it}.”
+ “{I like it when we go for a drive|I told her about the nights|They helped mum, and mum helps me}. {It’s better|It’s nearly all right|I’d say keep going}.”
~ “{It’s okay|They come and talk to my mum|I don’t really know what it’s for|They’re nice but they always change|It helped a bit at school}.”
~ “{Some of it was good|I liked the first one|They ask a lot of questions}, {then it stopped|but it’s the same at home|and I never saw what they wrote}.”
- “{Nobody told me|I said it already and nothing happened|I don’t want a new one again|They only talk to the grown-ups|I thought it was my fault}.”
- “{They came once|They said they’d come back|I waited}, {and then nobody|and that was it|and it was still like that}.”

+ {child} would give the help {eight|nine} out of ten, and the missing part is for {being late once|too many questions|the school meeting|the waiting}.
~ {child} would give it {five|six} out of ten: “{sometimes good|it depends who comes|I’d like to be asked|fine}”.
- {child} would give it {two|three} out of ten{| and did not want to say more|, both of them for the same person}.

+ Asked what should stay the same, {child} said: {the drawing|going for a drive|the same worker|the Tuesdays|that they tell me first}.
~ Asked what would make it better, {child} said: {coming when they say|not at school|telling me before the meeting|seeing my brother|somebody who stays}.
- Asked what would make it better, {child} shrugged and said “{everything|just listen|don’t know|stop shouting}”.

+ They knew why people were involved, and said so in one sentence.
~ They knew who {worker} is, and not what the plan says.
- They did not know that anybody was meant to be helping.
`),
  parent: topic(`
+ By telephone, {adult}: “{I was frightened of you at first|I thought you’d judge me|I didn’t want anybody in|I’d heard stories}. {It’s been a help|I’d ring them myself now|They told me straight and they were kind|We’re calmer now}.”
+ At home, {adult} said: “{They turn up when they say|They asked me, not just told me|It was us who wrote the plan}.”
~ By telephone, {adult}: “{They do try|Some of it helped|I’m never sure what happens next|It was better at the start}, {but you wait for everything|and then there’s another form|I just want it done|but I couldn’t say what it changed}.”
~ {adult} thought that {worker} was {kind and busy|fair|nice to {child}} and that {the meetings were too long|nobody explained the end|the letters were hard to read|it took too long to begin}.
- By telephone, {adult}: “{I had to find out from the school|Every time it’s someone new|Nobody rings back|They’d made up their mind}. {I’ve stopped asking|I don’t open the letters|I did what they said and it’s still not enough|What’s it for}?”
- {adult} was angry about {a cancelled visit|what was written|a meeting without them|a decision they heard from {agency}}, and on what I have read has reason to be.

+ {adult} could tell me what the plan says and what comes next.
+ {adult} knew {two|three|four} things that were different, {bedtimes|mornings|school|who calms {child}} first of all.
~ {adult} has a copy of the plan and could name {one|two} of its actions.
- {adult} did not know that there was a plan.
- {adult} had the plan of {month} and had not heard of a later one.

+ What they would change: {fewer forms|meetings after work|one number to ring|starting sooner|a bit less tea and a bit more doing}.
~ What they would change: {being told why|knowing before a new worker comes|having the notes sooner|not telling it all again}.
- What they would change: “{I’d want to be asked|I’d want it to have come sooner|I’d want one person|I’d want it in plain English}.”

+ They were glad to be asked.
~ They had not been asked before.
- They asked to speak to a manager, and I have passed it on.
`),
};

export const notObtained: Readonly<Record<Voice, readonly string[]>> = {
  practitioner: [
    'The worker has left, and the manager did not know the case well enough to stand in.',
    'The worker is on sick leave; I will offer a conversation when they are back.',
    'We had two dates, and both gave way to an emergency.',
  ],
  child: [
    '{child} was asked by {worker} and did not want to talk to somebody new.',
    'It was not a good week: {child} had just {moved|started a new school|had family time cancelled}.',
    'I asked too late in the month. This is on me, and I will plan it next time.',
  ],
  parent: [
    'Two calls and a message without an answer.',
    '{worker} advised against it this week because of {a hearing|a bereavement|risk from somebody at home}.',
    '{adult} was asked and would rather not.',
  ],
};

export const tooYoung = 'Too young to be asked; I have gone by what was observed.';

export const concernTold: readonly string[] = ['The team manager', 'The head of service', 'The duty manager'];
export const concernHow: readonly string[] = [
  'By telephone, and in writing the same hour',
  'In person; the child was seen that afternoon',
  'By telephone; a strategy discussion was held the same day',
];
