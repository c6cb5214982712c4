/**
 * The words that guessers try first, in lower case: the base words of the most used passwords (the lists that the NCSC and
 * others publish), and what everybody would think of here: the product, the council, its services, places and seasons.
 * A secret made of nothing but these is refused (`secrets`). Kept short on purpose: it is in the app, and works offline.
 */

const ofThePassword = `
  password passwd passw passwort passcode passphrase pass word login logon signin letmein welcome access secret security
  secure private admin administrator root user username guest test testing tester temp temporary default changeme change
  update master system computer laptop windows microsoft office outlook teams internet google facebook apple samsung
  android iphone whatever trustno qwerty qwertz azerty qwertyuiop asdf asdfgh asdfghjkl zxcv zxcvbn zxcvbnm qazwsx
  qweasd qweasdzxc abc abcd abcde abcdef xyz hello hallo hiya please thanks thankyou goodbye morning
`;

const ofEverybody = `
  iloveyou love lovely lover loveyou ilove you forever always baby babe babygirl angel princess prince queen king sunshine
  shadow dragon monkey tiger lion eagle falcon hunter ranger killer ninja samurai pirate soldier warrior wizard magic
  merlin phoenix batman superman spiderman starwars pokemon pikachu naruto minecraft football soccer rugby cricket tennis
  golf hockey baseball basketball snooker arsenal chelsea liverpool liverpoolfc everton manchester united city tottenham
  spurs rangers celtic newcastle leeds villa westham fender guitar music metallica nirvana slipknot rockstar blink
  summer winter spring autumn season sunny flower flowers butterfly rainbow cookie chocolate cheese banana orange apple
  cherry pepper ginger honey sugar candy peanut muffin pumpkin coffee tea cocacola pepsi purple yellow green black white
  silver golden blue red pink mustang ferrari porsche mercedes corvette harley yamaha honda toyota jordan michael
  jessica ashley charlie jennifer thomas daniel george matthew andrew joshua robert william james david john jack harry
  oliver amelia sophie emily hannah nicole amanda maggie bailey buster molly poppy daisy rosie oscar max buddy lucky
  freedom heaven jesus christ blessed trinity genesis matrix diamond crystal star stars money dollar power success winner
  family mother father mummy daddy sister brother friend friends holiday christmas xmas newyear birthday
  monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
  october november december
`;

const ofThisPlace = `
  plumbline plumb line audit audits auditor auditors auditing case file files casefile record records practice quality
  assurance council councils county borough district city town metropolitan unitary authority local government gov uk
  children childrens child kids families family social work worker workers care carer carers service services early help
  mash mach assessment safeguarding safeguard protection inspection ofsted inadequate requires improvement good
  outstanding team teams lead leader manager director head england english britain british unitedkingdom kingdom great
  london birmingham bristol sheffield bradford nottingham leicester coventry southampton portsmouth plymouth devon
  cornwall dorset somerset kent essex surrey sussex suffolk norfolk lancashire yorkshire cumbria durham
`;

/** What stands between such words and makes them no harder to guess. */
const between = `i a the my our your this is it in on at of and for to be me we us are was not new old big one two three`;

const wordsOf = (text: string): readonly string[] => text.split(/\s+/).filter((word) => word !== '');

export const commonWords: ReadonlySet<string> = new Set([
  ...wordsOf(ofThePassword),
  ...wordsOf(ofEverybody),
  ...wordsOf(ofThisPlace),
]);

export const joiningWords: ReadonlySet<string> = new Set(wordsOf(between));

/** Whole secrets that are too well known, without spaces or signs. */
export const knownSecrets: ReadonlySet<string> = new Set([
  'correcthorsebatterystaple',
  'threerandomwords',
  'thequickbrownfox',
  'thequickbrownfoxjumpsoverthelazydog',
  'maytheforcebewithyou',
  'tobeornottobe',
  'onceuponatime',
  'opensesame',
  'supercalifragilisticexpialidocious',
]);
